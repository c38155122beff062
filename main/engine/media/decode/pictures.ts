import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { CofferError, isDiskFull, messageOf } from '../../base/errors.ts'
import type { Picture, Pictures } from '../types.ts'

/** Long edge of the viewer picture: a 24-megapixel JPEG can then be decoded at a quarter of its size. */
const viewerEdge = 1440
/** The grid picture's short edge, and a cap for panoramas. */
const gridShortEdge = 320
const gridLongEdge = 960
const quality = 80
const thumbHashEdge = 100

/** Raw pixels, upright and in sRGB. */
export interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: 3 | 4
}

/** Decoded pixels of a kind that only another decoder knows. */
export interface RawPicture {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: 4
}

/**
 * How much a decoder forgives. `warning`: nothing; `error`: remarks on what it passed over; `none`: everything, for what
 * a broken file still gives.
 */
export type Strictness = 'warning' | 'error' | 'none'

/**
 * Decodes once, to the viewer's size: turned by EXIF orientation, converted to sRGB through the embedded profile, first
 * frame only.
 */
export async function decode(
  source: string | Uint8Array | RawPicture,
  options: {
    readonly maxPixels: number
    readonly failOn: Strictness
    readonly isJpeg: boolean
    readonly turn?: number
  },
): Promise<Pixels> {
  const isRaw = typeof source === 'object' && 'channels' in source
  const input = sharp(isRaw ? source.data : source, {
    limitInputPixels: options.maxPixels,
    sequentialRead: true,
    failOn: options.failOn,
    // Past a few warnings libvips gives up on a JPEG unless told that it may go on.
    unlimited: options.failOn === 'none' && options.isJpeg,
    ...(isRaw && { raw: { width: source.width, height: source.height, channels: source.channels } }),
  })
  const turned = options.turn === undefined ? input.autoOrient() : input.rotate(options.turn)
  const { data, info } = await turned
    .resize({ width: viewerEdge, height: viewerEdge, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  if (channels === 3) return { data, width, height, channels }
  if (channels === 4)
    return isOpaque(data) ? { data: withoutAlpha(data), width, height, channels: 3 } : { data, width, height, channels }
  // Grey with or without alpha: two more bands make it a colour picture like the others.
  const grey = sharp(data, { raw: { width, height, channels } })
  const colour = await grey.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  return { data: colour.data, width, height, channels: colour.info.channels === 4 ? 4 : 3 }
}

function isOpaque(rgba: Uint8Array): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false
  return true
}

function withoutAlpha(rgba: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3)
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from] ?? 0
    rgb[to + 1] = rgba[from + 1] ?? 0
    rgb[to + 2] = rgba[from + 2] ?? 0
  }
  return rgb
}

/** Writes both pictures and the placeholder from decoded pixels. JPEG, or WebP where there is transparency. */
export async function writePictures(pixels: Pixels, gridPath: string, viewerPath: string): Promise<Pictures> {
  const { width, height } = pixels
  const scale = Math.min(gridShortEdge / Math.min(width, height), gridLongEdge / Math.max(width, height), 1)
  const grid = await resize(pixels, Math.max(Math.round(width * scale), 1), Math.max(Math.round(height * scale), 1))
  const small = Math.min(thumbHashEdge / Math.max(grid.width, grid.height), 1)
  const tiny = await resize(
    grid,
    Math.max(Math.round(grid.width * small), 1),
    Math.max(Math.round(grid.height * small), 1),
  )
  return {
    viewer: await write(pixels, viewerPath),
    grid: await write(grid, gridPath),
    thumbHash: Buffer.from(rgbaToThumbHash(tiny.width, tiny.height, rgba(tiny))).toString('base64'),
  }
}

async function resize(pixels: Pixels, width: number, height: number): Promise<Pixels> {
  if (width === pixels.width && height === pixels.height) return pixels
  const { channels } = pixels
  const { data } = await sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels } })
    .resize({ width, height, fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width, height, channels }
}

async function write(pixels: Pixels, path: string): Promise<Picture> {
  const { width, height, channels } = pixels
  const image = sharp(pixels.data, { raw: { width, height, channels } })
  const encoded = channels === 4 ? image.webp({ quality, effort: 2 }) : image.jpeg({ quality, optimiseCoding: false })
  const bytes = await encoded.toBuffer()
  try {
    await writeFile(path, bytes)
  } catch (cause) {
    // Not the file's fault: said apart from everything a decoder may complain about.
    const code = isDiskFull(cause) ? 'disk-full' : 'internal'
    throw new CofferError(`a picture could not be written: ${messageOf(cause)}`, { code, retry: 'later', cause })
  }
  return { width, height, bytesWritten: bytes.length }
}

function rgba(pixels: Pixels): Uint8Array {
  if (pixels.channels === 4) return pixels.data
  const out = new Uint8Array(pixels.width * pixels.height * 4)
  for (let from = 0, to = 0; to < out.length; from += 3, to += 4) {
    out[to] = pixels.data[from] ?? 0
    out[to + 1] = pixels.data[from + 1] ?? 0
    out[to + 2] = pixels.data[from + 2] ?? 0
    out[to + 3] = 255
  }
  return out
}
