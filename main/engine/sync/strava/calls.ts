import { z } from 'zod'
import { asAccount } from '../as-account.ts'
import type { Session } from '../connector.ts'
import { askJson, sentences, type ReadError } from '../http.ts'
import { readAnswer } from '../read-answer.ts'
import { ServiceError } from '../service-error.ts'
import { refresh } from './sign-in.ts'
import { missingScope, photosQuery, streamKeys } from './unverified.ts'

export const api = 'https://www.strava.com/api/v3'
const pageSize = 200

/** What may still be asked: a pause that is wanted ends it for now. */
export interface Budget {
  pauseMs: number
}

const errorSchema = z.looseObject({
  errors: z.array(z.looseObject({ field: z.string().catch(''), code: z.string().catch('') })).catch([]),
})

const readError: ReadError = (status, body) => {
  const errors = errorSchema.safeParse(body).data?.errors ?? []
  const isUnallowed = errors.some(({ field, code }) => field === missingScope && code === 'missing')
  if (isUnallowed) return { code: missingScope, trouble: 'refused' }
  return status === 401 ? { trouble: 'expired' } : null
}

const summarySchema = z.looseObject({ id: z.union([z.int().positive(), z.string().min(1)]), start_date: z.string() })
export type Summary = z.infer<typeof summarySchema>

async function call(
  session: Session,
  path: string,
  query: Readonly<Record<string, string>>,
  budget: Budget,
): Promise<unknown> {
  // Calls beyond a limit count as well.
  if (budget.pauseMs > 0) throw new ServiceError('limited', sentences.limited, { waitMs: budget.pauseMs })
  const { json, pauseMs } = await asAccount(session, refresh, () =>
    askJson(
      session.network,
      `${api}${path}?${new URLSearchParams(query).toString()}`,
      { headers: { authorization: `Bearer ${session.tokens().access ?? ''}` }, signal: session.signal },
      readError,
    ),
  )
  budget.pauseMs = pauseMs
  return json
}

/** A page of the account's activities: newest first, but with `after` the oldest first. */
export async function activities(
  session: Session,
  query: Readonly<Record<string, string>>,
  budget: Budget,
): Promise<Summary[]> {
  const json = await call(session, '/athlete/activities', { ...query, per_page: String(pageSize) }, budget)
  return readAnswer(z.array(summarySchema), json)
}

/** All there is of one activity; null where it is not there any more. */
export async function wholeActivity(
  session: Session,
  id: string,
  budget: Budget,
): Promise<{ readonly activity: Summary; readonly streams: unknown; readonly photos: unknown } | null> {
  const path = `/activities/${encodeURIComponent(id)}`
  const found = await unlessGone(call(session, path, { include_all_efforts: 'false' }, budget))
  if (found === null) return null
  const activity = readAnswer(summarySchema, found)
  const isRecorded = activity['manual'] !== true
  const keys = { keys: streamKeys, key_by_type: 'true' }
  const streams = isRecorded ? await unlessGone(call(session, `${path}/streams`, keys, budget)) : null
  const hasPhotos = Number(activity['total_photo_count'] ?? 0) > 0
  const photos = hasPhotos ? await unlessGone(call(session, `${path}/photos`, photosQuery, budget)) : null
  return { activity, streams, photos }
}

async function unlessGone(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ServiceError && error.trouble === 'gone') return null
    throw error
  }
}
