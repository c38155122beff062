import { replaceCover } from '../albums/index.ts'
import type { Writer } from '../database/index.ts'
import { thumbnailPath } from '../files/index.ts'
import { enqueue } from '../jobs/index.ts'
import { trash } from '../objects/index.ts'
import { purgeFilesJob } from '../library/index.ts'
import type { SettledResult } from './item.ts'

/**
 * Lets an item that was only a part of a file give way to the whole one: albums, tags, the favourite mark and what a person
 * said of it go over, then it moves to the trash. One that is only indexed in place has no bytes of its own left, so its row
 * goes.
 */
export async function replaceHalf(tx: Writer, userId: string, result: SettledResult): Promise<void> {
  if (result.outcome !== 'new' && result.outcome !== 'duplicate') return
  const { replaces } = result
  const whole = result.outcome === 'new' ? result.media.id : result.mediaId
  if (replaces === undefined || whole === null || whole === replaces) return
  const half = await tx.one<{ storage: string }>(
    `select storage from vault.media m where m.id = $1 and m.user_id = $2 and m.deleted_at is null
       and m.processing_status = 'failed' and not exists (
         select from vault.media_sources s where s.media_id = m.id and s.path_key <> core.text_key($3))`,
    [replaces, userId, result.item.file.path],
  )
  // Seen elsewhere too, or no longer damaged: then it is an item of its own.
  if (!half) return
  await carryOver(tx, userId, replaces, whole)
  await trash(tx, userId, 'media', [replaces])
  if (half.storage === 'vault') return
  await tx.execute(`delete from vault.media where id = $1`, [replaces])
  const files = [thumbnailPath(userId, replaces, 'grid'), thumbnailPath(userId, replaces, 'viewer')]
  await enqueue(tx, { kind: purgeFilesJob, userId, payload: { files } })
}

async function carryOver(tx: Writer, userId: string, from: string, to: string): Promise<void> {
  await tx.execute(
    `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type, strength,
       is_bidirectional, sort_order, metadata)
     select user_id, case when from_object_id = $2 then $3 else from_object_id end, from_object_type,
       case when to_object_id = $2 then $3 else to_object_id end, to_object_type, link_type, strength, is_bidirectional,
       sort_order, metadata
     from core.links where user_id = $1 and $2::uuid in (from_object_id, to_object_id) and deleted_at is null
       and $3::uuid not in (from_object_id, to_object_id)
     on conflict do nothing`,
    [userId, from, to],
  )
  await replaceCover(tx, userId, from, to)
  // Only what a person set themselves, and only where the whole file says nothing else of it yet.
  await tx.execute(
    `update vault.media w set is_favorite = w.is_favorite or h.is_favorite,
       rating = case when e.said ? 'rating' then h.rating else w.rating end,
       description = case when e.said ? 'description' then h.description else w.description end,
       latitude = case when e.said ? 'latitude' then h.latitude else w.latitude end,
       longitude = case when e.said ? 'latitude' then h.longitude else w.longitude end,
       altitude_m = case when e.said ? 'latitude' then h.altitude_m else w.altitude_m end,
       taken_local = case when e.said ? 'taken_local' then h.taken_local else w.taken_local end,
       taken_precision = case when e.said ? 'taken_local' then h.taken_precision else w.taken_precision end,
       taken_at = case when e.said ? 'taken_local' then h.taken_at else w.taken_at end,
       utc_offset_minutes = case when e.said ? 'taken_local' then h.utc_offset_minutes else w.utc_offset_minutes end,
       taken_source = case when e.said ? 'taken_local' then h.taken_source else w.taken_source end,
       taken_confidence = case when e.said ? 'taken_local' then h.taken_confidence else w.taken_confidence end
     from vault.media h, lateral (
       select coalesce(jsonb_object_agg(f.name, true), '{}') as said from meta.object_versions v, jsonb_object_keys(v.after) f(name)
       where v.object_id = h.id and v.changed_by is not null) e
     where w.id = $3 and h.id = $2 and w.user_id = $1 and h.user_id = $1`,
    [userId, from, to],
  )
}
