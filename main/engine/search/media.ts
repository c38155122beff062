import type { MediaFound, MediaType } from '../../contract/index.ts'
import type { Reader } from '../database/index.ts'
import { packedTile, tilesOf } from '../library/index.ts'
import { daysMeant, wordsOf } from './days.ts'

/**
 * Photos and videos that have every word of a query: in the name, the caption, the camera or a tag, the last word
 * also unfinished. A day, month or year in it means when they were taken, or is a word like any other.
 */
export async function findMedia(
  tx: Reader,
  query: string,
  wish: { readonly type?: MediaType; readonly onlyFavourites: boolean; readonly limit: number },
): Promise<MediaFound> {
  const days = daysMeant(query)
  const row = await tx.one<{ packed: string | null }>(
    `select json_agg(${packedTile})::text as packed from (
       select m.* from vault.media m join (
         select id from read.find_media($1, null, null, $2, $3, $4)
         union select id from read.find_media($5, $6::timestamp, $7::timestamp + interval '1 day', $2, $3, $4)
           where $6 is not null) found using (id)
       order by m.taken_local desc nulls last, m.id desc limit $4) page`,
    [
      wordsOf(query),
      wish.type ?? null,
      wish.onlyFavourites,
      wish.limit + 1,
      days?.words ?? [],
      days?.from ?? null,
      days?.to ?? null,
    ],
  )
  const tiles = tilesOf(row?.packed)
  return {
    items: tiles.slice(0, wish.limit),
    next: null,
    hasMore: tiles.length > wish.limit,
    from: days?.from ?? null,
    to: days?.to ?? null,
  }
}
