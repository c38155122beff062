import { firstBytes } from '../first-bytes.ts'
import { addPhotoshop, noBlocks, type Blocks } from '../blocks/index.ts'

/** Enough for EXIF with its small picture, a colour profile and XMP; few files have more. */
const usualBytes = 128 << 10
const maxBytes = 2 << 20
const startOfScan = 0xda
const exifName = 'Exif\0\0'
const xmpName = 'http://ns.adobe.com/xap/1.0/\0'
const moreXmpName = 'http://ns.adobe.com/xmp/extension/\0'
const photoshopName = 'Photoshop 3.0\0'

/** Size of a JPEG before rotation, and its metadata. */
export interface JpegHead {
  readonly blocks: Blocks
  readonly size: { readonly width: number; readonly height: number } | null
}

/**
 * Reads what stands before the pixels of a JPEG. Fetching as much as metadata ever takes costs a twentieth of the time of
 * a whole photo, so that is done only where it takes so much.
 */
export async function readJpegHead(path: string): Promise<JpegHead> {
  const usual = await firstBytes(path, usualBytes)
  const isEnough = usual.length < usualBytes || segments(usual).isWhole
  return jpegHead(isEnough ? usual : await firstBytes(path, maxBytes))
}

/** The same from the first bytes of a JPEG, such as a preview inside another file. */
export function jpegHead(bytes: Buffer): JpegHead {
  const { found, size, isWhole } = segments(bytes)
  const blocks = noBlocks()
  const photoshop: Buffer[] = []
  const more: Buffer[] = []
  // Behind a broken length the next segments are found by their names.
  for (const body of isWhole ? found : [...found, ...named(bytes)]) {
    if (startsWith(body, exifName)) blocks.exif.push(body.subarray(exifName.length))
    else if (startsWith(body, xmpName)) blocks.xmp.push(body.subarray(xmpName.length))
    else if (startsWith(body, moreXmpName)) more.push(body.subarray(moreXmpName.length))
    else if (startsWith(body, photoshopName)) photoshop.push(body.subarray(photoshopName.length))
  }
  const long = joined(more)
  if (long) blocks.xmp.push(long)
  if (photoshop.length > 0) addPhotoshop(blocks, Buffer.concat(photoshop))
  return { blocks, size }
}

function startsWith(body: Buffer, name: string): boolean {
  return body.toString('latin1', 0, name.length) === name
}

/** The application segments of a JPEG in their order. `isWhole`: the chain led to the first scan. */
function segments(bytes: Buffer): {
  readonly found: Buffer[]
  readonly size: JpegHead['size']
  readonly isWhole: boolean
} {
  const found: Buffer[] = []
  let size: JpegHead['size'] = null
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return { found, size, isWhole: false }
    const marker = bytes[at + 1] ?? 0
    if (marker === startOfScan) return { found, size, isWhole: true }
    // Any number of 0xff may stand before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = bytes.readUInt16BE(at + 2)
    const body = bytes.subarray(at + 4, at + 2 + length)
    if (marker >= 0xe0 && marker <= 0xef) found.push(body)
    if (isFrame(marker) && body.length >= 5) size ??= { height: body.readUInt16BE(1), width: body.readUInt16BE(3) }
    at += 2 + Math.max(length, 2)
  }
  return { found, size, isWhole: false }
}

/** Start of frame, but not the tables among those markers. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** Segments that can be found by their names alone, each with the length that stands before it. */
function* named(bytes: Buffer): Generator<Buffer> {
  for (const name of [exifName, xmpName, photoshopName]) {
    const at = bytes.indexOf(name, 0, 'latin1')
    if (at >= 4) yield bytes.subarray(at, Math.max(at - 2 + bytes.readUInt16BE(at - 2), at))
  }
}

/** XMP that is too long for one segment: parts with an id, the length of the whole and a place in it. */
function joined(parts: readonly Buffer[]): Buffer | null {
  const first = parts[0]
  if (!first || first.length < 40) return null
  const id = first.toString('latin1', 0, 32)
  const whole = Buffer.alloc(Math.min(first.readUInt32BE(32), 16 << 20))
  for (const part of parts) {
    if (part.length < 40 || part.toString('latin1', 0, 32) !== id) continue
    const at = part.readUInt32BE(36)
    if (at < whole.length) part.copy(whole, at, 40)
  }
  return whole
}
