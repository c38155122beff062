import { messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { Database } from '../database/index.ts'

export interface RunningJob {
  readonly id: string
  readonly userId: string | null
  readonly payload: Readonly<Record<string, unknown>>
  /** Fires when the engine closes; stop at the next safe place and return 'interrupted'. */
  readonly signal: AbortSignal
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
const pauseMs = (attempt: number): number => Math.min(2 ** attempt * 1000, 300_000)

/** Starts one lane per handler. Jobs left running by a process that died are put back first. */
export async function startJobs(options: {
  readonly database: Database
  readonly handlers: Readonly<Record<string, JobHandler>>
  readonly log: Log
}): Promise<Jobs> {
  const { database, handlers, log } = options
  const closing = new AbortController()
  await database.asService((tx) => tx.execute(`update meta.jobs set status = 'queued' where status = 'running'`))
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
        tx.one<{ id: string; user_id: string | null; payload: Record<string, unknown>; attempts: number }>(
          `update meta.jobs set status = 'running', attempts = attempts + 1
           where id = (select id from meta.jobs where kind = $1 and status = 'queued' and run_after <= now()
                       order by id limit 1)
           returning id, user_id, payload, attempts`,
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
        const result = await handler({ id: job.id, userId: job.user_id, payload: job.payload, signal: closing.signal })
        if (result === 'done') await finish(job.id, 'done', null)
        else await postpone(job.id, result === 'later' ? 5000 : 0, null)
      } catch (error) {
        log.error('job-failed', { kind, attempt: job.attempts, message: messageOf(error) })
        if (closing.signal.aborted) return 'ran'
        if (job.attempts >= maxAttempts) await finish(job.id, 'failed', messageOf(error))
        else await postpone(job.id, pauseMs(job.attempts), messageOf(error))
      }
      return 'ran'
    }
  }

  async function finish(id: string, status: 'done' | 'failed', lastError: string | null): Promise<void> {
    await database.asService((tx) =>
      tx.execute(`update meta.jobs set status = $2, last_error = $3 where id = $1`, [id, status, lastError]),
    )
  }

  async function postpone(id: string, delayMs: number, lastError: string | null): Promise<void> {
    await database.asService((tx) =>
      tx.execute(
        `update meta.jobs set status = 'queued', last_error = $3, run_after = now() + make_interval(secs => $2)
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
