import { open, type FileHandle } from 'node:fs/promises'
import { isPlace } from './facts.ts'

/** What the boxes of an MP4 or QuickTime file tell (ISO/IEC 14496-12, QuickTime File Format). */
export interface MovieFacts {
  readonly width: number | null
  readonly height: number | null
  readonly durationSeconds: number | null
  /** Apple's creation date with its offset. */
  readonly createdLocal: string | undefined
  /** Movie header time, UTC by the standard. */
  readonly createdUtc: string | undefined
  readonly place:
    | { readonly latitude: number; readonly longitude: number; readonly altitudeM: number | null }
    | undefined
  readonly make: string | undefined
  readonly model: string | undefined
}

interface Box {
  readonly type: string
  readonly start: number
  readonly end: number
}

/** `moov` of a long film is a few megabytes; more than this is a file made to hurt. */
const maxMoovBytes = 64 << 20
const maxBoxes = 10_000
/** Seconds between 1904, QuickTime's epoch, and 1970. */
const epoch1904 = 2_082_844_800

export interface Movie {
  /** Null when the box that describes the film is missing or goes beyond the file. */
  readonly facts: MovieFacts | null
  /** Boxes that end beyond the file or beyond the box they are in. */
  readonly isBroken: boolean
}

/** Reads the movie box; media data is skipped by seeking. */
export async function readMovie(path: string): Promise<Movie> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const { moov, hasData, isCut } = await topBoxes(file, size)
    if (!moov || moov.end - moov.start > maxMoovBytes) return { facts: null, isBroken: true }
    const bytes = Buffer.alloc(moov.end - moov.start)
    await file.read(bytes, 0, bytes.length, moov.start)
    return { facts: factsOfMovie(bytes), isBroken: isCut || !hasData || !isWhole(bytes, 'moov') }
  } finally {
    await file.close()
  }
}

/** True when a box of a HEIC or HEIF file goes beyond its end: the picture was cut off. */
export async function isCutHeif(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    return (await topBoxes(file, size)).isCut
  } finally {
    await file.close()
  }
}

/** The boxes that matter; cameras put trailers of their own behind them, which need not be boxes at all. */
const essential = new Set(['ftyp', 'moov', 'mdat', 'meta', 'moof'])

async function topBoxes(
  file: FileHandle,
  size: number,
): Promise<{ readonly moov: Box | null; readonly hasData: boolean; readonly isCut: boolean }> {
  const header = Buffer.alloc(16)
  let moov: Box | null = null
  let hasData = false
  for (let at = 0, seen = 0; at + 8 <= size && seen < maxBoxes; seen += 1) {
    const { bytesRead } = await file.read(header, 0, 16, at)
    const box = parseHeader(header, 0, bytesRead, size - at)
    if (!box) break
    if (at + box.end > size) return { moov, hasData, isCut: essential.has(box.type) }
    if (box.type === 'mdat') hasData = true
    if (box.type === 'moov') moov ??= { type: 'moov', start: at + box.start, end: at + box.end }
    at += box.end
  }
  return { moov, hasData, isCut: false }
}

/** Boxes that hold nothing but boxes, down to the tables that say where each frame is. */
const containers: Readonly<Record<string, readonly string[]>> = {
  moov: ['trak'],
  trak: ['mdia'],
  mdia: ['minf'],
  minf: ['stbl'],
  stbl: [],
}

/** True when every box of the description ends inside the one around it and every track has its tables. */
function isWhole(bytes: Buffer, type: string): boolean {
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

function* boxesIn(bytes: Buffer): Generator<{ type: string; body: Buffer }> {
  for (let at = 0, seen = 0; at + 8 <= bytes.length && seen < maxBoxes; seen += 1) {
    const box = parseHeader(bytes, at, bytes.length, bytes.length - at)
    if (!box || at + box.end > bytes.length) return
    yield { type: box.type, body: bytes.subarray(at + box.start, at + box.end) }
    at += box.end
  }
}

function child(bytes: Buffer, ...path: readonly string[]): Buffer | undefined {
  let current: Buffer | undefined = bytes
  for (const type of path) {
    if (!current) return undefined
    current = [...boxesIn(current)].find((box) => box.type === type)?.body
  }
  return current
}

function factsOfMovie(moov: Buffer): MovieFacts {
  const header = child(moov, 'mvhd')
  const times = header && movieHeader(header)
  const size = [...boxesIn(moov)]
    .filter((box) => box.type === 'trak')
    .map((box) => trackSize(box.body))
    .find((each) => each !== null)
  const named = namedValues(moov)
  const value = (...names: readonly string[]): string | undefined =>
    names.map((name) => named.get(name)).find((each) => each !== undefined)
  return {
    width: size?.width ?? null,
    height: size?.height ?? null,
    durationSeconds: times?.durationSeconds ?? null,
    createdLocal: value('com.apple.quicktime.creationdate', '©day'),
    createdUtc: times?.createdUtc,
    place: placeOf(value('com.apple.quicktime.location.ISO6709', '©xyz')),
    make: value('com.apple.quicktime.make', '©mak'),
    model: value('com.apple.quicktime.model', '©mod'),
  }
}

function movieHeader(box: Buffer): { createdUtc: string | undefined; durationSeconds: number | null } | undefined {
  const isLong = box[0] === 1
  if (box.length < (isLong ? 32 : 20)) return undefined
  const created = isLong ? Number(box.readBigUInt64BE(4)) : box.readUInt32BE(4)
  const scale = box.readUInt32BE(isLong ? 20 : 12)
  const duration = isLong ? Number(box.readBigUInt64BE(24)) : box.readUInt32BE(16)
  const isKnown = duration !== 0xff_ff_ff_ff && scale > 0 && duration > 0
  const ms = (created - epoch1904) * 1000
  const isDate = created > 0 && Math.abs(ms) < 8e15
  return {
    createdUtc: isDate ? new Date(ms).toISOString() : undefined,
    durationSeconds: isKnown ? duration / scale : null,
  }
}

/** Width and height as shown: the track's matrix turns phones' films upright. */
function trackSize(track: Buffer): { width: number; height: number } | null {
  const header = child(track, 'tkhd')
  if (!header) return null
  const matrix = header[0] === 1 ? 52 : 40
  if (header.length < matrix + 44) return null
  const width = header.readUInt32BE(matrix + 36) / 65_536
  const height = header.readUInt32BE(matrix + 40) / 65_536
  if (width < 1 || height < 1) return null
  const isTurned = header.readInt32BE(matrix) === 0 && header.readInt32BE(matrix + 4) !== 0
  const [w, h] = [Math.round(width), Math.round(height)]
  return isTurned ? { width: h, height: w } : { width: w, height: h }
}

/** Apple's `meta` keys and the older `udta` texts, by name. */
function namedValues(moov: Buffer): Map<string, string> {
  const values = new Map<string, string>()
  const udta = child(moov, 'udta')
  if (udta) {
    for (const box of boxesIn(udta)) {
      if (box.type.startsWith('\u00a9') && box.body.length > 4) {
        const length = Math.min(box.body.readUInt16BE(0), box.body.length - 4)
        values.set(box.type, box.body.toString('utf8', 4, 4 + length).trim())
      }
    }
  }
  const meta = child(moov, 'meta')
  if (!meta) return values
  // ISO's meta box has a version field before its children, QuickTime's has none.
  const inner = meta.toString('latin1', 4, 8) === 'hdlr' ? meta : meta.subarray(4)
  const names = keyNames(child(inner, 'keys'))
  const list = child(inner, 'ilst')
  if (!list) return values
  for (const item of boxesIn(list)) {
    const name = names[Buffer.from(item.type, 'latin1').readUInt32BE(0) - 1]
    const data = child(item.body, 'data')
    if (name !== undefined && data && data.length > 8) values.set(name, data.toString('utf8', 8).trim())
  }
  return values
}

function keyNames(keys: Buffer | undefined): string[] {
  if (!keys || keys.length < 8) return []
  return [...boxesIn(keys.subarray(8))].map((box) => box.body.toString('utf8'))
}

/** `+48.8584+002.2945+035.000/` (ISO 6709). */
function placeOf(text: string | undefined): MovieFacts['place'] {
  const match = /^([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?/.exec(text ?? '')
  if (!match) return undefined
  const [latitude, longitude] = [Number(match[1]), Number(match[2])]
  if (!isPlace(latitude, longitude)) return undefined
  return { latitude, longitude, altitudeM: match[3] === undefined ? null : Number(match[3]) }
}
