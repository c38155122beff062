import { createHash } from 'node:crypto'
import { closeSync, fstatSync, readSync } from 'node:fs'
import { systemCode } from '../../base/errors.ts'
import { knownFolders } from '../../base/inside.ts'
import { openOriginalSync } from '../../files/index.ts'
import { newAgeHead } from '../../keys/index.ts'
import type { SourceOriginal, WriteRequest, WriteResult } from './messages.ts'
import { writeSealedTar, type SealedTar } from './sealed-file.ts'

/** Files up to this size are read whole and checked before a byte of them is written. */
const wholeBytes = 1 << 20

type Bad = { readonly hash: string; readonly path: string; readonly reason: 'missing' | 'damaged' }

/**
 * Writes one pack to its temporary place; the caller syncs it. Every original is compared with its hash; one that is not
 * what it was is left out and named. Throws what the destination throws; nothing is left behind then.
 */
export async function writePack(request: WriteRequest): Promise<WriteResult> {
  const bad: Bad[] = []
  for (let { head } = request; ; head = await newAgeHead([request.recipient])) {
    const left = new Set(bad.map((each) => each.hash))
    const files = request.files.filter((file) => !left.has(file.hash))
    let isSpoilt = false
    const made = writeSealedTar(request.temporary, head, true, (tar) => {
      const entries: [string, number][] = []
      for (const file of files) {
        const verdict = file.size <= wholeBytes ? packSmall(file, tar) : packLarge(file, tar)
        if (verdict === null) entries.push([file.hash, file.size])
        else bad.push({ hash: file.hash, path: file.path, reason: verdict === 'spoilt' ? 'damaged' : verdict })
        isSpoilt = verdict === 'spoilt'
        if (isSpoilt) return null
      }
      return entries.length === 0 ? null : { entries, ...tar.finish() }
    })
    if (made) return { pack: made.sha256, size: made.size, entries: made.entries, bad }
    // A large file turned out damaged after its bytes were written: once more without it. A head is good for one file only.
    if (!isSpoilt) return { pack: null, size: 0, entries: [], bad }
  }
}

type Verdict = 'missing' | 'damaged' | null

function packSmall(file: SourceOriginal, tar: SealedTar): Verdict {
  const bytes = readWhole(file)
  if (typeof bytes === 'string') return bytes
  if (createHash('sha256').update(bytes).digest('hex') !== file.hash) return 'damaged'
  tar.add(`originals/${file.hash}`, file.size, (put) => put(bytes))
  return null
}

/** `spoilt` when the tar has bytes that do not belong there. */
function packLarge(file: SourceOriginal, tar: SealedTar): Verdict | 'spoilt' {
  const source = openSource(file)
  if (typeof source === 'string') return source
  try {
    const isWhole = tar.add(`originals/${file.hash}`, file.size, (put) => {
      const digest = createHash('sha256')
      for (let left = file.size; left > 0;) {
        const count = readSome(source, room, Math.min(wholeBytes, left))
        if (count === 0) return false
        const part = room.subarray(0, count)
        digest.update(part)
        put(part)
        left -= count
      }
      return digest.digest('hex') === file.hash
    })
    return isWhole ? null : 'spoilt'
  } finally {
    closeSync(source)
  }
}

/** One buffer for all files of a thread; what was in it before is gone. */
const room = Buffer.allocUnsafeSlow(wholeBytes)

function readWhole(file: SourceOriginal): Buffer | 'missing' | 'damaged' {
  const source = openSource(file)
  if (typeof source === 'string') return source
  try {
    for (let at = 0; at < file.size;) {
      const count = readSome(source, room.subarray(at), file.size - at)
      if (count === 0) return 'damaged'
      at += count
    }
    return room.subarray(0, file.size)
  } finally {
    closeSync(source)
  }
}

/** What a disk cannot give any more counts as the end of the file. */
function readSome(source: number, into: Buffer, most: number): number {
  try {
    return readSync(source, into, 0, most, null)
  } catch (error) {
    if (systemCode(error) === 'EIO') return 0
    throw error
  }
}

/** A thread works for one vault. */
const known = knownFolders()

/** A file of another length is not the one that was kept, without reading it. */
function openSource(file: SourceOriginal): number | 'missing' | 'damaged' {
  let source: number
  try {
    source = openOriginalSync(file, known)
  } catch {
    // Gone, or not to be read: in both cases there are no bytes to back up, and the report says so.
    return 'missing'
  }
  if (fstatSync(source).size === file.size) return source
  closeSync(source)
  return 'damaged'
}
