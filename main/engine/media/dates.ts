import { withoutEnd } from '../base/trim.ts'

/** How far a date is known when its clock time is not. Null is known to the second. */
export type Precision = 'year' | 'month' | 'day' | null

/** A date as it was written: the wall clock, and the offset when one is given. */
export interface ParsedDate {
  /** The middle of the year or month when no more is known, so that it sorts among its neighbours. */
  readonly local: Temporal.PlainDateTime
  readonly offset: number | null
  readonly precision: Precision
}

/** Offsets are between −12 and +14 hours; a bigger difference is a wrong clock, not a zone. */
export const maxOffsetMinutes = 14 * 60
/** Longer than any date; what is behind it is not read. */
const maxCharacters = 64

const datePart = String.raw`(\d{4})(?:[:\-./]([ \d]?\d|  |--)(?:[:\-./]([ \d]?\d|  |--))?)?`
const timePart = String.raw` {0,2}([ \d]?\d)(?::([ \d]?\d))?(?::([ \d]?\d)(?:[.,](\d{1,9})\d*)?)?(?: ?([ap])\.?m\.?)?`
const zonePart = String.raw`(?: ?(z|utc|gmt|[+-] ?\d{1,2}(?::?\d\d)?(?::?\d\d)?))?`
/** `2021:07:15 10:20:30`, `2004: 1: 2`, `2005.09.15T16:28`, `1993:08:00`, `1993`. */
const written = new RegExp(`^${datePart}(?:/?[ :t]${timePart})?${zonePart}$`, 'i')
/** `20210715`, `20210715T102030`, `199308`. */
const compact = new RegExp(String.raw`^(\d{4})(\d\d)(\d\d)?(?:[ t]?(\d\d)(\d\d)(\d\d)?)?${zonePart}$`, 'i')

/**
 * A date as EXIF, XMP, IPTC, films and ISO 8601 write it; null for blanks, zeros and days that do not exist. Parts that
 * are zero or blank behind a known year are unknown: `1993:08:00` is August 1993. Hour 24 is the next day's.
 */
export function parseDate(text: string | undefined, subSec?: string): ParsedDate | null {
  const plain = tidy(text)
  const match = written.exec(plain)
  if (match) {
    const [, year, month, day, hour, minute, second, fraction, half, zone] = match
    return dateOf({ year, month, day, hour, minute, second, fraction: fraction ?? digits(subSec), half, zone })
  }
  const dense = compact.exec(plain)
  if (!dense) return null
  const [, year, month, day, hour, minute, second, zone] = dense
  return dateOf({ year, month, day, hour, minute, second, fraction: digits(subSec), half: undefined, zone })
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const clock = String.raw`(\d{1,2}):(\d\d)(?::(\d\d))?`
/** RFC 1123 and its relatives: `Fri, 4 Mar 2022 05:06:07 +0100`, `Wed 5 Apr 2006 13:33:39`, `4 Mar 2022`. */
const mail = new RegExp(
  String.raw`^(?:[a-z]{3,9}\.?,? )?(\d{1,2})[ -]([a-z]{3})[a-z]{0,6}\.?[ -](\d{4})(?: ${clock})?(.{0,12})$`,
  'i',
)
/** C's `asctime`, which many cameras put into AVI: `Tue Oct 27 12:14:00 2009`, with or without a zone before the year. */
const asctime = new RegExp(
  String.raw`^(?:[a-z]{3,9}\.?,? )?([a-z]{3})[a-z]{0,6}\.? (\d{1,2}),? ${clock} (?:([a-z+\-\d:]{1,6}) )?(\d{4})$`,
  'i',
)
/** `2005 Jul 17 15:37`, `Oct 27, 2009 12:14:00`, `Oct 27 2009`. */
const yearFirst = new RegExp(String.raw`^(\d{4}) ([a-z]{3})[a-z]{0,6}\.? (\d{1,2})(?: ${clock})?$`, 'i')
const american = new RegExp(String.raw`^([a-z]{3})[a-z]{0,6}\.? (\d{1,2}),? (\d{4})(?: ${clock})?$`, 'i')

/** A date with the month as a word, as letters, PNG texts and AVI headers carry it. */
export function parseWordDate(text: string | undefined): ParsedDate | null {
  const plain = tidy(text).replaceAll(/ {2,}/g, ' ')
  const m = mail.exec(plain)
  if (m) return wordDate({ year: m[3], month: m[2], day: m[1], hour: m[4], minute: m[5], second: m[6], zone: m[7] })
  const a = asctime.exec(plain)
  if (a) return wordDate({ year: a[7], month: a[1], day: a[2], hour: a[3], minute: a[4], second: a[5], zone: a[6] })
  const y = yearFirst.exec(plain)
  if (y) return wordDate({ year: y[1], month: y[2], day: y[3], hour: y[4], minute: y[5], second: y[6] })
  const u = american.exec(plain)
  return u ? wordDate({ year: u[3], month: u[1], day: u[2], hour: u[4], minute: u[5], second: u[6] }) : null
}

type Part = string | undefined

function wordDate(parts: {
  readonly year: Part
  readonly month: Part
  readonly day: Part
  readonly hour: Part
  readonly minute: Part
  readonly second: Part
  readonly zone?: Part
}): ParsedDate | null {
  const month = months.indexOf((parts.month ?? '').toLowerCase()) + 1
  if (month === 0) return null
  const found = dateOf({ ...parts, month: String(month), fraction: undefined, half: undefined, zone: undefined })
  return found && { ...found, offset: wordZone(parts.zone) }
}

/** Zones by name are those of the mail standard; "-0000" says that the zone is not known (RFC 5322, 3.3). */
const namedZones: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
}

function wordZone(text: Part): number | null {
  const zone = (text ?? '').trim().toLowerCase()
  return zone === '-0000' ? null : (namedZones[zone] ?? parseOffset(zone))
}

/** Minutes of `+02:00`, `-0330`, `+5:30`, `+9`, `Z`; null for anything else and for what no place has. */
export function parseOffset(text: string | undefined): number | null {
  const plain = tidy(text).toLowerCase()
  if (plain === 'z' || plain === 'utc' || plain === 'gmt') return 0
  const match = /^([+-]) ?(\d{1,2})(?::?(\d\d))?(?::?\d\d)?$/.exec(plain)
  if (!match) return null
  const minutes = (Number(match[2]) * 60 + Number(match[3] ?? 0)) * (match[1] === '-' ? -1 : 1)
  return Number(match[3] ?? 0) < 60 && Math.abs(minutes) <= maxOffsetMinutes ? minutes || 0 : null
}

/** The middle of the time that a date with this precision may mean. */
export function middleOf(year: number, month: number | null): Temporal.PlainDateTime {
  const from = Temporal.PlainDate.from({ year, month: month ?? 1, day: 1 })
  const to = month === null ? from.add({ years: 1 }) : from.add({ months: 1 })
  const hours = from.until(to, { largestUnit: 'day' }).days * 12
  return from.toPlainDateTime().add({ hours })
}

/** Whether a more exact date lies within what a less exact one may mean. */
export function isWithin(exact: Temporal.PlainDateTime, rough: ParsedDate): boolean {
  const { local, precision } = rough
  if (precision === null || exact.year !== local.year) return false
  if (precision === 'year') return true
  return exact.month === local.month && (precision === 'month' || exact.day === local.day)
}

function dateOf(parts: {
  readonly year: Part
  readonly month: Part
  readonly day: Part
  readonly hour: Part
  readonly minute: Part
  readonly second: Part
  readonly fraction: Part
  readonly half: Part
  readonly zone: Part
}): ParsedDate | null {
  const number = (part: Part): number => Number((part ?? '').replace('--', '').trim() || 0)
  const [year, month, day] = [number(parts.year), number(parts.month), number(parts.day)]
  if (year === 0) return null
  try {
    if (month === 0) return day === 0 ? { local: middleOf(year, null), offset: null, precision: 'year' } : null
    if (day === 0) return month > 12 ? null : { local: middleOf(year, month), offset: null, precision: 'month' }
    const hasTime = parts.hour !== undefined && parts.minute !== undefined
    const time = hasTime ? timeOf(number(parts.hour), number(parts.minute), number(parts.second), parts.half) : null
    if (hasTime && time === null) return null
    const milliseconds = Math.trunc(Number(`0.${parts.fraction ?? 0}`) * 1000)
    const midnight = Temporal.PlainDateTime.from({ year, month, day }, { overflow: 'reject' })
    const local = midnight.add({ seconds: time ?? 0, milliseconds: hasTime ? milliseconds : 0 })
    return { local, offset: parseOffset(parts.zone), precision: hasTime ? null : 'day' }
  } catch {
    // 31 February, month 13: no date at all.
    return null
  }
}

/** Seconds from midnight; null for a time no clock shows. Hour 24 runs on into the next day. */
function timeOf(hour: number, minute: number, second: number, half: Part): number | null {
  // A second of 60 is a leap second.
  if (hour > 24 || minute > 59 || second > 60 || (half !== undefined && (hour > 12 || hour === 0))) return null
  const hours = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  return (hours * 60 + minute) * 60 + Math.min(second, 59)
}

/** SubSecTime is the digits after the point: "5" is half a second. */
function digits(subSec: string | undefined): string | undefined {
  const plain = subSec?.replaceAll('\0', '').trim()
  return plain !== undefined && /^\d{1,9}$/.test(plain) ? plain : undefined
}

/** Without padding and with single blanks, except those that stand for a digit. */
function tidy(text: string | undefined): string {
  const cut = (text ?? '')
    .slice(0, maxCharacters)
    .replaceAll('\0', '')
    .replaceAll(/[\s\u00a0\u202f]/g, ' ')
    .trim()
  return withoutEnd(cut, ' :-./')
}
