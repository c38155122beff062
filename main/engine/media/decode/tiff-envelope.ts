/** An uncompressed RGBA picture in a TIFF envelope, so that pixels can travel with their colour profile. */
export interface TiffEnvelope {
  readonly bytes: Uint8Array
  /** Where the pixels go, row by row, four bytes each. */
  readonly pixels: Uint8ClampedArray
}

const rowsPerStrip = 128
const short = 3
const long = 4
const undefinedType = 7

/** Makes an empty picture; the caller fills in the pixels. */
export function tiffEnvelope(width: number, height: number, iccProfile: Uint8Array | undefined): TiffEnvelope {
  const strips = Math.ceil(height / rowsPerStrip)
  const stripBytes = rowsPerStrip * width * 4
  const pixelBytes = width * height * 4
  const fields: [tag: number, type: number, count: number, value: number | Uint8Array][] = [
    [0x100, long, 1, width],
    [0x101, long, 1, height],
    [0x102, short, 4, shorts([8, 8, 8, 8])],
    [0x103, short, 1, 1],
    [0x106, short, 1, 2],
    [0x111, long, strips, new Uint8Array(strips * 4)],
    [0x115, short, 1, 4],
    [0x116, long, 1, rowsPerStrip],
    [0x117, long, strips, new Uint8Array(strips * 4)],
    [0x11c, short, 1, 1],
    [0x152, short, 1, 2],
  ]
  if (iccProfile && iccProfile.length > 0) fields.push([0x8773, undefinedType, iccProfile.length, iccProfile])
  const tableBytes = 8 + 2 + fields.length * 12 + 4
  const longValues = fields.reduce(
    (sum, [, , , value]) => sum + (isLong(value) ? value.length + (value.length % 2) : 0),
    0,
  )
  const pixelsAt = tableBytes + longValues + ((tableBytes + longValues) % 2)
  const bytes = Buffer.alloc(pixelsAt + pixelBytes)
  for (const [tag, , , value] of fields) {
    if (typeof value === 'number' || (tag !== 0x111 && tag !== 0x117)) continue
    const list = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    for (let strip = 0; strip < strips; strip += 1) {
      const from = strip * stripBytes
      list.writeUInt32LE(tag === 0x111 ? pixelsAt + from : Math.min(stripBytes, pixelBytes - from), strip * 4)
    }
  }
  bytes.write('II*\0', 0, 'latin1')
  bytes.writeUInt32LE(8, 4)
  bytes.writeUInt16LE(fields.length, 8)
  let elsewhere = tableBytes
  for (const [index, [tag, type, count, value]] of fields.entries()) {
    const at = 10 + index * 12
    bytes.writeUInt16LE(tag, at)
    bytes.writeUInt16LE(type, at + 2)
    bytes.writeUInt32LE(count, at + 4)
    if (typeof value === 'number') bytes.writeUInt32LE(value, at + 8)
    else if (isLong(value)) {
      bytes.writeUInt32LE(elsewhere, at + 8)
      bytes.set(value, elsewhere)
      elsewhere += value.length + (value.length % 2)
    } else bytes.set(value, at + 8)
  }
  return { bytes, pixels: new Uint8ClampedArray(bytes.buffer, bytes.byteOffset + pixelsAt, pixelBytes) }
}

function isLong(value: number | Uint8Array): value is Uint8Array {
  return typeof value !== 'number' && value.length > 4
}

function shorts(values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2)
  return bytes
}
