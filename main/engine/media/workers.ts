import type { ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { CofferError, isDiskFull } from '../base/errors.ts'
import { silentLog, type Log } from '../base/log.ts'
import { memoryOf } from './memory.ts'
import { memoryExitCode, type FromChild, type ToChild } from './messages.ts'
import { unread } from './unread.ts'
import type { Inspection, InspectJob, Limits } from './types.ts'
import { forkWorker } from './worker-process.ts'

export interface MediaWorkers {
  /**
   * Reads one file in a worker. Whatever is wrong with the file is in the result; rejects only when aborted or closed,
   * when the disk is full, and when no worker can be started at all.
   */
  inspect(job: InspectJob, options?: { readonly signal?: AbortSignal }): Promise<Inspection>
  readonly size: number
  /** Process ids of the workers that run now. */
  pids(): number[]
  close(): Promise<void>
}

interface Task {
  readonly id: number
  readonly job: InspectJob
  readonly settle: PromiseWithResolvers<Inspection>
  crashes: number
  /** Set when the pictures of this file ended a worker: only its facts are read then. */
  damage: string | null
  isAborted: boolean
}

interface Worker {
  readonly child: ChildProcess
  readonly stderr: () => string
  isReady: boolean
  task: Task | null
  timer: NodeJS.Timeout | undefined
  done: number
  /** Why this worker was killed. */
  killedFor: 'time' | 'memory' | null
}

/** A worker is replaced after so many files, or when it keeps much memory: decoders leak, and a fresh one is cheap. */
const filesPerWorker = 2000
const restingMemoryMb = 700
const memoryWatchMs = 200
const maxStartSeconds = 30
const maxFailedStarts = 3
const maxCrashes = 2

/**
 * Starts killable workers, each decoding one file at a time. A file that crashes, hangs or swells its worker is reported
 * as damaged and the worker is replaced; the others do not notice. A crash is tried once more, because the system kills
 * processes for reasons of its own, and a worker that cannot even start is never blamed on a file.
 */
export function startMediaWorkers(
  options: Partial<Limits> & { readonly size?: number; readonly log?: Log } = {},
): MediaWorkers {
  const log = options.log ?? silentLog
  const size = options.size ?? defaultSize()
  const limits: Limits = {
    maxPixels: options.maxPixels ?? 300_000_000,
    maxSeconds: options.maxSeconds ?? 60,
    maxMemoryMb: options.maxMemoryMb ?? 2000,
  }
  const workers = new Set<Worker>()
  const queue: Task[] = []
  let nextId = 1
  let failedStarts = 0
  let isClosed = false
  const watch = setInterval(() => void watchMemory(), memoryWatchMs)
  watch.unref()

  function start(): void {
    const { child, stderr } = forkWorker()
    const worker: Worker = { child, stderr, isReady: false, task: null, timer: undefined, done: 0, killedFor: null }
    worker.timer = setTimeout(() => child.kill('SIGKILL'), maxStartSeconds * 1000)
    workers.add(worker)
    child.on('message', (message: FromChild) => heard(worker, message))
    // 'exit' does not come for a process that could not be made.
    child.on('error', () => (child.pid === undefined ? ended(worker, null) : child.kill('SIGKILL')))
    child.on('exit', (code) => ended(worker, code))
  }

  function give(): void {
    if (isClosed) return
    for (const worker of workers) {
      if (!worker.isReady || worker.task) continue
      const task = queue.shift()
      if (!task) return
      worker.task = task
      worker.timer = setTimeout(() => kill(worker, 'time'), limits.maxSeconds * 1000)
      worker.child.send({ id: task.id, job: task.job, limits, isFactsOnly: task.damage !== null } satisfies ToChild)
    }
    const starting = [...workers].filter((worker) => !worker.isReady).length
    for (let missing = queue.length - starting; missing > 0 && workers.size < size; missing -= 1) start()
  }

  function heard(worker: Worker, message: FromChild): void {
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
    else task.settle.resolve(task.damage === null ? message.inspection : { ...message.inspection, damage: task.damage })
    if (worker.done >= filesPerWorker || (message.kind === 'done' && message.rssMb > restingMemoryMb)) retire(worker)
    give()
  }

  function retire(worker: Worker): void {
    workers.delete(worker)
    worker.child.disconnect()
  }

  function kill(worker: Worker, reason: 'time' | 'memory'): void {
    worker.killedFor ??= reason
    worker.child.kill('SIGKILL')
  }

  function ended(worker: Worker, code: number | null): void {
    clearTimeout(worker.timer)
    if (!workers.delete(worker) || isClosed) return
    if (!worker.isReady) return startFailed(worker, code)
    const { task } = worker
    if (task) {
      const isSwollen = worker.killedFor === 'memory' || code === memoryExitCode
      const cause = isSwollen ? 'memory' : (worker.killedFor ?? 'crash')
      if (!task.isAborted) log.warn('media-worker-ended', { cause, code })
      void afterDeath(task, cause)
    }
    give()
  }

  /** Clears what the dead worker left half-written, then decides what becomes of its file. */
  async function afterDeath(task: Task, cause: 'time' | 'memory' | 'crash'): Promise<void> {
    await Promise.allSettled([task.job.gridPath, task.job.viewerPath].map((path) => rm(path, { force: true })))
    if (isClosed) return task.settle.reject(closed())
    if (task.isAborted) return task.settle.reject(aborted())
    if (cause === 'crash') task.crashes += 1
    const mayTryAgain = cause === 'crash' && task.crashes < maxCrashes && task.damage === null
    if (!mayTryAgain && task.damage !== null) return task.settle.resolve(unread(task.job, task.damage))
    if (!mayTryAgain) task.damage = damageBy[cause]
    queue.unshift(task)
    give()
  }

  function startFailed(worker: Worker, code: number | null): void {
    failedStarts += 1
    // Nothing of a person's file is in there: this worker never got one.
    log.error('media-worker-not-started', { code, stderr: worker.stderr() })
    if (failedStarts < maxFailedStarts) return give()
    failedStarts = 0
    const error = new CofferError('The picture reader cannot be started', { code: 'internal', retry: 'later' })
    for (const task of queue.splice(0)) task.settle.reject(error)
  }

  /** A decoder that blocks its own process cannot watch itself. */
  async function watchMemory(): Promise<void> {
    for (const worker of workers) {
      if (!worker.task || worker.child.pid === undefined) continue
      const { task } = worker
      const used = await memoryOf(worker.child.pid)
      if (used !== null && used > limits.maxMemoryMb && worker.task === task) kill(worker, 'memory')
    }
  }

  async function run(job: InspectJob, signal: AbortSignal | undefined): Promise<Inspection> {
    if (isClosed) throw closed()
    signal?.throwIfAborted()
    const task: Task = { id: nextId, job, settle: Promise.withResolvers(), crashes: 0, damage: null, isAborted: false }
    nextId += 1
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
      queue.push(task)
      give()
      return await task.settle.promise
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  return {
    size,
    inspect: (job, { signal } = {}) => run(job, signal),
    pids: () => [...workers].flatMap((worker) => worker.child.pid ?? []),
    async close() {
      isClosed = true
      clearInterval(watch)
      for (const task of queue.splice(0)) task.settle.reject(closed())
      await Promise.all([...workers].map(stop))
    },
  }
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

const damageBy = {
  time: 'Reading the picture took too long. The file is kept as it is.',
  memory: 'The picture needs more memory than Coffer gives it. The file is kept as it is.',
  crash: 'Reading the picture made the decoder crash. The file is kept as it is.',
} as const

function failure(message: { readonly message: string; readonly code: string | undefined }): CofferError {
  if (isDiskFull(message)) {
    return new CofferError('The disk is full: the pictures could not be written', { code: 'disk-full', retry: 'later' })
  }
  return new CofferError('The pictures could not be written', {
    code: 'internal',
    retry: 'later',
    cause: new Error(message.message),
  })
}

function closed(): CofferError {
  return new CofferError('The picture reader was closed', { code: 'cancelled', retry: 'later' })
}

function aborted(): CofferError {
  return new CofferError('Reading was cancelled', { code: 'cancelled', retry: 'later' })
}
