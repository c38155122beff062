import { instantOf } from '../instants.ts'

/** First letters of the months in the languages that Latin letters write, without their accents. */
const months: readonly RegExp[] = [
  /^(?:jan|gen|ene)/,
  /^(?:feb|fev)/,
  /^(?:mar|mrt)/,
  /^(?:apr|avr|abr)/,
  /^(?:may|mai|mei|mag)/,
  /^(?:jun|juin|giu)/,
  /^(?:jul|juil|lug)/,
  /^(?:aug|aou|ago)/,
  /^(?:sep|set)/,
  /^(?:oct|okt|out|ott)/,
  /^(?:nov)/,
  /^(?:dec|dez|dic)/,
]
const clock = /(\d{1,2}):(\d\d)(?::(\d\d))?\s?([AaPp])?/

/** An instant of `activities.csv`, UTC: `Nov 20, 2026, 5:31:07 PM`, and as other languages write it. Null for others. */
export function dateOf(text: string): string | null {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const [, hours = '', minutes, seconds = '0', half] = clock.exec(plain) ?? []
  const day = dayOf(plain)
  if (hours === '' || day === null) return null
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === 'p' ? 12 : 0)
  return hour > 23 ? null : instantOf(Date.UTC(...day, hour, Number(minutes), Number(seconds)))
}

function dayOf(plain: string): [number, number, number] | null {
  const [, y, m, d] = /^(\d{4})-(\d\d)-(\d\d)/.exec(plain) ?? []
  if (y !== undefined) return checked(Number(y), Number(m) - 1, Number(d))
  // Only English puts the month first, and it writes it in letters.
  const [, day, month, year] = /^(\d{1,2})[./] ?(\d{1,2})[./] ?(\d{4})/.exec(plain) ?? []
  if (year !== undefined) return checked(Number(year), Number(month) - 1, Number(day))
  const [, word = ''] = /([a-z]{3,12})/.exec(plain) ?? []
  const at = months.findIndex((each) => each.test(word))
  const [, first] = /(?:^|\D)(\d{1,2})(?:\D|$)/.exec(plain) ?? []
  const [, full] = /(?:^|\D)(\d{4})(?:\D|$)/.exec(plain) ?? []
  return at < 0 || first === undefined || full === undefined ? null : checked(Number(full), at, Number(first))
}

function checked(year: number, month: number, day: number): [number, number, number] | null {
  return month < 0 || month > 11 || day < 1 || day > 31 ? null : [year, month, day]
}
