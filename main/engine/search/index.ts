import type { ObjectTypeName, SearchResult } from '../../contract/index.ts'
import type { Reader } from '../database/index.ts'

/** What this person has that fits the words, best first; of all types unless some are named. */
export async function search(
  tx: Reader,
  query: string,
  wish: { readonly types?: readonly ObjectTypeName[]; readonly limit: number },
): Promise<SearchResult[]> {
  return tx.query<SearchResult>(
    `select type, id, left(title, 300) as title, at, rank from read.search($1, $2::text[], $3)`,
    [query, wish.types ?? null, wish.limit],
  )
}

export { findMedia } from './media.ts'
