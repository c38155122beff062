import type { Writer } from '../database/index.ts'
import { recordChanges } from '../changes/index.ts'
import { linkContained, record } from '../objects/index.ts'

/** Puts items into the album of a source folder, found again by the folder's path and made when there is none. */
export async function fileIntoFolderAlbum(
  tx: Writer,
  userId: string,
  folder: { readonly path: string; readonly name: string },
  ids: readonly string[],
): Promise<void> {
  const found = await tx.one<{ id: string }>(
    `select id from vault.albums where user_id = $1 and source_type = 'folder' and deleted_at is null
       and core.text_key(source_id) = core.text_key($2) and source_id = $2`,
    [userId, folder.path],
  )
  const album =
    found ??
    (await tx.one<{ id: string }>(
      `insert into vault.albums (user_id, name, source_type, source_id) values ($1, left($2, 200), 'folder', $3)
       returning id`,
      [userId, folder.name, folder.path],
    ))
  if (!album) throw new Error('an album was not stored')
  await linkContained(tx, userId, { id: album.id, type: 'album' }, { ids, type: 'media' })
  if (found) await recordChanges(tx, userId, [{ noun: 'albums', objectId: album.id, kind: 'changed' }])
  else {
    const details = { name: folder.name }
    await record(tx, { userId, action: 'albums.created', ids: [album.id], change: 'added', details })
  }
}

/** Albums that show one item as their cover show another instead, which must be in them. */
export async function replaceCover(tx: Writer, userId: string, from: string, to: string): Promise<void> {
  await tx.execute(`update vault.albums set cover_media_id = $3 where user_id = $1 and cover_media_id = $2`, [
    userId,
    from,
    to,
  ])
}

/** An album as it was in another vault. */
export interface AlbumBefore {
  readonly name: string
  readonly description: string | null
  readonly sortOrder: string
  readonly visibility: string
  readonly createdAt: string
  readonly deletedAt: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly source: { readonly type: string | null; readonly id: string | null; readonly platform: string | null }
  /** The connection of this vault it came through. */
  readonly integrationId: string | null
}

/** Makes an album as it was, its times too; returns its id. Of two live ones of one source folder the first stays that folder's. */
export async function storeAlbum(tx: Writer, userId: string, album: AlbumBefore): Promise<string> {
  const row = await tx.one<{ id: string }>(
    `insert into vault.albums (user_id, name, description, sort_order, visibility, created_at, deleted_at, metadata,
       source_platform, source_type, source_integration_id, source_id)
     select $1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $12,
       case when $7::timestamptz is null and exists (select 1 from vault.albums o where o.user_id = $1
         and o.source_type = $10 and o.source_id = $11 and o.deleted_at is null) then null else $11 end
     returning id`,
    [
      userId,
      album.name,
      album.description,
      album.sortOrder,
      album.visibility,
      album.createdAt,
      album.deletedAt,
      JSON.stringify(album.metadata),
      album.source.platform,
      album.source.type,
      album.source.id,
      album.integrationId,
    ],
  )
  if (!row) throw new Error('an album was not stored')
  const details = { name: album.name }
  await record(tx, { userId, action: 'albums.created', ids: [row.id], change: 'added', details })
  return row.id
}

/** Sets the cover of an album that was just stored; the item must be in it. */
export async function setCover(tx: Writer, albumId: string, mediaId: string): Promise<void> {
  await tx.execute(`update vault.albums set cover_media_id = $2 where id = $1`, [albumId, mediaId])
}
