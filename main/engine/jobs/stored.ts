import type { Writer } from '../database/index.ts'

/** A job as it was taken to be run. */
export interface TakenJob {
  readonly id: string
  readonly kind: string
  readonly lane: string
  readonly userId: string | null
  readonly payload: Readonly<Record<string, unknown>>
  readonly attempts: number
  readonly suspicion: number
}

/** How a job ended, or when it runs again. */
export interface Outcome {
  readonly status: 'done' | 'failed' | 'queued'
  readonly delayMs: number
  readonly error: string | null
}

/** Notes how a job ended; one that somebody has cancelled meanwhile stays so. */
export async function storeOutcome(tx: Writer, id: string, { status, delayMs, error }: Outcome): Promise<void> {
  await tx.execute(
    `update meta.jobs set status = $2, last_error = $3, suspicion = 0,
       run_after = case when $2 = 'queued' then now() + make_interval(secs => $4) else run_after end
     where id = $1 and status = 'running'`,
    [id, status, error, delayMs / 1000],
  )
}

/** Takes the first due job of each lane of these kinds in which none runs. `busy` names lanes as `laneOf` does. */
export async function takeDue(tx: Writer, kinds: readonly string[], busy: readonly string[]): Promise<TakenJob[]> {
  return tx.query<TakenJob>(
    `update meta.jobs set status = 'running', attempts = attempts + 1
     where id in (select distinct on (kind, lane) id from meta.jobs
                  where status = 'queued' and kind = any($1::text[]) and run_after <= now()
                    and kind || '/' || lane <> all($2::text[])
                  order by kind, lane, id)
     returning id, kind, lane, user_id as "userId", payload, attempts, suspicion`,
    [kinds, busy],
  )
}

export function laneOf(job: { readonly kind: string; readonly lane: string }): string {
  return `${job.kind}/${job.lane}`
}

/** In how many milliseconds the next job is due in a lane where none runs; null when none waits. */
export async function nextDueMs(tx: Writer, kinds: readonly string[], busy: readonly string[]): Promise<number | null> {
  const row = await tx.one<{ ms: number | null }>(
    `select ceil(extract(epoch from min(run_after) - now()) * 1000)::double precision as ms from meta.jobs
     where status = 'queued' and kind = any($1::text[]) and kind || '/' || lane <> all($2::text[])`,
    [kinds, busy],
  )
  return row?.ms ?? null
}

/** Brings what waits nearer by as much as the clock was set back. */
export async function followClock(tx: Writer, setBackMs: number): Promise<void> {
  await tx.execute(
    `update meta.jobs set run_after = run_after - make_interval(secs => $1) where status = 'queued' and run_after > now()`,
    [setBackMs / 1000],
  )
}
