import { createRequire } from 'node:module'
import type { DateClues } from './taken.ts'
import { taken } from './taken.ts'
import { isTags, numberOf, textOf, textsOf, type TagBlocks, type Tags } from './tags.ts'
import type { Facts } from './types.ts'

/** What was read of a file besides its tags. */
export interface FactSources {
  readonly tags: TagBlocks
  readonly sidecar: Tags
  readonly filename: string
  readonly mtimeMs: number
  readonly width: number | null
  readonly height: number | null
  readonly durationSeconds?: number | null
  readonly pngText?: string | undefined
  readonly quicktimeLocal?: string | undefined
  readonly quicktimeUtc?: string | undefined
  readonly place?:
    | { readonly latitude: number; readonly longitude: number; readonly altitudeM: number | null }
    | undefined
  readonly make?: string | undefined
  readonly model?: string | undefined
}

/** Captions that cameras write by themselves. */
const emptyCaptions = new Set([
  'olympus digital camera',
  'sony dsc',
  'dsc',
  'default',
  'untitled',
  'exif_jpeg_picture',
  'kodak digital still camera',
  'minolta digital camera',
  'digital still camera',
  'cof',
  'samsung',
  'dcim',
])
const maxExifCharacters = 64_000

/** The facts of a file, from everything it says. */
export function factsOf(sources: FactSources): Facts {
  const { tags, sidecar } = sources
  const { ifd0, exif, iptc, xmp } = tags
  const place = sources.place ?? placeOf(tags)
  const captions = [
    textOf(sidecar['dc:description'], xmp['dc:description']),
    textOf(iptc['Caption']),
    textOf(ifd0['ImageDescription']),
  ]
  const rating = numberOf(sidecar['xmp:Rating'], xmp['xmp:Rating'], ifd0['Rating'])
  return {
    width: sources.width,
    height: sources.height,
    orientation: orientationOf(tags),
    durationSeconds: sources.durationSeconds ?? null,
    ...taken(dateClues(sources, place)),
    latitude: place?.latitude ?? null,
    longitude: place?.longitude ?? null,
    altitudeM: place?.altitudeM ?? null,
    cameraMake: textOf(ifd0['Make'], sources.make) ?? null,
    cameraModel: textOf(ifd0['Model'], sources.model) ?? null,
    lensModel: textOf(exif['LensModel'], xmp['aux:Lens']) ?? null,
    exposureSeconds: positive(numberOf(exif['ExposureTime'])),
    aperture: positive(numberOf(exif['FNumber'])),
    iso: whole(positive(numberOf(exif['ISO'], exif['PhotographicSensitivity'], exif['ISOSpeedRatings']))),
    focalLengthMm: positive(numberOf(exif['FocalLength'])),
    rating: rating !== undefined && rating >= -1 && rating <= 5 ? rating : null,
    tags: keywords(sidecar, xmp, iptc),
    description: captions.find((text) => text !== undefined && !emptyCaptions.has(text.toLowerCase())) ?? null,
    exif: remaining(tags),
  }
}

/** EXIF orientation 1 to 8; null when it is absent or nonsense. */
export function orientationOf(tags: TagBlocks): number | null {
  const value = numberOf(tags.ifd0['Orientation'])
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= 8 ? value : null
}

function dateClues(sources: FactSources, place: Place | null): DateClues {
  const { ifd0, exif, gps, xmp, iptc } = sources.tags
  const { sidecar } = sources
  return {
    sidecarDate: textOf(sidecar['exif:DateTimeOriginal'], sidecar['photoshop:DateCreated'], sidecar['xmp:CreateDate']),
    original: textOf(exif['DateTimeOriginal']),
    originalSubSec: textOf(exif['SubSecTimeOriginal']),
    digitized: textOf(exif['CreateDate'], exif['DateTimeDigitized']),
    modified: textOf(ifd0['ModifyDate'], ifd0['DateTime']),
    offsetOriginal: textOf(exif['OffsetTimeOriginal']),
    offsetDigitized: textOf(exif['OffsetTimeDigitized']),
    offsetModified: textOf(exif['OffsetTime']),
    gpsInstant: gpsInstant(gps),
    zone: place ? zoneAt(place) : undefined,
    quicktimeLocal: sources.quicktimeLocal,
    quicktimeUtc: sources.quicktimeUtc,
    xmpDate: textOf(xmp['exif:DateTimeOriginal'], xmp['photoshop:DateCreated'], xmp['xmp:CreateDate']),
    iptcDate: iptcDate(iptc),
    pngText: sources.pngText,
    filename: sources.filename,
    mtimeMs: sources.mtimeMs,
  }
}

interface Place {
  readonly latitude: number
  readonly longitude: number
  readonly altitudeM: number | null
}

/** Where a file says it was taken; only the pair (0, 0) and impossible numbers are refused, a real 0.0 is a place. */
function placeOf(tags: TagBlocks): Place | null {
  const latitude = numberOf(tags.gps['latitude'])
  const longitude = numberOf(tags.gps['longitude'])
  if (latitude === undefined || longitude === undefined || !isPlace(latitude, longitude)) return null
  const altitude = numberOf(tags.gps['GPSAltitude'])
  const ref = tags.gps['GPSAltitudeRef']
  const isBelowSea = Number(ArrayBuffer.isView(ref) ? new Uint8Array(ref.buffer, ref.byteOffset, 1)[0] : ref) === 1
  return { latitude, longitude, altitudeM: altitude === undefined ? null : isBelowSea ? -altitude : altitude }
}

export function isPlace(latitude: number, longitude: number): boolean {
  const isZero = latitude === 0 && longitude === 0
  return !isZero && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
}

type FindZone = (latitude: number, longitude: number) => string[]

/** The map of zones costs 30 ms and 13 MB; a worker that sees no place never pays for it. */
let loadedFinder: FindZone | undefined
function zoneFinder(): FindZone {
  loadedFinder ??= (createRequire(import.meta.url)('geo-tz') as { readonly find: FindZone }).find
  return loadedFinder
}

function zoneAt(place: Place): string | undefined {
  const [zone] = zoneFinder()(place.latitude, place.longitude)
  // Zones of the open sea follow the meridian, not the clock of whoever sailed there.
  return zone === undefined || zone.startsWith('Etc/') ? undefined : zone
}

function gpsInstant(gps: Tags): string | undefined {
  const day = textOf(gps['GPSDateStamp'])
  const time = gps['GPSTimeStamp']
  if (day === undefined) return undefined
  const parts = typeof time === 'string' ? time.split(':').map(Number) : Array.isArray(time) ? time.map(Number) : []
  const [hour = Number.NaN, minute = Number.NaN, second = Number.NaN] = parts
  if (![hour, minute, second].every(Number.isFinite)) return undefined
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return `${day} ${two(hour)}:${two(minute)}:${two(second)}`
}

function iptcDate(iptc: Tags): string | undefined {
  const day = /^(\d{4})(\d{2})(\d{2})$/.exec(textOf(iptc['DateCreated']) ?? '')
  if (!day) return undefined
  const time = /^(\d{2})(\d{2})(\d{2})([+-]\d{4})?$/.exec(textOf(iptc['TimeCreated']) ?? '')
  const date = `${day[1]}-${day[2]}-${day[3]}`
  return time ? `${date}T${time[1]}:${time[2]}:${time[3]}${time[4] ?? ''}` : date
}

function keywords(sidecar: Tags, xmp: Tags, iptc: Tags): string[] {
  const all = [
    ...textsOf(sidecar['dc:subject']),
    ...textsOf(xmp['dc:subject']),
    ...textsOf(iptc['Keywords']),
    ...[...textsOf(sidecar['lr:hierarchicalSubject']), ...textsOf(xmp['lr:hierarchicalSubject'])].map(
      (path) => path.split('|').at(-1) ?? path,
    ),
  ]
  return [...new Map(all.map((tag) => [tag.normalize('NFC').toLowerCase(), tag.normalize('NFC')])).values()].slice(
    0,
    500,
  )
}

function positive(value: number | undefined): number | null {
  return value !== undefined && value > 0 ? value : null
}

/** ISO is stored as a whole number; a broken tag can hold more than fits. */
function whole(value: number | null): number | null {
  return value === null || value > 2_000_000_000 ? null : Math.round(value)
}

/** The other tags as JSON: no binary, no long lists, and not more than is useful. */
function remaining(tags: TagBlocks): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  let size = 0
  for (const [block, values] of Object.entries(tags) as [string, Tags][]) {
    for (const [key, value] of Object.entries(values)) {
      const plain = jsonValue(value)
      if (plain === undefined || /MakerNote|PrintImageMatching|^ApplicationNotes$/i.test(key)) continue
      size += key.length + JSON.stringify(plain).length
      if (size > maxExifCharacters) return kept
      kept[block === 'xmp' ? key : `${block}:${key}`] = plain
    }
  }
  return kept
}

function jsonValue(value: unknown): unknown {
  if (typeof value === 'string') return value.length > 4000 ? undefined : value.replaceAll('\0', '').trim()
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'boolean') return value
  if (Array.isArray(value))
    return value.length > 64 ? undefined : value.map(jsonValue).filter((each) => each !== undefined)
  if (isTags(value) && Object.keys(value).length <= 64) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, jsonValue(each)]))
  }
  return undefined
}
