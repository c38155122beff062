import { messageOf } from '../base/errors.ts'
import { plainError } from '../base/plain-error.ts'
import type { Log } from '../base/log.ts'
import type { Database, Reader, Writer } from '../database/index.ts'

export interface RunningJob {
  readonly id: string
  readonly userId: string | null
  readonly payload: Readonly<Record<string, unknown>>
  /** Fires when the engine closes; stop at the next safe place and return 'interrupted'. */
  readonly signal: AbortSignal
  /** Says that something got done that lasts: whatever ends the engine from now on, it is not this job by itself. */
  progressed(): void
}

/** Work that was set aside because the engine died over it. */
export interface ParkedJob {
  readonly id: string
  readonly kind: string
  readonly userId: string | null
  readonly payload: Readonly<Record<string, unknown>>
}

/** 'done' ends a job, 'interrupted' leaves it for the next start, 'later' runs it again after a pause. */
export type JobHandler = (job: RunningJob) => Promise<'done' | 'interrupted' | 'later'>

export interface Jobs {
  /** Looks for work now; call it after a commit that enqueued some. */
  wake(): void
  /** Resolves when no job runs and none is due. */
  settled(): Promise<void>
  close(): Promise<void>
}

const maxAttempts = 8
/**
 * Points for each death of the engine over a job. Content that hangs or swells the engine takes its time, and so does a
 * person who starts it again: two such deaths park a job. Quick ones in a row are somebody who ends the program again and
 * again, or a computer without power; only very many of them count.
 */
const deaths = { slow: 100, quick: 1, slowSeconds: 30, parkAt: 200 }
const pauseMs = (attempt: number): number => Math.min(2 ** attempt * 1000, 300_000)

/**
 * Starts one lane per handler. Jobs left running by a process that died are put back first; one that was running at two
 * deaths without getting anything done is parked instead, and given to `onParked`.
 */
export async function startJobs(options: {
  readonly database: Database
  readonly handlers: Readonly<Record<string, JobHandler>>
  readonly log: Log
  readonly onParked?: (job: ParkedJob) => Promise<void>
}): Promise<Jobs> {
  const { database, handlers, log } = options
  const closing = new AbortController()
  for (const job of await putBack(database)) {
    log.error('job-parked', { job: job.id, kind: job.kind })
    await options.onParked?.(job)
  }
  const lanes = Object.entries(handlers).map(([kind, handler]) => startLane(kind, handler))

  function startLane(kind: string, handler: JobHandler) {
    let isAwake = true
    let wakeUp: () => void = () => {}
    let timer: NodeJS.Timeout | undefined
    let idle = Promise.withResolvers<void>()
    const lane = {
      wake() {
        isAwake = true
        wakeUp()
      },
      idle: () => idle.promise,
      finished: loop(),
    }
    return lane

    async function loop(): Promise<void> {
      while (!closing.signal.aborted) {
        isAwake = false
        const outcome = await runNext().catch((error: unknown) => {
          log.error('job-lane-failed', { kind, message: messageOf(error) })
          return 'nothing' as const
        })
        if (outcome === 'ran' || isAwake || closing.signal.aborted) continue
        idle.resolve()
        await new Promise<void>((resolve) => {
          wakeUp = resolve
          // Jobs set aside for later are looked for twice a second at most; an idle lane asks every five seconds.
          timer = setTimeout(resolve, outcome === 'waiting' ? 500 : 5000)
          timer.unref()
        })
        clearTimeout(timer)
        if (isAwake) idle = Promise.withResolvers<void>()
      }
      idle.resolve()
    }

    async function runNext(): Promise<'ran' | 'waiting' | 'nothing'> {
      const job = await database.asService((tx) =>
        tx.one<{
          id: string
          user_id: string | null
          payload: Record<string, unknown>
          attempts: number
          suspicion: number
        }>(
          `update meta.jobs set status = 'running', attempts = attempts + 1
           where id = (select id from meta.jobs where kind = $1 and status = 'queued' and run_after <= now()
                       order by id limit 1)
           returning id, user_id, payload, attempts, suspicion`,
          [kind],
        ),
      )
      if (!job) {
        const later = await database.asService((tx) =>
          tx.one(`select 1 as x from meta.jobs where kind = $1 and status = 'queued' limit 1`, [kind]),
        )
        return later ? 'waiting' : 'nothing'
      }
      try {
        const { id, user_id: userId, payload } = job
        const progressed = once(job.suspicion > 0, () => clearSuspicion(id))
        const result = await handler({ id, userId, payload, signal: closing.signal, progressed })
        if (result === 'done') await finish(job.id, 'done', null)
        else await postpone(job.id, result === 'later' ? 5000 : 0, null)
      } catch (error) {
        log.error('job-failed', { kind, attempt: job.attempts, message: messageOf(error) })
        if (closing.signal.aborted) return 'ran'
        if (job.attempts >= maxAttempts) await finish(job.id, 'failed', plainError(error).message)
        else await postpone(job.id, pauseMs(job.attempts), plainError(error).message)
      }
      return 'ran'
    }
  }

  function clearSuspicion(id: string): void {
    database
      .asService((tx) => tx.execute(`update meta.jobs set suspicion = 0 where id = $1`, [id]))
      .catch((error: unknown) => log.warn('job-not-noted', { message: messageOf(error) }))
  }

  async function finish(id: string, status: 'done' | 'failed', lastError: string | null): Promise<void> {
    await database.asService((tx) =>
      tx.execute(`update meta.jobs set status = $2, last_error = $3, suspicion = 0 where id = $1`, [
        id,
        status,
        lastError,
      ]),
    )
  }

  async function postpone(id: string, delayMs: number, lastError: string | null): Promise<void> {
    await database.asService((tx) =>
      tx.execute(
        `update meta.jobs set status = 'queued', last_error = $3, suspicion = 0, run_after = now() + make_interval(secs => $2)
         where id = $1`,
        [id, delayMs / 1000, lastError],
      ),
    )
  }

  return {
    wake: () => lanes.forEach((lane) => lane.wake()),
    async settled() {
      await Promise.all(lanes.map((lane) => lane.idle()))
    },
    async close() {
      closing.abort()
      lanes.forEach((lane) => lane.wake())
      await Promise.all(lanes.map((lane) => lane.finished))
    },
  }
}

/** Puts back what was running when the process died; returns what is parked for that. */
async function putBack(database: Database): Promise<ParkedJob[]> {
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

/** Queues parked work again, as a person asks for it; returns how many jobs that were. Call `wake()` afterwards. */
export async function retryParked(tx: Writer, ids: readonly string[]): Promise<number> {
  return tx.execute(
    `update meta.jobs set status = 'queued', suspicion = 0, attempts = 0, run_after = now()
     where status = 'parked' and id = any($1::uuid[])`,
    [ids],
  )
}

function once(isWanted: boolean, run: () => void): () => void {
  let isLeft = isWanted
  return () => {
    if (!isLeft) return
    isLeft = false
    run()
  }
}
