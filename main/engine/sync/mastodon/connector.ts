import { z } from 'zod'
import { asAccount } from '../as-account.ts'
import type { Connector, Page, Session } from '../connector.ts'
import { askJson, sentences } from '../http.ts'
import { readAnswer } from '../read-answer.ts'
import { ServiceError } from '../service-error.ts'
import { accountAt, refresh, signIn } from './sign-in.ts'

const pageSize = 40
/** `min_id` brings what is new; only a walk through everything shows what was edited or is gone. */
const walkEveryMs = 7 * 86_400_000

const cursorSchema = z.object({
  /** The number of the account at its server. */
  account: z.string().min(1),
  /** The newest that is known. */
  newest: z.string().nullable(),
  walkedAt: z.string().nullable(),
  /** Where a walk that was cut off goes on. */
  before: z.string().nullable(),
})
type Cursor = z.infer<typeof cursorSchema>

const statusSchema = z.looseObject({ id: z.string().min(1).max(200), uri: z.string().min(1).max(1000) })

/** Mastodon and servers that speak its API. */
export const mastodon: Connector = {
  platform: 'mastodon',
  oauth: signIn,
  refresh,
  pages,
  async mediaAddress(_session, { url }) {
    // Files of a server lie where its posts say, also on hosts of their own; they need no token.
    return /^https?:\/\//.test(url) ? { url, headers: {} } : null
  },
}

async function* pages(session: Session, given: unknown): AsyncGenerator<Page> {
  const before = cursorSchema.safeParse(given).data ?? (await firstCursor(session))
  const age = before.walkedAt === null ? Number.NaN : Date.now() - Date.parse(before.walkedAt)
  // A walk of tomorrow was made by a clock that was wrong.
  const isDue = !(age >= 0 && age <= walkEveryMs)
  if (isDue) yield* wholeWalk(session, before)
  else yield* forward(session, before)
}

async function firstCursor(session: Session): Promise<Cursor> {
  const account = await asAccount(session, refresh, () =>
    accountAt(session.server ?? '', session.tokens().access ?? '', session),
  )
  return { account: account.id, newest: null, walkedAt: null, before: null }
}

/** Everything from the newest to the oldest; one that was cut off goes on, and tells nothing of what is gone. */
async function* wholeWalk(session: Session, given: Cursor): AsyncGenerator<Page> {
  let { newest, before } = given
  let isStart = before === null
  const walkedAt = new Date().toISOString()
  const isWhole = isStart
  for (;;) {
    const { statuses, pauseMs } = await statusesOf(session, given, before === null ? {} : { max_id: before })
    const last = statuses.at(-1)
    if (before === null) newest = statuses[0]?.id ?? newest
    if (!last) {
      const cursor: Cursor = { ...given, newest, walkedAt, before: null }
      yield pageOf([], cursor, { ...(isWhole && { isEndOfWalk: true }), ...(isStart && { isStartOfWalk: true }) })
      return
    }
    // The same page again would go on for ever.
    if (last.id === before) throw new ServiceError('failed', sentences.failed)
    before = last.id
    yield pageOf(statuses, { ...given, newest, before }, isStart ? { isStartOfWalk: true } : {})
    isStart = false
    await session.pause(pauseMs)
  }
}

/** What is newer than the newest that is known, from the oldest of it on. */
async function* forward(session: Session, given: Cursor): AsyncGenerator<Page> {
  let { newest } = given
  for (;;) {
    const { statuses, pauseMs } = await statusesOf(session, given, newest === null ? {} : { min_id: newest })
    const first = statuses[0]
    if (!first || first.id === newest) return
    newest = first.id
    yield pageOf(statuses, { ...given, newest }, {})
    await session.pause(pauseMs)
  }
}

type Status = z.infer<typeof statusSchema>

function pageOf(statuses: readonly Status[], cursor: Cursor, more: Pick<Page, 'isStartOfWalk' | 'isEndOfWalk'>): Page {
  return {
    eventType: 'GET /api/v1/accounts/:id/statuses',
    envelope: statuses.map(({ uri }) => ({ $post: uri })),
    posts: statuses.map((status) => ({ postId: status.uri, format: 'mastodon.status', data: status })),
    cursor,
    ...more,
  }
}

async function statusesOf(
  session: Session,
  { account }: Cursor,
  query: Readonly<Record<string, string>>,
): Promise<{ statuses: Status[]; pauseMs: number }> {
  const search = new URLSearchParams({ limit: String(pageSize), ...query })
  const url = `${session.server}/api/v1/accounts/${encodeURIComponent(account)}/statuses?${search.toString()}`
  const { json, pauseMs } = await asAccount(session, refresh, () =>
    askJson(session.network, url, {
      headers: { authorization: `Bearer ${session.tokens().access ?? ''}` },
      signal: session.signal,
    }),
  )
  return { statuses: readAnswer(z.array(statusSchema), json), pauseMs }
}
