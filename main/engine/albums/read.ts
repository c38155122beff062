import type { Album } from '../../contract/index.ts'
import type { Reader } from '../database/index.ts'

/** The first live item by hand order stands for an album whose cover was not chosen, or went to the trash. */
const columns = `'album' as type, a.id, a.name, a.description, a.sort_order as "sortOrder", a.media_count as "mediaCount",
  case when a.source_type = 'folder' then a.source_id end as "sourceFolder",
  chosen.id is not null as "isCoverChosen", coalesce(chosen.id, first.id) as "coverMediaId",
  a.created_at as "createdAt", a.updated_at as "updatedAt", a.deleted_at as "deletedAt"`
const tables = `vault.albums a
  left join vault.media chosen on chosen.id = a.cover_media_id and chosen.deleted_at is null
  left join lateral (
    select m.id from core.links l join vault.media m on m.id = l.to_object_id and m.deleted_at is null
    where l.from_object_id = a.id and l.link_type = 'contains' and l.deleted_at is null
    order by l.sort_order limit 1) first on chosen.id is null`

/** Every live album by name, or every trashed one, the last trashed first. */
export async function listAlbums(tx: Reader, options: { readonly isTrashed: boolean }): Promise<Album[]> {
  return tx.query<Album>(
    options.isTrashed
      ? `select ${columns} from ${tables} where a.deleted_at is not null order by a.deleted_at desc, a.id`
      : `select ${columns} from ${tables} where a.deleted_at is null order by lower(a.name), a.id`,
  )
}

/** One album, trashed or not; undefined when this person has none with that id. */
export async function readAlbum(tx: Reader, id: string): Promise<Album | undefined> {
  return tx.one<Album>(`select ${columns} from ${tables} where a.id = $1`, [id])
}
