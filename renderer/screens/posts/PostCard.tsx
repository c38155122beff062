import { memo } from 'react'
import type { Post } from '../../../main/contract/index.ts'
import { PlatformMark } from '../../components/PlatformMark.tsx'
import { platformName } from '../../messages/platform-name.ts'
import { engagementLine, postHour, postTime, typeLine } from '../../messages/post-lines.ts'
import { t } from '../../messages/translate.ts'
import { PostPictures } from './PostPictures.tsx'
import { PostText } from './PostText.tsx'
import styles from './PostCard.module.css'

/** A post of whatever service. Its time opens all that is kept of it, and so does a press anywhere on it. */
export const PostCard = memo(function PostCard({
  post,
  author,
  onOpen,
  onView,
}: {
  readonly post: Post
  readonly author: string
  readonly onOpen: (id: string) => void
  readonly onView: (post: Post, mediaId: string) => void
}) {
  const figures = engagementLine(post.engagement)
  return (
    <article className={styles['card']} data-gone={post.isGone}>
      <header className={styles['header']}>
        <PlatformMark platform={post.platform} />
        <span className={styles['author']}>{author}</span>
        <span className={styles['facts']}>{factsOf(post)}</span>
        <button
          type="button"
          className={styles['time']}
          aria-label={t('posts.open', { when: postTime(post) })}
          onClick={() => onOpen(post.id)}
        >
          {postHour(post)}
        </button>
      </header>
      {post.isGone && <p className={styles['gone']}>{t('posts.gone')}</p>}
      {post.text !== null && post.text !== '' && <PostText text={post.text} isWhole={false} />}
      {post.media.length > 0 && <PostPictures media={post.media} onOpen={(id) => onView(post, id)} />}
      {figures !== '' && <p className={styles['figures']}>{figures}</p>}
    </article>
  )
})

function factsOf(post: Post): string {
  return [
    platformName(post.platform),
    typeLine(post),
    post.editedAt === null ? null : t('posts.edited'),
    post.isPublic ? null : t('posts.limited'),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}
