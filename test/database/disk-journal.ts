import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { workerData } from 'node:worker_threads'

/**
 * Loaded into the database worker before the database: writes down everything done to files below its folder, in
 * `{dataDir}.journal`. With `?lying` in its address every fsync succeeds without happening, as in PGlite as it comes.
 */
const { dataDir } = workerData as { dataDir: string }
const isLying = import.meta.url.endsWith('?lying')

export interface JournalEntry {
  readonly op: 'open' | 'write' | 'truncate' | 'rename' | 'unlink' | 'mkdir' | 'rmdir' | 'fsync'
  /** Names the file, whatever it is called by then. */
  readonly id: number
  readonly path?: string
  readonly to?: string
  readonly position?: number
  readonly size?: number
  /** Bytes that follow this entry. */
  readonly bytes: number
}

const original = { ...fs }
const journal = original.openSync(`${dataDir}.journal`, 'w')
const idOfPath = new Map<string, number>()
const idOfFd = new Map<number, number>()
let nextId = 1

function idOf(path: string): number {
  const id = idOfPath.get(path) ?? nextId++
  idOfPath.set(path, id)
  return id
}

function note(entry: Omit<JournalEntry, 'bytes'>, payload: Uint8Array = new Uint8Array()): void {
  const head = Buffer.from(JSON.stringify({ ...entry, bytes: payload.length }))
  const size = Buffer.alloc(4)
  size.writeUInt32LE(head.length)
  original.writeSync(journal, Buffer.concat([size, head, payload]))
}

/** The path below the data folder, or nothing for files that are none of ours. */
function below(path: unknown): string | undefined {
  return typeof path === 'string' && path.startsWith(`${dataDir}/`) ? path.slice(dataDir.length + 1) : undefined
}

const patched = {
  openSync(path: string, flags: number, mode?: number): number {
    const name = below(path)
    const isNew = name !== undefined && !original.existsSync(path)
    const fd = original.openSync(path, flags, mode)
    if (name === undefined || original.fstatSync(fd).isDirectory()) return fd
    const id = idOf(name)
    idOfFd.set(fd, id)
    note({ op: 'open', id, path: name })
    if (!isNew && (flags & fs.constants.O_TRUNC) !== 0) note({ op: 'truncate', id, size: 0 })
    return fd
  },
  closeSync(fd: number): void {
    idOfFd.delete(fd)
    original.closeSync(fd)
  },
  writeSync(
    fd: number,
    buffer: NodeJS.ArrayBufferView,
    offset: number,
    length: number,
    position: number | null,
  ): number {
    const id = idOfFd.get(fd)
    if (id === undefined) return original.writeSync(fd, buffer, offset, length, position)
    if (position === null) throw new Error('the journal knows only writes to a place')
    const written = original.writeSync(fd, buffer, offset, length, position)
    const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset + offset, written)
    note({ op: 'write', id, position }, Buffer.from(bytes))
    return written
  },
  writeFileSync(path: string, data: string, options: fs.WriteFileOptions): void {
    original.writeFileSync(path, data, options)
    const name = below(path)
    if (name !== undefined) note({ op: 'open', id: idOf(name), path: name })
    if (name !== undefined && data.length > 0) throw new Error('the journal knows only empty new files')
  },
  ftruncateSync(fd: number, size = 0): void {
    original.ftruncateSync(fd, size)
    const id = idOfFd.get(fd)
    if (id !== undefined) note({ op: 'truncate', id, size })
  },
  truncateSync(path: string, size = 0): void {
    original.truncateSync(path, size)
    const name = below(path)
    if (name !== undefined) note({ op: 'truncate', id: idOf(name), path: name, size })
  },
  renameSync(from: string, to: string): void {
    original.renameSync(from, to)
    const [name, target] = [below(from), below(to)]
    if (name === undefined || target === undefined) return
    const id = idOf(name)
    idOfPath.delete(name)
    idOfPath.set(target, id)
    note({ op: 'rename', id, path: name, to: target })
  },
  unlinkSync(path: string): void {
    original.unlinkSync(path)
    const name = below(path)
    if (name === undefined) return
    note({ op: 'unlink', id: idOf(name), path: name })
    idOfPath.delete(name)
  },
  mkdirSync(path: string, options?: fs.Mode | fs.MakeDirectoryOptions): string | undefined {
    const made = original.mkdirSync(path, options)
    const name = below(path)
    if (name !== undefined) note({ op: 'mkdir', id: 0, path: name })
    return made
  },
  rmdirSync(path: string): void {
    original.rmdirSync(path)
    const name = below(path)
    if (name !== undefined) note({ op: 'rmdir', id: 0, path: name })
  },
  fsyncSync(fd: number): void {
    if (isLying) return
    original.fsyncSync(fd)
    const id = idOfFd.get(fd)
    if (id !== undefined) note({ op: 'fsync', id })
  },
}
Object.assign(fs, patched)
syncBuiltinESMExports()
