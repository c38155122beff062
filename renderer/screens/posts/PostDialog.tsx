import { useMemo } from 'react'
import { ExternalLink } from 'lucide-react'
import type { Post, PostDetail } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { usePost } from '../../data/posts.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { openLink } from '../../components/open-link.ts'
import { RouteMap } from '../../components/photos/RouteMap.tsx'
import { PlatformMark } from '../../components/PlatformMark.tsx'
import { Problem } from '../../components/Problem.tsx'
import { when } from '../../messages/format.ts'
import { platformName } from '../../messages/platform-name.ts'
import { authorOf, engagementLine, postTime, typeLine } from '../../messages/post-lines.ts'
import { t } from '../../messages/translate.ts'
import { PostFigures } from './PostFigures.tsx'
import { PostPictures } from './PostPictures.tsx'
import { PostText } from './PostText.tsx'
import { PostVersions } from './PostVersions.tsx'
import { routeOf } from './route-of.ts'
import styles from './PostDialog.module.css'

/** All that is kept of one post: what it says, its pictures, its versions as they came, and its figures over time. */
export function PostDialog({
  id,
  accounts,
  onView,
  onClose,
}: {
  readonly id: string
  readonly accounts: ReadonlyMap<string, string>
  readonly onView: (post: Post, mediaId: string) => void
  readonly onClose: () => void
}) {
  const found = usePost(id)
  const detail = found.data
  const url = detail?.post.url ?? null
  return (
    <Dialog
      title={detail ? t('posts.detail', { name: platformName(detail.post.platform) }) : t('loading')}
      isWide
      onClose={onClose}
      actions={
        <>
          {detail && url !== null && (
            <Button onClick={() => void openLink(url)}>
              <ExternalLink size={16} />
              {t('posts.openAt', { name: platformName(detail.post.platform) })}
            </Button>
          )}
          <Button kind="primary" onClick={onClose}>
            {t('close')}
          </Button>
        </>
      }
    >
      {found.isError && <Problem sentence={sentenceOf(found.error)} onRetry={() => void found.refetch()} />}
      {detail && <Whole detail={detail} author={authorOf(detail.post, accounts)} onView={onView} />}
    </Dialog>
  )
}

function Whole({
  detail: { post, versions, engagement },
  author,
  onView,
}: {
  readonly detail: PostDetail
  readonly author: string
  readonly onView: (post: Post, mediaId: string) => void
}) {
  const route = useMemo(() => routeOf(post.metadata), [post.metadata])
  const figures = engagementLine(post.engagement)
  return (
    <>
      <header className={styles['header']}>
        <PlatformMark platform={post.platform} size={32} />
        <div className={styles['who']}>
          <p className={styles['author']}>{author}</p>
          <p className={styles['facts']}>{[typeLine(post), postTime(post)].filter(Boolean).join(' · ')}</p>
        </div>
      </header>
      {post.isGone && <p className={styles['gone']}>{t('posts.gone')}</p>}
      {post.text !== null && post.text !== '' && <PostText text={post.text} isWhole />}
      {post.media.length > 0 && <PostPictures media={post.media} showsAll onOpen={(id) => onView(post, id)} />}
      {route && <RouteMap name={t('posts.route')} points={route} />}
      <ul className={styles['notes']}>
        {figures !== '' && <li>{figures}</li>}
        {post.editedAt !== null && <li>{t('posts.editedAt', { when: when(post.editedAt) })}</li>}
        {post.inReplyTo !== null && <li>{t('posts.inReplyTo', { what: post.inReplyTo })}</li>}
        {!post.isPublic && <li>{t('posts.limited')}</li>}
      </ul>
      <PostFigures engagement={engagement} />
      {versions.length > 0 && <PostVersions versions={versions} />}
    </>
  )
}
