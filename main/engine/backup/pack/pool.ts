import { open } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { CofferError, systemCode } from '../../base/errors.ts'
import { errorCodeSchema } from '../../../contract/index.ts'
import { maxAgeHeaderBytes, newAgeHead, openAgeHead, type AgeHead, type AgeTarget } from '../../keys/index.ts'
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
import { destinationError } from '../repository/store.ts'

/** Threads that read and write packs. */
export interface PackPool {
  readonly size: number
  /** Starts one more thread ahead of the request it is for. */
  prepare(): void
  /** Lets all threads but one go, with their memory, when there will be nothing for them for a while. None may be at work. */
  rest(): Promise<void>
  write(request: Omit<WriteRequest, 'kind' | 'head'>): Promise<WriteResult>
  /** With an identity it is opened, and every entry compared with its hash. */
  read(request: Omit<ReadRequest, 'kind' | 'head'> & { readonly identity: string | null }): Promise<ReadResult>
  archive(
    request: Omit<ArchiveRequest, 'kind' | 'head'> & { readonly to: AgeTarget },
    onStep: (step: ArchiveStep) => void,
  ): Promise<ArchiveResult>
  [Symbol.asyncDispose](): Promise<void>
}

/** Threads start when there is work for them. Close the pool with `await using`. Requests wait until one is free. */
export function startPool(
  signal: AbortSignal,
  { threads: size = Math.min(3, availableParallelism()), heapMb = 64 } = {},
): PackPool {
  const waiting: {
    request: PackRequest
    onStep: (step: ArchiveStep) => void
    resolve(result: PackAnswer['result']): void
    reject(error: unknown): void
  }[] = []
  let isClosed = false
  const started: ReturnType<typeof startThread>[] = []

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
      // One that has died must not be taken for one that is free.
      const at = started.findIndex((thread) => thread.worker === worker)
      if (at !== -1) started.splice(at, 1)
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
      if (started.length < size && !started.some((thread) => thread.isFree())) prepare()
      for (const thread of started) thread.next()
    })
  }

  function prepare(): void {
    if (!isClosed && started.length < size) started.push(startThread())
  }

  async function close(reason: unknown): Promise<void> {
    isClosed = true
    for (const each of waiting.splice(0)) each.reject(reason)
    await Promise.all(started.map(({ worker }) => worker.terminate()))
    for (const thread of started) thread.fail(reason)
  }
  const onAbort = (): void => void close(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })

  return {
    size,
    prepare,
    async rest() {
      await Promise.all(started.splice(1).map(({ worker }) => worker.terminate()))
    },
    // Heads are made and opened here: the library for them costs a thread more than most of its work.
    async write(request) {
      const head = await newAgeHead([request.recipient])
      const result = await ask({ kind: 'write', ...request, head })
      if (result?.kind !== 'write') throw new Error('a pack thread answered another question')
      return result
    },
    async read({ identity, ...request }) {
      let head: AgeHead | null = null
      try {
        if (identity !== null) head = await openAgeHead(await startOf(request.path), { identities: [identity] })
      } catch (error) {
        if (!(error instanceof CofferError) && systemCode(error) !== 'ENOENT') throw error
        const damage = error instanceof CofferError ? error.message : 'It is missing.'
        return { bytes: 0, whole: [], damage }
      }
      const result = await ask({ kind: 'read', ...request, head })
      if (result?.kind !== 'read') throw new Error('a pack thread answered another question')
      return result
    },
    async archive({ to, ...request }, onStep) {
      const result = await ask({ kind: 'archive', ...request, head: await newAgeHead(to) }, onStep)
      if (result?.kind !== 'archive') throw new Error('a pack thread answered another question')
      return result
    },
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', onAbort)
      await close(new Error('the pool was closed'))
    },
  }
}

async function startOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const start = Buffer.allocUnsafe(maxAgeHeaderBytes)
    const { bytesRead } = await file.read(start, 0, start.length, 0)
    return start.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function errorOf(problem: { readonly code: string; readonly message: string }): unknown {
  const known = errorCodeSchema.safeParse(problem.code)
  if (known.success) return new CofferError(problem.message, { code: known.data })
  return destinationError(Object.assign(new Error(problem.message), { code: problem.code }))
}
