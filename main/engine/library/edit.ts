import type { Media, MediaEdit } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { recordChanges } from '../changes/index.ts'
import type { Writer } from '../database/index.ts'
import { audit } from '../objects/index.ts'
import { readMedia } from './media.ts'

/**
 * Changes a person's own fields of one item and leaves the rest; the file itself is never touched. A date set here
 * has the source `user` and is sure. Throws `not-found`.
 */
export async function editMedia(tx: Writer, userId: string, id: string, edit: MediaEdit): Promise<Media> {
  const before = await readMedia(tx, id)
  if (!before) throw new CofferError('There is no such item.', { code: 'not-found' })
  const isDated = edit.takenLocal !== undefined || edit.utcOffsetMinutes !== undefined
  const local = edit.takenLocal === undefined ? before.takenLocal : edit.takenLocal
  const zone = edit.utcOffsetMinutes === undefined ? before.utcOffsetMinutes : edit.utcOffsetMinutes
  const offset = local === null ? null : zone
  await tx.execute(
    `update vault.media set
       is_favorite = coalesce($2, is_favorite),
       rating = case when $3 then $4::double precision else rating end,
       description = case when $5 then $6 else description end,
       taken_local = case when $7 then $8::timestamp else taken_local end,
       utc_offset_minutes = case when $7 then $9::integer else utc_offset_minutes end,
       taken_at = case when $7 then ($8::timestamp - make_interval(mins => $9::integer)) at time zone 'UTC' else taken_at end,
       taken_source = case when $7 then case when $8 is null then null else 'user' end else taken_source end,
       taken_confidence = case when $7 then case when $8 is null then null else 'high' end else taken_confidence end
     where id = $1`,
    [
      id,
      edit.isFavorite ?? null,
      edit.rating !== undefined,
      edit.rating ?? null,
      edit.description !== undefined,
      edit.description ?? null,
      isDated,
      local,
      offset,
    ],
  )
  await recordChanges(tx, userId, [{ noun: 'media', objectId: id, kind: 'changed' }])
  await audit(
    tx,
    userId,
    'media.edited',
    { type: 'media', id },
    {
      fields: Object.keys(edit),
      ...(edit.isFavorite !== undefined && { isFavorite: edit.isFavorite }),
    },
  )
  const after = await readMedia(tx, id)
  if (!after) throw new CofferError('There is no such item.', { code: 'not-found' })
  return after
}
