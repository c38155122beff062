import { firstBytes } from './first-bytes.ts'

/** Enough for EXIF with its small picture, a colour profile and XMP; few files have more. */
const usualBytes = 128 << 10
const maxBytes = 2 << 20
const startOfScan = 0xda

/**
 * The part of a JPEG its tags stand in: everything before its pixels, and a little of them. Fetching as much as tags
 * ever take costs a twentieth of the time of a whole photo, so that is done only where they take it.
 */
export async function jpegHead(path: string): Promise<Buffer> {
  const usual = await firstBytes(path, usualBytes)
  return usual.length < usualBytes || hasPixels(usual) ? usual : firstBytes(path, maxBytes)
}

/** True when the first scan begins in these bytes; false when they end before it or are no chain of segments. */
function hasPixels(bytes: Buffer): boolean {
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return false
    const marker = bytes[at + 1]
    if (marker === startOfScan) return true
    // Any number of 0xff may stand before a marker.
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
  return false
}
