import type { ObjectTypeName, SearchResult } from '../../contract/index.ts'
import type { Reader } from '../database/index.ts'
import { findMedia } from './media.ts'

/** Photos found by what stands in no word of theirs come after what was found by words. */
const rankOfOthers = 0.05

/**
 * What this person has that fits the words, best first; of all types unless some are named. Photos are also found as
 * `findMedia` finds them. When there is nothing, `instead` may say what was meant.
 */
export async function search(
  tx: Reader,
  query: string,
  wanted: { readonly types?: readonly ObjectTypeName[]; readonly limit: number },
): Promise<{ readonly items: SearchResult[]; readonly instead: string | null }> {
  const byWords = await tx.query<SearchResult>(
    `select type, id, left(title, 300) as title, at, rank from read.search($1, $2::text[], $3)`,
    [query, wanted.types ?? null, wanted.limit],
  )
  const room = wanted.limit - byWords.length
  if (room <= 0 || query.trim() === '' || isMoreThanWords(query) || wanted.types?.includes('media') === false) {
    return { items: byWords, instead: null }
  }
  const { items: tiles, instead } = await findMedia(tx, query, {
    limit: wanted.limit,
    onlyFavourites: false,
    isExact: byWords.length > 0,
  })
  const known = new Set(byWords.map(({ id }) => id))
  const others = tiles
    .filter(({ id }) => !known.has(id))
    .slice(0, room)
    .map(({ id, filename, takenLocal }): SearchResult => ({
      type: 'media',
      id,
      title: filename.slice(0, 300),
      at: takenLocal,
      rank: rankOfOthers,
    }))
  return { items: [...byWords, ...others], instead }
}

/** Phrases, alternatives and words that must not be there. */
function isMoreThanWords(query: string): boolean {
  return /"|(?:^|\s)-|(?:^|\s)or(?:\s|$)/i.test(query)
}

export { findMedia } from './media.ts'
