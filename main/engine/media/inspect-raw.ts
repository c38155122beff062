import { readBlocks } from './blocks/index.ts'
import { noTags, numberOf, type TagBlocks, type Tags } from './blocks/tags.ts'
import { partMissing, write } from './decode/make.ts'
import { decode } from './decode/pictures.ts'
import { factsOf, orientationOf } from './facts.ts'
import { readCiff } from './formats/ciff.ts'
import { readCr3 } from './formats/cr3.ts'
import { jpegHead } from './formats/jpeg.ts'
import { tagBytes } from './formats/photo.ts'
import { readRawPictures, type RawPictures } from './formats/raw-preview.ts'
import { tiffBlocks } from './formats/tiff.ts'
import type { FileKind, Inspection, InspectJob, Pictures } from './types.ts'

interface Raw {
  readonly raw: RawPictures
  readonly tags: TagBlocks
}

/** RAW files are kept and listed; the best preview their camera put in is shown. */
export async function inspectRaw(
  job: InspectJob,
  kind: FileKind,
  sidecar: Tags,
  limits: { readonly maxPixels: number; readonly isFactsOnly: boolean },
): Promise<Inspection> {
  const { raw, tags } = await readRaw(job.path, kind)
  const orientation = orientationOf(tags)
  let pictures: Pictures | null = null
  let shown: RawPictures['size'] = null
  for (const each of raw.previews) {
    shown ??= jpegHead(Buffer.from(each)).size
    if (limits.isFactsOnly) break
    const options = { maxPixels: limits.maxPixels, failOn: 'none', isJpeg: true, turn: turn(orientation) } as const
    // A RAW's own data can be a lossless JPEG that nothing here decodes; the next one is the preview.
    const pixels = await decode(each, options).catch(() => null)
    if (!pixels) continue
    pictures = await write(job, pixels)
    break
  }
  const size = raw.size ?? shown
  const isTurned = orientation !== null && orientation >= 5
  const facts = factsOf({
    tags,
    sidecar,
    filename: job.filename,
    mtimeMs: job.mtimeMs,
    width: (isTurned ? size?.height : size?.width) ?? null,
    height: (isTurned ? size?.width : size?.height) ?? null,
  })
  return { kind, facts, pictures, damage: raw.isCut ? partMissing : null, later: null, isRead: true, note: null }
}

async function readRaw(path: string, kind: FileKind): Promise<Raw> {
  if (kind.mimeType === 'image/x-canon-crw') return readCiff(path)
  if (kind.mimeType === 'image/x-canon-cr3') {
    const { raw, blocks } = await readCr3(path)
    const tags = await readBlocks(blocks)
    // The sensor has borders that are no picture; EXIF says what is.
    const [width, height] = [numberOf(tags.exif['ExifImageWidth']), numberOf(tags.exif['ExifImageHeight'])]
    return { raw: width && height ? { ...raw, size: { width, height } } : raw, tags }
  }
  const raw = await readRawPictures(path)
  const bytes = await tagBytes(path)
  const own = /^(?:II|MM)/.test(bytes.toString('latin1', 0, 2)) ? await readBlocks(tiffBlocks(bytes)) : noTags
  const [preview] = raw.previews
  if (Object.keys(own.ifd0).length > 0 || !preview) return { raw, tags: own }
  return { raw, tags: await readBlocks(jpegHead(Buffer.from(preview)).blocks) }
}

/** Degrees clockwise that bring a picture of this EXIF orientation upright. */
function turn(orientation: number | null): number {
  return { 3: 180, 6: 90, 8: 270 }[orientation ?? 1] ?? 0
}
