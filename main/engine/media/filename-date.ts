/** The date in a file name. */
export interface NamedDate {
  readonly local: Temporal.PlainDateTime
  /** The phone that writes this pattern uses UTC (Pixel), or the name is a count of milliseconds. */
  readonly isUtc: boolean
  /** Only the day stands in the name. */
  readonly isDay: boolean
}

const date = String.raw`(19\d{2}|20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])`
const time = String.raw`([01]?\d|2[0-3])[-_.:h]?([0-5]\d)[-_.:m]?([0-5]\d)`
/**
 * `IMG_20160822_093541`, `2016-08-22 09.35.41`, `Screenshot_2023-10-27-12-33-03`, `signal-2021-03-04-101112`, and with
 * the clock of twelve hours `… 2021-03-04 at 9.11.12 PM`.
 */
const dateAndTime = new RegExp(
  String.raw`(?<!\d)${date}[-_ T.at,]{0,5}${time}(?:\d{0,3}(?!\d)| ?([ap])\.?m\b)(?: ?([ap])\.?m\b)?`,
  'i',
)
/** `IMG-20220122-WA0122` and other names with only a day. */
const dateOnly = new RegExp(String.raw`(?<!\d)${date}(?!\d)`)
/** `FB_IMG_1461234567890`, `mmexport1461234567890`: milliseconds since 1970, from 2001 to 2033. */
const milliseconds = /(?<!\d)1\d{12}(?!\d)/
/** Words of letters and digits; one that is a long hexadecimal number is no date, whatever its digits spell. */
const words = /[a-z\d]+/gi
const leastHexadecimal = 12
const uuid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi
/** Longer names than file systems have; what is behind it is not read. */
const maxCharacters = 1024

/** Reads the date phones and messengers put into names; null when there is none that exists. */
export function filenameDate(filename: string): NamedDate | null {
  const name = plainName(filename)
  const full = dateAndTime.exec(name)
  const found = full ?? dateOnly.exec(name)
  if (!found) return inMilliseconds(name)
  const [year, month, day, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number)
  const half = (full?.[7] ?? full?.[8])?.toLowerCase()
  try {
    const local = Temporal.PlainDateTime.from(
      { year: year ?? 0, month: month ?? 0, day: day ?? 0, hour: hourOf(hour, half), minute, second },
      { overflow: 'reject' },
    )
    return { local, isUtc: full !== null && filename.startsWith('PXL_'), isDay: full === null }
  } catch {
    // 31 February in a name is a number, not a date.
    return null
  }
}

function plainName(filename: string): string {
  const name = filename
    .slice(0, maxCharacters)
    .normalize('NFC')
    .replaceAll(/[\s\u00a0\u202f\u2009]/g, ' ')
  return name.replaceAll(uuid, '~').replaceAll(words, (word) => (isHexadecimal(word) ? '~' : word))
}

/** Letters and digits of base sixteen in one case, both of them, and many: a checksum or an id. */
function isHexadecimal(word: string): boolean {
  if (word.length < leastHexadecimal || /^\d+$/.test(word) || /^[a-f]+$/i.test(word)) return false
  return /^[\da-f]+$/.test(word) || /^[\dA-F]+$/.test(word)
}

function hourOf(hour: number, half: string | undefined): number {
  // "13 PM" is the clock of twenty-four hours with a word too many.
  if (half === undefined || hour > 12) return hour
  return (hour % 12) + (half === 'p' ? 12 : 0)
}

function inMilliseconds(name: string): NamedDate | null {
  const found = milliseconds.exec(name)
  if (!found) return null
  const instant = Temporal.Instant.fromEpochMilliseconds(Number(found[0]))
  return { local: instant.toZonedDateTimeISO('UTC').toPlainDateTime(), isUtc: true, isDay: false }
}
