import type { ReasonCode } from '../../contract/index.ts'
import type { Inspection, MediaMetadata } from '../media/index.ts'

/** Longest text a fact may have. Files hold whatever somebody wrote into them, and an index row holds 2,704 bytes. */
const maxWord = 200
const maxLine = 500
const maxText = 50_000
const maxWords = 500

/** What is wrong with an item, or why it has no picture: the code of a reason. */
export function problemOf({ damage, later, note }: Inspection): ReasonCode | null {
  return damage ?? later ?? note
}

/** What else a file says, as the column takes it. */
export function metadataOf(facts: MediaMetadata): unknown {
  return storable({
    exif: facts.exif,
    tags: wordsOf(facts.tags),
    ...(facts.orientation !== null && { orientation: facts.orientation }),
  })
}

/** The columns of an item that follow from what its file and its sidecar say. */
export function factColumns(facts: MediaMetadata): Readonly<Record<string, string | number | null>> {
  const [north, east] = [between(-90, 90, facts.latitude), between(-180, 180, facts.longitude)]
  const isPlaced = north !== null && east !== null
  return {
    taken_at: facts.takenAt,
    taken_local: facts.takenLocal,
    taken_precision: facts.takenPrecision,
    utc_offset_minutes: between(-1080, 1080, facts.utcOffsetMinutes),
    taken_source: facts.takenSource,
    taken_confidence: facts.takenConfidence,
    latitude: isPlaced ? north : null,
    longitude: isPlaced ? east : null,
    altitude_m: finite(facts.altitudeM),
    camera_make: textOf(facts.cameraMake, maxLine),
    camera_model: textOf(facts.cameraModel, maxLine),
    lens_model: textOf(facts.lensModel, maxLine),
    exposure_seconds: finite(facts.exposureSeconds),
    aperture: finite(facts.aperture),
    iso: whole(facts.iso),
    focal_length_mm: finite(facts.focalLengthMm),
    rating: between(-1, 5, facts.rating),
    description: textOf(facts.description, maxText),
  }
}

/** Words of a file as they are kept: few enough, short enough, none twice. */
export function wordsOf(tags: readonly string[]): string[] {
  return [...new Set(tags.slice(0, maxWords).flatMap((tag) => textOf(tag, maxWord) ?? []))]
}

/** A text as a column takes it, cut to `max` letters; null for none. */
export function textOf(value: string | null, max: number): string | null {
  if (value === null) return null
  // PostgreSQL text holds no U+0000, with which cameras pad their fields, and no half of a surrogate pair.
  const clean = value.slice(0, max).replaceAll('\0', '').toWellFormed()
  return clean === '' ? null : clean
}

/** JSON that jsonb takes: the same holds for every text in it, names of fields too. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed()
  if (Array.isArray(value)) return value.map(storable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.replaceAll('\0', '').toWellFormed(), storable(each)]),
  )
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}

/** The number when it lies between these two, else null. */
export function between(low: number, high: number, value: number | null): number | null {
  return value !== null && value >= low && value <= high ? value : null
}

function whole(value: number | null): number | null {
  return between(-2_147_483_648, 2_147_483_647, value) === null ? null : Math.round(value ?? 0)
}
