import type { Database, Reader, Writer } from '../database/index.ts'
import { jobsTopic } from './enqueue.ts'

/** Work that was set aside because the engine died over it. */
export interface ParkedJob {
  readonly id: string
  readonly kind: string
  readonly userId: string | null
  readonly payload: Readonly<Record<string, unknown>>
}

/**
 * Points for each death of the engine over a job. Content that hangs or swells the engine takes its time, and so does a
 * person who starts it again: two such deaths park a job. Quick ones in a row are somebody who ends the program again and
 * again, or a computer without power; only very many of them count.
 */
const deaths = { slow: 100, quick: 1, slowSeconds: 30, parkAt: 200 }

/** Puts back what was running when the process died; returns what is parked for that. */
export async function putBack(database: Database): Promise<ParkedJob[]> {
  const { slow, quick, slowSeconds, parkAt } = deaths
  return database.asService(async (tx) => {
    await tx.execute(
      `update meta.jobs set status = 'queued', suspicion = suspicion +
         case when updated_at < now() - make_interval(secs => $1) then $2::integer else $3::integer end
       where status = 'running'`,
      [slowSeconds, slow, quick],
    )
    return tx.query<ParkedJob>(
      `update meta.jobs set status = 'parked', last_error = 'The engine died over it.'
       where status = 'queued' and suspicion >= $1 returning id, kind, user_id as "userId", payload`,
      [parkAt],
    )
  })
}

/** Parked work that a person may start again: theirs, and the vault's own. */
export async function parkedJobs(tx: Reader): Promise<ParkedJob[]> {
  return tx.query<ParkedJob>(
    `select id, kind, user_id as "userId", payload from meta.jobs where status = 'parked' order by id`,
  )
}

/** Queues parked work again, as a person asks for it; returns how many jobs that were. */
export async function retryParked(tx: Writer, ids: readonly string[]): Promise<number> {
  tx.announce(jobsTopic)
  return tx.execute(
    `update meta.jobs set status = 'queued', suspicion = 0, attempts = 0, run_after = now()
     where status = 'parked' and id = any($1::uuid[])`,
    [ids],
  )
}
