import type { Confidence, TakenPrecision, TakenSource } from '../../contract/index.ts'
import { localZone } from '../base/local-zone.ts'
import { isWithin, maxOffsetMinutes, parseDate, parseOffset, parseWordDate, type ParsedDate } from './dates.ts'
import { filenameDate } from './filename-date.ts'

/** Everything a file says about when it was made, as it says it. */
export interface DateClues {
  readonly sidecarDate?: string | undefined
  readonly original?: string | undefined
  readonly originalSubSec?: string | undefined
  readonly digitized?: string | undefined
  readonly modified?: string | undefined
  /** When a PNG was changed, UTC. */
  readonly changedUtc?: string | undefined
  readonly offsetOriginal?: string | undefined
  readonly offsetDigitized?: string | undefined
  readonly offsetModified?: string | undefined
  /** UTC by the satellites, `2021:07:15 08:20:30`; only the day when the time is missing. */
  readonly gpsInstant?: string | undefined
  /** IANA zone at the place. */
  readonly zone?: string | undefined
  /** Date of a container with its offset or by the wall clock: Apple's CreationDate, `©day`, AVI's IDIT. */
  readonly quicktimeLocal?: string | undefined
  /** A container's time that is UTC by its standard and often not: the movie header, Matroska's DateUTC. */
  readonly quicktimeUtc?: string | undefined
  readonly xmpDate?: string | undefined
  readonly iptcDate?: string | undefined
  readonly pngText?: string | undefined
  readonly filename: string
  readonly mtimeMs: number
}

export interface Taken {
  readonly takenLocal: string | null
  /** How far the date is known when its clock time is not; null when it is, and without a date. */
  readonly takenPrecision: TakenPrecision | null
  readonly takenAt: string | null
  readonly utcOffsetMinutes: number | null
  readonly takenSource: TakenSource | null
  readonly takenConfidence: Confidence | null
}

interface Candidate extends ParsedDate {
  readonly source: TakenSource
  readonly confidence: Confidence
  /** Set when the instant is known but no offset is. */
  readonly instant?: Temporal.Instant
}

/**
 * When a file was taken: the first clue that holds, in the order XMP sidecar, EXIF original, film, XMP, IPTC, PNG text,
 * file name, satellites, EXIF modification, file time. A doubtful clue (a camera's reset date) is used only when nothing
 * better than the file's own time is there; a later clue is used where it says more exactly what the first one says.
 * An offset that no clue gives stays unknown.
 */
export function taken(clues: DateClues, now: Temporal.Instant = Temporal.Now.instant()): Taken {
  const candidates = [...candidatesOf(clues)].filter((each) => isPossible(each, now))
  const certain = candidates.filter((each) => each.confidence !== 'low')
  const first = certain[0] ?? candidates[0]
  if (!first) {
    const nothing = { takenLocal: null, takenPrecision: null, takenAt: null, utcOffsetMinutes: null }
    return { ...nothing, takenSource: null, takenConfidence: null }
  }
  const best = certain.find((each) => fineness(each) > fineness(first) && isWithin(each.local, first)) ?? first
  const isInstant = best.precision === null && best.offset !== null
  const instant =
    best.instant ??
    (isInstant
      ? best.local
          .toZonedDateTime('UTC')
          .toInstant()
          .subtract({ minutes: best.offset ?? 0 })
      : null)
  return {
    takenLocal: wallText(best.local),
    takenPrecision: best.precision,
    takenAt: instant === null ? null : instant.toString({ smallestUnit: 'millisecond' }),
    utcOffsetMinutes: best.offset,
    takenSource: best.source,
    takenConfidence: best.confidence,
  }
}

function fineness(date: ParsedDate): number {
  return { year: 0, month: 1, day: 2, second: 3 }[date.precision ?? 'second']
}

function* candidatesOf(clues: DateClues): Generator<Candidate> {
  const sidecar = parseDate(clues.sidecarDate)
  if (sidecar) yield { ...withZone(sidecar, clues), source: 'xmp-sidecar', confidence: 'high' }
  const original = parseDate(clues.original, clues.originalSubSec) ?? parseDate(clues.digitized)
  if (original) yield exifCandidate(original, clues)
  const film = parseDate(clues.quicktimeLocal) ?? parseWordDate(clues.quicktimeLocal)
  // `©day` of a bought film is the year it came out; a film of one's own says more.
  if (film) yield { ...film, source: 'quicktime', confidence: film.precision === null ? 'high' : 'medium' }
  const header = parseDate(clues.quicktimeUtc)
  // UTC by the standard, but many cameras write wall time: never more than a good guess.
  if (header) yield { ...utcCandidate(header.local, clues), source: 'quicktime', confidence: 'medium' }
  const xmp = parseDate(clues.xmpDate)
  if (xmp) yield { ...withZone(xmp, clues), source: 'xmp', confidence: 'medium' }
  const iptc = parseDate(clues.iptcDate)
  if (iptc) yield { ...withZone(iptc, clues), source: 'iptc', confidence: 'medium' }
  const png = parseDate(clues.pngText) ?? parseWordDate(clues.pngText)
  if (png) yield { ...png, source: 'png-text', confidence: 'medium' }
  const named = filenameDate(clues.filename)
  if (named?.isUtc === true) yield { ...utcCandidate(named.local, clues), source: 'filename', confidence: 'medium' }
  else if (named) {
    const date = { local: named.local, offset: null, precision: named.isDay ? ('day' as const) : null }
    yield { ...withZone(date, clues), source: 'filename', confidence: 'medium' }
  }
  const satellites = parseDate(clues.gpsInstant)
  if (satellites?.precision === null)
    yield { ...utcCandidate(satellites.local, clues), source: 'gps', confidence: 'medium' }
  else if (satellites) yield { ...satellites, source: 'gps', confidence: 'medium' }
  const modified = parseDate(clues.modified)
  if (modified) yield { ...modified, offset: parseOffset(clues.offsetModified), source: 'exif', confidence: 'low' }
  const changed = parseDate(clues.changedUtc)
  if (changed) yield { ...utcCandidate(changed.local, clues), source: 'png-text', confidence: 'low' }
  yield* fileTime(clues.mtimeMs)
}

/** A file's own time, where it is one that the calendar knows. */
function* fileTime(mtimeMs: number): Generator<Candidate> {
  if (!(Math.abs(mtimeMs) < 8e15)) return
  const instant = Temporal.Instant.fromEpochMilliseconds(Math.round(mtimeMs))
  const local = instant.toZonedDateTimeISO(localZone()).toPlainDateTime()
  yield { local, offset: null, precision: null, source: 'mtime', confidence: 'low', instant }
}

/** A moment in UTC by the clock of the place, or of this computer where the place is not known. */
function utcCandidate(
  utc: Temporal.PlainDateTime,
  clues: DateClues,
): ParsedDate & { readonly instant: Temporal.Instant } {
  const instant = utc.toZonedDateTime('UTC').toInstant()
  const inZone = instant.toZonedDateTimeISO(clues.zone ?? localZone())
  const offset = clues.zone === undefined ? null : inZone.offsetNanoseconds / 6e10
  return { local: inZone.toPlainDateTime(), offset, precision: null, instant }
}

/** EXIF's wall clock with the first offset that something gives, in the order the field has settled on. */
function exifCandidate(original: ParsedDate, clues: DateClues): Candidate {
  const { local, precision } = original
  if (precision === 'year' || precision === 'month') return { ...original, source: 'exif', confidence: 'medium' }
  const date = { local, precision }
  const confidence = looksReset(original) ? 'low' : 'high'
  const tagged = original.offset ?? parseOffset(clues.offsetOriginal) ?? parseOffset(clues.offsetDigitized)
  if (tagged !== null) return { ...date, offset: tagged, source: 'exif-offset', confidence }
  const zoned = zoneOffset(local, clues)
  if (zoned !== null) return { ...date, offset: zoned, source: 'gps-zone', confidence }
  const delta = gpsDelta(original, clues.gpsInstant)
  if (delta !== null) return { ...date, offset: delta, source: 'gps-delta', confidence }
  // OffsetTime belongs to the modification date; cameras write all three alike, editors do not.
  const modified = parseOffset(clues.offsetModified)
  if (modified === null) return { ...date, offset: null, source: 'exif', confidence }
  return { ...date, offset: modified, source: 'exif-offset', confidence: confidence === 'low' ? 'low' : 'medium' }
}

function withZone(parsed: ParsedDate, clues: DateClues): ParsedDate {
  if (parsed.precision === 'year' || parsed.precision === 'month') return parsed
  return { ...parsed, offset: parsed.offset ?? zoneOffset(parsed.local, clues) }
}

/** The offset at the place. The hour that clocks show twice in autumn is the one the satellites' time belongs to. */
function zoneOffset(local: Temporal.PlainDateTime, clues: DateClues): number | null {
  if (clues.zone === undefined) return null
  const earlier = local.toZonedDateTime(clues.zone, { disambiguation: 'earlier' })
  const later = local.toZonedDateTime(clues.zone, { disambiguation: 'later' })
  const gps = parseDate(clues.gpsInstant)
  if (gps?.precision !== null || earlier.equals(later)) {
    return local.toZonedDateTime(clues.zone).offsetNanoseconds / 6e10
  }
  const at = gps.local.toZonedDateTime('UTC').epochMilliseconds
  const isLater = Math.abs(later.epochMilliseconds - at) < Math.abs(earlier.epochMilliseconds - at)
  return (isLater ? later : earlier).offsetNanoseconds / 6e10
}

/** Wall clock minus satellite time, rounded to quarter hours; nothing when it is no offset any place has. */
function gpsDelta({ local, precision }: ParsedDate, gpsInstant: string | undefined): number | null {
  const gps = parseDate(gpsInstant)
  if (precision !== null || gps?.precision !== null) return null
  const minutes = gps.local.until(local, { largestUnit: 'minute' }).total('minutes')
  const rounded = Math.round(minutes / 15) * 15
  return Math.abs(rounded) <= maxOffsetMinutes ? rounded || 0 : null
}

/** Dates that cameras fall back to when their battery was empty. */
function looksReset({ local }: ParsedDate): boolean {
  const isNewYear = local.month === 1 && local.day === 1
  if (!isNewYear) return false
  return local.year === 1980 || local.year === 2000 || (local.hour === 0 && local.minute === 0 && local.second === 0)
}

/** Photography began in 1826; nothing was taken tomorrow. 1904 and 1970 are zeros of clocks. */
function isPossible({ local, precision }: ParsedDate, now: Temporal.Instant): boolean {
  const day = local.toPlainDate().toString()
  if (day === '1904-01-01' || day === '1970-01-01') return false
  const today = now.toZonedDateTimeISO('UTC').toPlainDateTime()
  // The middle of a year or month that is not over yet lies ahead.
  const latest = precision === null || precision === 'day' ? today.add({ days: 1 }) : today.add({ months: 6 })
  return local.year >= 1826 && Temporal.PlainDateTime.compare(local, latest) <= 0
}

function wallText(local: Temporal.PlainDateTime): string {
  return local.toString({ smallestUnit: local.millisecond === 0 ? 'second' : 'millisecond' })
}
