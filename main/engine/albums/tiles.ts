import type { AlbumOrder, TimelinePage } from '../../contract/index.ts'
import { placeIn } from '../base/cursor.ts'
import type { Reader } from '../database/index.ts'
import { packedTile, tilesOf } from '../library/index.ts'

/** What a page of each order is sorted by; a null date counts as the far past, so undated items have a place too. */
const keys: Readonly<Record<AlbumOrder, { key: string; type: string; direction: 'asc' | 'desc' }>> = {
  date_asc: { key: `coalesce(m.taken_local, 'infinity')`, type: 'timestamp', direction: 'asc' },
  date_desc: { key: `coalesce(m.taken_local, '-infinity')`, type: 'timestamp', direction: 'desc' },
  manual: { key: 'coalesce(l.sort_order, 0)', type: 'integer', direction: 'asc' },
}

/** A page of an album in its order. Throws `bad-request` for a cursor this program did not make. */
export async function albumTiles(
  tx: Reader,
  album: { readonly id: string; readonly sortOrder: AlbumOrder },
  wanted: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<TimelinePage> {
  const { key, type, direction } = keys[album.sortOrder]
  const params: unknown[] = [album.id, wanted.limit + 1]
  let where = ''
  if (wanted.cursor !== undefined) {
    params.push(...placeIn(wanted.cursor, /^(-?infinity|-?\d+|\d{4}-\d\d-\d\d[T ][\d:.]+)$/))
    where = `and (${key}, m.id) ${direction === 'asc' ? '>' : '<'} ($3::${type}, $4::uuid)`
  }
  const row = await tx.one<{ packed: string | null; last: string | null; more: boolean }>(
    // Whole rows are fetched for the page alone: an album may have tens of thousands of items to sort.
    `with place as (
       select m.id, ${key} as place from core.links l join vault.media m on m.id = l.to_object_id and m.deleted_at is null
       where l.from_object_id = $1 and l.link_type = 'contains' and l.deleted_at is null ${where}
       order by ${key} ${direction}, m.id ${direction} limit $2),
     page as (
       select m.*, place.place, row_number() over (order by place.place ${direction}, m.id ${direction}) as n
       from place join vault.media m on m.id = place.id)
     select json_agg(${packedTile} order by n) filter (where n < $2)::text as packed,
            (array_agg(place::text || '|' || id order by n desc) filter (where n < $2))[1] as last,
            count(*) = $2 as more
     from page`,
    params,
  )
  return { items: tilesOf(row?.packed), next: row?.more === true ? row.last : null }
}
