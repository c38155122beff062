import { noBlocks, type Blocks } from '../blocks/index.ts'
import { boxesIn, child, isCut, isWhole, topBoxes, type Box } from './boxes.ts'
import { filmDuration, type FilmFacts } from './film.ts'
import { namedValues, placeOf } from './movie-names.ts'
import { readAt, withFile } from './read-at.ts'

/** What the boxes of an MP4, QuickTime or 3GPP file tell (ISO/IEC 14496-12, QuickTime File Format, 3GPP TS 26.244). */
export interface Movie {
  /** Null when the box that describes the film is missing or goes beyond the file. */
  readonly facts: FilmFacts | null
  readonly blocks: Blocks
  /** Boxes that end beyond the file or beyond the box they are in. */
  readonly isBroken: boolean
}

/** `moov` of a long film is a few megabytes; more than this is a file made to hurt. */
const maxMoovBytes = 64 << 20
const maxXmpBytes = 8 << 20
/** Seconds between 1904, QuickTime's epoch, and 1970. */
const epoch1904 = 2_082_844_800
/** `BE7ACFCB-97A9-42E8-9C71-999491E3AFAC`: the box that holds XMP. */
export const xmpUuid = 'be7acfcb97a942e89c71999491e3afac'

/** Reads the movie box; media data is skipped by seeking. */
export async function readMovie(path: string): Promise<Movie> {
  return withFile(path, async (file, size) => {
    const blocks = noBlocks()
    let moov: Box | null = null
    let hasData = false
    let isCutOff = false
    for await (const box of topBoxes(file, size)) {
      if (isCut(box, size)) isCutOff = true
      if (box.end > size) break
      if (box.type === 'mdat') hasData = true
      if (box.type === 'moov') moov ??= box
      if (box.type === 'uuid' && box.end - box.start < maxXmpBytes) {
        const body = await readAt(file, box.start, box.end - box.start)
        if (body.toString('hex', 0, 16) === xmpUuid) blocks.xmp.push(body.subarray(16))
      }
    }
    if (!moov || moov.end - moov.start > maxMoovBytes) return { facts: null, blocks, isBroken: true }
    const bytes = await readAt(file, moov.start, moov.end - moov.start)
    const xmp = child(bytes, 'udta', 'XMP_')
    if (xmp) blocks.xmp.push(xmp)
    return { facts: factsOfMovie(bytes), blocks, isBroken: isCutOff || !hasData || !isWhole(bytes, 'moov') }
  })
}

/** True when a box of a HEIC or HEIF file goes beyond its end: the picture was cut off. */
export async function isCutHeif(path: string): Promise<boolean> {
  return withFile(path, async (file, size) => {
    for await (const box of topBoxes(file, size)) if (isCut(box, size)) return true
    return false
  })
}

function factsOfMovie(moov: Buffer): FilmFacts {
  const header = child(moov, 'mvhd')
  const times = header && movieHeader(header)
  const size = [...boxesIn(moov)]
    .filter((box) => box.type === 'trak')
    .map((box) => trackSize(box.body))
    .find((each) => each !== null)
  const named = namedValues(moov)
  const value = (...names: readonly string[]): string | undefined =>
    names.map((name) => named.texts.get(name)).find((each) => each !== undefined)
  return {
    width: size?.width ?? null,
    height: size?.height ?? null,
    durationSeconds: times?.durationSeconds ?? null,
    createdLocal: value('com.apple.quicktime.creationdate', '©day'),
    createdUtc: times?.createdUtc,
    place: placeOf(value('com.apple.quicktime.location.ISO6709', '©xyz')) ?? named.place,
    make: value('com.apple.quicktime.make', '©mak'),
    model: value('com.apple.quicktime.model', '©mod'),
  }
}

function movieHeader(box: Buffer): { createdUtc: string | undefined; durationSeconds: number | null } | undefined {
  const isLong = box[0] === 1
  if (box.length < (isLong ? 32 : 20)) return undefined
  const created = isLong ? Number(box.readBigUInt64BE(4)) : box.readUInt32BE(4)
  const scale = box.readUInt32BE(isLong ? 20 : 12)
  const duration = isLong ? Number(box.readBigUInt64BE(24)) : box.readUInt32BE(16)
  const isKnown = duration !== 0xff_ff_ff_ff && scale > 0 && duration > 0
  // No film of this kind is older than 1970: such a date was counted from there.
  const ms = (created < epoch1904 ? created : created - epoch1904) * 1000
  const isDate = created > 0 && ms < 8e15
  return {
    createdUtc: isDate ? new Date(ms).toISOString() : undefined,
    durationSeconds: isKnown ? filmDuration(duration / scale) : null,
  }
}

/** Width and height as shown: the track's matrix turns phones' films upright. */
function trackSize(track: Buffer): { width: number; height: number } | null {
  const header = child(track, 'tkhd')
  if (!header) return null
  const matrix = header[0] === 1 ? 52 : 40
  if (header.length < matrix + 44) return null
  const width = header.readUInt32BE(matrix + 36) / 65_536
  const height = header.readUInt32BE(matrix + 40) / 65_536
  if (width < 1 || height < 1) return null
  const isTurned = header.readInt32BE(matrix) === 0 && header.readInt32BE(matrix + 4) !== 0
  const [w, h] = [Math.round(width), Math.round(height)]
  return isTurned ? { width: h, height: w } : { width: w, height: h }
}
