import { z } from 'zod'
import type { TrashPage } from '../../contract/index.ts'
import { placeIn } from '../base/cursor.ts'
import type { Database, Reader } from '../database/index.ts'
import { originalsLetGo, removeKept, thumbnailPath } from '../files/index.ts'
import { enqueue, jobKind, type RunningJob } from '../jobs/index.ts'
import { record } from '../objects/index.ts'
import { packedTile, tilesOf } from './tiles.ts'

/** How long something lies in the trash before it is deleted for good. */
export const retentionDays = 30

/** Removes the bytes of purged items; its payload names them. */
const purgePayload = z.object({ files: z.array(z.string()) })
export const purgeFilesJob = jobKind('purge-files', purgePayload)
const purgeBatch = 500

/** A page of the trash, last trashed first. Throws `bad-request` for a cursor this program did not make. */
export async function trashPage(
  tx: Reader,
  wanted: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<TrashPage> {
  const params: unknown[] = [wanted.limit + 1]
  let where = ''
  if (wanted.cursor !== undefined) {
    params.push(...placeIn(wanted.cursor, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/))
    where = 'and (deleted_at, id) < ($2::timestamptz, $3::uuid)'
  }
  const row = await tx.one<{ packed: string | null; times: [string, string][] | null }>(
    `with page as (select * from vault.media where deleted_at is not null ${where} order by deleted_at desc, id desc limit $1)
     select json_agg(${packedTile} order by deleted_at desc, id desc)::text as packed,
            json_agg(json_build_array(${utc('deleted_at')}, ${utc(`deleted_at + interval '${retentionDays} days'`)})
                     order by deleted_at desc, id desc) as times
     from page`,
    params,
  )
  const sums = await tx.one<{ total: number; bytes: number }>(
    `select count(*) as total, coalesce(sum(size), 0)::bigint as bytes from vault.media where deleted_at is not null`,
  )
  const times = row?.times ?? []
  const all = tilesOf(row?.packed).map((tile, index) => {
    const [deletedAt = '', purgeAt = ''] = times[index] ?? []
    return { ...tile, deletedAt, purgeAt }
  })
  const items = all.slice(0, wanted.limit)
  const last = items.at(-1)
  return {
    items,
    next: all.length > items.length && last ? `${last.deletedAt}|${last.id}` : null,
    total: sums?.total ?? 0,
    bytes: sums?.bytes ?? 0,
  }
}

/** Microseconds, so that a cursor names exactly one moment. */
function utc(value: string): string {
  return `to_char((${value}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}

/**
 * Deletes items of the trash for good: `ids`, or all of it when null. Rows and links go now and leave a tombstone; the
 * bytes go in a job stored with them. Live items are never touched. Returns how many were deleted.
 */
export async function purgeTrash(
  database: Database,
  userId: string,
  which: { readonly ids: readonly string[] | null; readonly olderThanDays?: number },
): Promise<number> {
  let purged = 0
  for (;;) {
    const batch = await purgeSome(database, userId, which)
    purged += batch
    if (batch < purgeBatch) return purged
  }
}

async function purgeSome(
  database: Database,
  userId: string,
  which: { readonly ids: readonly string[] | null; readonly olderThanDays?: number },
): Promise<number> {
  return database.asService(async (tx) => {
    const rows = await tx.query<{ id: string; file_path: string; storage: string; sidecars: string[] }>(
      `with gone as (
         delete from vault.media where id in (
           select id from vault.media where user_id = $1 and deleted_at is not null
             and ($2::uuid[] is null or id = any($2::uuid[]))
             and deleted_at <= now() - make_interval(days => $3) order by deleted_at limit ${purgeBatch})
         returning id, user_id, hash, file_path, storage)
       , tombstones as (
         insert into meta.tombstones (object_id, user_id, type, hash) select id, user_id, 'media', hash from gone
         on conflict do nothing)
       select id, file_path, storage, coalesce((select jsonb_agg(s.file_path) from vault.sidecars s
         where s.media_id = gone.id and s.storage = 'vault'), '[]') as sidecars from gone`,
      [userId, which.ids, which.olderThanDays ?? 0],
    )
    if (rows.length === 0) return 0
    const files = rows.flatMap((row) => [
      // What is only indexed in place is the person's own file and stays where it is.
      ...(row.storage === 'vault' ? [row.file_path] : []),
      ...row.sidecars,
      thumbnailPath(userId, row.id, 'grid'),
      thumbnailPath(userId, row.id, 'viewer'),
    ])
    await enqueue(tx, { kind: purgeFilesJob, userId, payload: { files } })
    await record(tx, {
      userId,
      action: 'media.purged',
      ids: rows.map((row) => row.id),
      change: 'removed',
      details: { count: rows.length },
    })
    return rows.length
  })
}

/** The handler of `purgeFilesJob`. A backup that has listed the originals has read them before any of them goes. */
export async function purgeFiles(
  vaultDir: string,
  job: RunningJob<z.infer<typeof purgePayload>>,
): Promise<'done' | 'interrupted'> {
  if (!(await originalsLetGo(vaultDir, job.signal))) return 'interrupted'
  await removeKept(vaultDir, job.payload.files)
  return 'done'
}

/** Deletes for good what has lain in the trash of anyone for longer than `retentionDays`. */
export async function purgeExpired(database: Database): Promise<number> {
  const users = await database.asService((tx) =>
    tx.query<{ id: string }>(
      `select distinct user_id as id from vault.media
       where deleted_at <= now() - make_interval(days => ${retentionDays})`,
    ),
  )
  let purged = 0
  for (const user of users) {
    purged += await purgeTrash(database, user.id, { ids: null, olderThanDays: retentionDays })
  }
  return purged
}
