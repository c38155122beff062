import { z } from 'zod'
import type { RawPost } from '../../posts/index.ts'
import type { Connector, Page, Session } from '../connector.ts'
import { sentences } from '../http.ts'
import { ServiceError } from '../service-error.ts'
import { activities, wholeActivity, type Budget, type Summary } from './calls.ts'
import { refresh, signIn } from './sign-in.ts'

/** Nothing tells of edits and deletions but a walk through everything. */
const walkEveryMs = 30 * 86_400_000
/** Recordings are uploaded days after they were made. */
const lateMs = 7 * 86_400_000
const detailsAtOnce = 10
const mostQueued = 100_000

const cursorSchema = z.object({
  /** When the newest activity that is known began. */
  newest: z.string().nullable(),
  walkedAt: z.string().nullable(),
  /** Where a walk that was cut off goes on: it has everything from this second on. */
  before: z.int().nullable(),
  /** Activities of which only the summary is here, or that were edited; newest first. */
  queue: z.array(z.string().max(50)).max(mostQueued),
})
type Cursor = z.infer<typeof cursorSchema>

/**
 * Strava, with an app of the person's own. Lists of activities cost little and come first; what there is beside that costs three calls for
 * each, and comes as the limits allow.
 */
export const strava: Connector = {
  platform: 'strava',
  oauth: signIn,
  refresh,
  pages,
  async mediaAddress(_session, { url }) {
    return /^https?:\/\//.test(url) ? { url, headers: {} } : null
  },
}

async function* pages(session: Session, given: unknown): AsyncGenerator<Page> {
  const before = cursorSchema.safeParse(given).data ?? { newest: null, walkedAt: null, before: null, queue: [] }
  const age = before.walkedAt === null ? Number.NaN : Date.now() - Date.parse(before.walkedAt)
  // A walk of tomorrow was made by a clock that was wrong.
  const isDue = !(age >= 0 && age <= walkEveryMs)
  const budget: Budget = { pauseMs: 0 }
  const after = yield* isDue ? wholeWalk(session, before, budget) : recent(session, before, budget)
  yield* details(session, after, budget)
}

/** Everything from the newest to the oldest, by the time it began: what is added meanwhile moves nothing. */
async function* wholeWalk(session: Session, given: Cursor, budget: Budget): AsyncGenerator<Page, Cursor> {
  let cursor = given
  const isWhole = given.before === null
  const walkedAt = new Date().toISOString()
  let known = new Set<string>()
  for (let isStart = isWhole; ; isStart = false) {
    const { before } = cursor
    const listed = await activities(session, before === null ? {} : { before: String(before) }, budget)
    if (before !== null && listed.some((each) => startOf(each) >= before * 1000)) {
      throw new ServiceError('failed', sentences.failed)
    }
    const some = listed.filter((each) => !known.has(String(each.id)))
    const last = listed.at(-1)
    const mark = { ...(isStart && { isStartOfWalk: true }) }
    if (some.length === 0 || !last) {
      cursor = { ...cursor, walkedAt, before: null }
      yield { ...pageOf([], cursor), ...mark, ...(isWhole && { isEndOfWalk: true }) }
      return cursor
    }
    const { queue, ...found } = await sorted(session, some, cursor.queue, 'end')
    // Others may have begun in the same second.
    const next = Math.floor(startOf(last) / 1000) + 1
    cursor = { ...cursor, newest: newestOf(cursor.newest, some), before: next, queue }
    yield { ...pageOf(found.posts, cursor), ...found, ...mark }
    known = new Set(listed.map((each) => String(each.id)))
    await rest(session, budget)
  }
}

/** What began since a week before the newest that is known. */
async function* recent(session: Session, given: Cursor, budget: Budget): AsyncGenerator<Page, Cursor> {
  let cursor = given
  let { newest } = given
  const since = newest === null ? {} : { after: String(Math.floor((Date.parse(newest) - lateMs) / 1000)) }
  const seen = new Set<string>()
  for (let page = 1; ; page += 1) {
    const listed = await activities(session, { ...since, page: String(page) }, budget)
    if (listed.length === 0) break
    // The same page again would go on for ever.
    if (listed.every((each) => seen.has(String(each.id)))) throw new ServiceError('failed', sentences.failed)
    for (const each of listed) seen.add(String(each.id))
    const { queue, ...found } = await sorted(session, listed, cursor.queue, 'front')
    newest = newestOf(newest, listed)
    cursor = { ...cursor, queue }
    yield { ...pageOf(found.posts, cursor), ...found }
    await rest(session, budget)
  }
  cursor = { ...cursor, newest }
  if (newest !== given.newest) yield pageOf([], cursor)
  return cursor
}

/** What the lists left for later. */
async function* details(session: Session, given: Cursor, budget: Budget): AsyncGenerator<Page> {
  let cursor = given
  while (cursor.queue.length > 0) {
    await rest(session, budget)
    const some = cursor.queue.slice(0, detailsAtOnce)
    const posts: RawPost[] = []
    let done = 0
    for (const id of some) {
      const found = await withinBudget(wholeActivity(session, id, budget), budget)
      if (found === 'later') break
      done += 1
      if (found) posts.push(summaryPost(withoutDetails(found.activity)), wholePost(found))
    }
    cursor = { ...cursor, queue: cursor.queue.slice(done) }
    if (done > 0) yield { ...pageOf(posts, cursor), eventType: 'GET /activities/{id}' }
  }
}

/**
 * Activities of a list; those that are new or edited go to the front of the queue. An edited one comes when all of it does: its summary
 * alone would take its description away.
 */
async function sorted(
  session: Session,
  listed: readonly Summary[],
  before: readonly string[],
  place: 'front' | 'end',
): Promise<{ posts: RawPost[]; alsoThere: string[]; queue: string[] }> {
  const unknown = await session.unknown(listed.map(summaryPost))
  const isWaiting = (summary: Summary): boolean => unknown.get(String(summary.id)) === 'changed'
  const added = [...unknown.keys()]
  const queue = new Set(place === 'front' ? [...added.toReversed(), ...before] : [...before, ...added])
  return {
    posts: listed.filter((each) => !isWaiting(each)).map(summaryPost),
    alsoThere: listed.filter(isWaiting).map((each) => String(each.id)),
    queue: [...queue].slice(0, mostQueued),
  }
}

/** `later` where the limits are reached. */
async function withinBudget<T>(asked: Promise<T>, budget: Budget): Promise<T | 'later'> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof ServiceError) || error.trouble !== 'limited') throw error
    budget.pauseMs = error.waitMs ?? 900_000
    return 'later'
  }
}

async function rest(session: Session, budget: Budget): Promise<void> {
  await session.pause(budget.pauseMs)
  budget.pauseMs = 0
}

function pageOf(posts: readonly RawPost[], cursor: Cursor): Page {
  const ids = [...new Set(posts.map(({ postId }) => postId))]
  return { eventType: 'GET /athlete/activities', envelope: ids.map((id) => ({ $post: id })), posts, cursor }
}

function summaryPost(summary: Summary): RawPost {
  return { postId: String(summary.id), format: 'strava.summary', data: summary }
}

function wholePost(found: { readonly activity: Summary }): RawPost {
  return { postId: String(found.activity.id), format: 'strava.activity', data: found }
}

/** An activity as the list has it. */
function withoutDetails(activity: Summary): Summary {
  const { id, start_date, ...rest } = activity
  const more = ['description', 'private_note', 'photos', 'laps', 'segment_efforts', 'best_efforts', 'splits_metric']
  const others = new Set([...more, 'splits_standard', 'similar_activities', 'available_zones', 'gear', 'calories'])
  return { id, start_date, ...Object.fromEntries(Object.entries(rest).filter(([key]) => !others.has(key))) }
}

function startOf({ start_date }: Summary): number {
  const at = Date.parse(start_date)
  if (Number.isNaN(at)) throw new ServiceError('nonsense', sentences.nonsense)
  return at
}

function newestOf(newest: string | null, some: readonly Summary[]): string | null {
  const latest = Math.max(newest === null ? -Infinity : Date.parse(newest), ...some.map(startOf))
  // One that is dated in the future would hide all that come before it.
  return Number.isFinite(latest) ? new Date(Math.min(latest, Date.now())).toISOString() : null
}
