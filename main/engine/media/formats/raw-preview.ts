import { open, type FileHandle } from 'node:fs/promises'

/** What the tables of a RAW file say about its pictures. */
export interface RawPictures {
  /** Sensor picture before rotation. */
  readonly size: { readonly width: number; readonly height: number } | null
  /** JPEG streams the camera put in, longest first. */
  readonly previews: readonly Uint8Array[]
  /** A table or a picture lies beyond the end of the file. */
  readonly isCut: boolean
}

interface Span {
  readonly at: number
  readonly length: number
}
interface Field {
  readonly type: number
  readonly count: number
  readonly value: number
  readonly valueAt: number
}

const tiffMagics = new Set([0x2a, 0x55, 0x4f52, 0x5352])
const maxTables = 24
const maxFields = 400
const maxPreviewBytes = 64 << 20
const tag = { width: 0x100, height: 0x101, compression: 0x103, strip: 0x111, stripLength: 0x117, subTables: 0x14a }
const jpegTag = { at: 0x201, length: 0x202, panasonic: 0x2e }
const panasonicSensor = { width: 2, height: 3 }

/** Walks the TIFF tables of a RAW file (NEF, CR2, ARW, DNG, ORF, RW2, PEF, SRW …) or the header of Fujifilm's RAF. */
export async function readRawPictures(path: string): Promise<RawPictures> {
  const file = await open(path, 'r')
  try {
    const { size: fileSize } = await file.stat()
    const head = await bytesAt(file, { at: 0, length: 100 })
    if (head.toString('latin1', 0, 15) === 'FUJIFILMCCD-RAW' && head.length >= 92) {
      const span = { at: head.readUInt32BE(84), length: head.readUInt32BE(88) }
      return { size: null, ...(await jpegsIn(file, [span], fileSize)) }
    }
    const isBig = head.toString('latin1', 0, 2) === 'MM'
    if (head.length < 8 || (!isBig && head.toString('latin1', 0, 2) !== 'II')) {
      return { size: null, previews: [], isCut: false }
    }
    const magic = isBig ? head.readUInt16BE(2) : head.readUInt16LE(2)
    if (!tiffMagics.has(magic)) return { size: null, previews: [], isCut: false }
    return await readTables(file, fileSize, isBig, isBig ? head.readUInt32BE(4) : head.readUInt32LE(4))
  } finally {
    await file.close()
  }
}

async function readTables(file: FileHandle, fileSize: number, isBig: boolean, first: number): Promise<RawPictures> {
  const waiting = [first]
  const seen = new Set<number>()
  const spans: Span[] = []
  let size: { width: number; height: number } | null = null
  let isCut = false
  for (let at = waiting.shift(); at !== undefined && seen.size < maxTables; at = waiting.shift()) {
    if (at === 0 || seen.has(at)) continue
    seen.add(at)
    const table = await readTable(file, at, isBig)
    if (!table) {
      isCut = true
      continue
    }
    const { fields, next } = table
    waiting.push(next, ...(await pointers(file, fields.get(tag.subTables), isBig)))
    const width = number(fields, tag.width) ?? number(fields, panasonicSensor.width)
    const height = number(fields, tag.height) ?? number(fields, panasonicSensor.height)
    if (width && height && width * height > (size ? size.width * size.height : 0)) size = { width, height }
    spans.push(...jpegSpans(fields))
    if (singleStrip(fields).some((span) => span.at + span.length > fileSize)) isCut = true
  }
  const found = await jpegsIn(file, spans, fileSize)
  return { size, previews: found.previews, isCut: isCut || found.isCut }
}

async function readTable(
  file: FileHandle,
  at: number,
  isBig: boolean,
): Promise<{ fields: Map<number, Field>; next: number } | null> {
  const start = await bytesAt(file, { at, length: 2 })
  if (start.length < 2) return null
  const count = isBig ? start.readUInt16BE(0) : start.readUInt16LE(0)
  if (count === 0 || count > maxFields) return null
  const bytes = await bytesAt(file, { at: at + 2, length: count * 12 + 4 })
  if (bytes.length < count * 12) return null
  const u16 = (where: number): number => (isBig ? bytes.readUInt16BE(where) : bytes.readUInt16LE(where))
  const u32 = (where: number): number => (isBig ? bytes.readUInt32BE(where) : bytes.readUInt32LE(where))
  const fields = new Map<number, Field>()
  for (let entry = 0; entry < count; entry += 1) {
    const where = entry * 12
    const type = u16(where + 2)
    const length = u32(where + 4)
    const value = type === 3 && length === 1 ? u16(where + 8) : u32(where + 8)
    fields.set(u16(where), { type, count: length, value, valueAt: at + 2 + where + 8 })
  }
  return { fields, next: bytes.length >= count * 12 + 4 ? u32(count * 12) : 0 }
}

/** Where sub-tables start: one pointer in the field itself, or a list elsewhere. */
async function pointers(file: FileHandle, field: Field | undefined, isBig: boolean): Promise<number[]> {
  if (!field || field.count === 0 || field.count > maxTables) return []
  if (field.count === 1) return [field.value]
  const bytes = await bytesAt(file, { at: field.value, length: field.count * 4 })
  const all: number[] = []
  for (let at = 0; at + 4 <= bytes.length; at += 4) all.push(isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at))
  return all
}

function jpegSpans(fields: Map<number, Field>): Span[] {
  const spans: Span[] = []
  const [at, length] = [number(fields, jpegTag.at), number(fields, jpegTag.length)]
  if (at && length) spans.push({ at, length })
  const panasonic = fields.get(jpegTag.panasonic)
  if (panasonic && panasonic.type === 7 && panasonic.count > 4)
    spans.push({ at: panasonic.value, length: panasonic.count })
  const compression = number(fields, tag.compression)
  if (compression === 6 || compression === 7) spans.push(...singleStrip(fields))
  return spans
}

function singleStrip(fields: Map<number, Field>): Span[] {
  const [at, length] = [fields.get(tag.strip), fields.get(tag.stripLength)]
  return at?.count === 1 && length?.count === 1 ? [{ at: at.value, length: length.value }] : []
}

async function jpegsIn(
  file: FileHandle,
  spans: readonly Span[],
  fileSize: number,
): Promise<{ previews: Uint8Array[]; isCut: boolean }> {
  const previews: Uint8Array[] = []
  let isCut = false
  for (const span of [...spans].sort((one, other) => other.length - one.length)) {
    if (span.at + span.length > fileSize) isCut = true
    else if (span.length <= maxPreviewBytes) {
      const bytes = await bytesAt(file, span)
      if (bytes[0] === 0xff && bytes[1] === 0xd8) previews.push(bytes)
    }
  }
  return { previews, isCut }
}

function number(fields: Map<number, Field>, id: number): number | undefined {
  const field = fields.get(id)
  return field?.count === 1 && (field.type === 3 || field.type === 4) ? field.value : undefined
}

async function bytesAt(file: FileHandle, span: Span): Promise<Buffer> {
  const bytes = Buffer.alloc(span.length)
  const { bytesRead } = await file.read(bytes, 0, span.length, span.at)
  return bytes.subarray(0, bytesRead)
}
