import type { Post, PostMedia } from '../../main/contract/index.ts'
import { wallHour, wallTime } from './format.ts'
import { platformName } from './platform-name.ts'
import { t, type MessageKey } from './translate.ts'

const figures: Readonly<Record<string, MessageKey>> = {
  likes: 'posts.figure.likes',
  favourites: 'posts.figure.likes',
  replies: 'posts.figure.replies',
  comments: 'posts.figure.comments',
  reposts: 'posts.figure.reposts',
  reblogs: 'posts.figure.reposts',
  quotes: 'posts.figure.quotes',
  shares: 'posts.figure.shares',
  views: 'posts.figure.views',
  kudos: 'posts.figure.kudos',
  saves: 'posts.figure.saves',
  bookmarks: 'posts.figure.saves',
}

/** "12 likes"; a figure nobody here has a word for is named as its service does. */
export function figureLine(name: string, count: number): string {
  const known = figures[name]
  return known === undefined ? t('posts.figure.other', { name: name.replaceAll('_', ' '), count }) : t(known, { count })
}

/** "3 replies · 12 likes"; those that are nothing are left out. */
export function engagementLine(engagement: Post['engagement']): string {
  return Object.entries(engagement)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => figureLine(name, count))
    .join(' · ')
}

/** "18:30", or "18:30 UTC" where the clock is not known. */
export function postHour({ localAt, utcOffsetMinutes }: Post): string {
  const time = wallHour(localAt)
  return utcOffsetMinutes === null ? t('posts.utc', { time }) : time
}

/** The day and the time of a post in full. */
export function postTime({ localAt, utcOffsetMinutes }: Post): string {
  const time = wallTime(localAt)
  return utcOffsetMinutes === null ? t('posts.utc', { time }) : time
}

/** Who wrote a post: as its service says, else whose account it came with. */
export function authorOf({ author, accountId, platform }: Post, accounts: ReadonlyMap<string, string>): string {
  return author ?? accounts.get(accountId) ?? platformName(platform)
}

/** What a post is, where it is more than a post: "Reply", "Run". */
export function typeLine({ type, activityType }: Post): string | null {
  if (type === 'activity' && activityType !== null) return activityType
  return type === 'post' ? null : t(`posts.type.${type}`)
}

/** What a screen reader calls a picture of a post. */
export function mediaName({ kind, alt }: PostMedia, place: number, count: number): string {
  const name = t(`posts.media.${kind}`, { place, count })
  return alt === null || alt === '' ? name : t('posts.media.described', { name, alt })
}

/** Why a picture of a post is not shown. */
export function missingLine({ status, isTrashed }: PostMedia): string {
  return t(isTrashed ? 'posts.media.trashed' : `posts.media.${status}`)
}
