import { useEffect, useMemo, useRef } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { Post } from '../../../main/contract/index.ts'
import { useOneStop } from '../../components/one-stop.ts'
import { wallDay } from '../../messages/format.ts'
import { authorOf } from '../../messages/post-lines.ts'
import { t } from '../../messages/translate.ts'
import { PostCard } from './PostCard.tsx'
import { headingOver, heightOf, rowsOf } from './post-rows.ts'
import styles from './PostList.module.css'

/** The next page is fetched when this many rows of the last one are left. */
const ahead = 30

/** Posts under the days they were written on. Of very many only those in view are drawn. */
export function PostList({
  posts,
  accounts,
  onMore,
  onOpen,
  onView,
}: {
  readonly posts: readonly Post[]
  /** Their names, by id. */
  readonly accounts: ReadonlyMap<string, string>
  readonly onMore: () => void
  readonly onOpen: (id: string) => void
  readonly onView: (post: Post, mediaId: string) => void
}) {
  const rows = useMemo(() => rowsOf(posts), [posts])
  const scroller = useRef<HTMLDivElement>(null)
  const stop = useOneStop()
  // There is no React compiler here whose guesses it could break.
  // eslint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 5,
  })
  const drawn = virtual.getVirtualItems()
  const last = drawn.at(-1)?.index ?? 0
  useEffect(() => {
    if (last > rows.length - ahead) onMore()
  }, [last, rows.length, onMore])
  const over = rows[headingOver(rows, virtual.range?.startIndex ?? 0)]
  return (
    <div ref={scroller} className={styles['scroller']}>
      <div className={styles['column']}>
        {over?.kind === 'day' && (
          <p className={styles['over']} aria-hidden="true">
            <span>{wallDay(over.day)}</span>
          </p>
        )}
        <div
          ref={stop}
          className={styles['list']}
          style={{ height: virtual.getTotalSize() }}
          role="group"
          aria-label={t('posts.list')}
        >
          {drawn.map(({ index, start, key }) => {
            const row = rows[index]
            return (
              row && (
                <div
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  className={styles['row']}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {row.kind === 'day' ? (
                    <h2 className={styles['day']}>{wallDay(row.day)}</h2>
                  ) : (
                    <PostCard post={row.post} author={authorOf(row.post, accounts)} onOpen={onOpen} onView={onView} />
                  )}
                </div>
              )
            )
          })}
        </div>
      </div>
    </div>
  )
}
