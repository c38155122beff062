import { firstBytes } from '../first-bytes.ts'

/** A larger photo than any camera makes; such a one is taken at its word. */
const maxBytes = 256 << 20
const startOfScan = 0xda

/**
 * A JPEG of only what its pixels need: without remarks of cameras and editors, and without bytes that belong to nothing
 * between them. What a strict decoder says of this is said of the pixels. Null when there are none.
 */
export async function cleanJpeg(path: string): Promise<Buffer | null> {
  const bytes = await firstBytes(path, maxBytes)
  const parts: Buffer[] = [Buffer.from([0xff, 0xd8])]
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1] ?? 0
    if (bytes[at] !== 0xff || marker < 0xc0 || marker === 0xff) {
      at += 1
      continue
    }
    if (marker === startOfScan) return Buffer.concat([...parts, bytes.subarray(at)])
    const end = at + 2 + Math.max(bytes.readUInt16BE(at + 2), 2)
    // Tables, frames and restart intervals; of the applications only Adobe's says how colours are stored.
    const isNeeded = marker <= 0xcf || (marker >= 0xdb && marker <= 0xdf) || marker === 0xee
    if (isNeeded) parts.push(bytes.subarray(at, end))
    at = end
  }
  return null
}
