import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, types } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { DurableNodeFS } from './durable-fs.ts'
import { instant, safeInteger, wallTime } from './values.ts'
import { tooLargeState } from './sql-error.ts'
import type { WorkerAnswer, WorkerOptions, WorkerRequest } from './messages.ts'

/** The database alone on its thread: PGlite runs on the thread that calls it, and nothing else moves meanwhile. */
const port = parentPort
if (!port) throw new Error('the database worker was started as a program')
const options = workerData as WorkerOptions
if (options.preload !== undefined) await import(options.preload)

const { sandbox, isScratch = false } = options
if (sandbox) limitMemory(sandbox.memoryMb)

const startParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  ...[
    ...(isScratch ? ['fsync=off'] : ['fsync=on', 'wal_sync_method=fsync']),
    ...(sandbox
      ? [
          'work_mem=8MB',
          'hash_mem_multiplier=1',
          `temp_file_limit=${sandbox.temporaryMb}MB`,
          // Its statements are private.
          'log_min_messages=fatal',
        ]
      : []),
    // Pages lie in the system's cache too: with a million photos lists are as fast as with twice as much, and the memory is never given back.
    'shared_buffers=16MB',
    'max_wal_size=128MB',
    'min_wal_size=32MB',
    'timezone=UTC',
    // As in native.ts: a page read here and there costs little more than the next one.
    'random_page_cost=1.1',
  ].flatMap((setting) => ['-c', setting]),
]

/** Memory of WebAssembly that may not grow makes PostgreSQL say that there is no more, and go on. */
function limitMemory(megabytes: number): void {
  const grow = WebAssembly.Memory.prototype.grow
  let first = 0
  WebAssembly.Memory.prototype.grow = function (this: WasmMemory, pages: number) {
    first ||= this.buffer.byteLength
    if (this.buffer.byteLength + pages * 65_536 > first + megabytes * (1 << 20)) throw new RangeError('no more memory')
    return grow.call(this, pages)
  }
}

/** Part of every JavaScript engine, and of no types that Node has. */
interface WasmMemory {
  readonly buffer: ArrayBuffer
}
declare const WebAssembly: {
  readonly Memory: {
    readonly prototype: { grow: (this: WasmMemory, pages: number) => number }
  }
}

function send(answer: WorkerAnswer, moved: ArrayBuffer[] = []): void {
  port?.postMessage(answer, moved)
}

const lastOutput: string[] = []

/** PGlite's loop swallows a PANIC and the next query would spin for ever, so this thread must end at once. */
function heard(line: string): boolean {
  if (/\b(PANIC|FATAL|ERROR|LOG|HINT|DETAIL)\b/.test(line)) lastOutput.push(line)
  if (lastOutput.length > 20) lastOutput.shift()
  if (/ (PANIC|FATAL): /.test(line)) {
    send({ id: -1, panic: lastOutput.join('\n') })
    // Messages leave a worker thread only while it lives; exit on the next turn would never come.
    process.exit(70)
  }
  return true
}

async function main(): Promise<void> {
  // PGlite runs initdb over any folder without PG_VERSION; only a new vault may come to that.
  if (!options.mayInitialise && !existsSync(join(options.dataDir, 'PG_VERSION')))
    throw new Error('PG_VERSION is missing')
  await removeStalePidFile(options.dataDir)
  const db = await PGlite.create({
    fs: isScratch ? new NodeFS(options.dataDir) : new DurableNodeFS(options.dataDir),
    startParams,
    extensions: { pg_trgm },
    onStderr: heard,
    parsers: {
      [types.INT8]: safeInteger,
      [types.NUMERIC]: Number,
      [types.DATE]: (text: string) => text,
      [types.TIMESTAMP]: wallTime,
      [types.TIMESTAMPTZ]: instant,
    },
  })
  // Loaded by the first search it would bring its settings along, and tell others that somebody searched.
  await db.exec(`load 'pg_trgm'`)
  send({ id: 0, ok: true, answer: null })
  let turn: Promise<void> = Promise.resolve()
  port?.on('message', (request: WorkerRequest) => {
    turn = turn.then(() => answerTo(db, request))
  })
}

/**
 * A kill while the server writes its `postmaster.pid` leaves an empty one, which no later start accepts. The vault's own
 * lock keeps a second engine out, so ours (empty, or with PGlite's made-up negative number) only ever is a remnant.
 */
async function removeStalePidFile(dataDir: string): Promise<void> {
  const path = join(dataDir, 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => null)
  const isOfNativeServer = text !== null && Number.parseInt(text, 10) > 0
  if (!isOfNativeServer) await rm(path, { force: true })
}

async function answerTo(db: PGlite, request: WorkerRequest): Promise<void> {
  try {
    if (request.op === 'close') {
      await db.close()
      send({ id: request.id, ok: true, answer: null })
      return
    }
    if (request.op === 'exec') {
      await db.exec(request.sql)
      send({ id: request.id, ok: true, answer: null })
      return
    }
    if (request.op === 'copyOut') {
      // PGlite's own way for COPY: a device that stands for the blob of the answer.
      const { blob } = await db.query(`copy ${request.source} to '/dev/blob'`)
      const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())
      send({ id: request.id, ok: true, answer: bytes }, [bytes.buffer])
      return
    }
    if (request.op === 'copyIn') {
      await db.query(`copy ${request.target} from '/dev/blob'`, [], { blob: new Blob([request.bytes]) })
      send({ id: request.id, ok: true, answer: null })
      return
    }
    if (request.op === 'remarks') {
      const details: string[] = []
      await db.query(request.sql, [], { onNotice: ({ detail }) => void (detail && details.push(detail)) })
      send({ id: request.id, ok: true, answer: details })
      return
    }
    const result = await db.query<Record<string, unknown>>(request.sql, [...request.params], {
      ...(request.asArrays === true && { rowMode: 'array' as const }),
    })
    const columns = result.fields.map((field) => field.name)
    if (request.maxBytes !== undefined && sizeOf(result.rows) > request.maxBytes) {
      send({ id: request.id, ok: false, message: 'the answer is too large', sqlState: tooLargeState })
      return
    }
    send({ id: request.id, ok: true, answer: { rows: result.rows, columns, affectedRows: result.affectedRows ?? 0 } })
  } catch (error) {
    // Errors of PGlite carry the query and its parameters, which are private: only the message and state go on.
    const { message, code } = error as { message?: unknown; code?: unknown }
    send({
      id: request.id,
      ok: false,
      message: String(message ?? error),
      sqlState: typeof code === 'string' ? code : null,
    })
  }
}

/** About how large rows are as text. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 8
  if (value instanceof Uint8Array) return value.length
  return Object.values(value).reduce<number>((sum, each) => sum + 8 + sizeOf(each), 0)
}

main().catch((error: unknown) => {
  const words = lastOutput.join('\n')
  send({ id: 0, ok: false, message: words === '' ? String(error) : words, sqlState: null })
})
