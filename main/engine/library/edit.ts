import { isDeepStrictEqual } from 'node:util'
import type { Media, MediaEdit, MediaTotals, PlaceChange } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Reader, Writer } from '../database/index.ts'
import { checkMetadata, record } from '../objects/index.ts'
import { changePlaces } from './bulk.ts'
import { readMedia } from './media.ts'

/**
 * Changes a person's own fields of one item and leaves the rest; the file itself is never touched. A date set here
 * has the source `user` and is sure. What is already so changes nothing and leaves no line. Throws `not-found`, and
 * `bad-request` naming the field.
 */
export async function editMedia(tx: Writer, userId: string, id: string, edit: MediaEdit): Promise<void> {
  checkMetadata(edit.metadata)
  const before = await readMedia(tx, id)
  if (!before) throw new CofferError('There is no such item.', { code: 'not-found' })
  const { latitude, longitude, ...own } = edit
  const fields = fieldsThatDiffer(before, own)
  if (fields.length > 0) {
    await setFields(tx, before, own)
    const details = { fields, ...(own.isFavorite !== undefined && { isFavorite: own.isFavorite }) }
    await record(tx, { userId, action: 'media.edited', ids: [id], change: 'changed', details })
  }
  if (latitude !== undefined || longitude !== undefined) {
    await changePlaces(tx, userId, [id], placeIn(latitude, longitude))
  }
}

/** A place has both its numbers, or none. Throws `bad-request`. */
function placeIn(latitude: number | null | undefined, longitude: number | null | undefined): PlaceChange {
  if (typeof latitude === 'number' && typeof longitude === 'number') return { latitude, longitude }
  if (latitude === null && longitude === null) return null
  throw new CofferError('Give “latitude” and “longitude” together.', { code: 'bad-request' })
}

/** Which of the fields that are given say something new. A date that a person repeats is theirs from then on. */
function fieldsThatDiffer(before: Media, edit: MediaEdit): string[] {
  const { exif: _, orientation: __, ...metadata } = before.metadata
  const now: Readonly<Record<string, unknown>> = { ...before, metadata }
  return Object.entries(edit)
    .filter(([name, value]) => {
      const isConfirmed = name === 'takenLocal' && value !== null && before.takenSource !== 'user'
      return value !== undefined && (isConfirmed || !isDeepStrictEqual(value, now[name]))
    })
    .map(([name]) => name)
}

async function setFields(tx: Writer, before: Media, edit: MediaEdit): Promise<void> {
  const isDated = edit.takenLocal !== undefined || edit.utcOffsetMinutes !== undefined
  const local = edit.takenLocal === undefined ? before.takenLocal : edit.takenLocal
  const zone = edit.utcOffsetMinutes === undefined ? before.utcOffsetMinutes : edit.utcOffsetMinutes
  const offset = local === null ? null : zone
  await tx.execute(
    `update vault.media set
       is_favorite = coalesce($2, is_favorite),
       rating = case when $3 then $4::double precision else rating end,
       description = case when $5 then $6 else description end,
       metadata = case when $10::jsonb is null then metadata else
         $10::jsonb - '{exif,orientation}'::text[] || (
           select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(metadata) where key in ('exif', 'orientation'))
         end,
       taken_local = case when $7 then $8::timestamp else taken_local end,
       utc_offset_minutes = case when $7 then $9::integer else utc_offset_minutes end,
       taken_at = case when $7 then ($8::timestamp - make_interval(mins => $9::integer)) at time zone 'UTC' else taken_at end,
       taken_source = case when $7 then case when $8 is null then null else 'user' end else taken_source end,
       taken_precision = case when $11 then null else taken_precision end,
       taken_confidence = case when $7 then case when $8 is null then null else 'high' end else taken_confidence end
     where id = $1`,
    [
      before.id,
      edit.isFavorite ?? null,
      edit.rating !== undefined,
      edit.rating ?? null,
      edit.description !== undefined,
      edit.description ?? null,
      isDated,
      local,
      offset,
      edit.metadata === undefined ? null : JSON.stringify(edit.metadata),
      // A zone alone makes no month a moment.
      edit.takenLocal !== undefined,
    ],
  )
}

/** Marks items as favourites, or no longer, and returns the ids that were not so already. */
export async function markFavourites(
  tx: Writer,
  userId: string,
  ids: readonly string[],
  isFavorite: boolean,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `update vault.media set is_favorite = $3
     where user_id = $1 and id = any($2::uuid[]) and is_favorite <> $3 and deleted_at is null returning id`,
    [userId, ids, isFavorite],
  )
  const changed = rows.map((row) => row.id)
  await record(tx, {
    userId,
    action: 'media.edited',
    ids: changed,
    change: 'changed',
    details: { fields: ['isFavorite'], isFavorite, count: changed.length },
  })
  return changed
}

/** How many of these items there are, what the size of their originals, and when the first and last of them was taken. */
export async function totalSize(tx: Reader, ids: readonly string[]): Promise<MediaTotals> {
  const sums = await tx.one<MediaTotals>(
    `select count(*) as count, coalesce(sum(size), 0)::bigint as bytes, min(taken_local) as "from", max(taken_local) as "to"
     from vault.media where id = any($1::uuid[])`,
    [ids],
  )
  return sums ?? { count: 0, bytes: 0, from: null, to: null }
}
