import { folded, isSpelt } from '../../contract/index.ts'
import type { Reader } from '../database/index.ts'
import { wordsOf } from './days.ts'
import type { PlaceNames } from './places.ts'

const shortest = 4
/** As many texts as are looked through for one word. */
const mostTexts = 2000
/** A query of more words is a text, not a slip. */
const mostWords = 8

/**
 * A query with each word that nothing has put right by the nearest word of the person's captions, names, tags, albums and
 * places; null when there is none, or when what comes of it finds nothing either.
 */
export async function corrected(
  tx: Reader,
  query: string,
  places: PlaceNames,
  finds: (query: string) => Promise<boolean>,
): Promise<string | null> {
  const words = wordsOf(query)
  if (words.length === 0 || words.length > mostWords) return null
  let text = query
  for (const word of words) {
    if (word.length < shortest || !/^[\p{L}\p{M}'’-]+$/u.test(word) || (await finds(word))) continue
    const better = nearest(word, [...(await textsLike(tx, word)), ...places.words()])
    if (better === null) return null
    text = text.replace(word, () => better)
  }
  return text !== query && (await finds(text)) ? text : null
}

async function textsLike(tx: Reader, word: string): Promise<string[]> {
  const rows = await tx.query<{ words: string }>(`select words from read.alike($1, $2)`, [word, mostTexts])
  return rows.map((row) => row.words)
}

/** The word of the texts that is fewest slips away, of equal ones the one most often met. */
function nearest(word: string, texts: readonly string[]): string | null {
  const wanted = folded(word)
  const allowed = wanted.length < 10 ? (wanted.length < 6 ? 1 : 2) : 3
  const met = new Map<string, { count: number; slips: number; shown: string }>()
  for (const text of texts) {
    for (const shown of text.normalize('NFC').match(/[\p{L}\p{M}]+/gu) ?? []) {
      const plain = folded(shown)
      const known = met.get(plain)
      if (known) known.count += 1
      else if (Math.abs(plain.length - wanted.length) <= allowed && !isSpelt(shown, word, false)) {
        met.set(plain, { count: 1, slips: slips(wanted, plain), shown })
      }
    }
  }
  const [best] = [...met.values()]
    .filter((each) => each.slips <= allowed)
    .toSorted((one, other) => one.slips - other.slips || other.count - one.count)
  return best?.shown ?? null
}

/**
 * How many letters were left out, put in, taken for another or exchanged with their neighbour (optimal string alignment:
 * https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance).
 */
export function slips(one: string, other: string): number {
  const from = Array.from(one)
  const to = Array.from(other)
  let before: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [row, letter] of from.entries()) {
    const next = [row + 1]
    for (const [column, wanted] of to.entries()) {
      let least = Math.min(
        (last[column + 1] ?? 0) + 1,
        (next[column] ?? 0) + 1,
        (last[column] ?? 0) + (letter === wanted ? 0 : 1),
      )
      if (row > 0 && column > 0 && letter === to[column - 1] && from[row - 1] === wanted) {
        least = Math.min(least, (before[column - 1] ?? 0) + 1)
      }
      next.push(least)
    }
    before = last
    last = next
  }
  return last[to.length] ?? 0
}
