import { readFile, stat } from 'node:fs/promises'
import sharp, { type Metadata } from 'sharp'
import type { ReasonCode } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { noTags, type Tags } from './blocks/tags.ts'
import { readXmp } from './blocks/xmp.ts'
import { isHeic, makePictures, nothingMade } from './decode/make.ts'
import { factsOf, orientationOf } from './facts.ts'
import { firstBytes } from './first-bytes.ts'
import { readFilm } from './formats/films.ts'
import { readPhoto, type PhotoRead } from './formats/photo.ts'
import { inspectRaw } from './inspect-raw.ts'
import { KIND_BYTES, recogniseKind } from './kind/recognise.ts'
import type { FileKind, Inspection, InspectJob } from './types.ts'
import { kindOfUnread, unread } from './unread.ts'

// One picture at a time and one thread for each: there are as many workers as cores.
sharp.concurrency(1)
sharp.cache(false)

const maxSidecarBytes = 16 << 20
const maxSvgBytes = 64 << 20
const unreadable: ReasonCode = 'content-unreadable'
const notOpened: ReasonCode = 'not-opened-yet'

export interface InspectLimits {
  readonly maxPixels: number
  /** Pictures are left alone: they have ended a worker before, or nobody asked for them. */
  readonly isFactsOnly: boolean
}

/**
 * Recognises a file, reads its facts and makes its pictures. Runs in a worker; whatever is wrong with the file is in the
 * result. Null is a file of no kind that Coffer keeps. Throws only when the pictures cannot be written.
 */
export async function inspect(job: InspectJob, limits: InspectLimits): Promise<Inspection | null> {
  const head = await firstBytes(job.path, KIND_BYTES).catch(() => null)
  // Gone or locked meanwhile: that says nothing of what is in it.
  if (head === null) return { ...unread(job, kindOfUnread(job.filename)), later: notOpened }
  const kind = await recogniseKind(head, job.filename)
  if (kind === null) return null
  const sidecar = job.sidecarXmpPath === undefined ? {} : await readSidecar(job.sidecarXmpPath)
  try {
    if (kind.raw) return await inspectRaw(job, kind, sidecar, limits)
    if (kind.mediaType === 'photo') return await inspectPhoto(job, kind, sidecar, limits)
    return await inspectFilm(job, kind, sidecar)
  } catch (error) {
    if (error instanceof CofferError) throw error
    return { ...unread(job, kind), damage: unreadable }
  }
}

async function inspectPhoto(
  job: InspectJob,
  kind: FileKind,
  sidecar: Tags,
  limits: InspectLimits,
): Promise<Inspection> {
  const isSvg = kind.mimeType === 'image/svg+xml'
  const source = isSvg ? await svgBytes(job.path) : job.path
  // What stands before the pixels of a JPEG tells its size; the others are asked of the decoder.
  const isJpeg = kind.mimeType === 'image/jpeg'
  const early = isJpeg ? null : await headerOf(source)
  // Metadata that makes its reader stumble costs the metadata, not the picture.
  const read: PhotoRead = await readPhoto(job.path, kind, early).catch(() => ({ tags: noTags }))
  const header = isJpeg && !read.size ? await headerOf(source) : early
  const { maxPixels } = limits
  const make = { job, kind, source, maxPixels, iccProfile: header?.icc, preview: read.preview }
  const made = kind.decodable && !limits.isFactsOnly ? await makePictures(make) : nothingMade
  const stored = read.size ?? header
  const isTurned = !isHeic(kind) && (header?.orientation ?? orientationOf(read.tags) ?? 1) >= 5
  const size = made.size ?? (stored && isTurned ? { width: stored.height, height: stored.width } : stored)
  const { pictures, damage, note } = made
  const facts = factsOf({
    ...read,
    sidecar,
    filename: job.filename,
    mtimeMs: job.mtimeMs,
    width: size?.width ?? null,
    height: size?.height ?? null,
  })
  return { kind, facts, pictures, damage, later: null, isRead: true, note }
}

/** A drawing that is handed over without its place on disk can pull in no file beside it. */
async function svgBytes(path: string): Promise<Uint8Array> {
  const { size } = await stat(path)
  if (size > maxSvgBytes) throw new Error('the drawing is too large')
  return readFile(path)
}

async function headerOf(source: string | Uint8Array): Promise<Metadata | null> {
  const image = sharp(source, { limitInputPixels: false, failOn: 'none' })
  // A header that cannot be read shows in the decode that follows.
  return image.metadata().catch(() => null)
}

async function inspectFilm(job: InspectJob, kind: FileKind, sidecar: Tags): Promise<Inspection> {
  const { film, tags, damage } = await readFilm(job.path, kind)
  const facts = factsOf({
    tags,
    sidecar,
    film,
    filename: job.filename,
    mtimeMs: job.mtimeMs,
    width: film?.width ?? null,
    height: film?.height ?? null,
  })
  return { kind, facts, pictures: null, damage, later: null, isRead: true, note: null }
}

async function readSidecar(path: string): Promise<Tags> {
  try {
    const facts = await stat(path)
    return facts.size > maxSidecarBytes ? {} : readXmp(await readFile(path))
  } catch {
    // A sidecar that cannot be read says nothing; the photo is read all the same.
    return {}
  }
}
