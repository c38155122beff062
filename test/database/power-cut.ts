import {
  cpSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmdirSync,
  truncateSync,
  unlinkSync,
  writeSync,
  constants,
} from 'node:fs'
import { join } from 'node:path'
import type { JournalEntry } from './disk-journal.ts'

export interface JournalLine extends JournalEntry {
  readonly payload: Uint8Array
  /** Where the entry ends in the journal file. */
  readonly end: number
}

export function readJournal(file: string): JournalLine[] {
  const bytes = readFileSync(file)
  const lines: JournalLine[] = []
  for (let at = 0; at + 4 <= bytes.length;) {
    const head = bytes.readUInt32LE(at)
    const entry = JSON.parse(bytes.toString('utf8', at + 4, at + 4 + head)) as JournalEntry
    const start = at + 4 + head
    at = start + entry.bytes
    lines.push({ ...entry, payload: bytes.subarray(start, at), end: at })
  }
  return lines
}

const pieceBytes = 4096
/** Older writes have reached the disk by themselves. */
const unsafeOperations = 400

/**
 * Rebuilds in `target` what a disk may hold when the power fails after `cut` operations: each 4 KiB piece that was
 * written among the last operations and not synced since is there or not, by chance. Names are kept in order, and a
 * rename puts the bytes of its file on the disk, as ext4 does.
 */
export function rebuildAfterCut(
  base: string,
  target: string,
  journal: readonly JournalLine[],
  cut: number,
  chance: () => number,
): void {
  cpSync(base, target, { recursive: true, mode: constants.COPYFILE_FICLONE })
  const syncedAt = new Map<number, number>()
  for (let index = 0; index < cut; index += 1) {
    const entry = journal[index]
    if (entry && (entry.op === 'fsync' || entry.op === 'rename')) syncedAt.set(entry.id, index)
  }
  const pathOf = new Map<number, string>()
  for (const [index, entry] of journal.slice(0, cut).entries()) {
    const { op, id, path = '' } = entry
    const known = pathOf.get(id)
    if (op === 'open') {
      pathOf.set(id, path)
      closeSync(openSync(join(target, path), constants.O_RDWR | constants.O_CREAT, 0o600))
    } else if (op === 'write' && known !== undefined) {
      const mayBeLost = index >= cut - unsafeOperations && (syncedAt.get(id) ?? -1) < index
      writePieces(join(target, known), entry, () => mayBeLost && chance() < 0.5)
    } else if (op === 'truncate') truncateSync(join(target, known ?? path), entry.size ?? 0)
    else if (op === 'rename') {
      renameSync(join(target, path), join(target, entry.to ?? ''))
      pathOf.set(id, entry.to ?? '')
    } else if (op === 'unlink') {
      unlinkSync(join(target, path))
      pathOf.delete(id)
    } else if (op === 'mkdir') mkdirSync(join(target, path), { recursive: true })
    else if (op === 'rmdir') rmdirSync(join(target, path))
  }
}

function writePieces(path: string, entry: JournalLine, isLost: () => boolean): void {
  const fd = openSync(path, 'r+')
  const start = entry.position ?? 0
  const end = start + entry.payload.length
  for (let at = start; at < end;) {
    const next = Math.min(end, (Math.floor(at / pieceBytes) + 1) * pieceBytes)
    if (!isLost()) writeSync(fd, entry.payload, at - start, next - at, at)
    at = next
  }
  closeSync(fd)
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
