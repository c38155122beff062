import { CofferError } from '../base/errors.ts'
import type { Database, Writer } from '../database/index.ts'

/** An answer that was given before, or is given now. */
export interface Answer<T> {
  readonly status: number
  readonly body: T
}

/**
 * Does something at most once per key: the second time the stored answer comes back and nothing happens. Key, work and
 * answer are one transaction, so neither can be without the others. `request` is a digest of what was asked; throws
 * `conflict` when the key was used for something else.
 */
export async function once<T>(
  tx: Writer,
  userId: string,
  asked: { readonly key: string; readonly request: string },
  work: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const isNew = await tx.execute(
    `insert into meta.idempotency_keys (user_id, key, request) values ($1, $2, $3) on conflict do nothing`,
    [userId, asked.key, asked.request],
  )
  if (isNew === 0) {
    const kept = await tx.one<{ request: string; status: number | null; answer: T }>(
      `select request, status, answer from meta.idempotency_keys where user_id = $1 and key = $2`,
      [userId, asked.key],
    )
    if (!kept || kept.request !== asked.request || kept.status === null) {
      throw new CofferError('This Idempotency-Key was used for another request.', { code: 'conflict' })
    }
    return { status: kept.status, body: kept.answer }
  }
  const answer = await work()
  await tx.execute(`update meta.idempotency_keys set status = $3, answer = $4::jsonb where user_id = $1 and key = $2`, [
    userId,
    asked.key,
    answer.status,
    JSON.stringify(answer.body),
  ])
  return answer
}

/** Forgets keys nobody will repeat any more. */
export async function forgetOldKeys(database: Database, days: number): Promise<number> {
  return database.asService((tx) =>
    tx.execute(`delete from meta.idempotency_keys where created_at < now() - make_interval(days => $1)`, [days]),
  )
}
