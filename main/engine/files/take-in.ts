import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, copyFile, open, rm, type FileHandle } from 'node:fs/promises'
import { CofferError, systemCode } from '../base/errors.ts'
import { openable } from '../base/path-text.ts'
import type { SourceFile } from './source.ts'

/** A source read once. `copyPath` is null when it was only read (indexed in place, or a dry run). */
export interface Staged {
  readonly copyPath: string | null
  readonly hash: string
  readonly sizeBytes: number
  readonly head: Uint8Array
  /** SHA-256 of the first `prefixBytes`, where they were asked for and the file is that long. */
  readonly prefixHash: string | null
}

/** The copy could not be written: the trouble of the disk with the vault, not of the file. `code` is the system's. */
export class CopyFailed extends Error {
  readonly code: string | undefined

  constructor(cause: unknown) {
    super('the copy could not be written', { cause })
    this.name = 'CopyFailed'
    this.code = systemCode(cause)
  }
}

const chunkBytes = 1 << 20
/** A pipe that took the place of a file must not hold us until somebody writes into it. */
const openFlags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK)

/** Buffers no reading uses now. A fresh pair for each file would be 2 MB of garbage each: pages to map, memory to hold. */
const idleBuffers: (readonly [Buffer, Buffer])[] = []

/** Pairs of disks on which cloning failed once; asking again for every file would cost a call each. */
const cannotClone = new Set<string>()

/**
 * Reads a source to its end in one pass: copy (a clone where the file system can), SHA-256, size and first bytes.
 * The copy is synced to disk before this returns. Throws `file-changing` (retry later) when the file grew, shrank or
 * was rewritten meanwhile, `CopyFailed` when the copy cannot be written, and system errors of the source as they come; no
 * copy is left behind then. `prefixBytes` asks for the SHA-256 of so many first bytes as well.
 */
export async function takeIn(source: Pick<SourceFile, 'path'>, options: TakeInOptions): Promise<Staged> {
  const from = await open(openable(source.path), openFlags)
  let to: FileHandle | null = null
  let done = false
  try {
    const before = await from.stat({ bigint: true })
    if (!before.isFile()) throw Object.assign(new Error('not a regular file'), { code: 'EISDIR' })
    const disk = String(before.dev)
    const cloned = options.copyTo !== null && !cannotClone.has(disk) && (await clone(source, options.copyTo, disk))
    const mode = (options.mode ?? 0o600) & ~process.umask()
    if (options.copyTo !== null) to = await ofCopy(openCopy(options.copyTo, cloned, mode))
    // A clone is hashed from the copy itself, so that the hash is of the bytes that are kept.
    const read = await readThrough(cloned && to ? to : from, cloned ? null : to, options)
    const after = await from.stat({ bigint: true })
    if (after.size !== BigInt(read.sizeBytes) || after.mtimeNs !== before.mtimeNs || before.size !== after.size) {
      throw new CofferError('The file changed while it was being read.', { code: 'file-changing', retry: 'later' })
    }
    // Bytes and size; the times of the copy say nothing, and making them durable takes longer.
    if (to) await ofCopy(to.datasync())
    done = true
    return { copyPath: options.copyTo, ...read }
  } finally {
    await from.close()
    await to?.close()
    if (!done && options.copyTo !== null) await rm(options.copyTo, { force: true })
  }
}

interface TakeInOptions {
  readonly copyTo: string | null
  readonly headBytes: number
  /** Of the copy; for its owner only when nothing is said. */
  readonly mode?: number
  readonly prefixBytes?: number
  readonly signal?: AbortSignal
}

/** A clone is as the source was, which may be for reading only. */
async function openCopy(path: string, isCloned: boolean, mode: number): Promise<FileHandle> {
  if (isCloned) await chmod(path, mode)
  return open(path, isCloned ? 'r+' : 'wx', mode)
}

async function ofCopy<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new CopyFailed(error)
  }
}

async function clone(source: Pick<SourceFile, 'path'>, target: string, disk: string): Promise<boolean> {
  try {
    await copyFile(openable(source.path), target, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL)
    return true
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new CopyFailed(error)
    cannotClone.add(disk)
    await rm(target, { force: true })
    return false
  }
}

async function readThrough(
  from: FileHandle,
  to: FileHandle | null,
  options: Omit<TakeInOptions, 'copyTo'>,
): Promise<Omit<Staged, 'copyPath'>> {
  const hash = createHash('sha256')
  const { prefixBytes = 0 } = options
  let prefixHash: string | null = null
  let head = new Uint8Array(0)
  let sizeBytes = 0
  // Two buffers take turns: one is being written while the next chunk is read and hashed.
  const buffers = idleBuffers.pop() ?? ([Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)] as const)
  let writing: Promise<void> = Promise.resolve()
  try {
    for (let turn = 0; ; turn ^= 1) {
      options.signal?.throwIfAborted()
      const buffer = turn === 0 ? buffers[0] : buffers[1]
      const { bytesRead } = await from.read(buffer, 0, chunkBytes, sizeBytes)
      await writing
      if (bytesRead === 0) break
      const chunk = buffer.subarray(0, bytesRead)
      if (to !== null) {
        writing = ofCopy(writeAll(to, chunk, sizeBytes))
        // It is awaited after the next read; failing before that must not count as an error nobody handles.
        writing.catch(() => {})
      }
      if (sizeBytes === 0) head = new Uint8Array(chunk.subarray(0, options.headBytes))
      const rest = prefixBytes - sizeBytes
      if (rest > 0 && rest <= bytesRead) {
        hash.update(chunk.subarray(0, rest))
        prefixHash = hash.copy().digest('hex')
        hash.update(chunk.subarray(rest))
      } else hash.update(chunk)
      sizeBytes += bytesRead
    }
  } finally {
    // A pending write must never outlive its file handle; its own error was thrown above if it came first.
    await Promise.allSettled([writing])
    idleBuffers.push(buffers)
  }
  return { hash: hash.digest('hex'), sizeBytes, head, prefixHash }
}

async function writeAll(to: FileHandle, chunk: Buffer, position: number): Promise<void> {
  let written = 0
  while (written < chunk.length) {
    const { bytesWritten } = await to.write(chunk, written, chunk.length - written, position + written)
    written += bytesWritten
  }
}

/** SHA-256 and size of a file, reading it once. `path` is what the system opens, not path text. */
export async function hashFile(
  path: string | Buffer,
  signal?: AbortSignal,
): Promise<{ hash: string; sizeBytes: number }> {
  await using file = await open(path, 'r')
  return await hashOpen(file, signal)
}

/** The same for a file that is open, from its beginning. */
export async function hashOpen(file: FileHandle, signal?: AbortSignal): Promise<{ hash: string; sizeBytes: number }> {
  const { hash, sizeBytes } = await readThrough(file, null, { headBytes: 0, ...(signal && { signal }) })
  return { hash, sizeBytes }
}

/** The first bytes of a file, for telling its kind without reading it whole. `path` is what the system opens. */
export async function readHead(path: string | Buffer, headBytes: number): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(headBytes)
    const { bytesRead } = await file.read(buffer, 0, headBytes, 0)
    return new Uint8Array(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}
