import type { Writer } from '../database/index.ts'

export interface NewJob {
  readonly kind: string
  readonly userId: string | null
  readonly payload: Readonly<Record<string, unknown>>
}

/** Stores a job beside what it follows from: both are there, or neither. Call `jobs.wake()` after the commit. */
export async function enqueue(tx: Writer, job: NewJob): Promise<string> {
  const row = await tx.one<{ id: string }>(
    `insert into meta.jobs (kind, user_id, payload) values ($1, $2, $3::jsonb) returning id`,
    [job.kind, job.userId, JSON.stringify(job.payload)],
  )
  if (!row) throw new Error('a job was not stored')
  return row.id
}
