import { addPhotoshop, noBlocks, type Blocks } from '../blocks/index.ts'

const tag = { xmp: 700, iptc: 33_723, photoshop: 34_377 }
const typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4]
const maxEntries = 1000

/** The metadata of a TIFF file, or of a RAW file that is one inside: its tables, and what they point to. */
export function tiffBlocks(bytes: Buffer): Blocks {
  const blocks: Blocks = { ...noBlocks(), exif: [bytes] }
  const isBig = bytes.toString('latin1', 0, 2) === 'MM'
  if (bytes.length < 14) return blocks
  const u16 = (at: number): number => (isBig ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at))
  const u32 = (at: number): number => (isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at))
  const table = u32(4)
  if (table + 2 > bytes.length) return blocks
  const count = Math.min(u16(table), maxEntries)
  for (let entry = table + 2; entry < table + 2 + count * 12 && entry + 12 <= bytes.length; entry += 12) {
    const id = u16(entry)
    if (id !== tag.xmp && id !== tag.iptc && id !== tag.photoshop) continue
    // The bytes are what they are, whatever type of number they are said to be.
    const length = (typeSizes[u16(entry + 2)] ?? 1) * u32(entry + 4)
    const value = length <= 4 ? bytes.subarray(entry + 8, entry + 8 + length) : slice(bytes, u32(entry + 8), length)
    if (id === tag.xmp) blocks.xmp.push(value)
    else if (id === tag.photoshop) addPhotoshop(blocks, value)
    else blocks.iptc.push(inOrder(value))
  }
  return blocks
}

function slice(bytes: Buffer, at: number, length: number): Buffer {
  return bytes.subarray(at, at + length)
}

/** Some writers turned IPTC around by fours, because it was said to be numbers. */
function inOrder(value: Buffer): Buffer {
  const isTurned = value[0] !== 0x1c && value[3] === 0x1c
  return isTurned ? Buffer.from(value.subarray(0, value.length - (value.length % 4))).swap32() : value
}
