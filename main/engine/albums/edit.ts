import type { Album, AlbumEdit, AlbumMove, NewAlbum } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Writer } from '../database/index.ts'
import {
  checkMetadata,
  linkContained,
  moveContained,
  record,
  restore,
  setDifferingColumns,
  trash,
  unlinkContained,
} from '../objects/index.ts'
import { readAlbum } from './read.ts'

/** Makes an album, with items in the order given. Two albums may have one name. Throws `not-found` for unknown items. */
export async function createAlbum(tx: Writer, userId: string, input: NewAlbum): Promise<Album> {
  checkMetadata(input.metadata)
  const row = await tx.one<{ id: string }>(
    `insert into vault.albums (user_id, name, description, metadata, source_type)
     values ($1, $2, $3, $4::jsonb, 'user') returning id`,
    [userId, input.name.trim(), input.description ?? null, JSON.stringify(input.metadata ?? {})],
  )
  if (!row) throw new Error('an album was not stored')
  if (input.mediaIds) await link(tx, userId, row.id, input.mediaIds)
  await record(tx, {
    userId,
    action: 'albums.created',
    ids: [row.id],
    change: 'added',
    details: { name: input.name.trim() },
  })
  return present(tx, row.id)
}

/**
 * Changes what is given and leaves the rest; what is already so changes nothing and leaves no line. Throws `not-found`,
 * also for a cover that is not in the album.
 */
export async function updateAlbum(tx: Writer, userId: string, id: string, edit: AlbumEdit): Promise<void> {
  const before = await live(tx, id)
  checkMetadata(edit.metadata)
  if (typeof edit.coverMediaId === 'string') {
    const inside = await tx.one(
      `select 1 as x from core.links where from_object_id = $1 and to_object_id = $2 and link_type = 'contains'
         and deleted_at is null`,
      [id, edit.coverMediaId],
    )
    if (!inside) throw new CofferError('The cover must be a photo of the album.', { code: 'not-found' })
  }
  const columns = {
    name: edit.name?.trim(),
    description: edit.description,
    cover_media_id: edit.coverMediaId,
    sort_order: edit.sortOrder,
    metadata: edit.metadata,
  }
  const fields = await setDifferingColumns(tx, userId, 'album', id, columns)
  if (fields.length === 0) return
  const { name } = await live(tx, id)
  const details = { fields, name, ...(name !== before.name && { was: before.name }) }
  await record(tx, { userId, action: 'albums.edited', ids: [id], change: 'changed', details })
}

/** Moves an album to the trash; its photos stay where they are. Throws `not-found`. */
export async function deleteAlbum(tx: Writer, userId: string, id: string): Promise<void> {
  if ((await trash(tx, userId, 'albums', [id])).length === 0) throw missing()
}

/** Takes an album out of the trash, with everything still in it. Throws `not-found`. */
export async function restoreAlbum(tx: Writer, userId: string, id: string): Promise<Album> {
  if ((await restore(tx, userId, 'albums', [id])).length === 0) await live(tx, id)
  return present(tx, id)
}

/** Puts items at the end of an album and returns those that were not in it yet. Throws `not-found`. */
export async function addToAlbum(
  tx: Writer,
  userId: string,
  id: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  await live(tx, id)
  const present = await tx.query<{ id: string }>(
    `select to_object_id as id from core.links
     where from_object_id = $1 and link_type = 'contains' and to_object_id = any($2::uuid[]) and deleted_at is null`,
    [id, ids],
  )
  const known = new Set(present.map((each) => each.id))
  const fresh = [...new Set(ids)].filter((each) => !known.has(each))
  const added = await link(tx, userId, id, ids)
  if (added > 0) await noteContents(tx, userId, id, 'filled', added)
  return fresh
}

/** Takes items out of an album and returns how many were in it. The photos stay. Throws `not-found`. */
export async function removeFromAlbum(tx: Writer, userId: string, id: string, ids: readonly string[]): Promise<number> {
  await live(tx, id)
  const removed = await unlinkContained(tx, id, ids)
  await tx.execute(`update vault.albums set cover_media_id = null where id = $1 and cover_media_id = any($2::uuid[])`, [
    id,
    ids,
  ])
  if (removed > 0) await noteContents(tx, userId, id, 'emptied', removed)
  return removed
}

/**
 * Moves items by hand. An album that was in date order keeps the order people see at this moment as its hand order.
 * Throws `not-found`.
 */
export async function moveInAlbum(tx: Writer, userId: string, id: string, move: AlbumMove): Promise<Album> {
  const album = await live(tx, id)
  if (album.sortOrder !== 'manual') {
    const direction = album.sortOrder === 'date_asc' ? 'asc' : 'desc'
    await tx.execute(
      `update core.links l set sort_order = o.place * 1024 from (
         select k.id, row_number() over (order by m.taken_local ${direction} nulls last, m.id ${direction}) as place
         from core.links k join vault.media m on m.id = k.to_object_id
         where k.from_object_id = $1 and k.link_type = 'contains' and k.deleted_at is null) o
       where l.id = o.id`,
      [id],
    )
    await tx.execute(`update vault.albums set sort_order = 'manual' where id = $1`, [id])
  }
  await moveContained(tx, id, move.ids, move.before)
  await noteContents(tx, userId, id, 'ordered', move.ids.length)
  return present(tx, id)
}

async function link(tx: Writer, userId: string, id: string, ids: readonly string[]): Promise<number> {
  const wanted = [...new Set(ids)]
  const found = await tx.one<{ n: number }>(
    `select count(*) as n from vault.media where id = any($1::uuid[]) and user_id = $2 and deleted_at is null`,
    [wanted, userId],
  )
  if (found?.n !== wanted.length) {
    throw new CofferError('Some of these photos are no longer in the library. Nothing was added.', {
      code: 'not-found',
    })
  }
  return linkContained(tx, userId, { id, type: 'album' }, { ids: wanted, type: 'media' })
}

async function live(tx: Writer, id: string): Promise<Album> {
  const album = await readAlbum(tx, id)
  if (!album || album.deletedAt !== null) throw missing()
  return album
}

async function present(tx: Writer, id: string): Promise<Album> {
  const album = await readAlbum(tx, id)
  if (!album) throw missing()
  return album
}

/** Notes what happened to the photos of an album. */
async function noteContents(
  tx: Writer,
  userId: string,
  id: string,
  verb: 'filled' | 'emptied' | 'ordered',
  count: number,
): Promise<void> {
  const { name } = await present(tx, id)
  await record(tx, { userId, action: `albums.${verb}`, ids: [id], change: 'changed', details: { name, count } })
}

function missing(): CofferError {
  return new CofferError('There is no such album.', { code: 'not-found' })
}
