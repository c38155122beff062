import { noBlocks, type Blocks } from '../blocks/index.ts'
import { boxesIn, child, isCut, topBoxes } from './boxes.ts'
import { xmpUuid } from './movie.ts'
import type { RawPictures } from './raw-preview.ts'
import { readAt, withFile } from './read-at.ts'

/** Boxes of Canon's own: its metadata in `moov`, and the preview beside it. */
const canonUuid = '85c0b687820f11e08111f4ce462b6a48'
const previewUuid = 'eaf42b5e1c984b88b9fbb7dc406e4d16'
const maxBoxBytes = 64 << 20

/** Reads Canon's CR3, which is an MP4 inside: EXIF in three boxes, small and middle previews, the size of the sensor. */
export async function readCr3(path: string): Promise<{ readonly raw: RawPictures; readonly blocks: Blocks }> {
  return withFile(path, async (file, size) => {
    const blocks = noBlocks()
    const previews: Buffer[] = []
    let sensor: RawPictures['size'] = null
    let isCutOff = false
    for await (const box of topBoxes(file, size)) {
      if (isCut(box, size)) isCutOff = true
      const length = Math.min(box.end, size) - box.start
      if ((box.type !== 'moov' && box.type !== 'uuid') || length > maxBoxBytes) continue
      const body = await readAt(file, box.start, length)
      const uuid = box.type === 'uuid' ? body.toString('hex', 0, 16) : ''
      if (uuid === xmpUuid) blocks.xmp.push(body.subarray(16))
      if (uuid === previewUuid) previews.push(...jpegs(body.subarray(24)))
      if (box.type !== 'moov') continue
      sensor ??= sensorSize(body)
      for (const inner of boxesIn(body)) {
        if (inner.type !== 'uuid' || inner.body.toString('hex', 0, 16) !== canonUuid) continue
        const own = inner.body.subarray(16)
        previews.push(...jpegs(own))
        for (const each of boxesIn(own)) {
          // CMT1 is what stands first in a TIFF, CMT2 is EXIF, CMT4 is GPS; each is a TIFF of its own.
          if (/^CMT[124]$/.test(each.type)) blocks.exif.push(asTable(each.type, each.body))
        }
      }
    }
    previews.sort((one, other) => other.length - one.length)
    return { raw: { size: sensor, previews, isCut: isCutOff }, blocks }
  })
}

/** The largest picture among the tracks. */
function sensorSize(moov: Buffer): RawPictures['size'] {
  let largest: RawPictures['size'] = null
  for (const track of boxesIn(moov)) {
    if (track.type !== 'trak') continue
    const entries = child(track.body, 'mdia', 'minf', 'stbl', 'stsd')
    const entry = entries && [...boxesIn(entries.subarray(8))][0]
    if (entry?.type !== 'CRAW' || entry.body.length < 28) continue
    const [width, height] = [entry.body.readUInt16BE(24), entry.body.readUInt16BE(26)]
    if (width * height > (largest ? largest.width * largest.height : 0)) largest = { width, height }
  }
  return largest
}

/** Pictures in boxes of Canon's: a header of some bytes, then a JPEG to the end of the box. */
function jpegs(bytes: Buffer): Buffer[] {
  return [...boxesIn(bytes)].flatMap(({ type, body }) => {
    if (type !== 'PRVW' && type !== 'THMB') return []
    const at = body.indexOf(Buffer.from([0xff, 0xd8, 0xff]))
    return at < 0 || at > 64 ? [] : [body.subarray(at)]
  })
}

/**
 * EXIF and GPS stand where a TIFF keeps its first table. In front of them goes a table that points there, as in any other
 * file.
 */
function asTable(type: string, body: Buffer): Buffer {
  if (type === 'CMT1' || body.length < 8) return body
  const isBig = body.toString('latin1', 0, 2) === 'MM'
  const pointer = Buffer.alloc(18)
  const u16 = (value: number, at: number): number =>
    isBig ? pointer.writeUInt16BE(value, at) : pointer.writeUInt16LE(value, at)
  const u32 = (value: number, at: number): number =>
    isBig ? pointer.writeUInt32BE(value, at) : pointer.writeUInt32LE(value, at)
  u16(1, 0)
  u16(type === 'CMT2' ? 0x87_69 : 0x88_25, 2)
  u16(4, 4)
  u32(1, 6)
  u32(isBig ? body.readUInt32BE(4) : body.readUInt32LE(4), 10)
  const whole = Buffer.concat([body, pointer])
  if (isBig) whole.writeUInt32BE(body.length, 4)
  else whole.writeUInt32LE(body.length, 4)
  return whole
}
