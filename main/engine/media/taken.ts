import type { Confidence, TakenSource } from '../../contract/index.ts'
import { filenameDate } from './filename-date.ts'

/** Everything a file says about when it was made, as it says it. */
export interface DateClues {
  readonly sidecarDate?: string | undefined
  readonly original?: string | undefined
  readonly originalSubSec?: string | undefined
  readonly digitized?: string | undefined
  readonly modified?: string | undefined
  readonly offsetOriginal?: string | undefined
  readonly offsetDigitized?: string | undefined
  readonly offsetModified?: string | undefined
  /** UTC by the satellites, ISO 8601. */
  readonly gpsInstant?: string | undefined
  /** IANA zone at the place. */
  readonly zone?: string | undefined
  /** Apple's QuickTime CreationDate, with its offset. */
  readonly quicktimeLocal?: string | undefined
  /** The movie header's time, UTC by the standard and often not. */
  readonly quicktimeUtc?: string | undefined
  readonly xmpDate?: string | undefined
  readonly iptcDate?: string | undefined
  readonly pngText?: string | undefined
  readonly filename: string
  readonly mtimeMs: number
}

export interface Taken {
  readonly takenLocal: string | null
  readonly takenAt: string | null
  readonly utcOffsetMinutes: number | null
  readonly takenSource: TakenSource | null
  readonly takenConfidence: Confidence | null
}

interface Candidate {
  readonly local: Temporal.PlainDateTime
  readonly offset: number | null
  readonly source: TakenSource
  readonly confidence: Confidence
  /** Set when the instant is known but no offset is. */
  readonly instant?: Temporal.Instant
}

/** Offsets are between −12 and +14 hours; a bigger difference is a wrong clock, not a zone. */
const maxOffsetMinutes = 14 * 60

/**
 * When a file was taken: the first clue that holds, in the order XMP sidecar, EXIF original, QuickTime, XMP, IPTC, PNG
 * text, file name, EXIF modification, file time. A doubtful clue (a camera's reset date) is used only when nothing
 * better than the file's own time is there. An offset that nothing tells stays unknown.
 */
export function taken(clues: DateClues, now: Temporal.Instant = Temporal.Now.instant()): Taken {
  const candidates = [...candidatesOf(clues)].filter((each) => isPossible(each.local, now))
  const best = candidates.find((each) => each.confidence !== 'low') ?? candidates[0]
  if (!best) {
    return { takenLocal: null, takenAt: null, utcOffsetMinutes: null, takenSource: null, takenConfidence: null }
  }
  const instant =
    best.instant ??
    (best.offset === null ? null : best.local.toZonedDateTime('UTC').toInstant().subtract({ minutes: best.offset }))
  return {
    takenLocal: wallText(best.local),
    takenAt: instant === null ? null : instant.toString({ smallestUnit: 'millisecond' }),
    utcOffsetMinutes: best.offset,
    takenSource: best.source,
    takenConfidence: best.confidence,
  }
}

function* candidatesOf(clues: DateClues): Generator<Candidate> {
  const sidecar = parseDate(clues.sidecarDate)
  if (sidecar) yield { ...withZone(sidecar, clues), source: 'xmp-sidecar', confidence: 'high' }
  const original = parseDate(clues.original, clues.originalSubSec) ?? parseDate(clues.digitized)
  if (original) yield exifCandidate(original, clues)
  const quicktime = parseDate(clues.quicktimeLocal)
  if (quicktime) yield { ...quicktime, source: 'quicktime', confidence: 'high' }
  const header = parseDate(clues.quicktimeUtc)
  if (header) {
    // UTC by the standard, but many cameras write wall time: never more than a good guess.
    const instant = header.local.toZonedDateTime('UTC').toInstant()
    const inZone = instant.toZonedDateTimeISO(clues.zone ?? Temporal.Now.timeZoneId())
    const offset = clues.zone === undefined ? null : inZone.offsetNanoseconds / 6e10
    yield { local: inZone.toPlainDateTime(), offset, source: 'quicktime', confidence: 'medium', instant }
  }
  const xmp = parseDate(clues.xmpDate)
  if (xmp) yield { ...withZone(xmp, clues), source: 'xmp', confidence: 'medium' }
  const iptc = parseDate(clues.iptcDate)
  if (iptc) yield { ...withZone(iptc, clues), source: 'iptc', confidence: 'medium' }
  const png = parseDate(clues.pngText) ?? parseMailDate(clues.pngText)
  if (png) yield { ...png, source: 'png-text', confidence: 'medium' }
  const named = filenameDate(clues.filename)
  if (named) {
    const instant = named.isUtc ? named.local.toZonedDateTime('UTC').toInstant() : null
    const local = instant?.toZonedDateTimeISO(clues.zone ?? Temporal.Now.timeZoneId()).toPlainDateTime() ?? named.local
    const { offset } = withZone({ local, offset: null }, clues)
    yield { local, offset, source: 'filename', confidence: 'medium', ...(instant && { instant }) }
  }
  const modified = parseDate(clues.modified)
  if (modified) yield { ...modified, offset: parseOffset(clues.offsetModified), source: 'exif', confidence: 'low' }
  const mtime = Temporal.Instant.fromEpochMilliseconds(Math.round(clues.mtimeMs))
  const mtimeLocal = mtime.toZonedDateTimeISO(Temporal.Now.timeZoneId()).toPlainDateTime()
  yield { local: mtimeLocal, offset: null, source: 'mtime', confidence: 'low', instant: mtime }
}

/** EXIF's wall clock with the first offset that something tells, in the order the field has settled on. */
function exifCandidate(original: Parsed, clues: DateClues): Candidate {
  const { local } = original
  const confidence = looksReset(local) ? 'low' : 'high'
  const tagged = original.offset ?? parseOffset(clues.offsetOriginal) ?? parseOffset(clues.offsetDigitized)
  if (tagged !== null) return { local, offset: tagged, source: 'exif-offset', confidence }
  const zoned = zoneOffset(local, clues.zone)
  if (zoned !== null) return { local, offset: zoned, source: 'gps-zone', confidence }
  const delta = gpsDelta(local, clues.gpsInstant)
  if (delta !== null) return { local, offset: delta, source: 'gps-delta', confidence }
  // OffsetTime belongs to the modification date; cameras write all three alike, editors do not.
  const modified = parseOffset(clues.offsetModified)
  if (modified !== null)
    return { local, offset: modified, source: 'exif-offset', confidence: looksReset(local) ? 'low' : 'medium' }
  return { local, offset: null, source: 'exif', confidence: looksReset(local) ? 'low' : 'high' }
}

interface Parsed {
  readonly local: Temporal.PlainDateTime
  readonly offset: number | null
}

const datePattern =
  /^\s*(\d{4})[:\-./](\d{2})[:\-./](\d{2})(?:[ T]+(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?\s*$/

/** A date as EXIF, XMP or ISO 8601 write it; null for blanks, zeros and days that do not exist. */
function parseDate(text: string | undefined, subSec?: string): Parsed | null {
  const match = datePattern.exec((text ?? '').replaceAll('\0', ''))
  if (!match) return null
  const [, year, month, day, hour = '00', minute = '00', second = '00', inline, offset] = match
  // SubSecTime is the digits after the point: "5" is half a second.
  const fraction = inline ?? (/^\d{1,9}$/.test(subSec?.trim() ?? '') ? subSec?.trim() : undefined)
  try {
    const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction ? `.${fraction}` : ''}`
    const local = Temporal.PlainDateTime.from(iso, { overflow: 'reject' }).round({
      smallestUnit: 'millisecond',
      roundingMode: 'trunc',
    })
    return { local, offset: parseOffset(offset) }
  } catch {
    // 0000:00:00, 31 February, 25 o'clock: no date at all.
    return null
  }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const mailPattern =
  /^\s*(?:[a-z]{3},\s*)?(\d{1,2})\s+([a-z]{3})\s+(\d{4})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s*(GMT|UTC?|[+-]\d{4})?\s*$/i

/** A date as letters carry it (RFC 1123), which the PNG standard asks for: `Fri, 4 Mar 2022 05:06:07 +0100`. */
function parseMailDate(text: string | undefined): Parsed | null {
  const match = mailPattern.exec(text ?? '')
  if (!match) return null
  const [, day = '', name = '', year = '', hour = '', minute = '', second = '00', zone] = match
  const month = months.indexOf(name.toLowerCase()) + 1
  const offset = zone === undefined || /^[+-]/.test(zone) ? (zone ?? '') : 'Z'
  const two = (value: number | string): string => String(value).padStart(2, '0')
  return parseDate(`${year}-${two(month)}-${two(day)}T${hour}:${minute}:${second}${offset}`)
}

function parseOffset(text: string | undefined): number | null {
  const match = /^\s*(?:(Z)|([+-])(\d{2}):?(\d{2}))\s*\0*$/.exec(text ?? '')
  if (!match) return null
  if (match[1] !== undefined) return 0
  const minutes = (Number(match[3]) * 60 + Number(match[4])) * (match[2] === '-' ? -1 : 1)
  return Math.abs(minutes) <= maxOffsetMinutes ? minutes : null
}

function withZone(parsed: Parsed, clues: DateClues): Parsed {
  return { local: parsed.local, offset: parsed.offset ?? zoneOffset(parsed.local, clues.zone) }
}

function zoneOffset(local: Temporal.PlainDateTime, zone: string | undefined): number | null {
  if (zone === undefined) return null
  return local.toZonedDateTime(zone).offsetNanoseconds / 6e10
}

/** Wall clock minus satellite time, rounded to quarter hours; nothing when it is no offset any place has. */
function gpsDelta(local: Temporal.PlainDateTime, gpsInstant: string | undefined): number | null {
  const gps = parseDate(gpsInstant)
  if (!gps) return null
  const minutes = gps.local.until(local, { largestUnit: 'minute' }).total('minutes')
  const rounded = Math.round(minutes / 15) * 15
  return Math.abs(rounded) <= maxOffsetMinutes ? rounded || 0 : null
}

/** Dates that cameras fall back to when their battery was empty. */
function looksReset(local: Temporal.PlainDateTime): boolean {
  const isNewYear = local.month === 1 && local.day === 1
  if (!isNewYear) return false
  return local.year === 1980 || local.year === 2000 || (local.hour === 0 && local.minute === 0 && local.second === 0)
}

/** Photography began in 1826; nothing was taken tomorrow. 1904 and 1970 are zeros of clocks. */
function isPossible(local: Temporal.PlainDateTime, now: Temporal.Instant): boolean {
  const day = local.toPlainDate().toString()
  if (day === '1904-01-01' || day === '1970-01-01') return false
  const tomorrow = now.toZonedDateTimeISO('UTC').toPlainDateTime().add({ days: 1 })
  return local.year >= 1826 && Temporal.PlainDateTime.compare(local, tomorrow) <= 0
}

function wallText(local: Temporal.PlainDateTime): string {
  return local.toString({ smallestUnit: local.millisecond === 0 ? 'second' : 'millisecond' })
}
