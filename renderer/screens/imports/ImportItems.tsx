import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { FolderOpen } from 'lucide-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { ImportItem, ImportOutcome } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { shortPath } from '../../data/home-path.ts'
import { useImportItems } from '../../data/imports.ts'
import { useNextPage } from '../../data/next-page.ts'
import { pictureUrl } from '../../data/media.ts'
import { IconButton } from '../../components/IconButton.tsx'
import { notify } from '../../components/notices.ts'
import { useOneStop } from '../../components/one-stop.ts'
import { Problem } from '../../components/Problem.tsx'
import { t } from '../../messages/translate.ts'
import { bytes, number } from '../../messages/format.ts'
import { nameOfPath } from '../../messages/path-name.ts'
import { reasonLine } from '../../messages/reason-line.ts'
import styles from './ImportItems.module.css'

const rowHeight = 56
/** The next page is fetched when this many rows of the last one are left. */
const ahead = 40

/** The files of an import that met one fate, each with its reason. Of very many only those in view are drawn. */
export function ImportItems({
  importId,
  outcome,
  count,
  scroller,
  areRecords,
}: {
  readonly importId: string
  readonly outcome: ImportOutcome
  readonly count: number
  /** What scrolls: several of these lists lie in one page. */
  readonly scroller: RefObject<HTMLElement | null>
  /** They lie within an export, and no folder shows them. */
  readonly areRecords: boolean
}) {
  const found = useImportItems(importId, [outcome])
  const more = useNextPage(found)
  const items = found.data?.pages.flatMap((page) => page.items) ?? []
  const list = useRef<HTMLUListElement>(null)
  const stop = useOneStop()
  const [offset, setOffset] = useState(0)
  // Lists above this one grow and shrink while an import runs.
  useLayoutEffect(() => {
    const page = scroller.current
    const element = list.current
    if (!page || !element) return
    const measure = (): void =>
      setOffset(element.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop)
    const observer = new ResizeObserver(measure)
    for (const child of page.children) observer.observe(child)
    measure()
    return () => observer.disconnect()
  }, [scroller])
  // There is no React compiler here whose guesses it could break.
  // eslint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: offset,
  })
  const drawn = rows.getVirtualItems()
  const last = drawn.at(-1)?.index ?? 0
  useEffect(() => {
    if (last > items.length - ahead) more()
  }, [last, items.length, more])
  return (
    <section ref={stop}>
      <h2 className={styles['title']}>
        {t(`outcome.${outcome}`)}
        <span className={styles['count']}>{number(count)}</span>
      </h2>
      {found.isError && <Problem sentence={sentenceOf(found.error)} onRetry={() => void found.refetch()} />}
      <ul ref={list} className={styles['list']} style={{ height: rows.getTotalSize() }}>
        {drawn.map(({ index, start }) => {
          const item = items[index]
          return (
            item && (
              <Row key={index} item={item} top={start - offset} place={index + 1} of={count} isRecord={areRecords} />
            )
          )
        })}
      </ul>
    </section>
  )
}

function Row({
  item,
  top,
  place,
  of,
  isRecord,
}: {
  readonly item: ImportItem
  readonly top: number
  readonly place: number
  readonly of: number
  readonly isRecord: boolean
}) {
  const name = nameOfPath(item.path)
  const reason = item.reason === null ? '' : reasonLine(item.reason)
  const show = async (): Promise<void> => {
    if ((await window.coffer?.showInFolder(item.path)) === false) notify(t('watch.folderGone'))
  }
  return (
    <li
      className={styles['row']}
      style={{ transform: `translateY(${top}px)`, height: rowHeight }}
      aria-posinset={place}
      aria-setsize={of}
    >
      <Preview mediaId={item.mediaId} />
      <span className={styles['what']}>
        <span className={styles['name']}>{name}</span>
        <span className={styles['path']} title={item.path}>
          {shortPath(item.path)}
        </span>
      </span>
      <span className={styles['reason']} title={reason}>
        {reason}
      </span>
      <span className={styles['size']}>{isRecord && item.sizeBytes === 0 ? '' : bytes(item.sizeBytes)}</span>
      {window.coffer && !isRecord && (
        <IconButton name={t('imports.showFile', { name })} onClick={() => void show()}>
          <FolderOpen size={16} />
        </IconButton>
      )}
    </li>
  )
}

/** The picture of the photo a file became, or is already; a quiet place where there is none. */
function Preview({ mediaId }: { readonly mediaId: string | null }) {
  const [isBroken, setBroken] = useState(false)
  return (
    <span className={styles['preview']}>
      {mediaId !== null && !isBroken && (
        <img src={pictureUrl(mediaId, 'grid')} alt="" draggable={false} onError={() => setBroken(true)} />
      )}
    </span>
  )
}
