import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { CofferError } from '../base/errors.ts'
import { errorCodeSchema } from '../../contract/index.ts'
import type {
  ArchiveRequest,
  ArchiveResult,
  ArchiveStep,
  PackAnswer,
  PackRequest,
  ReadRequest,
  ReadResult,
  WriteRequest,
  WriteResult,
} from './messages.ts'
import { destinationError } from './store.ts'

/** Threads that read and write packs. */
export interface PackPool {
  readonly size: number
  /** Starts one more thread ahead of the request it is for. */
  prepare(): void
  write(request: Omit<WriteRequest, 'kind'>): Promise<WriteResult>
  read(request: Omit<ReadRequest, 'kind'>): Promise<ReadResult>
  archive(request: Omit<ArchiveRequest, 'kind'>, onStep: (step: ArchiveStep) => void): Promise<ArchiveResult>
  [Symbol.asyncDispose](): Promise<void>
}

/** Threads start when there is work for them. Close the pool with `await using`. Requests wait until one is free. */
export function startPool(signal: AbortSignal, { most = 3, heapMb = 64 } = {}): PackPool {
  const size = Math.min(most, availableParallelism())
  const waiting: {
    request: PackRequest
    onStep: (step: ArchiveStep) => void
    resolve(result: PackAnswer['result']): void
    reject(error: unknown): void
  }[] = []
  let isClosed = false
  const threads: ReturnType<typeof startThread>[] = []

  function startThread() {
    const file = import.meta.filename
    const worker = new Worker(new URL(`./pack-thread${extname(file)}`, import.meta.url), {
      // Bytes live outside the heap; a small young generation lets go of them soon.
      resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: heapMb },
    })
    let current: (typeof waiting)[number] | null = null
    worker.on('message', (answer: PackAnswer) => {
      if (answer.step) {
        current?.onStep(answer.step)
        return
      }
      const done = current
      current = null
      if (answer.problem) done?.reject(errorOf(answer.problem))
      else done?.resolve(answer.result)
      next()
    })
    worker.on('error', (error) => {
      current?.reject(error)
      current = null
    })
    function next(): void {
      if (current !== null || isClosed) return
      current = waiting.shift() ?? null
      if (current) worker.postMessage({ id: 0, ...current.request })
    }
    const fail = (error: unknown): void => {
      current?.reject(error)
      current = null
    }
    return { worker, next, fail, isFree: () => current === null }
  }

  function ask(request: PackRequest, onStep: (step: ArchiveStep) => void = () => {}): Promise<PackAnswer['result']> {
    signal.throwIfAborted()
    return new Promise((resolve, reject) => {
      waiting.push({ request, onStep, resolve, reject })
      if (threads.length < size && !threads.some((thread) => thread.isFree())) prepare()
      for (const thread of threads) thread.next()
    })
  }

  function prepare(): void {
    if (!isClosed && threads.length < size) threads.push(startThread())
  }

  async function close(reason: unknown): Promise<void> {
    isClosed = true
    for (const each of waiting.splice(0)) each.reject(reason)
    await Promise.all(threads.map(({ worker }) => worker.terminate()))
    for (const thread of threads) thread.fail(reason)
  }
  const onAbort = (): void => void close(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })

  return {
    size,
    prepare,
    async write(request) {
      const result = await ask({ kind: 'write', ...request })
      if (result?.kind !== 'write') throw new Error('a pack thread answered another question')
      return result
    },
    async read(request) {
      const result = await ask({ kind: 'read', ...request })
      if (result?.kind !== 'read') throw new Error('a pack thread answered another question')
      return result
    },
    async archive(request, onStep) {
      const result = await ask({ kind: 'archive', ...request }, onStep)
      if (result?.kind !== 'archive') throw new Error('a pack thread answered another question')
      return result
    },
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', onAbort)
      await close(new Error('the pool was closed'))
    },
  }
}

function errorOf(problem: { readonly code: string; readonly message: string }): unknown {
  const known = errorCodeSchema.safeParse(problem.code)
  if (known.success) return new CofferError(problem.message, { code: known.data })
  return destinationError(Object.assign(new Error(problem.message), { code: problem.code }))
}
