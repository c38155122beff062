import { createHash } from 'node:crypto'
import { closeSync, fstatSync, readSync, rmSync, statSync } from 'node:fs'
import { CofferError } from '../../base/errors.ts'
import { knownFolders, openPlainSync } from '../../base/inside.ts'
import { openOriginalSync } from '../../files/index.ts'
import type { ArchiveRequest, ArchiveResult, ArchiveStep, SourceOriginal } from './messages.ts'
import { writeSealedTar, type SealedTar } from './sealed-file.ts'

const pieceBytes = 1 << 20
const stepMs = 200

/**
 * Writes one encrypted tar to its temporary place; the caller syncs it. Every original is compared with its hash before its bytes
 * go in; one that is not what it was is left out and named in `end.json`. Throws what the destination throws, and leaves
 * nothing behind then.
 */
export function writeArchive(request: ArchiveRequest, onStep: (step: ArchiveStep) => void): ArchiveResult {
  rmSync(request.temporary, { force: true })
  const made = writeSealedTar(request.temporary, request.head, false, (tar) => {
    const bad: ArchiveResult['bad'][number][] = []
    let steppedMs = performance.now()
    let bytes = 0
    for (const part of request.parts) {
      if ('text' in part) addText(tar, part.name, part.text)
      else addFile(tar, part.name, () => openPlainSync(part.file), statSync(part.file).size)
    }
    for (const [number, file] of request.files.entries()) {
      const reason = verdictOn(file)
      if (reason !== null) bad.push({ hash: file.hash, path: file.path, reason })
      // It was whole a moment ago: a disk that now gives other bytes must not go unnoticed.
      else if (addFile(tar, file.name, () => openOriginalSync(file, known), file.size) !== file.hash) throw unreliable()
      bytes += file.size
      if (performance.now() - steppedMs < stepMs) continue
      steppedMs = performance.now()
      onStep({ files: number + 1, bytes })
    }
    const missing = bad.map(({ hash, path, reason }) => ({ sha256: hash, path, reason }))
    addText(tar, 'end.json', JSON.stringify({ files: request.files.length - bad.length, missing }, null, 2))
    return { size: tar.finish().size, bad }
  })
  if (!made) throw new Error('a backup file was given up without a reason')
  return made
}

function addText(tar: SealedTar, name: string, text: string): void {
  const bytes = Buffer.from(text)
  tar.add(name, bytes.length, (put) => put(bytes))
}

/** A thread works for one vault. */
const known = knownFolders()

/** Returns the hash of what went in. */
function addFile(tar: SealedTar, name: string, open: () => number, bytes: number): string {
  return tar.add(name, bytes, (put) => readThrough(open(), bytes, put))
}

function verdictOn(file: SourceOriginal): 'missing' | 'damaged' | null {
  let source: number
  try {
    source = openOriginalSync(file, known)
  } catch {
    // Gone, or not to be read: in both cases there are no bytes to take, and the report says so.
    return 'missing'
  }
  if (fstatSync(source).size !== file.size) {
    closeSync(source)
    return 'damaged'
  }
  try {
    return readThrough(source, file.size, () => {}) === file.hash ? null : 'damaged'
  } catch {
    return 'damaged'
  }
}

/** Reads exactly so many bytes of a file, returns their SHA-256, and closes it. */
function readThrough(source: number, bytes: number, take: (piece: Buffer) => void): string {
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
