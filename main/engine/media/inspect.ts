import { open, readFile, stat } from 'node:fs/promises'
import sharp, { type Metadata } from 'sharp'
import { factsOf, orientationOf } from './facts.ts'
import { decodeHeic } from './heic.ts'
import { readMovie } from './movie.ts'
import { decode, writePictures, type Pixels } from './pictures.ts'
import { embeddedThumbnail, readTags, readXmp, type TagBlocks, type Tags } from './tags.ts'
import type { Inspection, InspectJob, Limits, Pictures } from './types.ts'

// One picture at a time and one thread for each: there are as many workers as cores.
sharp.concurrency(1)
sharp.cache(false)

const maxSidecarBytes = 4 << 20
const maxTagBytes = 128 << 20
/** exifr reads these containers itself; the others hand out their EXIF block through sharp. */
const exifrReads = new Set([
  'image/jpeg',
  'image/tiff',
  'image/heic',
  'image/heif',
  'image/avif',
  'image/heic-sequence',
])

/** Reads one file's facts and makes its pictures. Runs in a worker; whatever is wrong with the file is in the result. */
export async function inspect(job: InspectJob, limits: Pick<Limits, 'maxPixels'>): Promise<Inspection> {
  const sidecar = job.sidecarXmpPath === undefined ? {} : await readSidecar(job.sidecarXmpPath)
  if (job.kind.raw) return inspectRaw(job, sidecar, limits)
  if (job.kind.mediaType === 'photo') return inspectPhoto(job, sidecar, limits)
  return inspectOther(job, sidecar)
}

async function inspectPhoto(job: InspectJob, sidecar: Tags, limits: Pick<Limits, 'maxPixels'>): Promise<Inspection> {
  const isHeic = /^image\/hei[cf]/.test(job.kind.mimeType)
  const header = await sharp(job.path, { limitInputPixels: false, failOn: 'none' })
    .metadata()
    .catch(() => null)
  const tags = await photoTags(job, header)
  const made = job.kind.decodable ? await pictures(job, limits, isHeic) : { pictures: null, damage: null, size: null }
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

async function photoTags(job: InspectJob, header: Metadata | null): Promise<TagBlocks> {
  if (exifrReads.has(job.kind.mimeType)) return readTags(await tagBytes(job.path))
  const block = header?.exif
  const prefix = block?.subarray(0, 6).toString('latin1') === 'Exif\0\0' ? 6 : 0
  const tags = block ? await readTags(block.subarray(prefix)) : await readTags(new Uint8Array())
  const packet = header?.xmp
  return packet ? { ...tags, xmp: await readXmp(packet.toString('utf8')) } : tags
}

/** The bytes tags can be in. A file this big is a panorama or a RAW, whose tables lie at its front. */
async function tagBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const bytes = Buffer.allocUnsafe(Math.min(size, maxTagBytes))
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
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
  readonly size: { width: number; height: number } | null
}

async function pictures(job: InspectJob, limits: Pick<Limits, 'maxPixels'>, isHeic: boolean): Promise<Made> {
  const { maxPixels } = limits
  let source: string | Pixels = job.path
  if (isHeic) {
    try {
      source = await decodeHeic(job.path, maxPixels)
    } catch (error) {
      return { pictures: null, damage: sentence(error), size: null }
    }
  }
  const size = typeof source === 'string' ? null : { width: source.width, height: source.height }
  let strict: unknown
  try {
    return { pictures: await write(job, await decode(source, { maxPixels, lenient: false })), damage: null, size }
  } catch (error) {
    strict = error
  }
  // A cut-off picture is still worth showing as far as it goes; what is wrong is said beside it.
  try {
    const pixels = await decode(source, { maxPixels, lenient: true })
    const isHarmless = isOnlyWarning(strict)
    return { pictures: await write(job, pixels), damage: isHarmless ? null : sentence(strict), size }
  } catch {
    return { pictures: null, damage: sentence(strict), size }
  }
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
    return 'The file is cut off or broken: part of the picture is missing.'
  }
  return 'The picture in this file could not be read. The file is kept as it is.'
}

/** RAW files are kept and listed; the preview their camera put in is shown. */
async function inspectRaw(job: InspectJob, sidecar: Tags, limits: Pick<Limits, 'maxPixels'>): Promise<Inspection> {
  const bytes = await tagBytes(job.path)
  const tags = await readTags(bytes)
  const header = await sharp(job.path, { limitInputPixels: false, failOn: 'none' })
    .metadata()
    .catch(() => null)
  const preview = await embeddedThumbnail(bytes)
  let made: Pictures | null = null
  if (preview) {
    const image = sharp(preview, { limitInputPixels: limits.maxPixels }).rotate(turn(orientationOf(tags)))
    const decoded = await image
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
      .catch(() => null)
    if (decoded?.info.channels === 3) {
      const { data, info } = decoded
      made = await write(job, { data, width: info.width, height: info.height, channels: 3 })
    }
  }
  const size = header ? upright(header, tags, false) : null
  return {
    facts: factsOf({
      tags,
      sidecar,
      filename: job.filename,
      mtimeMs: job.mtimeMs,
      width: size?.width ?? null,
      height: size?.height ?? null,
    }),
    pictures: made,
    damage: null,
  }
}

/** Degrees clockwise that bring a picture of this EXIF orientation upright. */
function turn(orientation: number | null): number {
  return { 3: 180, 6: 90, 8: 270 }[orientation ?? 1] ?? 0
}

async function inspectOther(job: InspectJob, sidecar: Tags): Promise<Inspection> {
  const isMovie = /^(video\/(mp4|quicktime|3gpp2?|x-m4v)|audio\/(mp4|x-m4a))$/.test(job.kind.mimeType)
  const movie = isMovie ? await readMovie(job.path) : null
  const tags = await readTags(new Uint8Array())
  const isCut = isMovie && movie === null && (await stat(job.path)).size > 0
  return {
    facts: factsOf({
      tags,
      sidecar,
      filename: job.filename,
      mtimeMs: job.mtimeMs,
      width: movie?.width ?? null,
      height: movie?.height ?? null,
      durationSeconds: movie?.durationSeconds ?? null,
      quicktimeLocal: movie?.createdLocal,
      quicktimeUtc: movie?.createdUtc,
      place: movie?.place,
      make: movie?.make,
      model: movie?.model,
    }),
    pictures: null,
    damage: isCut ? 'The film is cut off: the part that describes it is missing.' : null,
  }
}

async function readSidecar(path: string): Promise<Tags> {
  const facts = await stat(path).catch(() => null)
  if (!facts || facts.size > maxSidecarBytes) return {}
  return readXmp(await readFile(path, 'utf8'))
}
