import type { FileHandle } from 'node:fs/promises'
import { readAt } from './read-at.ts'

/** A box of an MP4, QuickTime, HEIF or CR3 file (ISO/IEC 14496-12); positions are relative to where it was looked for. */
export interface Box {
  readonly type: string
  readonly start: number
  readonly end: number
}

const maxBoxes = 10_000

/** A box header at `at`; positions are relative to it. A size of 0 means "to the end". */
function parseHeader(bytes: Buffer, at: number, length: number, rest: number): Box | null {
  if (length - at < 8) return null
  const size32 = bytes.readUInt32BE(at)
  const type = bytes.toString('latin1', at + 4, at + 8)
  if (size32 === 1) {
    if (length - at < 16) return null
    const size = Number(bytes.readBigUInt64BE(at + 8))
    return size < 16 ? null : { type, start: 16, end: size }
  }
  if (size32 === 0) return { type, start: 8, end: rest }
  return size32 < 8 ? null : { type, start: 8, end: size32 }
}

/** The boxes of a file at its top, by seeking. The last one may go beyond the end of the file. */
export async function* topBoxes(file: FileHandle, size: number): AsyncGenerator<Box> {
  for (let at = 0, seen = 0; at + 8 <= size && seen < maxBoxes; seen += 1) {
    const header = await readAt(file, at, 16)
    const box = parseHeader(header, 0, header.length, size - at)
    if (!box) return
    yield { type: box.type, start: at + box.start, end: at + box.end }
    at += box.end
  }
}

/** The boxes in a buffer, as long as they end inside it. */
export function* boxesIn(bytes: Buffer): Generator<{ type: string; body: Buffer }> {
  for (let at = 0, seen = 0; at + 8 <= bytes.length && seen < maxBoxes; seen += 1) {
    const box = parseHeader(bytes, at, bytes.length, bytes.length - at)
    if (!box || at + box.end > bytes.length) return
    yield { type: box.type, body: bytes.subarray(at + box.start, at + box.end) }
    at += box.end
  }
}

/** The first box at the end of a path of boxes. */
export function child(bytes: Buffer | undefined, ...path: readonly string[]): Buffer | undefined {
  let current = bytes
  for (const type of path) {
    if (!current) return undefined
    current = [...boxesIn(current)].find((box) => box.type === type)?.body
  }
  return current
}

/** Boxes that hold nothing but boxes, down to the tables that say where each frame is. */
const containers: Readonly<Record<string, readonly string[]>> = {
  moov: ['trak'],
  trak: ['mdia'],
  mdia: ['minf'],
  minf: ['stbl'],
  stbl: [],
}

/** True when every box of a description ends inside the one around it and every track has its tables. */
export function isWhole(bytes: Buffer, type: string): boolean {
  const inner = containers[type] ?? []
  let found = 0
  let at = 0
  while (at + 8 <= bytes.length) {
    const box = parseHeader(bytes, at, bytes.length, bytes.length - at)
    // QuickTime may close a list with four zero bytes.
    if (!box) return bytes.readUInt32BE(at) === 0 && found >= inner.length
    if (at + box.end > bytes.length) return false
    if (inner.includes(box.type)) {
      found += 1
      if (!isWhole(bytes.subarray(at + box.start, at + box.end), box.type)) return false
    }
    at += box.end
  }
  return found >= inner.length
}

/** Boxes that matter; cameras put trailers of their own behind them, which need not be boxes at all. */
const essential = new Set(['ftyp', 'moov', 'mdat', 'meta', 'moof'])

/** True when this box goes beyond the end of its file and something that matters is cut off with it. */
export function isCut(box: Box, size: number): boolean {
  return box.end > size && essential.has(box.type)
}
