import { rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { makeFolderInside } from '../base/inside.ts'
import { recordChanges } from '../changes/index.ts'
import type { Database, Writer } from '../database/index.ts'
import {
  keptPath,
  originalsOf,
  reason,
  thumbnailPath,
  userFolders,
  withReadablePath,
  type OriginalRow,
} from '../files/index.ts'
import { enqueue, jobKind, type JobOutcome, type RunningJob } from '../jobs/index.ts'
import type { Inspection, MediaWorkers } from '../media/index.ts'
import { factColumns, metadataOf, problemOf } from './fact-columns.ts'

/** Reads what was kept without being read to its end. */
export const readLaterJob = jobKind('read-later', z.object({}))

export interface ReadLaterContext {
  readonly vaultDir: string
  readonly database: Database
  readonly workers: MediaWorkers
  /** Whether people wait for the workers: then this waits. */
  isBusy(): boolean
}

interface Unread extends OriginalRow {
  readonly id: string
  readonly filename: string
  readonly mtimeMs: number | null
  /** The XMP file that is read with it, as the vault keeps it. */
  readonly sidecar: (OriginalRow & { readonly id: string }) | null
}

/** Stores the work of reading what is left of a person's items, unless it is stored already. */
export async function readLaterWhenIdle(tx: Writer, userId: string): Promise<void> {
  const waiting = await tx.one(
    `select 1 as x from meta.jobs where kind = $1 and user_id = $2 and status in ('queued', 'parked') limit 1`,
    [readLaterJob.name, userId],
  )
  if (!waiting) await enqueue(tx, { kind: readLaterJob, userId, payload: {} })
}

/** Stores that work for everybody who has items left to read, as after a start. */
export async function readLaterAtStart(database: Database): Promise<void> {
  await database.asService(async (tx) => {
    const people = await tx.query<{ userId: string }>(
      `select distinct user_id as "userId" from vault.media where processing_status = 'pending' and deleted_at is null`,
    )
    for (const { userId } of people) await readLaterWhenIdle(tx, userId)
  })
}

/**
 * The handler of `readLaterJob`: each item once, with more time and memory than at first. What cannot be read then either
 * stays whole, without a picture and with a sentence on it; one whose file is away waits for the next start.
 */
export async function readLater(context: ReadLaterContext, job: RunningJob): Promise<JobOutcome> {
  const { userId } = job
  if (userId === null) return 'done'
  for (let after = ''; ;) {
    if (job.signal.aborted) return 'interrupted'
    if (context.isBusy()) return 'later'
    const item = await nextUnread(context.database, userId, after)
    if (!item) return 'done'
    after = item.id
    await readAgain(context, userId, item, job.signal)
    job.progressed()
  }
}

async function nextUnread(database: Database, userId: string, after: string): Promise<Unread | undefined> {
  return database.read(userId, (tx) =>
    tx.one<Unread>(
      `select m.id, m.filename, m.file_path as path, m.storage, (select min(s.mtime_ns) / 1000000 from vault.media_sources s
         where s.media_id = m.id)::double precision as "mtimeMs",
         -- Of several that of the whole name comes first, and of that the version seen last.
         (select jsonb_build_object('id', s.id, 'path', s.file_path, 'storage', s.storage) from vault.sidecars s
          where s.media_id = m.id and s.kind = 'xmp' order by length(s.filename) desc, s.seen_at desc, s.id desc limit 1) as sidecar
       from vault.media m where m.user_id = $1 and m.processing_status = 'pending' and m.deleted_at is null
         and ($2 = '' or m.id > nullif($2, '')::uuid) order by m.id limit 1`,
      [userId, after],
    ),
  )
}

async function readAgain(context: ReadLaterContext, userId: string, item: Unread, signal: AbortSignal): Promise<void> {
  const { vaultDir, database, workers } = context
  const scratch = join(userFolders(vaultDir, userId).incoming, `later-${item.id}`)
  const [gridPath, viewerPath] = [join(scratch, 'grid'), join(scratch, 'viewer')]
  const originals = originalsOf(vaultDir, database)
  const place = await originals.place(item).catch(() => null)
  // Its file is away: the next start looks again.
  if (place === null) return
  const sidecar = item.sidecar && (await originals.place(item.sidecar).catch(() => null))
  const job = { filename: item.filename, mtimeMs: item.mtimeMs ?? Number.NaN, gridPath, viewerPath }
  const options = { signal, isPatient: true }
  await makeFolderInside(join(vaultDir, 'users'), `${userId}/incoming/later-${item.id}`)
  try {
    const found = await withReadablePath(place, scratch, (path) =>
      sidecar === null
        ? workers.inspect({ ...job, path }, options)
        : withReadablePath(sidecar, scratch, (sidecarXmpPath) =>
            workers.inspect({ ...job, path, sidecarXmpPath }, options),
          ),
    ).catch((error: unknown) => {
      if (signal.aborted) return null
      throw error
    })
    if (!found || found.later !== null) return
    if (found.pictures) {
      await put(vaultDir, gridPath, thumbnailPath(userId, item.id, 'grid'))
      await put(vaultDir, viewerPath, thumbnailPath(userId, item.id, 'viewer'))
    }
    await database.asService((tx) => store(tx, userId, item, found))
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function put(vaultDir: string, from: string, to: string): Promise<void> {
  await makeFolderInside(join(vaultDir, 'users'), dirname(to.slice('users/'.length)))
  await rename(from, keptPath(vaultDir, to))
}

/** Fills in what was not known before; what a person or a sidecar said meanwhile stays. */
async function store(tx: Writer, userId: string, item: Unread, found: Inspection): Promise<void> {
  const { id } = item
  const { facts, pictures, damage, kind } = found
  const problem = problemOf(found)
  await tx.execute(
    `update vault.media m set
       media_type = r.media_type, mime_type = r.mime_type,
       width = coalesce(r.width, m.width), height = coalesce(r.height, m.height), duration = coalesce(m.duration, r.duration),
       thumb_hash = coalesce(r.thumb_hash, m.thumb_hash), thumbnail_path = coalesce(r.thumbnail_path, m.thumbnail_path),
       thumbnail_generated = m.thumbnail_generated or r.thumb_hash is not null,
       processing_status = r.processing_status, processing_error = r.processing_error
     from jsonb_to_record($2::jsonb) as r(media_type text, mime_type text, width integer, height integer,
       duration double precision, thumb_hash text, thumbnail_path text, processing_status text, processing_error text)
     where m.id = $1`,
    [
      id,
      JSON.stringify({
        media_type: kind.mediaType,
        mime_type: kind.mimeType,
        width: facts.width,
        height: facts.height,
        duration: facts.durationSeconds,
        thumb_hash: pictures?.thumbHash ?? null,
        thumbnail_path: pictures === null ? null : thumbnailPath(userId, id, 'grid'),
        processing_status: damage === null ? 'complete' : 'failed',
        processing_error: problem,
      }),
    ],
  )
  if (found.isRead) await storeFacts(tx, item, found)
  await tx.execute(
    `with settled as (
       update meta.import_items set outcome = $2, reason = $3::jsonb, updated_at = now()
       where media_id = $1 and outcome = 'later' returning import_id)
     update meta.imports i set later = i.later - s.count, added = i.added + case when $2 = 'added' then s.count else 0 end,
       damaged = i.damaged + case when $2 = 'damaged' then s.count else 0 end
     from (select import_id, count(*)::integer as count from settled group by import_id) s where i.id = s.import_id`,
    [id, damage === null ? 'added' : 'damaged', problem === null ? null : JSON.stringify(reason(problem))],
  )
  await recordChanges(tx, userId, [
    { noun: 'media', objectId: id, kind: 'changed' },
    { noun: 'imports', objectId: null, kind: 'changed' },
  ])
}

/** The facts of an item whose first reading did not get as far as them. */
async function storeFacts(tx: Writer, { id, sidecar }: Unread, { facts }: Inspection): Promise<void> {
  const isOpen = `m.taken_source is null or m.taken_source in ('mtime', 'filename')`
  const dates = ['taken_local', 'taken_precision', 'taken_at', 'utc_offset_minutes', 'taken_source', 'taken_confidence']
  const values = factColumns(facts)
  const others = Object.keys(values).filter((name) => !dates.includes(name))
  const changed = await tx.execute(
    `update vault.media m set metadata_extracted = true,
       ${dates.map((name) => `${name} = case when ${isOpen} then r.${name} else m.${name} end`).join(', ')},
       ${others.map((name) => `${name} = coalesce(m.${name}, r.${name})`).join(', ')},
       metadata = r.metadata || m.metadata
     from jsonb_to_record($2::jsonb) as r(taken_local timestamp, taken_precision text, taken_at timestamptz,
       utc_offset_minutes integer, taken_source text, taken_confidence text, latitude double precision,
       longitude double precision, altitude_m double precision, camera_make text, camera_model text, lens_model text,
       exposure_seconds double precision, aperture double precision, iso integer, focal_length_mm double precision,
       rating double precision, description text, metadata jsonb)
     where m.id = $1 and not m.metadata_extracted`,
    [id, JSON.stringify({ ...values, metadata: metadataOf(facts) })],
  )
  if (changed === 0 || sidecar === null) return
  await tx.execute(`update vault.sidecars set fields = $2::jsonb where id = $1`, [
    sidecar.id,
    JSON.stringify(facts.fromSidecar),
  ])
}
