import { createRequire } from 'node:module'
import { isTags, numberOf, textOf, type TagBlocks, type Tags } from './blocks/tags.ts'
import { isPosition, type FilmFacts, type Position } from './formats/film.ts'
import type { DateClues } from './taken.ts'
import { taken } from './taken.ts'
import type { FactGroup, MediaMetadata } from './types.ts'
import { keywords, ratingOf, stars } from './words-and-stars.ts'
import { xmpPlace } from './xmp-place.ts'

/** What was read of a file besides its tags. */
export interface FactSources {
  readonly tags: TagBlocks
  readonly sidecar: Tags
  readonly filename: string
  readonly mtimeMs: number
  readonly width: number | null
  readonly height: number | null
  /** What the container of a film or recording tells. */
  readonly film?: FilmFacts | null
  /** PNG's text chunks, by their keyword in small letters without blanks. */
  readonly texts?: ReadonlyMap<string, string>
  /** When a PNG says that it was changed, UTC. */
  readonly changedUtc?: string | undefined
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

/** The facts of a file, from everything it says, and which of them its sidecar gave. */
export function factsOf(sources: FactSources): MediaMetadata {
  const facts = factsBeside(sources)
  if (Object.keys(sources.sidecar).length === 0) return facts
  const without = factsBeside({ ...sources, sidecar: {} })
  const differs = (group: FactGroup): boolean =>
    groups[group].some((name) => JSON.stringify(facts[name]) !== JSON.stringify(without[name]))
  return { ...facts, fromSidecar: groupNames.filter(differs) }
}

const groups: Readonly<Record<FactGroup, readonly (keyof MediaMetadata)[]>> = {
  taken: ['takenLocal', 'takenPrecision', 'takenAt', 'utcOffsetMinutes', 'takenSource'],
  place: ['latitude', 'longitude', 'altitudeM'],
  rating: ['rating'],
  description: ['description'],
  tags: ['tags'],
  camera: ['cameraMake', 'cameraModel', 'lensModel'],
  exposure: ['exposureSeconds', 'aperture', 'iso', 'focalLengthMm'],
}
const groupNames = Object.keys(groups) as readonly FactGroup[]

function factsBeside(sources: FactSources): MediaMetadata {
  const { tags, sidecar, film, texts } = sources
  const { ifd0, exif, iptc, xmp } = tags
  const place = xmpPlace(sidecar) ?? placeOf(tags) ?? film?.place ?? xmpPlace(xmp)
  const captions = [
    textOf(sidecar['dc:description'], xmp['dc:description']),
    textOf(iptc['Caption']),
    textOf(ifd0['ImageDescription'], sidecar['tiff:ImageDescription'], xmp['tiff:ImageDescription']),
    texts?.get('description'),
  ]
  /** A value of EXIF, or as XMP repeats it. */
  const number = (said: readonly unknown[], ...names: readonly string[]): number | null =>
    positive(numberOf(...said, ...names.map((name) => sidecar[name]), ...names.map((name) => xmp[name])))
  const text = (said: readonly unknown[], name: string): string | null =>
    textOf(...said, sidecar[name], xmp[name]) ?? null
  const iso = [exif['ISO'], exif['PhotographicSensitivity'], exif['ISOSpeedRatings'], exif['RecommendedExposureIndex']]
  return {
    width: sources.width,
    height: sources.height,
    orientation: orientationOf(tags),
    durationSeconds: film?.durationSeconds ?? null,
    ...taken(dateClues(sources, place)),
    latitude: place?.latitude ?? null,
    longitude: place?.longitude ?? null,
    altitudeM: place?.altitudeM ?? null,
    cameraMake: text([ifd0['Make'], film?.make], 'tiff:Make'),
    cameraModel: text([ifd0['Model'], film?.model], 'tiff:Model'),
    lensModel: textOf(exif['LensModel'], ...[sidecar, xmp].flatMap(lensIn)) ?? null,
    exposureSeconds: number([exif['ExposureTime']], 'exif:ExposureTime'),
    aperture: number([exif['FNumber']], 'exif:FNumber'),
    iso: whole(number(iso, 'exifEX:PhotographicSensitivity', 'exif:ISOSpeedRatings')),
    focalLengthMm: number([exif['FocalLength']], 'exif:FocalLength'),
    rating: ratingOf(sidecar) ?? ratingOf(xmp) ?? stars(numberOf(ifd0['Rating'])),
    tags: keywords(sidecar, xmp, iptc),
    description: captions.find((caption) => caption !== undefined && !isEmptyCaption(caption)) ?? null,
    fromSidecar: [],
    exif: remaining(tags),
  }
}

function isEmptyCaption(caption: string): boolean {
  return emptyCaptions.has(caption.toLowerCase())
}

function lensIn(xmp: Tags): unknown[] {
  return [xmp['exifEX:LensModel'], xmp['aux:Lens'], xmp['aux:LensID'] === undefined ? undefined : xmp['aux:LensInfo']]
}

/** EXIF orientation 1 to 8; null when it is absent or nonsense. */
export function orientationOf(tags: TagBlocks): number | null {
  const value = numberOf(tags.ifd0['Orientation'])
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= 8 ? value : null
}

function dateClues(sources: FactSources, place: Position | null | undefined): DateClues {
  const { ifd0, exif, gps, xmp, iptc } = sources.tags
  const { sidecar, film, texts } = sources
  return {
    sidecarDate: xmpDate(sidecar),
    original: textOf(exif['DateTimeOriginal']),
    originalSubSec: textOf(exif['SubSecTimeOriginal']),
    digitized: textOf(exif['CreateDate'], exif['DateTimeDigitized']),
    modified: textOf(ifd0['ModifyDate'], ifd0['DateTime']),
    changedUtc: sources.changedUtc,
    offsetOriginal: textOf(exif['OffsetTimeOriginal']),
    offsetDigitized: textOf(exif['OffsetTimeDigitized']),
    offsetModified: textOf(exif['OffsetTime']),
    gpsInstant: gpsInstant(gps) ?? textOf(sidecar['exif:GPSTimeStamp'], xmp['exif:GPSTimeStamp'])?.replace(/Z$/, ''),
    zone: place ? zoneAt(place) : undefined,
    quicktimeLocal: film?.createdLocal,
    quicktimeUtc: film?.createdUtc,
    xmpDate: xmpDate(xmp),
    iptcDate: iptcDate(iptc),
    pngText: texts?.get('creationtime') ?? texts?.get('creationdate'),
    filename: sources.filename,
    mtimeMs: sources.mtimeMs,
  }
}

/** When XMP says it was taken; `xmp:CreateDate` is when the file was made, which comes last. */
function xmpDate(xmp: Tags): string | undefined {
  return textOf(
    xmp['exif:DateTimeOriginal'],
    xmp['photoshop:DateCreated'],
    xmp['exif:DateTimeDigitized'],
    xmp['xmp:CreateDate'],
  )
}

/** Where EXIF says it was taken. */
function placeOf(tags: TagBlocks): Position | null {
  const latitude = numberOf(tags.gps['latitude'])
  const longitude = numberOf(tags.gps['longitude'])
  if (latitude === undefined || longitude === undefined || !isPosition(latitude, longitude)) return null
  const altitude = numberOf(tags.gps['GPSAltitude'])
  const ref = tags.gps['GPSAltitudeRef']
  const isBelowSea = Number(ArrayBuffer.isView(ref) ? new Uint8Array(ref.buffer, ref.byteOffset, 1)[0] : ref) === 1
  return { latitude, longitude, altitudeM: altitude === undefined ? null : isBelowSea ? -altitude : altitude }
}

type FindZone = (latitude: number, longitude: number) => string[]

/** The map of zones costs 30 ms and 13 MB; a worker that sees no place never pays for it. */
let loadedFinder: FindZone | undefined
function zoneFinder(): FindZone {
  loadedFinder ??= (createRequire(import.meta.url)('geo-tz') as { readonly find: FindZone }).find
  return loadedFinder
}

function zoneAt(place: Position): string | undefined {
  const [zone] = zoneFinder()(place.latitude, place.longitude)
  // Zones of the open sea follow the meridian, not the clock of the people who sail there.
  return zone === undefined || zone.startsWith('Etc/') ? undefined : zone
}

/** The satellites' time, or only their day when the time is missing. */
function gpsInstant(gps: Tags): string | undefined {
  const day = textOf(gps['GPSDateStamp'])
  if (day === undefined) return undefined
  const time = gps['GPSTimeStamp']
  const parts = typeof time === 'string' ? time.split(':').map(Number) : Array.isArray(time) ? time.map(Number) : []
  const [hour = Number.NaN, minute = Number.NaN, second = Number.NaN] = parts
  if (![hour, minute, second].every(Number.isFinite)) return day
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return `${day} ${two(hour)}:${two(minute)}:${two(second)}`
}

/** Day and time of IPTC are fields of their own: `19930817`, `101112+0100`. Zeros stand for what is not known. */
function iptcDate(iptc: Tags): string | undefined {
  const day = textOf(iptc['DateCreated'])
  const time = textOf(iptc['TimeCreated'])
  if (day === undefined) return undefined
  const clock = /^(\d{2}):?(\d{2}):?(\d{2})?([+-]\d{2}:?\d{2})?$/.exec(time ?? '')
  const isWhole = /^\d{4}-?\d{2}-?\d{2}$/.test(day) && !/00$|^\d{4}-?00/.test(day)
  if (!clock || !isWhole) return day
  const digits = day.replaceAll('-', '')
  const date = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
  return `${date}T${clock[1]}:${clock[2]}:${clock[3] ?? '00'}${clock[4] ?? ''}`
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
      // XMP repeats what EXIF says, under the same names; EXIF's own values come first.
      const name = block === 'xmp' ? key : `${block}:${key}`
      if (Object.hasOwn(kept, name) || name === '__proto__') continue
      size += key.length + JSON.stringify(plain).length
      if (size > maxExifCharacters) return kept
      kept[name] = plain
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
