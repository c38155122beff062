import { createHash } from 'node:crypto'
import { closeSync, fdatasyncSync, openSync, readSync, rmSync, statSync, writeSync, writevSync } from 'node:fs'
import { ageSealer } from '../keys/index.ts'
import { CofferError } from '../base/errors.ts'
import type { ArchiveRequest, ArchiveResult, ArchiveStep, SourceOriginal } from './messages.ts'
import { tarEnd, tarHeader, tarPadding } from './tar.ts'

const pieceBytes = 1 << 20
const fillUnit = 64 << 10
const stepMs = 200

/**
 * Writes one encrypted tar to its temporary place and syncs it. Every original is held against its hash before its bytes
 * go in; one that is not what it was is left out and named in `end.json`. Throws what the destination throws, and leaves
 * nothing behind then.
 */
export async function writeArchive(
  request: ArchiveRequest,
  onStep: (step: ArchiveStep) => void,
): Promise<ArchiveResult> {
  const sealer = await ageSealer(request.to)
  const out = openSync(request.temporary, 'w', 0o600)
  const bad: ArchiveResult['bad'][number][] = []
  let size = 0
  let plain = 0
  let isKept = false
  let pending: Buffer[] = []
  let pendingBytes = 0
  const flush = (): void => {
    const [parts, bytes] = [pending, pendingBytes]
    pending = []
    pendingBytes = 0
    const written = parts.length === 0 ? 0 : writevSync(out, parts)
    // A short write (a drive that fills up) goes on where it stopped, so that its error is the drive's own.
    if (written === bytes) return
    const rest = Buffer.concat(parts).subarray(written)
    for (let at = 0; at < rest.length;) at += writeSync(out, rest, at)
  }
  const take = (bytes: Buffer): void => {
    pending.push(bytes)
    pendingBytes += bytes.length
    size += bytes.length
    if (pendingBytes >= pieceBytes) flush()
  }
  const put = (bytes: Buffer): void => {
    sealer.update(bytes, take)
    plain += bytes.length
  }
  const putText = (name: string, text: string): void => {
    const bytes = Buffer.from(text)
    put(tarHeader(name, bytes.length))
    put(bytes)
    put(tarPadding(bytes.length))
  }
  /** Returns the hash of what went in. */
  const putFile = (name: string, path: string, bytes: number): string => {
    put(tarHeader(name, bytes))
    const hash = readThrough(path, bytes, put)
    put(tarPadding(bytes))
    return hash
  }
  let steppedMs = performance.now()
  let bytes = 0
  try {
    take(sealer.head)
    for (const part of request.parts) {
      if ('text' in part) putText(part.name, part.text)
      else putFile(part.name, part.file, statSync(part.file).size)
    }
    for (const [number, file] of request.files.entries()) {
      const reason = verdictOn(file)
      if (reason !== null) bad.push({ hash: file.hash, path: file.path, reason })
      // It was whole a moment ago: a disk that now gives other bytes must not go unnoticed.
      else if (putFile(file.name, file.path, file.size) !== file.hash) throw unreliable()
      bytes += file.size
      if (performance.now() - steppedMs < stepMs) continue
      steppedMs = performance.now()
      onStep({ files: number + 1, bytes })
    }
    const missing = bad.map(({ hash, path, reason }) => ({ sha256: hash, path, reason }))
    putText('end.json', JSON.stringify({ files: request.files.length - bad.length, missing }, null, 2))
    put(tarEnd(plain, fillUnit))
    sealer.final(take)
    flush()
    fdatasyncSync(out)
    isKept = true
    return { size, bad }
  } finally {
    closeSync(out)
    if (!isKept) rmSync(request.temporary, { force: true })
  }
}

function verdictOn(file: SourceOriginal): 'missing' | 'damaged' | null {
  let bytes: number
  try {
    bytes = statSync(file.path).size
  } catch {
    // Gone, or not to be read: in both cases there are no bytes to take, and the report says so.
    return 'missing'
  }
  if (bytes !== file.size) return 'damaged'
  try {
    return readThrough(file.path, bytes, () => {}) === file.hash ? null : 'damaged'
  } catch {
    return 'damaged'
  }
}

/** Reads exactly so many bytes and returns their SHA-256. */
function readThrough(path: string, bytes: number, take: (piece: Buffer) => void): string {
  const source = openSync(path, 'r')
  try {
    const digest = createHash('sha256')
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(bytes, 1)))
    for (let left = bytes; left > 0;) {
      const count = readSync(source, piece, 0, Math.min(piece.length, left), null)
      if (count === 0) throw unreliable()
      const part = piece.subarray(0, count)
      digest.update(part)
      take(part)
      left -= count
    }
    return digest.digest('hex')
  } finally {
    closeSync(source)
  }
}

function unreliable(): CofferError {
  return new CofferError('An original changed while it was being read. The drive of the vault may be failing.', {
    code: 'file-unreadable',
    retry: 'later',
  })
}
