/** The days that words of a query name, both included, and the words that are left. */
export interface DaysMeant {
  readonly from: string
  readonly to: string
  readonly words: readonly string[]
}

/** Languages whose month names are understood: those Coffer speaks. */
const languages = ['en', 'de']
const months = new Map(
  languages.flatMap((language) => ['long', 'short'].flatMap((style) => monthNames(language, style))),
)
const year = '((?:18|19|20)\\d\\d)'
const wordOfMonth = `(${[...months.keys()].toSorted((one, other) => other.length - one.length).join('|')})\\.?`
const day = '(0?[1-9]|[12]\\d|3[01])'

/** Ways to write a day, a month or a year, the longest first. Groups are put in order by the letters beside them. */
const ways: readonly { readonly pattern: RegExp; readonly order: string }[] = [
  { pattern: new RegExp(`^${year}[-/.](\\d\\d?)[-/.](\\d\\d?)`), order: 'ymd' },
  { pattern: new RegExp(`^${day}\\.\\s?(\\d\\d?)\\.\\s?${year}`), order: 'dmy' },
  { pattern: new RegExp(`^${day}(?:\\.|st|nd|rd|th)?\\s+${wordOfMonth}\\s+${year}`), order: 'dmy' },
  { pattern: new RegExp(`^${wordOfMonth}\\s+${day}(?:st|nd|rd|th)?,?\\s+${year}`), order: 'mdy' },
  { pattern: new RegExp(`^${year}[-/.](\\d\\d?)`), order: 'ym' },
  { pattern: new RegExp(`^(\\d\\d?)[/.]${year}`), order: 'my' },
  { pattern: new RegExp(`^${wordOfMonth},?\\s+${year}`), order: 'my' },
  { pattern: new RegExp(`^${year}\\s+${wordOfMonth}`), order: 'ym' },
  { pattern: new RegExp(`^${year}`), order: 'y' },
]

/** Finds the first day, month or year in a query; null when it names none. A name of a month alone is a word. */
export function daysMeant(query: string): DaysMeant | null {
  const text = query.toLowerCase()
  for (const { index } of text.matchAll(/(?<=^|\s)\S/g)) {
    for (const { pattern, order } of ways) {
      const match = pattern.exec(text.slice(index))
      const rest = match && text.slice(index + match[0].length)
      if (!match || rest === null || !/^(\s|,|$)/.test(rest)) continue
      const range = rangeOf(match, order)
      if (range) return { ...range, words: wordsOf(`${query.slice(0, index)} ${query.slice(index + match[0].length)}`) }
    }
  }
  return null
}

/** The words of a query; quotes and commas only hold them apart. */
export function wordsOf(query: string): string[] {
  return query.split(/[\s"“”„,]+/).filter((word) => word !== '')
}

function rangeOf(match: RegExpExecArray, order: string): { from: string; to: string } | null {
  const part = (letter: string): number | undefined => {
    const text = match[order.indexOf(letter) + 1]
    return order.includes(letter) && text !== undefined ? (months.get(text) ?? Number(text)) : undefined
  }
  const fields = { year: part('y') ?? 0, month: part('m') ?? 1, day: part('d') ?? 1 }
  try {
    const from = Temporal.PlainDate.from(fields, { overflow: 'reject' })
    const length = order.includes('d') ? { days: 1 } : order.includes('m') ? { months: 1 } : { years: 1 }
    return { from: from.toString(), to: from.add(length).subtract({ days: 1 }).toString() }
  } catch {
    // There is no such day: digits of something else.
    return null
  }
}

function monthNames(language: string, style: string): [string, number][] {
  const format = new Intl.DateTimeFormat(language, { month: style as 'long' | 'short', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, index) => [
    format
      .format(Date.UTC(2024, index, 15))
      .toLowerCase()
      .replace('.', ''),
    index + 1,
  ])
}
