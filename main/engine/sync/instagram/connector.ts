import { z } from 'zod'
import type { RawPost } from '../../posts/index.ts'
import type { Connector, Page, Session } from '../connector.ts'
import { sentences } from '../http.ts'
import { readAnswer } from '../read-answer.ts'
import { ServiceError } from '../service-error.ts'
import { accountOf, refresh } from './account.ts'
import { call } from './calls.ts'
import { mostListed, pageSize } from './unverified.ts'

/** Nothing tells of edits and deletions but a walk through everything. */
const walkEveryMs = 7 * 86_400_000
const fileFields = 'id,media_type,media_url,thumbnail_url'
const fields = `${fileFields},caption,media_product_type,permalink,timestamp,username,like_count,comments_count,children{${fileFields}}`

const cursorSchema = z.object({
  walkedAt: z.string().nullable(),
  /** Where a walk that was cut off goes on. */
  after: z.string().max(5000).nullable(),
  /** What was new was not all stored: the newest that is known says nothing of what is older. */
  isOpen: z.boolean(),
})
type Cursor = z.infer<typeof cursorSchema>

/** Professional accounts of Instagram, by a token of the person's own app. Personal accounts have no interface. */
export const instagram: Connector = {
  platform: 'instagram',
  connect: ({ secret }, by) => accountOf(secret, by),
  refresh,
  refreshBeforeMs: 30 * 86_400_000,
  pages,
  async mediaAddress(session, { key, url, attempts }) {
    // Addresses end after some days; what asks again asks for a new one.
    const isFresh = /^https?:\/\//.test(url) && attempts <= 1
    const [, id] = /^ig:(\d+):0$/.exec(key) ?? []
    const now = isFresh || id === undefined ? url : await addressOf(session, id)
    return now !== null && /^https?:\/\//.test(now) ? { url: now, headers: {} } : null
  },
}

async function* pages(session: Session, given: unknown): AsyncGenerator<Page> {
  const before = cursorSchema.safeParse(given).data ?? { walkedAt: null, after: null, isOpen: false }
  const age = before.walkedAt === null ? Number.NaN : Date.now() - Date.parse(before.walkedAt)
  // A walk of tomorrow was made by a clock that was wrong.
  const isDue = !(age >= 0 && age <= walkEveryMs) || before.isOpen
  yield* stories(session, before)
  if (!isDue) yield* recent(session, before)
  else yield* wholeWalk(session, before)
}

/** Those of the last day: there are no older ones. */
async function* stories(session: Session, cursor: Cursor): AsyncGenerator<Page> {
  const path = `/${encodeURIComponent(session.platformUserId)}/stories`
  try {
    const { media, pauseMs } = await listed(session, path, {})
    if (media.length > 0) {
      const posts = media.map((each) => postOf({ media_product_type: 'STORY', ...each }))
      yield { ...pageOf(posts, cursor), eventType: 'GET /{user}/stories' }
    }
    await session.pause(pauseMs)
  } catch (error) {
    // Not every kind of account has them.
    const isWithout = error instanceof ServiceError && (error.trouble === 'refused' || error.trouble === 'gone')
    if (!isWithout) throw error
  }
}

/** Everything, the newest first; a walk that was cut off goes on, and tells nothing of what is gone. */
async function* wholeWalk(session: Session, given: Cursor): AsyncGenerator<Page> {
  let { after } = given
  let isStart = after === null
  let isWhole = isStart
  const walkedAt = new Date().toISOString()
  const seen = new Set<string>()
  for (;;) {
    let page: Listed
    try {
      page = await mediaAfter(session, after)
    } catch (error) {
      const isLost = error instanceof ServiceError && (error.trouble === 'refused' || error.trouble === 'gone')
      if (!isLost || after === null) throw error
      // The place where it was is not known any more: from the beginning.
      after = null
      isStart = isWhole = true
      seen.clear()
      continue
    }
    const { media, next, pauseMs } = page
    assertNew(media, seen)
    isWhole &&= seen.size < mostListed
    const cursor: Cursor = { walkedAt: given.walkedAt, after: next, isOpen: given.isOpen }
    const mark = { ...(isStart && { isStartOfWalk: true }) }
    if (next === null) {
      yield {
        ...pageOf(media.map(postOf), { walkedAt, after: null, isOpen: false }),
        ...mark,
        ...(isWhole && { isEndOfWalk: true }),
      }
      await session.pause(pauseMs)
      return
    }
    yield { ...pageOf(media.map(postOf), cursor), ...mark }
    isStart = false
    after = next
    await session.pause(pauseMs)
  }
}

/** The newest, until there is a page of which everything is known. */
async function* recent(session: Session, given: Cursor): AsyncGenerator<Page> {
  const seen = new Set<string>()
  for (let after: string | null = null; ;) {
    const { media, next, pauseMs }: Listed = await mediaAfter(session, after)
    assertNew(media, seen)
    const posts = media.map(postOf)
    const unknown = await session.unknown(posts)
    const isLast = next === null || unknown.size === 0
    yield pageOf(posts, { ...given, isOpen: !isLast })
    await session.pause(pauseMs)
    if (isLast) return
    after = next
  }
}

/** The same page again would go on for ever. */
function assertNew(media: readonly Media[], seen: Set<string>): void {
  if (media.length > 0 && media.every(({ id }) => seen.has(id))) throw new ServiceError('failed', sentences.failed)
  for (const { id } of media) seen.add(id)
}

const mediaSchema = z.looseObject({ id: z.string().min(1).max(100) })
type Media = z.infer<typeof mediaSchema>
const listSchema = z.looseObject({
  data: z.array(mediaSchema),
  paging: z
    .looseObject({
      cursors: z.looseObject({ after: z.string().optional() }).optional(),
      next: z.string().optional(),
    })
    .optional(),
})

interface Listed {
  readonly media: readonly Media[]
  readonly next: string | null
  readonly pauseMs: number
}

async function mediaAfter(session: Session, after: string | null): Promise<Listed> {
  return listed(session, '/me/media', { limit: String(pageSize), ...(after !== null && { after }) })
}

async function listed(session: Session, path: string, query: Readonly<Record<string, string>>): Promise<Listed> {
  const { json, pauseMs } = await call(session, path, session.tokens().access ?? '', { fields, ...query })
  const { data, paging } = readAnswer(listSchema, json)
  const hasMore = data.length > 0 && paging?.next !== undefined
  return { media: data, next: hasMore ? (paging?.cursors?.after ?? null) : null, pauseMs }
}

async function addressOf(session: Session, id: string): Promise<string | null> {
  try {
    const { json } = await call(session, `/${id}`, session.tokens().access ?? '', { fields: fileFields })
    return readAnswer(z.looseObject({ media_url: z.string().optional() }), json).media_url ?? null
  } catch (error) {
    if (error instanceof ServiceError && (error.trouble === 'gone' || error.trouble === 'refused')) return null
    throw error
  }
}

function pageOf(posts: readonly RawPost[], cursor: Cursor): Page {
  return { eventType: 'GET /me/media', envelope: posts.map(({ postId }) => ({ $post: postId })), posts, cursor }
}

function postOf(media: Media): RawPost {
  return { postId: media.id, format: 'instagram.media', data: media }
}
