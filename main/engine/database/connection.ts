import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { CofferError, messageOf } from '../base/errors.ts'
import type { QueryAnswer, WorkerAnswer, WorkerOptions, WorkerRequest } from './messages.ts'

/** An error PostgreSQL answered, without the statement and its parameters. */
export class SqlError extends Error {
  /** SQLSTATE, such as `23505`. */
  readonly code: string | null
  constructor(message: string, code: string | null) {
    super(message)
    this.name = 'SqlError'
    this.code = code
  }
}

/** One running database worker. When it stops, everything under way is rejected and `stopped` resolves. */
export interface Connection {
  query(
    sql: string,
    params?: readonly unknown[],
    options?: { asArrays?: boolean; maxMs?: number },
  ): Promise<QueryAnswer>
  exec(sql: string): Promise<void>
  /** Lets the database write its last checkpoint and ends the thread. */
  close(): Promise<void>
  /** Ends the thread at once, as a crash would. */
  kill(): Promise<void>
  readonly stopped: Promise<CofferError>
}

type Request = WorkerRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never

/** No statement of ours takes this long, so a worker that is silent for so long has hung and is ended. */
const watchdogMs = 10 * 60_000

/** Starts the worker and waits until its database is open. Throws `database-damaged` with the server's own words. */
export async function connect(options: WorkerOptions): Promise<Connection> {
  const file = import.meta.filename
  const worker = new Worker(new URL(`./worker${extname(file)}`, import.meta.url), {
    workerData: options,
    // A query never needs more of the JavaScript heap; the database's own memory is WebAssembly's.
    resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 },
  })
  const pending = new Map<number, { resolve(answer: QueryAnswer | null): void; reject(error: Error): void }>()
  const opened = Promise.withResolvers<void>()
  const stopped = Promise.withResolvers<CofferError>()
  let lastWords = ''
  let nextId = 1
  let ended: CofferError | null = null

  worker.on('message', (message: WorkerAnswer) => {
    if ('panic' in message) {
      lastWords = message.panic
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
    lastWords ||= messageOf(error)
  })
  worker.on('exit', () => {
    ended = stoppedError(lastWords)
    opened.reject(damaged(lastWords))
    for (const request of pending.values()) request.reject(ended)
    pending.clear()
    stopped.resolve(ended)
  })

  function ask(request: Request, maxMs = watchdogMs): Promise<QueryAnswer | null> {
    if (ended) return Promise.reject(ended)
    const id = nextId
    nextId += 1
    return new Promise((resolve, reject) => {
      const watchdog = setTimeout(() => void worker.terminate(), maxMs)
      watchdog.unref()
      const over = (): void => clearTimeout(watchdog)
      pending.set(id, {
        resolve: (answer) => (over(), resolve(answer)),
        reject: (error) => (over(), reject(error)),
      })
      worker.postMessage({ id, ...request })
    })
  }

  const watchdog = setTimeout(() => {
    lastWords ||= 'no answer while opening'
    void worker.terminate()
  }, watchdogMs)
  try {
    await opened.promise.finally(() => clearTimeout(watchdog))
  } catch (error) {
    await worker.terminate()
    throw error
  }
  return {
    async query(sql, params = [], given = {}) {
      const answer = await ask(
        { op: 'query', sql, params, ...(given.asArrays === true && { asArrays: true }) },
        given.maxMs,
      )
      return answer ?? { rows: [], columns: [], affectedRows: 0 }
    },
    async exec(sql) {
      await ask({ op: 'exec', sql })
    },
    async close() {
      if (!ended) await ask({ op: 'close' })
      await worker.terminate()
    },
    async kill() {
      await worker.terminate()
    },
    stopped: stopped.promise,
  }
}

const noSpace = /No space left on device|quota exceeded/i
/** SQLSTATE of a statement that found no room while the server itself could go on. */
const diskFullState = '53100'

function diskFull(): CofferError {
  return new CofferError('The disk with the vault is full. Nothing that was saved is lost.', {
    code: 'disk-full',
    retry: 'later',
  })
}

function stoppedError(words: string): CofferError {
  return noSpace.test(words)
    ? new CofferError('The disk with the vault is full. Nothing that was saved is lost.', {
        code: 'disk-full',
        retry: 'later',
      })
    : new CofferError('The database stopped and is being started again.', {
        code: 'database-stopped',
        retry: 'later',
        ...(words !== '' && { details: { server: words } }),
      })
}

function damaged(words: string): CofferError {
  return noSpace.test(words)
    ? diskFull()
    : new CofferError(
        'The database of this vault could not be opened. Your originals are untouched; restore the database from a backup.',
        { code: 'database-damaged', details: { server: words.slice(0, 2000) } },
      )
}
