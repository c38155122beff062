import type { Writer } from '../database/index.ts'
import type { JobKind } from './kind.ts'

export interface NewJob<Payload extends object> {
  readonly kind: JobKind<Payload>
  readonly userId: string | null
  readonly payload: Payload
  /** Jobs of one kind and lane run one after another; without one, all of a kind do. */
  readonly lane?: string
  /** Not before so many milliseconds have passed. */
  readonly delayMs?: number
}

/** What a transaction announces in which there is new work. */
export const jobsTopic = 'jobs'

/** Stores a job beside what it follows from: both are there, or neither. It begins once that is committed. */
export async function enqueue<Payload extends object>(tx: Writer, job: NewJob<Payload>): Promise<string> {
  const row = await tx.one<{ id: string }>(
    `insert into meta.jobs (kind, user_id, payload, lane, run_after)
     values ($1, $2, $3::jsonb, $4, now() + make_interval(secs => $5)) returning id`,
    [job.kind.name, job.userId, JSON.stringify(job.payload), job.lane ?? '', (job.delayMs ?? 0) / 1000],
  )
  if (!row) throw new Error('a job was not stored')
  tx.announce(jobsTopic)
  return row.id
}
