import { numberOf, textOf, type Tags } from './blocks/tags.ts'
import { isPosition, type Position } from './formats/film.ts'

const maxCharacters = 40
/** `41,50.5N` and `41,50,30N` (XMP specification, part 2, 1.2.7.4). */
const written = /^(\d{1,3})(?:,(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?)? ?([nsew])$/i

/** Where XMP says a photo was taken; null when it does not, or says something impossible. */
export function xmpPlace(xmp: Tags): Position | null {
  const latitude = degrees(xmp['exif:GPSLatitude'], xmp['exif:GPSLatitudeRef'])
  const longitude = degrees(xmp['exif:GPSLongitude'], xmp['exif:GPSLongitudeRef'])
  if (latitude === null || longitude === null || !isPosition(latitude, longitude)) return null
  const altitude = numberOf(xmp['exif:GPSAltitude'])
  const isBelowSea = numberOf(xmp['exif:GPSAltitudeRef']) === 1
  return { latitude, longitude, altitudeM: altitude === undefined ? null : isBelowSea ? -altitude : altitude }
}

function degrees(value: unknown, direction: unknown): number | null {
  const text = textOf(value)?.slice(0, maxCharacters)
  if (text === undefined) return null
  const match = written.exec(text)
  if (match) {
    const size = Number(match[1]) + Number(match[2] ?? 0) / 60 + Number(match[3] ?? 0) / 3600
    return /[sw]/i.test(match[4] ?? '') ? -size : size
  }
  // Some writers put a decimal number there, with its direction beside it.
  const number = Number(text)
  if (!Number.isFinite(number)) return null
  return /^[sw]/i.test(textOf(direction) ?? '') ? -Math.abs(number) : number
}
