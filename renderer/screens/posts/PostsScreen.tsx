import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { MessageSquareText, Search } from 'lucide-react'
import type { Post } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useConnections } from '../../data/connections.ts'
import { useNextPage } from '../../data/next-page.ts'
import { allPosts, filtersIn, isFiltered, textOfFilters, type PostFilters } from '../../data/post-filters.ts'
import { sequenceOf, usePostCounts, usePostFeed } from '../../data/posts.ts'
import type { PhotoSequence } from '../../data/sequence.ts'
import { Button } from '../../components/Button.tsx'
import { Empty } from '../../components/Empty.tsx'
import { Problem } from '../../components/Problem.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { connectionName } from '../../messages/connection-lines.ts'
import { t } from '../../messages/translate.ts'
import { PostDialog } from './PostDialog.tsx'
import { PostFilterBar } from './PostFilterBar.tsx'
import { PostList } from './PostList.tsx'
import styles from './PostsScreen.module.css'

/** What was published on all services, by the clock on the wall where it was written, the newest first. */
export function PostsScreen({
  said,
  returnTo,
  onSay,
  onView,
  onConnect,
  onImport,
}: {
  /** The filters as they stand in the address. */
  readonly said: string | null
  /** The picture that gets the focus back when the viewer closes. */
  readonly returnTo: string | null
  readonly onSay: (said: string) => void
  readonly onView: (sequence: PhotoSequence, mediaId: string) => void
  readonly onConnect: () => void
  readonly onImport: () => void
}) {
  const filters = useMemo(() => filtersIn(said), [said])
  const feed = usePostFeed(filters)
  const counts = usePostCounts()
  const connections = useConnections()
  const more = useNextPage(feed)
  const [openId, setOpenId] = useState<string | null>(null)
  const posts = useMemo(() => feed.data?.pages.flatMap((page) => page.items) ?? [], [feed.data])
  const change = (wanted: PostFilters): void => onSay(textOfFilters(wanted))
  const page = useRef<HTMLElement>(null)
  useEffect(() => {
    if (returnTo !== null) page.current?.querySelector<HTMLElement>(`[data-tile="${returnTo}"]`)?.focus()
  }, [returnTo])
  const view = useCallback(
    (post: Post, mediaId: string): void => {
      setOpenId(null)
      onView(sequenceOf(post.media.flatMap((each) => (each.isTrashed ? [] : (each.mediaId ?? [])))), mediaId)
    },
    [onView],
  )
  const accounts = useMemo(
    () => new Map(connections.data?.map((each) => [each.id, connectionName(each)])),
    [connections.data],
  )
  const isNarrow = isFiltered(filters)
  const isNothing = feed.isSuccess && !feed.isBehind && posts.length === 0
  const total = counts.data?.total ?? 0
  return (
    <section ref={page} className={styles['page']} aria-label={t('nav.posts')} aria-busy={feed.isBehind}>
      <header className={styles['header']}>
        <div className={styles['column']}>
          <div className={styles['line']}>
            <h1 className={styles['title']}>{t('posts.title')}</h1>
            <p className={styles['count']} role="status">
              {total > 0 && !isNarrow && t('posts.count', { count: total })}
            </p>
            {(total > 0 || isNarrow) && (
              <div className={styles['words']}>
                <SearchField
                  name={t('posts.field')}
                  value={filters.words}
                  onText={(words) => change({ ...filters, words })}
                />
              </div>
            )}
          </div>
          {(total > 0 || isNarrow) && (
            <PostFilterBar
              filters={filters}
              counts={counts.data}
              connections={connections.data ?? []}
              onChange={change}
            />
          )}
        </div>
      </header>
      {feed.isError && (
        <div className={styles['problem']}>
          <Problem sentence={sentenceOf(feed.error)} onRetry={() => void feed.refetch()} />
        </div>
      )}
      {isNothing && isNarrow && (
        <Empty
          icon={<Search size={40} strokeWidth={1.25} />}
          title={t('posts.nothing')}
          actions={<Button onClick={() => change(allPosts)}>{t('posts.clear')}</Button>}
        >
          {t('posts.nothingLead')}
        </Empty>
      )}
      {isNothing && !isNarrow && (
        <Empty
          icon={<MessageSquareText size={40} strokeWidth={1.25} />}
          title={t('posts.empty')}
          actions={
            <>
              <Button kind="primary" onClick={onConnect}>
                {t('posts.connect')}
              </Button>
              <Button onClick={onImport}>{t('posts.importExport')}</Button>
            </>
          }
        >
          {t('posts.emptyLead')}
        </Empty>
      )}
      {posts.length > 0 && (
        <PostList key={said ?? ''} posts={posts} accounts={accounts} onMore={more} onOpen={setOpenId} onView={view} />
      )}
      {openId !== null && <PostDialog id={openId} accounts={accounts} onView={view} onClose={() => setOpenId(null)} />}
    </section>
  )
}
