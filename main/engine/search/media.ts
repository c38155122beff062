import type { MediaFound, MediaType, Tile } from '../../contract/index.ts'
import type { Reader } from '../database/index.ts'
import { packedTile, tilesOf } from '../library/index.ts'
import { daysMeant, wordsOf } from './days.ts'
import { filtersMeant, type FiltersMeant } from './filters.ts'
import { placesOf, type PlaceNames } from './places.ts'
import { corrected } from './slips.ts'

export interface MediaWanted {
  readonly type?: MediaType
  readonly onlyFavourites: boolean
  readonly limit: number
  /** Slips of the pen are not looked for: something was found elsewhere. */
  readonly isExact?: boolean
}

/**
 * Photos and videos that have every word of a query: in the name, the caption, the camera, a tag or a folder, or as the
 * name of their place, the end of a word may be missing. A day, month or year, a kind of file and stars mean that, or are
 * words like any other. When nothing has them, `instead` is the query without its slips of the pen, if that finds something.
 */
export async function findMedia(tx: Reader, query: string, wanted: MediaWanted): Promise<MediaFound> {
  const places = await placesOf(tx)
  const found = await look(tx, places, query, wanted)
  const instead =
    found.items.length > 0 || wanted.isExact === true
      ? null
      : await corrected(tx, query, places, async (other) => {
          const { items } = await look(tx, places, other, { ...wanted, limit: 1 })
          return items.length > 0
        })
  return { ...found, next: null, instead }
}

async function look(
  tx: Reader,
  places: PlaceNames,
  query: string,
  wanted: MediaWanted,
): Promise<Omit<MediaFound, 'next' | 'instead'>> {
  const days = daysMeant(query)
  const filters = filtersMeant(days === null ? query : days.words.join(' '))
  const readings: Reading[] = [{ words: wordsOf(query) }]
  if (days || filters) {
    readings.push({
      ...filters,
      words: filters?.words ?? days?.words ?? [],
      ...(days && { from: days.from, to: days.to }),
    })
  }
  const asked = readings.filter(
    // Words that ask for another kind than the person has chosen mean something else.
    (each) => wanted.type === undefined || each.type === undefined || each.type === wanted.type,
  )
  const one = (at: number): string =>
    `select id from read.find_media($${at}, $${at + 1}::jsonb, $${at + 2}::timestamp, $${at + 3}::timestamp + interval '1 day',
       $${at + 4}::jsonb, $1)`
  const row = await tx.one<{ packed: string | null }>(
    `select json_agg(${packedTile})::text as packed from (
       select m.* from vault.media m join (${asked.map((_, index) => one(2 + 5 * index)).join(' union ')}) found using (id)
       order by m.taken_local desc nulls last, m.id desc limit $1) page`,
    [
      wanted.limit + 1,
      ...asked.flatMap((each) => [
        each.words,
        JSON.stringify(each.words.map((word) => places.cellsOf(word))),
        each.from ?? null,
        each.to ?? null,
        JSON.stringify({
          type: wanted.type ?? each.type ?? null,
          format: each.format ?? null,
          stars: each.stars ?? null,
          favourites: wanted.onlyFavourites || each.favourites === true,
        }),
      ]),
    ],
  )
  const tiles: Tile[] = tilesOf(row?.packed)
  return {
    items: tiles.slice(0, wanted.limit),
    hasMore: tiles.length > wanted.limit,
    from: days?.from ?? null,
    to: days?.to ?? null,
  }
}

interface Reading extends FiltersMeant {
  readonly from?: string
  readonly to?: string
}
