import { createAlarm } from '../base/alarm.ts'
import { messageOf } from '../base/errors.ts'
import { plainError } from '../base/plain-error.ts'
import type { Log } from '../base/log.ts'
import type { Database } from '../database/index.ts'
import { jobsTopic } from './enqueue.ts'
import type { JobHandler } from './kind.ts'
import { putBack, type ParkedJob } from './parked.ts'
import { followClock, laneOf, nextDueMs, storeOutcome, takeDue, type Outcome, type TakenJob } from './stored.ts'

export interface RunningJob<Payload extends object = object> {
  readonly id: string
  readonly userId: string | null
  readonly payload: Payload
  /** Fires when the engine closes; stop at the next safe place and return 'interrupted'. */
  readonly signal: AbortSignal
  /** Says that something got done that lasts: whatever ends the engine from now on, it is not this job by itself. */
  progressed(): void
}

/** 'done' ends a job, 'interrupted' leaves it for the next start, 'later' runs it again after a pause. */
export type JobOutcome = 'done' | 'interrupted' | 'later'

export interface Jobs {
  /** Resolves when no job runs and none is due. */
  settled(): Promise<void>
  close(): Promise<void>
}

const maxAttempts = 8
const pauseMs = (attempt: number): number => Math.min(2 ** attempt * 1000, 300_000)
/** A job that is for later is tried soon at first, and then about once a minute. */
const laterMs = (times: number): number => Math.min(2 ** (times - 1) * 5000, 60_000)
/** How soon the database is asked again that could not be. */
const againMs = { first: 1000, longest: 300_000 }

/**
 * Runs stored jobs, of each kind and lane one after another, and asks the database only when there is something to find: when
 * work was stored, when a job ended, and when the next one is due. Jobs left running by a process that died are put back first;
 * one that was running at two deaths without getting anything done is parked instead, and given to `onParked`.
 */
export async function startJobs(options: {
  readonly database: Database
  readonly handlers: readonly JobHandler[]
  readonly log: Log
  readonly onParked?: (job: ParkedJob) => Promise<void>
}): Promise<Jobs> {
  const { database, handlers, log } = options
  const closing = new AbortController()
  for (const job of await putBack(database)) {
    log.error('job-parked', { job: job.id, kind: job.kind })
    await options.onParked?.(job)
  }
  /** What runs by lane. A job whose outcome is not stored yet keeps its lane. */
  const running = new Map<string, Promise<void>>()
  const ended = new Map<string, { readonly job: TakenJob; readonly outcome: Outcome }>()
  /** How often a job was for later, one time after another. */
  const postponed = new Map<string, number>()
  let isLookWanted = false
  let looking: Promise<void> | null = null
  let failures = 0
  let setBackMs = 0
  let waiting: (() => void)[] = []
  const alarm = createAlarm((ms) => {
    setBackMs += ms
    wake()
  })
  const stopListening = database.onCommit(jobsTopic, wake)
  wake()

  function wake(): void {
    if (closing.signal.aborted) return
    isLookWanted = true
    looking ??= lookWhileWanted()
  }

  async function lookWhileWanted(): Promise<void> {
    while (isLookWanted) {
      isLookWanted = false
      try {
        await look()
        failures = 0
      } catch (error) {
        log.error('jobs-not-looked-at', { message: messageOf(error) })
        alarm.set(Date.now() + Math.min(againMs.first * 2 ** failures, againMs.longest))
        failures += 1
      }
    }
    // At once: who wakes it from now on begins another look.
    looking = null
    releaseIfSettled()
  }

  /** Stores how jobs ended, begins those that are due, and sets the alarm for the next one. */
  async function look(): Promise<void> {
    const storing = [...ended]
    const clockMs = setBackMs
    const kinds = closing.signal.aborted ? [] : handlers.flatMap((each) => (each.isHeld() ? [] : [each.kind]))
    const free = new Set(storing.map(([lane]) => lane))
    const busy = [...running.keys()].filter((lane) => !free.has(lane))
    const { taken, dueMs } = await database.asService(async (tx) => {
      for (const [, { job, outcome }] of storing) await storeOutcome(tx, job.id, outcome)
      if (clockMs > 0) await followClock(tx, clockMs)
      const due = await takeDue(tx, kinds, busy)
      return { taken: due, dueMs: await nextDueMs(tx, kinds, [...busy, ...due.map(laneOf)]) }
    })
    setBackMs -= clockMs
    for (const [lane] of storing) {
      ended.delete(lane)
      running.delete(lane)
    }
    for (const job of taken) running.set(laneOf(job), run(job))
    alarm.set(dueMs === null ? null : Date.now() + dueMs)
  }

  async function run(job: TakenJob): Promise<void> {
    const outcome = await outcomeOf(job)
    ended.set(laneOf(job), { job, outcome })
    wake()
  }

  async function outcomeOf(job: TakenJob): Promise<Outcome> {
    const { id, kind, userId, attempts } = job
    const times = (postponed.get(id) ?? 0) + 1
    postponed.delete(id)
    const run = handlers.find((each) => each.kind === kind)?.prepare(job.payload)
    if (!run) {
      log.error('job-not-understood', { job: id, kind })
      return {
        status: 'failed',
        delayMs: 0,
        error: 'This work is stored in a form that this version of Coffer does not know.',
      }
    }
    try {
      const progressed = once(job.suspicion > 0, () => clearSuspicion(id))
      const result = await run({ id, userId, signal: closing.signal, progressed })
      if (result === 'done') return { status: 'done', delayMs: 0, error: null }
      if (result === 'later') postponed.set(id, times)
      return { status: 'queued', delayMs: result === 'later' ? laterMs(times) : 0, error: null }
    } catch (error) {
      log.error('job-failed', { kind, attempt: attempts, message: messageOf(error) })
      if (closing.signal.aborted) return { status: 'queued', delayMs: 0, error: null }
      const isLast = attempts >= maxAttempts
      return { status: isLast ? 'failed' : 'queued', delayMs: pauseMs(attempts), error: plainError(error).message }
    }
  }

  function clearSuspicion(id: string): void {
    database
      .asService((tx) => tx.execute(`update meta.jobs set suspicion = 0 where id = $1`, [id]))
      .catch((error: unknown) => log.warn('job-not-noted', { message: messageOf(error) }))
  }

  function isSettled(): boolean {
    return looking === null && running.size === 0
  }

  function releaseIfSettled(): void {
    if (!isSettled()) return
    for (const go of waiting) go()
    waiting = []
  }

  return {
    settled: () => new Promise((resolve) => (isSettled() ? resolve() : waiting.push(resolve))),
    async close() {
      closing.abort()
      stopListening()
      alarm.close()
      await looking
      await Promise.all(running.values())
      if (ended.size > 0) {
        await look().catch((error: unknown) => log.error('jobs-not-noted', { message: messageOf(error) }))
      }
      for (const go of waiting) go()
    },
  }
}

function once(isWanted: boolean, run: () => void): () => void {
  let isLeft = isWanted
  return () => {
    if (!isLeft) return
    isLeft = false
    run()
  }
}
