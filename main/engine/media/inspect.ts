import { readFile, stat } from 'node:fs/promises'
import sharp, { type Metadata } from 'sharp'
import { CofferError } from '../base/errors.ts'
import { factsOf, orientationOf } from './facts.ts'
import { firstBytes } from './first-bytes.ts'
import { decodeHeic } from './heic.ts'
import { isCutHeif, readMovie, type MovieFacts } from './movie.ts'
import { decode, writePictures, type Pixels } from './pictures.ts'
import { jpegHead } from './jpeg-head.ts'
import { readRawPictures } from './raw-preview.ts'
import { readRiff } from './riff.ts'
import { readTags, readXmp, type TagBlocks, type Tags } from './tags.ts'
import type { Inspection, InspectJob, Pictures } from './types.ts'
import { unread } from './unread.ts'

// One picture at a time and one thread for each: there are as many workers as cores.
sharp.concurrency(1)
sharp.cache(false)

const maxSidecarBytes = 4 << 20
const maxSvgBytes = 64 << 20
const maxTagBytes = 128 << 20
/**
 * exifr reads these containers itself; the others hand out their EXIF block through sharp. HEIC and AVIF are among the
 * others: exifr looks for the block without the base offset that newer writers store, and passes over their XMP.
 */
const exifrReads = new Set(['image/jpeg', 'image/tiff'])

export interface InspectLimits {
  readonly maxPixels: number
  /** Pictures are left alone: they have ended a worker before. */
  readonly isFactsOnly: boolean
}

/**
 * Reads one file's facts and makes its pictures. Runs in a worker; whatever is wrong with the file is in the result.
 * Throws only when the pictures cannot be written.
 */
export async function inspect(job: InspectJob, limits: InspectLimits): Promise<Inspection> {
  try {
    const sidecar = job.sidecarXmpPath === undefined ? {} : await readSidecar(job.sidecarXmpPath)
    if (job.kind.raw) return await inspectRaw(job, sidecar, limits)
    if (job.kind.mediaType === 'photo') return await inspectPhoto(job, sidecar, limits)
    return await inspectOther(job, sidecar)
  } catch (error) {
    if (error instanceof CofferError) throw error
    return unread(job, sentence(error))
  }
}

async function inspectPhoto(job: InspectJob, sidecar: Tags, limits: InspectLimits): Promise<Inspection> {
  const isHeic = isHeicKind(job.kind)
  const source = job.kind.mimeType === 'image/svg+xml' ? await svgBytes(job.path) : job.path
  const header = await headerOf(source)
  const tags = await photoTags(job, header)
  const made =
    job.kind.decodable && !limits.isFactsOnly ? await pictures(job, source, limits, header?.icc) : nothingMade
  const size = made.size ?? (header && upright(header, tags, isHeic))
  return {
    facts: factsOf({
      tags,
      sidecar,
      filename: job.filename,
      mtimeMs: job.mtimeMs,
      width: size?.width ?? null,
      height: size?.height ?? null,
      pngText: pngDate(header),
    }),
    pictures: made.pictures,
    damage: made.damage,
  }
}

function isHeicKind(kind: InspectJob['kind']): boolean {
  return /^image\/hei[cf]/.test(kind.mimeType)
}

/** A drawing that is handed over without its place on disk can pull in no file beside it. */
async function svgBytes(path: string): Promise<Uint8Array> {
  const { size } = await stat(path)
  if (size > maxSvgBytes) throw new Error('the drawing is too large')
  return readFile(path)
}

async function headerOf(source: string | Uint8Array): Promise<Metadata | null> {
  const image = sharp(source, { limitInputPixels: false, failOn: 'none' })
  // A header that cannot be read is told by the decode that follows.
  return image.metadata().catch(() => null)
}

async function photoTags(job: InspectJob, header: Metadata | null): Promise<TagBlocks> {
  if (exifrReads.has(job.kind.mimeType))
    return readTags(job.kind.mimeType === 'image/jpeg' ? await jpegHead(job.path) : await tagBytes(job.path))
  const block = header?.exif
  const prefix = block?.subarray(0, 6).toString('latin1') === 'Exif\0\0' ? 6 : 0
  const tags = block ? await readTags(block.subarray(prefix)) : await readTags(new Uint8Array())
  const packet = header?.xmp
  return packet ? { ...tags, xmp: await readXmp(packet.toString('utf8')) } : tags
}

/** The bytes tags can be in. A file this big is a panorama or a RAW, whose tables lie at its front. */
function tagBytes(path: string): Promise<Buffer> {
  return firstBytes(path, maxTagBytes)
}

/** PNG keeps a date of its own in its text chunks. */
function pngDate(header: Metadata | null): string | undefined {
  return header?.comments?.find((comment) => /^creation time$/i.test(comment.keyword))?.text
}

function upright(header: Metadata, tags: TagBlocks, isHeic: boolean): { width: number; height: number } {
  const orientation = header.orientation ?? orientationOf(tags) ?? 1
  const { width, height } = header
  return !isHeic && orientation >= 5 ? { width: height, height: width } : { width, height }
}

interface Made {
  readonly pictures: Pictures | null
  readonly damage: string | null
  readonly size: { readonly width: number; readonly height: number } | null
}
const nothingMade: Made = { pictures: null, damage: null, size: null }

async function pictures(
  job: InspectJob,
  file: string | Uint8Array,
  { maxPixels }: InspectLimits,
  iccProfile: Uint8Array | undefined,
): Promise<Made> {
  let source = file
  let size: Made['size'] = null
  if (isHeicKind(job.kind)) {
    try {
      const { tiff, width, height } = await decodeHeic(job.path, maxPixels, iccProfile)
      source = tiff
      size = { width, height }
    } catch (error) {
      return { pictures: null, damage: sentence(error), size }
    }
  }
  const isJpeg = job.kind.mimeType === 'image/jpeg'
  const decoded = await decode(source, { maxPixels, lenient: false, isJpeg }).catch((error: unknown) => error)
  if (isPixels(decoded)) {
    // libheif leaves missing tiles blank without a word.
    const isCut = isHeicKind(job.kind) && (await isCutHeif(job.path))
    return { pictures: await write(job, decoded), damage: isCut ? partMissing : null, size }
  }
  // A cut-off picture is still worth showing as far as it goes; what is wrong is said beside it.
  const partial = await decode(source, { maxPixels, lenient: true, isJpeg }).catch(() => null)
  if (!partial) return { pictures: null, damage: sentence(decoded), size }
  return { pictures: await write(job, partial), damage: isOnlyWarning(decoded) ? null : sentence(decoded), size }
}

function isPixels(decoded: unknown): decoded is Pixels {
  return typeof decoded === 'object' && decoded !== null && 'data' in decoded
}

function write(job: InspectJob, pixels: Pixels): Promise<Pictures> {
  return writePictures(pixels, job.gridPath, job.viewerPath)
}

/** Decoder remarks on files whose pixels are whole: odd tags, profiles, and bytes before a marker. */
function isOnlyWarning(error: unknown): boolean {
  const message = error instanceof Error ? error.message : ''
  return /extraneous bytes before marker|unknown field with tag|profile|Nonstandard tile|incorrect count|Photometric|sRGB|cHRM|gAMA|iCCP|tag ignored/i.test(
    message,
  )
}

function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message.split('\n')[0]?.trim() : String(error)
  if (/pixel limit|exceeds pixel/i.test(message ?? ''))
    return 'The picture has more pixels than Coffer shows. It is kept as it is.'
  if (/premature end|truncat|unexpected end|read error|not enough|out of (data|order)/i.test(message ?? '')) {
    return partMissing
  }
  return 'The picture in this file could not be read. The file is kept as it is.'
}

/** RAW files are kept and listed; the best preview their camera put in is shown. */
async function inspectRaw(job: InspectJob, sidecar: Tags, limits: InspectLimits): Promise<Inspection> {
  const raw = await readRawPictures(job.path)
  const own = await readTags(asTiff(await tagBytes(job.path)))
  const preview = raw.previews[0]
  const tags = Object.keys(own.ifd0).length > 0 || !preview ? own : await readTags(preview)
  const orientation = orientationOf(tags)
  let made: Pictures | null = null
  for (const each of limits.isFactsOnly ? [] : raw.previews) {
    const options = { maxPixels: limits.maxPixels, lenient: true, isJpeg: true, turn: turn(orientation) }
    // A RAW's own data can be a lossless JPEG that nothing here decodes; the next one is the preview.
    const pixels = await decode(each, options).catch(() => null)
    if (pixels) {
      made = await write(job, pixels)
      break
    }
  }
  const header =
    raw.size ??
    (preview
      ? await sharp(preview)
          .metadata()
          .catch(() => null)
      : null)
  const isTurned = orientation !== null && orientation >= 5
  return {
    facts: factsOf({
      tags,
      sidecar,
      filename: job.filename,
      mtimeMs: job.mtimeMs,
      width: (isTurned ? header?.height : header?.width) ?? null,
      height: (isTurned ? header?.width : header?.height) ?? null,
    }),
    pictures: made,
    damage: raw.isCut ? partMissing : null,
  }
}

/** Panasonic and Olympus mark their RAW files with a number of their own; the tables inside are TIFF's. */
function asTiff(bytes: Buffer): Buffer {
  const mark = bytes.toString('latin1', 0, 4)
  if (mark === 'IIU\0' || mark === 'IIRO' || mark === 'IIRS') bytes.write('II*\0', 0, 'latin1')
  return bytes
}

/** Degrees clockwise that bring a picture of this EXIF orientation upright. */
function turn(orientation: number | null): number {
  return { 3: 180, 6: 90, 8: 270 }[orientation ?? 1] ?? 0
}

async function inspectOther(job: InspectJob, sidecar: Tags): Promise<Inspection> {
  const { movie, shape, damage } = await container(job)
  return {
    facts: factsOf({
      tags: await readTags(new Uint8Array()),
      sidecar,
      filename: job.filename,
      mtimeMs: job.mtimeMs,
      width: shape?.width ?? null,
      height: shape?.height ?? null,
      durationSeconds: shape?.durationSeconds ?? null,
      quicktimeLocal: movie?.createdLocal,
      quicktimeUtc: movie?.createdUtc,
      place: movie?.place,
      make: movie?.make,
      model: movie?.model,
    }),
    pictures: null,
    damage,
  }
}

/** What the container of a film or recording tells; kinds without a reader here are kept as they are. */
async function container(job: InspectJob): Promise<{
  readonly movie: MovieFacts | null
  readonly shape: Pick<MovieFacts, 'width' | 'height' | 'durationSeconds'> | null
  readonly damage: string | null
}> {
  const { mimeType } = job.kind
  if (/^(video\/(mp4|quicktime|3gpp2?|x-m4v)|audio\/(mp4|x-m4a))$/.test(mimeType)) {
    const { facts, isBroken } = await readMovie(job.path)
    return { movie: facts, shape: facts, damage: isBroken ? cutOff : null }
  }
  if (/avi|wav/.test(mimeType)) {
    const facts = await readRiff(job.path)
    return { movie: null, shape: facts, damage: facts === null || facts.isCut ? cutOff : null }
  }
  return { movie: null, shape: null, damage: null }
}
const partMissing = 'The file is cut off or broken: part of the picture is missing.'
const cutOff = 'The file is cut off or broken: part of what describes it is missing.'

async function readSidecar(path: string): Promise<Tags> {
  const facts = await stat(path).catch(() => null)
  if (!facts || facts.size > maxSidecarBytes) return {}
  return readXmp(await readFile(path, 'utf8'))
}
