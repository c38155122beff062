/** The date in a file name. `isUtc`: the phone that writes this pattern uses UTC (Pixel). */
export interface NamedDate {
  readonly local: Temporal.PlainDateTime
  readonly isUtc: boolean
}

const date = '(19\\d{2}|20\\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\\d|3[01])'
const time = '([01]\\d|2[0-3])[-_.:h]?([0-5]\\d)[-_.:m]?([0-5]\\d)'
/** `IMG_20160822_093541`, `2016-08-22 09.35.41`, `Screenshot_2023-10-27-12-33-03`, `signal-2021-03-04-101112`. */
const dateAndTime = new RegExp(`(?<!\\d)${date}[-_ T.at]{1,4}${time}\\d{0,3}(?!\\d)`)
/** `IMG-20220122-WA0122` and other names with only a day. */
const dateOnly = new RegExp(`(?<!\\d)${date}(?!\\d)`)

/** Reads the date phones and messengers put into names; null when there is none that exists. */
export function filenameDate(filename: string): NamedDate | null {
  const full = dateAndTime.exec(filename)
  const found = full ?? dateOnly.exec(filename)
  if (!found) return null
  const [, year, month, day, hour = 0, minute = 0, second = 0] = found.map(Number)
  try {
    const local = Temporal.PlainDateTime.from(
      { year: year ?? 0, month: month ?? 0, day: day ?? 0, hour, minute, second },
      { overflow: 'reject' },
    )
    return { local, isUtc: full !== null && filename.startsWith('PXL_') }
  } catch {
    // 31 February in a name is a number, not a date.
    return null
  }
}
