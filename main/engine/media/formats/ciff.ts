import type { FileHandle } from 'node:fs/promises'
import type { TagBlocks } from '../blocks/tags.ts'
import { noTags } from '../blocks/tags.ts'
import { readAt, withFile } from './read-at.ts'
import type { RawPictures } from './raw-preview.ts'

const tag = {
  description: 0x08_05,
  makeAndModel: 0x08_0a,
  image: 0x18_10,
  time: 0x18_0e,
  exposure: 0x18_18,
  jpeg: 0x20_07,
  smallJpeg: 0x20_08,
}
const maxEntries = 500
const maxDepth = 6
const maxPreviewBytes = 64 << 20

interface Record {
  readonly tag: number
  /** Values of up to eight bytes stand in the directory itself. */
  readonly inline: Buffer | null
  readonly at: number
  readonly length: number
}

/** Reads Canon's first RAW format, CRW (CIFF, "Canon's Image File Format" 1.0): directories of records on a heap. */
export async function readCiff(path: string): Promise<{ readonly raw: RawPictures; readonly tags: TagBlocks }> {
  return withFile(path, async (file, size) => {
    const head = await readAt(file, 0, 26)
    const start = head.length < 26 ? size : head.readUInt32LE(2)
    const records = new Map<number, Record>()
    for await (const record of directory(file, start, size - start, 0)) {
      if (!records.has(record.tag)) records.set(record.tag, record)
    }
    const bytesOf = async (id: number): Promise<Buffer> => {
      const record = records.get(id)
      return (
        record?.inline ?? (record ? readAt(file, record.at, Math.min(record.length, maxPreviewBytes)) : Buffer.alloc(0))
      )
    }
    const image = await bytesOf(tag.image)
    const previews = [await bytesOf(tag.jpeg), await bytesOf(tag.smallJpeg)].filter((each) => each[0] === 0xff)
    const isSized = image.length >= 8 && image.readUInt32LE(0) > 0 && image.readUInt32LE(4) > 0
    const raw = {
      size: isSized ? { width: image.readUInt32LE(0), height: image.readUInt32LE(4) } : null,
      previews,
      isCut: records.size === 0 || [...records.values()].some((each) => each.at + each.length > size),
    }
    return {
      raw,
      tags: tagsOf(await bytesOf(tag.makeAndModel), await bytesOf(tag.time), await bytesOf(tag.exposure), image),
    }
  })
}

/** The records of a directory and of those in it. A heap ends with the place of its directory. */
async function* directory(file: FileHandle, start: number, length: number, depth: number): AsyncGenerator<Record> {
  if (depth > maxDepth || length < 10) return
  const end = await readAt(file, start + length - 4, 4)
  if (end.length < 4) return
  const at = start + end.readUInt32LE(0)
  const count = await readAt(file, at, 2)
  if (count.length < 2 || count.readUInt16LE(0) > maxEntries) return
  const entries = await readAt(file, at + 2, count.readUInt16LE(0) * 10)
  for (let entry = 0; entry + 10 <= entries.length; entry += 10) {
    const kind = entries.readUInt16LE(entry)
    const isInline = (kind & 0xc0_00) === 0x40_00
    const inline = isInline ? entries.subarray(entry + 2, entry + 10) : null
    const place = start + entries.readUInt32LE(entry + 6)
    const size = entries.readUInt32LE(entry + 2)
    const isDirectory = (kind & 0x38_00) === 0x28_00 || (kind & 0x38_00) === 0x30_00
    if (isDirectory && !isInline) yield* directory(file, place, size, depth + 1)
    else yield { tag: kind & 0x3f_ff, inline, at: inline ? 0 : place, length: inline ? 0 : size }
  }
}

function tagsOf(names: Buffer, time: Buffer, exposure: Buffer, image: Buffer): TagBlocks {
  const [make, model] = names.toString('latin1').split('\0', 2)
  const seconds = time.length >= 4 ? time.readUInt32LE(0) : 0
  // Seconds since 1970 by the camera's own clock: written as UTC they are the wall time.
  const date = seconds > 0 ? new Date(seconds * 1000).toISOString().slice(0, 19) : undefined
  const [shutter, aperture] = exposure.length >= 12 ? [exposure.readFloatLE(4), exposure.readFloatLE(8)] : []
  const rotation = image.length >= 16 ? image.readInt32LE(12) : 0
  return {
    ...noTags,
    ifd0: {
      ...(make && { Make: make }),
      ...(model && { Model: model }),
      Orientation: { 90: 6, 180: 3, 270: 8, [-90]: 8 }[rotation] ?? 1,
    },
    exif: {
      ...(date !== undefined && { DateTimeOriginal: date }),
      ...(shutter !== undefined && isStep(shutter) && { ExposureTime: 2 ** -shutter }),
      ...(aperture !== undefined && isStep(aperture) && { FNumber: Math.round(2 ** (aperture / 2) * 10) / 10 }),
    },
  }
}

/** APEX values of real exposures lie well within these. */
function isStep(value: number): boolean {
  return Number.isFinite(value) && value !== 0 && Math.abs(value) < 20
}
