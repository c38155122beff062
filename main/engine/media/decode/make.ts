import type { ReasonCode } from '../../../contract/index.ts'
import { messageOf } from '../../base/errors.ts'
import { cleanJpeg } from '../formats/clean-jpeg.ts'
import { isCutHeif } from '../formats/movie.ts'
import { isForFfmpeg } from '../kind/by-name.ts'
import type { FileKind, InspectJob, Pictures } from '../types.ts'
import { decodeWithFfmpeg } from './ffmpeg.ts'
import { decodeHeic } from './heic.ts'
import { decode, writePictures, type Pixels, type RawPicture } from './pictures.ts'

/** What became of the pictures of a file. */
export interface Made {
  readonly pictures: Pictures | null
  readonly damage: ReasonCode | null
  readonly note: ReasonCode | null
  /** Of the decoded picture, where only the decoder knows it. */
  readonly size: { readonly width: number; readonly height: number } | null
}

export const nothingMade: Made = { pictures: null, damage: null, note: null, size: null }
export const partMissing: ReasonCode = 'picture-cut-off'
const unreadable: ReasonCode = 'picture-unreadable'
const tooManyPixels: ReasonCode = 'too-many-pixels'
/** FFmpeg's memory as WebAssembly ends at two gigabytes. */
const maxFfmpegPixels = 120_000_000

export interface ToMake {
  readonly job: InspectJob
  readonly kind: FileKind
  /** The file, or its bytes where it may not be opened by its name. */
  readonly source: string | Uint8Array
  readonly maxPixels: number
  readonly iccProfile: Uint8Array | undefined
  /** A small picture that came along, for what no decoder opens. */
  readonly preview: Uint8Array | undefined
}

/** Makes the pictures of a file. Throws only when they cannot be written. */
export async function makePictures(make: ToMake): Promise<Made> {
  if (isForFfmpeg(make.kind)) return fromFfmpeg(make)
  if (isHeic(make.kind)) return fromHeic(make)
  return fromSharp(make)
}

export function isHeic(kind: FileKind): boolean {
  return /^image\/hei[cf]/.test(kind.mimeType)
}

async function fromFfmpeg({ job, kind, maxPixels, preview }: ToMake): Promise<Made> {
  const limit = Math.min(maxPixels, maxFfmpegPixels)
  const picture: RawPicture | null = await decodeWithFfmpeg(job.path, kind.extension, limit)
  const options = { maxPixels, failOn: 'none', isJpeg: false } as const
  const size = picture && { width: picture.width, height: picture.height }
  const source = picture ?? preview
  const pixels = source ? await decode(source, options).catch(() => null) : null
  // FFmpeg does not know every kind of such files, so it proves nothing about what it cannot open.
  if (!pixels) return { ...nothingMade, note: unreadable }
  return { pictures: await write(job, pixels), damage: null, note: null, size }
}

async function fromHeic(make: ToMake): Promise<Made> {
  const { job, maxPixels, iccProfile } = make
  let decoded
  try {
    decoded = await decodeHeic(job.path, maxPixels, iccProfile)
  } catch (error) {
    return refused(error)
  }
  const { tiff, width, height } = decoded
  const pixels = await decode(tiff, { maxPixels, failOn: 'none', isJpeg: false })
  // libheif leaves missing tiles blank without a word.
  const damage = (await isCutHeif(job.path)) ? partMissing : null
  return { pictures: await write(job, pixels), damage, note: null, size: { width, height } }
}

async function fromSharp({ job, kind, source, maxPixels }: ToMake): Promise<Made> {
  const isJpeg = kind.mimeType === 'image/jpeg'
  // libjpeg calls missing pixels a warning, and much that is harmless too; the others know errors.
  const strict = { maxPixels, failOn: isJpeg ? 'warning' : 'error', isJpeg } as const
  const decoded = await decode(source, strict).catch((error: unknown) => error)
  if (isPixels(decoded)) return { ...nothingMade, pictures: await write(job, decoded) }
  // A cut-off picture is still worth showing as far as it goes; what is wrong is said beside it.
  const partial = await decode(source, { maxPixels, failOn: 'none', isJpeg }).catch(() => null)
  if (!partial) return refused(decoded)
  const isWhole = isJpeg && !isMissingPixels(decoded) && (await isCleanWhole(job.path, maxPixels))
  return { ...nothingMade, pictures: await write(job, partial), damage: isWhole ? null : partMissing }
}

/** Whether the pixels of a JPEG are whole when nothing else of it is looked at. */
async function isCleanWhole(path: string, maxPixels: number): Promise<boolean> {
  const clean = await cleanJpeg(path)
  if (!clean) return false
  const decoded = await decode(clean, { maxPixels, failOn: 'warning', isJpeg: true }).catch((error: unknown) => error)
  return isPixels(decoded) || !isMissingPixels(decoded)
}

/** The warnings of libjpeg that mean lost pixels (jerror.h); the others speak of markers, versions and profiles. */
function isMissingPixels(error: unknown): boolean {
  return /premature end|bad huffman|bad arithmetic|instead of rst|inconsistent progression|invalid jpeg file structure/i.test(
    messageOf(error),
  )
}

function isPixels(decoded: unknown): decoded is Pixels {
  return typeof decoded === 'object' && decoded !== null && 'data' in decoded
}

export function write(job: InspectJob, pixels: Pixels): Promise<Pictures> {
  return writePictures(pixels, job.gridPath, job.viewerPath)
}

/** A picture with too many pixels is whole; one that cannot be decoded at all is not. */
function refused(error: unknown): Made {
  const message = messageOf(error).split('\n', 1)[0]?.trim() ?? ''
  if (/pixel limit|exceeds pixel/i.test(message)) return { ...nothingMade, note: tooManyPixels }
  const isCut = /premature end|truncat|unexpected end|read error|not enough|out of (?:data|order)/i.test(message)
  return { ...nothingMade, damage: isCut ? partMissing : unreadable }
}
