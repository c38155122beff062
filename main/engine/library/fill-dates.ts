import type { Writer } from '../database/index.ts'

/**
 * Gives photos that do not say themselves when and where they were taken what the service they come from says: those strip
 * both from the files. What a person set, or the file says, stays.
 */
export async function fillDates(tx: Writer, userId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.execute(
    `update vault.media m set taken_at = d.taken, taken_local = d.taken at time zone 'UTC', taken_precision = null,
       utc_offset_minutes = null, taken_source = 'service', taken_confidence = 'medium'
     from (select media_id, min((about->>'takenAt')::timestamptz) as taken from ingest.media_downloads
           where user_id = $1 and media_id = any($2::uuid[]) and about ? 'takenAt' group by media_id) d
     where m.id = d.media_id and m.user_id = $1 and m.taken_local is null`,
    [userId, ids],
  )
  await tx.execute(
    `update vault.media m set latitude = d.latitude, longitude = d.longitude
     from (select distinct on (media_id) media_id, (about->>'latitude')::float8 as latitude, (about->>'longitude')::float8 as longitude
           from ingest.media_downloads
           where user_id = $1 and media_id = any($2::uuid[]) and about ? 'latitude' and about ? 'longitude' order by media_id, id) d
     where m.id = d.media_id and m.user_id = $1 and m.latitude is null
       and d.latitude between -90 and 90 and d.longitude between -180 and 180`,
    [userId, ids],
  )
}
