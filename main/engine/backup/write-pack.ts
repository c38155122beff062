import { createHash } from 'node:crypto'
import { closeSync, fdatasyncSync, fstatSync, openSync, readSync, rmSync, writeSync, writevSync } from 'node:fs'
import { ageSealer } from '../keys/index.ts'
import { systemCode } from '../base/errors.ts'
import type { SourceOriginal, WriteRequest, WriteResult } from './messages.ts'
import { tarEnd, tarHeader, tarPadding } from './tar.ts'

/** Files up to this size are read whole and checked before a byte of them is written. */
export const smallBytes = 16 << 20
const fillUnit = 64 << 10
const pieceBytes = 1 << 20

/**
 * Writes one pack to its temporary place and syncs it. Every original is held against its hash; one that is not what it was
 * is left out and named. Throws what the destination throws; nothing is left behind then.
 */
export async function writePack(request: WriteRequest): Promise<WriteResult> {
  const bad: { hash: string; path: string; reason: 'missing' | 'damaged' }[] = []
  let files = request.files
  for (;;) {
    const attempt = await writeOnce(request, files, bad)
    if (attempt !== 'again') return { ...attempt, bad }
    // A large file turned out damaged after its bytes were written: once more without it.
    const left = new Set(bad.map((each) => each.hash))
    files = files.filter((file) => !left.has(file.hash))
  }
}

async function writeOnce(
  request: WriteRequest,
  files: readonly SourceOriginal[],
  bad: { hash: string; path: string; reason: 'missing' | 'damaged' }[],
): Promise<Omit<WriteResult, 'bad'> | 'again'> {
  const sealer = await ageSealer([request.recipient])
  const out = openSync(request.temporary, 'wx', 0o600)
  const digest = createHash('sha256')
  let size = 0
  let plain = 0
  let isKept = false
  const entries: [string, number][] = []
  let pending: Buffer[] = []
  let pendingBytes = 0
  const flush = (): void => {
    writeAll(out, pending, pendingBytes)
    pending = []
    pendingBytes = 0
  }
  // Sealed chunks come as 64 KiB and 16 bytes; one call writes many of them.
  const take = (bytes: Buffer): void => {
    digest.update(bytes)
    pending.push(bytes)
    pendingBytes += bytes.length
    size += bytes.length
    if (pendingBytes >= pieceBytes) flush()
  }
  const put = (bytes: Buffer): void => {
    sealer.update(bytes, take)
    plain += bytes.length
  }
  try {
    take(sealer.head)
    for (const file of files) {
      const verdict = file.size <= smallBytes ? packSmall(file, put) : packLarge(file, put)
      if (verdict === 'again') {
        bad.push({ hash: file.hash, path: file.path, reason: 'damaged' })
        return 'again'
      }
      if (verdict === null) entries.push([file.hash, file.size])
      else bad.push({ hash: file.hash, path: file.path, reason: verdict })
    }
    if (entries.length === 0) return { pack: null, size: 0, entries }
    put(tarEnd(plain, fillUnit))
    sealer.final(take)
    flush()
    fdatasyncSync(out)
    isKept = true
    return { pack: digest.digest('hex'), size, entries }
  } finally {
    closeSync(out)
    if (!isKept) rmSync(request.temporary, { force: true })
  }
}

/** A short write (a drive that fills up) goes on where it stopped, so that its error is the drive's own. */
function writeAll(out: number, parts: readonly Buffer[], bytes: number): void {
  const written = parts.length === 0 ? 0 : writevSync(out, parts)
  if (written === bytes) return
  const rest = Buffer.concat(parts).subarray(written)
  for (let at = 0; at < rest.length;) at += writeSync(out, rest, at)
}

type Verdict = 'missing' | 'damaged' | null

function packSmall(file: SourceOriginal, put: (bytes: Buffer) => void): Verdict {
  const bytes = readWhole(file)
  if (typeof bytes === 'string') return bytes
  if (createHash('sha256').update(bytes).digest('hex') !== file.hash) return 'damaged'
  put(tarHeader(`originals/${file.hash}`, file.size))
  put(bytes)
  put(tarPadding(file.size))
  return null
}

function packLarge(file: SourceOriginal, put: (bytes: Buffer) => void): Verdict | 'again' {
  const source = openSource(file)
  if (typeof source === 'string') return source
  try {
    put(tarHeader(`originals/${file.hash}`, file.size))
    const digest = createHash('sha256')
    const piece = Buffer.allocUnsafe(pieceBytes)
    let left = file.size
    while (left > 0) {
      const count = readSync(source, piece, 0, Math.min(pieceBytes, left), null)
      if (count === 0) return 'again'
      const part = piece.subarray(0, count)
      digest.update(part)
      put(part)
      left -= count
    }
    put(tarPadding(file.size))
    return digest.digest('hex') === file.hash ? null : 'again'
  } catch (error) {
    if (systemCode(error) === 'EIO') return 'again'
    throw error
  } finally {
    closeSync(source)
  }
}

let room = Buffer.alloc(0)

/** One buffer for all small files of a thread; what was in it before is gone. */
function scratch(size: number): Buffer {
  if (room.length < size)
    room = Buffer.allocUnsafeSlow(Math.min(smallBytes, 2 ** Math.ceil(Math.log2(Math.max(size, pieceBytes)))))
  return room.subarray(0, size)
}

function readWhole(file: SourceOriginal): Buffer | 'missing' | 'damaged' {
  const source = openSource(file)
  if (typeof source === 'string') return source
  try {
    const bytes = scratch(file.size)
    for (let at = 0; at < file.size;) {
      const count = readSync(source, bytes, at, file.size - at, null)
      if (count === 0) return 'damaged'
      at += count
    }
    return bytes
  } catch (error) {
    if (systemCode(error) === 'EIO') return 'damaged'
    throw error
  } finally {
    closeSync(source)
  }
}

/** A file of another length is not the one that was kept, without reading it. */
function openSource(file: SourceOriginal): number | 'missing' | 'damaged' {
  let source: number
  try {
    source = openSync(file.path, 'r')
  } catch {
    // Gone, or not to be read: in both cases there are no bytes to back up, and the report says so.
    return 'missing'
  }
  if (fstatSync(source).size === file.size) return source
  closeSync(source)
  return 'damaged'
}
