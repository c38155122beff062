import { utimes, writeFile } from 'node:fs/promises'
import sharp from 'sharp'

/** A JPEG that differs from every other number's, with a date in its EXIF. */
export async function jpeg(
  number: number,
  options: { readonly width?: number; readonly height?: number; readonly date?: string } = {},
): Promise<Buffer> {
  const { width = 64, height = 48, date = '2024:06:15 12:00:00' } = options
  const background = { r: (number * 37) % 256, g: (number * 91) % 256, b: (number * 53 + (number >> 8)) % 256 }
  return sharp({ create: { width, height, channels: 3, background } })
    .withExif({ IFD0: { ImageDescription: `picture ${number}` }, IFD2: { DateTimeOriginal: date } })
    .jpeg()
    .toBuffer()
}

/** Writes a file whose modification time is long ago, so that an import need not wait for it to come to rest. */
export async function settledFile(path: string, bytes: Uint8Array | string): Promise<void> {
  await writeFile(path, bytes)
  const past = new Date('2024-01-02T03:04:05Z')
  await utimes(path, past, past)
}
