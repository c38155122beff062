import { fork, type ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { extname, join } from 'node:path'
import { silentLog, type Log } from '../base/log.ts'
import { memoryExitCode, type FromChild, type ToChild } from './messages.ts'
import { taken } from './taken.ts'
import type { Inspection, InspectJob, Limits } from './types.ts'

export interface MediaWorkers {
  /** Reads one file in a worker. Never rejects for a bad file; rejects only when aborted or closed. */
  inspect(job: InspectJob, options?: { readonly signal?: AbortSignal }): Promise<Inspection>
  readonly size: number
  /** Process ids of the workers that run now. */
  pids(): number[]
  close(): Promise<void>
}

interface Task {
  readonly id: number
  readonly job: InspectJob
  readonly resolve: (inspection: Inspection) => void
  readonly reject: (error: unknown) => void
}

interface Worker {
  readonly child: ChildProcess
  task: Task | null
  timer: NodeJS.Timeout | undefined
  done: number
  isOverdue: boolean
}

/** A worker is replaced after so many files: decoders leak, and a fresh one costs a fifth of a second. */
const filesPerWorker = 2000

/**
 * Starts killable workers, each decoding one file at a time. A file that crashes, hangs or swells its worker is reported
 * as damaged and the worker is replaced; the others do not notice.
 */
export function startMediaWorkers(
  options: Partial<Limits> & { readonly size?: number; readonly log?: Log } = {},
): MediaWorkers {
  const log = options.log ?? silentLog
  const size = options.size ?? Math.max(2, Math.min(availableParallelism(), 8))
  const limits: Limits = {
    maxPixels: options.maxPixels ?? 300_000_000,
    maxSeconds: options.maxSeconds ?? 60,
    maxMemoryMb: options.maxMemoryMb ?? 2000,
  }
  const workers = new Set<Worker>()
  const queue: Task[] = []
  let nextId = 1
  let isClosed = false

  function start(): Worker {
    const file = import.meta.filename
    const child = fork(join(import.meta.dirname, `child${extname(file)}`), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // A decoder needs nothing of the environment; what is not there cannot leak.
      env: {
        ...(process.env['PATH'] !== undefined && { PATH: process.env['PATH'] }),
        TZ: process.env['TZ'] ?? Temporal.Now.timeZoneId(),
      },
    })
    const worker: Worker = { child, task: null, timer: undefined, done: 0, isOverdue: false }
    workers.add(worker)
    child.on('message', (message: FromChild) => finish(worker, message))
    child.on('exit', (code) => ended(worker, code))
    child.on('error', () => child.kill('SIGKILL'))
    return worker
  }

  function give(): void {
    if (isClosed) return
    while (queue.length > 0) {
      const idle = [...workers].find((worker) => worker.task === null) ?? (workers.size < size ? start() : undefined)
      const task = idle && queue.shift()
      if (!task) return
      idle.task = task
      idle.timer = setTimeout(() => {
        idle.isOverdue = true
        idle.child.kill('SIGKILL')
      }, limits.maxSeconds * 1000)
      idle.child.send({ id: task.id, job: task.job, limits } satisfies ToChild)
    }
  }

  function finish(worker: Worker, message: FromChild): void {
    const { task } = worker
    if (!task || task.id !== message.id) return
    clearTimeout(worker.timer)
    worker.task = null
    worker.done += 1
    if ('inspection' in message) task.resolve(message.inspection)
    else task.resolve(damaged(task.job, 'The picture in this file could not be read. The file is kept as it is.'))
    if (worker.done >= filesPerWorker) retire(worker)
    give()
  }

  function retire(worker: Worker): void {
    workers.delete(worker)
    worker.child.disconnect()
  }

  function ended(worker: Worker, code: number | null): void {
    clearTimeout(worker.timer)
    workers.delete(worker)
    const { task } = worker
    worker.task = null
    if (task && !isClosed) {
      const reason = worker.isOverdue
        ? 'Reading the picture took too long. The file is kept as it is.'
        : code === memoryExitCode
          ? 'The picture needs more memory than Coffer gives it. The file is kept as it is.'
          : 'Reading the picture made the decoder crash. The file is kept as it is.'
      log.warn('media-worker-ended', { code, overdue: worker.isOverdue })
      const { gridPath, viewerPath } = task.job
      void Promise.all([gridPath, viewerPath].map((path) => rm(path, { force: true }))).then(() =>
        task.resolve(damaged(task.job, reason)),
      )
    } else task?.reject(new Error('the media workers were closed'))
    give()
  }

  return {
    size,
    inspect(job, { signal } = {}) {
      if (isClosed) return Promise.reject(new Error('the media workers were closed'))
      signal?.throwIfAborted()
      return new Promise((resolve, reject) => {
        const task: Task = {
          id: nextId,
          job,
          resolve(inspection) {
            signal?.removeEventListener('abort', abort)
            resolve(inspection)
          },
          reject,
        }
        nextId += 1
        function abort(): void {
          const at = queue.indexOf(task)
          if (at >= 0) queue.splice(at, 1)
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', abort, { once: true })
        queue.push(task)
        give()
      })
    },
    pids: () => [...workers].flatMap((worker) => worker.child.pid ?? []),
    async close() {
      isClosed = true
      for (const task of queue.splice(0)) task.reject(new Error('the media workers were closed'))
      await Promise.all(
        [...workers].map(
          (worker) =>
            new Promise<void>((resolve) => {
              worker.child.once('exit', () => resolve())
              worker.child.kill('SIGKILL')
            }),
        ),
      )
    },
  }
}

/** What is known of a file whose worker died: its name and its time on disk. */
function damaged(job: InspectJob, reason: string): Inspection {
  const dates = taken({ filename: job.filename, mtimeMs: job.mtimeMs })
  const nothing = {
    width: null,
    height: null,
    orientation: null,
    durationSeconds: null,
    latitude: null,
    longitude: null,
  }
  const noCamera = { cameraMake: null, cameraModel: null, lensModel: null, exposureSeconds: null, aperture: null }
  return {
    facts: {
      ...nothing,
      ...noCamera,
      ...dates,
      altitudeM: null,
      iso: null,
      focalLengthMm: null,
      rating: null,
      tags: [],
      description: null,
      exif: {},
    },
    pictures: null,
    damage: reason,
  }
}
