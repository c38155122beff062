import type { ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { CofferError } from '../base/errors.ts'
import { silentLog, type Log } from '../base/log.ts'
import { aborted, closed, failure } from './failures.ts'
import { endedFor, type Depth, type Found, type FromChild, type ToChild } from './messages.ts'
import { nextDepth, outcome, type Cause } from './outcome.ts'
import type { FileKind, Inspection, InspectJob, InspectOptions, Limits } from './types.ts'
import { kindOfUnread } from './unread.ts'
import { forkWorker } from './worker-process.ts'

export interface MediaWorkers {
  /**
   * Reads one file in a worker. Whatever is wrong with the file is in the result; null is a file of no kind that Coffer
   * keeps. Rejects only when aborted or closed, when the disk is full, and when no worker can be started at all.
   */
  inspect(job: InspectJob, options?: InspectOptions): Promise<Inspection | null>
  /**
   * What a file is by its first `KIND_BYTES` and its name, found out in a worker; null is of no kind that Coffer keeps.
   * Rejects as `inspect` does.
   */
  recognise(head: Uint8Array, filename: string, options?: { readonly signal?: AbortSignal }): Promise<FileKind | null>
  readonly size: number
  /** Process ids of the workers that run now. */
  pids(): number[]
  close(): Promise<void>
}

interface Task {
  readonly id: number
  readonly job: ToChild['job']
  readonly limits: Limits
  /** Undefined when no worker survived even the first look. */
  readonly settle: PromiseWithResolvers<Found | undefined>
  /** What ended workers over this file. */
  readonly causes: Cause[]
  depth: Depth
  /** It goes before what queues. */
  readonly isUrgent: boolean
  crashes: number
  isAborted: boolean
}

interface Worker {
  readonly child: ChildProcess
  readonly stderr: () => string
  isReady: boolean
  task: Task | null
  timer: NodeJS.Timeout | undefined
  done: number
  /** It was ended because it did not answer in time by the clock. */
  isOverdue: boolean
}

/** A worker is replaced after so many files, or when it keeps much memory: decoders leak, and a fresh one is cheap. */
const filesPerWorker = 2000
const restingMemoryMb = 700
const maxStartSeconds = 60
const maxFailedStarts = 3
const maxCrashes = 2
/** How much more of everything a file gets when it is tried again. */
const patience = { cpu: 8, wall: 4, memory: 1.5 }

/**
 * Starts killable workers, each reading one file at a time. A file that crashes, hangs or swells its worker costs only
 * what was asked of it, and the worker is replaced; the others do not notice. A crash is tried once more, because the
 * system kills processes for reasons of its own, and a worker that cannot even start is never blamed on a file.
 */
export function startMediaWorkers(
  options: Partial<Limits> & { readonly size?: number; readonly log?: Log } = {},
): MediaWorkers {
  const log = options.log ?? silentLog
  const size = options.size ?? defaultSize()
  const defaults: Limits = {
    maxPixels: options.maxPixels ?? 300_000_000,
    maxCpuSeconds: options.maxCpuSeconds ?? 60,
    maxWallSeconds: options.maxWallSeconds ?? 15 * 60,
    maxMemoryMb: options.maxMemoryMb ?? 2000,
  }
  const patient: Limits = {
    ...defaults,
    maxCpuSeconds: defaults.maxCpuSeconds * patience.cpu,
    maxWallSeconds: defaults.maxWallSeconds * patience.wall,
    maxMemoryMb: defaults.maxMemoryMb * patience.memory,
  }
  const workers = new Set<Worker>()
  const queue: Task[] = []
  let nextId = 1
  let failedStarts = 0
  let isClosed = false

  function start(): void {
    const { child, stderr } = forkWorker()
    const worker: Worker = { child, stderr, isReady: false, task: null, timer: undefined, done: 0, isOverdue: false }
    worker.timer = setTimeout(() => child.kill('SIGKILL'), maxStartSeconds * 1000)
    workers.add(worker)
    child.on('message', (message: FromChild) => onMessage(worker, message))
    // 'close' does not come for a process that could not be made; it comes after the last words of any other.
    child.on('error', () => (child.pid === undefined ? onEnd(worker, null) : child.kill('SIGKILL')))
    child.on('close', (code) => onEnd(worker, code))
  }

  function give(): void {
    if (isClosed) return
    for (const worker of workers) {
      if (!worker.isReady || worker.task) continue
      const task = queue.shift()
      if (!task) return
      worker.task = task
      worker.timer = setTimeout(() => {
        worker.isOverdue = true
        worker.child.kill('SIGKILL')
      }, task.limits.maxWallSeconds * 1000)
      const { id, job, depth, limits } = task
      worker.child.send({ id, job, depth, limits } satisfies ToChild)
    }
    const starting = [...workers].filter((worker) => !worker.isReady).length
    for (let missing = queue.length - starting; missing > 0 && workers.size < size; missing -= 1) start()
  }

  function onMessage(worker: Worker, message: FromChild): void {
    clearTimeout(worker.timer)
    if (message.kind === 'ready') {
      worker.isReady = true
      failedStarts = 0
      return give()
    }
    const { task } = worker
    if (task?.id !== message.id) return
    worker.task = null
    worker.done += 1
    if (message.kind === 'failed') task.settle.reject(failure(message))
    else task.settle.resolve(message.found)
    if (worker.done >= filesPerWorker || (message.kind === 'done' && message.rssMb > restingMemoryMb)) retire(worker)
    give()
  }

  function retire(worker: Worker): void {
    workers.delete(worker)
    worker.child.disconnect()
  }

  function onEnd(worker: Worker, code: number | null): void {
    clearTimeout(worker.timer)
    if (!workers.delete(worker) || isClosed) return
    if (!worker.isReady) return onFailedStart(worker, code)
    const { task } = worker
    if (task) {
      const cause = causeOf(worker)
      if (!task.isAborted) log.warn('media-worker-ended', { cause, code })
      void afterDeath(task, cause)
    }
    give()
  }

  /** Clears what the dead worker left half-written, then decides what becomes of its file. */
  async function afterDeath(task: Task, cause: Cause): Promise<void> {
    const left = 'gridPath' in task.job ? [task.job.gridPath, task.job.viewerPath] : []
    await Promise.allSettled(left.map((path) => rm(path, { force: true })))
    if (isClosed) return task.settle.reject(closed())
    if (task.isAborted) return task.settle.reject(aborted())
    if (cause === 'crash') task.crashes += 1
    const mayBeChance = cause === 'crash' && task.crashes < maxCrashes && task.causes.length === 0
    if (!mayBeChance) {
      task.causes.push(cause)
      const depth = nextDepth(task.depth, cause)
      if (depth === null) return task.settle.resolve(undefined)
      task.depth = depth
    }
    queue.unshift(task)
    give()
  }

  function onFailedStart(worker: Worker, code: number | null): void {
    failedStarts += 1
    // Nothing of a person's file is in there: this worker never got one.
    log.error('media-worker-not-started', { code, stderr: worker.stderr() })
    if (failedStarts < maxFailedStarts) return give()
    failedStarts = 0
    const error = new CofferError('The picture reader cannot be started', { code: 'internal', retry: 'later' })
    for (const task of queue.splice(0)) task.settle.reject(error)
  }

  async function run(task: Task, signal: AbortSignal | undefined): Promise<Found | undefined> {
    if (isClosed) throw closed()
    signal?.throwIfAborted()
    function abort(): void {
      task.isAborted = true
      const at = queue.indexOf(task)
      if (at >= 0) {
        queue.splice(at, 1)
        task.settle.reject(aborted())
      }
      // Killed rather than left to finish: after the answer nothing may be written to the job's paths.
      for (const worker of workers) if (worker.task === task) worker.child.kill('SIGKILL')
    }
    signal?.addEventListener('abort', abort, { once: true })
    try {
      if (task.isUrgent) queue.unshift(task)
      else queue.push(task)
      give()
      return await task.settle.promise
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  function newTask(job: ToChild['job'], depth: Depth, limits: Limits, isUrgent: boolean): Task {
    nextId += 1
    const settle = Promise.withResolvers<Found | undefined>()
    return { id: nextId, job, depth, limits, isUrgent, settle, causes: [], crashes: 0, isAborted: false }
  }

  return {
    size,
    async inspect(job, { signal, isFactsOnly = false, isPatient = false, isUrgent = false } = {}) {
      const task = newTask(job, isFactsOnly ? 'facts' : 'all', isPatient ? patient : defaults, isUrgent)
      const found = await run(task, signal)
      return outcome(job, found, { causes: task.causes, isPatient })
    },
    async recognise(head, filename, { signal } = {}) {
      // A look at first bytes is over at once; it does not wait behind pictures.
      const found = await run(newTask({ head, filename }, 'kind', defaults, true), signal)
      return found === undefined ? kindOfUnread(filename) : (found?.kind ?? null)
    },
    pids: () => [...workers].flatMap((worker) => worker.child.pid ?? []),
    async close() {
      isClosed = true
      for (const task of queue.splice(0)) task.settle.reject(closed())
      await Promise.all([...workers].map(stop))
    },
  }
}

/** What ended a worker, by what its watch wrote last. */
function causeOf(worker: Worker): Cause {
  if (worker.isOverdue) return 'clock'
  const lastOutput = worker.stderr()
  if (lastOutput.includes(endedFor.memory)) return 'memory'
  return lastOutput.includes(endedFor.time) ? 'time' : 'crash'
}

function stop(worker: Worker): Promise<void> {
  clearTimeout(worker.timer)
  worker.task?.settle.reject(closed())
  if (worker.child.exitCode !== null || worker.child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    worker.child.once('exit', () => resolve())
    worker.child.kill('SIGKILL')
  })
}

/** One worker for each core, as long as there is memory for them. */
function defaultSize(): number {
  const fitsInMemory = Math.floor(totalmem() / 1_000_000_000)
  return Math.max(2, Math.min(availableParallelism(), fitsInMemory, 8))
}
