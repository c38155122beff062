import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { messageOf, type CofferError } from '../../base/errors.ts'
import type { Connection } from './connection.ts'
import type { WorkerAnswer, WorkerOptions, WorkerRequest, WorkerResult } from './messages.ts'
import { damaged, diskFull, diskFullState, SqlError, stoppedError } from './sql-error.ts'
import { watchdog } from './watchdog.ts'

type Request = WorkerRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never

/** Starts the worker and waits until its database is open. Throws `database-damaged` with the server's own words. */
export async function connectPglite(options: WorkerOptions): Promise<Connection> {
  const file = import.meta.filename
  const worker = new Worker(new URL(`./worker${extname(file)}`, import.meta.url), {
    workerData: options,
    // A query never needs more of the JavaScript heap; the database's own memory is WebAssembly's.
    resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: options.sandbox ? 256 : 512 },
  })
  const pending = new Map<number, { resolve(answer: WorkerResult): void; reject(error: Error): void }>()
  const opened = Promise.withResolvers<void>()
  const stopped = Promise.withResolvers<CofferError>()
  let lastOutput = ''
  let nextId = 1
  let ended: CofferError | null = null

  worker.on('message', (message: WorkerAnswer) => {
    if ('panic' in message) {
      lastOutput = message.panic
      return
    }
    if (message.id === 0) {
      if (message.ok) opened.resolve()
      else opened.reject(damaged(message.message))
      return
    }
    const request = pending.get(message.id)
    pending.delete(message.id)
    if (message.ok) request?.resolve(message.answer)
    else if (message.sqlState === diskFullState) request?.reject(diskFull())
    else request?.reject(new SqlError(message.message, message.sqlState))
  })
  worker.on('error', (error: unknown) => {
    lastOutput ||= messageOf(error)
  })
  worker.on('exit', () => {
    ended = stoppedError(lastOutput)
    opened.reject(damaged(lastOutput))
    for (const request of pending.values()) request.reject(ended)
    pending.clear()
    stopped.resolve(ended)
  })

  function ask(request: Request, maxMs?: number): Promise<WorkerResult> {
    if (ended) return Promise.reject(ended)
    const id = nextId
    nextId += 1
    return new Promise((resolve, reject) => {
      const over = watchdog(() => void worker.terminate(), maxMs)
      pending.set(id, {
        resolve: (answer) => (over(), resolve(answer)),
        reject: (error) => (over(), reject(error)),
      })
      worker.postMessage({ id, ...request })
    })
  }

  const over = watchdog(() => {
    lastOutput ||= 'no answer while opening'
    void worker.terminate()
  })
  try {
    await opened.promise.finally(over)
  } catch (error) {
    await worker.terminate()
    throw error
  }
  return {
    engine: 'pglite',
    async query(sql, params = [], given = {}) {
      const answer = await ask(
        {
          op: 'query',
          sql,
          params,
          ...(given.asArrays === true && { asArrays: true }),
          ...(given.maxBytes !== undefined && { maxBytes: given.maxBytes }),
        },
        given.maxMs,
      )
      return answer !== null && 'rows' in answer ? answer : { rows: [], columns: [], affectedRows: 0 }
    },
    async remarks(sql) {
      const answer = await ask({ op: 'remarks', sql })
      return Array.isArray(answer) ? answer : []
    },
    async exec(sql) {
      await ask({ op: 'exec', sql })
    },
    async copyOut(source) {
      const answer = await ask({ op: 'copyOut', source })
      return answer instanceof Uint8Array ? Buffer.from(answer.buffer) : Buffer.alloc(0)
    },
    async copyIn(target, bytes) {
      await ask({ op: 'copyIn', target, bytes })
    },
    async close() {
      if (!ended) await ask({ op: 'close' })
      await worker.terminate()
    },
    async kill() {
      await worker.terminate()
    },
    beside: null,
    isOpen: () => ended === null,
    stopped: stopped.promise,
  }
}
