import { dirname, basename } from 'node:path'
import { recordChanges, type Change } from '../../changes/index.ts'
import type { Writer } from '../../database/index.ts'
import { audit, linkContained, restore } from '../../objects/index.ts'
import { readLaterWhenIdle } from '../read-later.ts'
import type { ItemResult, NewMedia } from './item.ts'

export interface ImportToStore {
  readonly id: string
  readonly userId: string
  readonly albumPerFolder: boolean
}

type Settled = Exclude<ItemResult, { outcome: 'later' }>

/** Stores a batch of results: media rows, where their bytes were seen, the items' outcomes, counts and changes. */
export async function storeResults(tx: Writer, run: ImportToStore, results: readonly Settled[]): Promise<void> {
  const fresh = results.filter((result) => result.outcome === 'new')
  await insertMedia(
    tx,
    run,
    fresh.map((result) => result.media),
  )
  const back = results.flatMap((result) =>
    result.outcome === 'duplicate' && result.restore && result.mediaId ? [result.mediaId] : [],
  )
  const restored = new Set(await restore(tx, run.userId, 'media', back))
  await moveReferences(tx, results)
  await insertSources(tx, run, results)
  const counts = await settleItems(tx, run, results, restored)
  await tx.execute(
    `update meta.imports set added = added + $2, duplicates = duplicates + $3, stacked = stacked + $4,
            unsupported = unsupported + $5, damaged = damaged + $6, failed = failed + $7, done_bytes = done_bytes + $8,
            later = later + $9
     where id = $1`,
    [
      run.id,
      counts.added,
      counts.duplicate,
      counts.stacked,
      counts.unsupported,
      counts.damaged,
      counts.failed,
      results.reduce((sum, result) => sum + Math.max(result.item.file.sizeBytes, 0), 0),
      counts.later,
    ],
  )
  if (counts.later > 0) await readLaterWhenIdle(tx, run.userId)
  if (run.albumPerFolder) await fileIntoFolderAlbums(tx, run, results)
  const changes: Change[] = fresh.map((result) => ({ noun: 'media', objectId: result.media.id, kind: 'added' }))
  await recordChanges(tx, run.userId, [...changes, { noun: 'imports', objectId: run.id, kind: 'changed' }])
}

async function insertMedia(tx: Writer, run: ImportToStore, media: readonly NewMedia[]): Promise<void> {
  if (media.length === 0) return
  const rows = media.map((item) => {
    const { facts, pictures, damage, later, note, isRead } = item.inspection
    const { exif, tags } = facts
    return {
      id: item.id,
      filename: item.filename,
      media_type: item.kind.mediaType,
      mime_type: item.kind.mimeType,
      size: item.sizeBytes,
      width: facts.width,
      height: facts.height,
      duration: facts.durationSeconds,
      file_path: item.filePath,
      thumbnail_path: item.thumbnailPath,
      hash: item.hash,
      storage: item.storage,
      taken_at: facts.takenAt,
      taken_local: facts.takenLocal,
      taken_precision: facts.takenPrecision,
      utc_offset_minutes: facts.utcOffsetMinutes,
      taken_source: facts.takenSource,
      taken_confidence: facts.takenConfidence,
      latitude: facts.latitude,
      longitude: facts.longitude,
      altitude_m: facts.altitudeM,
      camera_make: facts.cameraMake,
      camera_model: facts.cameraModel,
      lens_model: facts.lensModel,
      exposure_seconds: facts.exposureSeconds,
      aperture: facts.aperture,
      iso: facts.iso,
      focal_length_mm: facts.focalLengthMm,
      rating: facts.rating,
      description: facts.description,
      thumb_hash: pictures?.thumbHash ?? null,
      thumbnail_generated: pictures !== null,
      metadata_extracted: isRead,
      processing_status: later !== null ? 'pending' : damage === null ? 'complete' : 'failed',
      processing_error: damage ?? later ?? note,
      metadata: { exif, tags, ...(facts.orientation !== null && { orientation: facts.orientation }) },
    }
  })
  await tx.execute(
    `insert into vault.media (id, user_id, filename, media_type, mime_type, size, width, height, duration, file_path,
       thumbnail_path, hash, storage, taken_at, taken_local, taken_precision, utc_offset_minutes, taken_source, taken_confidence, latitude,
       longitude, altitude_m, camera_make, camera_model, lens_model, exposure_seconds, aperture, iso, focal_length_mm,
       rating, description, thumb_hash, thumbnail_generated, metadata_extracted, processing_status, processing_error,
       metadata, source_type, source_id, import_id)
     select r.id, $1, r.filename, r.media_type, r.mime_type, r.size, r.width, r.height, r.duration, r.file_path,
       r.thumbnail_path, r.hash, r.storage, r.taken_at, r.taken_local, r.taken_precision, r.utc_offset_minutes, r.taken_source,
       r.taken_confidence, r.latitude, r.longitude, r.altitude_m, r.camera_make, r.camera_model, r.lens_model,
       r.exposure_seconds, r.aperture, r.iso, r.focal_length_mm, r.rating, r.description, r.thumb_hash,
       r.thumbnail_generated, r.metadata_extracted, r.processing_status, r.processing_error, r.metadata, 'import', $2::text, $2::uuid
     from jsonb_to_recordset($3::jsonb) as r(id uuid, filename text, media_type text, mime_type text, size bigint,
       width integer, height integer, duration double precision, file_path text, thumbnail_path text, hash text,
       storage text, taken_at timestamptz, taken_local timestamp, taken_precision text, utc_offset_minutes integer, taken_source text,
       taken_confidence text, latitude double precision, longitude double precision, altitude_m double precision,
       camera_make text, camera_model text, lens_model text, exposure_seconds double precision,
       aperture double precision, iso integer, focal_length_mm double precision, rating double precision,
       description text, thumb_hash text, thumbnail_generated boolean, metadata_extracted boolean, processing_status text, processing_error text,
       metadata jsonb)`,
    [run.userId, run.id, JSON.stringify(rows, withoutNul)],
  )
}

/** PostgreSQL text cannot hold U+0000; cameras pad their fields with it. */
function withoutNul(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', '').toWellFormed() : value
}

async function insertSources(tx: Writer, run: ImportToStore, results: readonly Settled[]): Promise<void> {
  const rows = results.flatMap((result) => {
    const mediaId = result.outcome === 'new' ? result.media.id : result.outcome === 'duplicate' ? result.mediaId : null
    const { file } = result.item
    if (mediaId === null) return []
    return [
      {
        media_id: mediaId,
        path: file.path,
        path_raw: file.pathRaw && `\\x${Buffer.from(file.pathRaw).toString('hex')}`,
        size_bytes: file.sizeBytes,
        mtime_ns: String(file.mtimeNs),
        ctime_ns: String(file.ctimeNs),
        inode: file.inode,
      },
    ]
  })
  if (rows.length === 0) return
  await tx.execute(
    `insert into vault.media_sources (user_id, media_id, path, path_raw, size_bytes, mtime_ns, ctime_ns, inode, import_id)
     select $1, r.media_id, r.path, r.path_raw, r.size_bytes, r.mtime_ns, r.ctime_ns, r.inode, $2
     from jsonb_to_recordset($3::jsonb) as r(media_id uuid, path text, path_raw bytea, size_bytes bigint,
                                             mtime_ns bigint, ctime_ns bigint, inode text)
     on conflict (user_id, path) do update set media_id = excluded.media_id, path_raw = excluded.path_raw,
       size_bytes = excluded.size_bytes, mtime_ns = excluded.mtime_ns, ctime_ns = excluded.ctime_ns,
       inode = excluded.inode, import_id = excluded.import_id, seen_at = now()`,
    [run.userId, run.id, JSON.stringify(rows, withoutNul)],
  )
}

/** Follows files that are only indexed in place to where they were found again. */
async function moveReferences(tx: Writer, results: readonly Settled[]): Promise<void> {
  const moved = results.flatMap((result) =>
    result.outcome === 'duplicate' && result.hasMoved === true
      ? [{ id: result.mediaId, path: result.item.file.path }]
      : [],
  )
  if (moved.length === 0) return
  await tx.execute(
    `update vault.media m set file_path = r.path from jsonb_to_recordset($1::jsonb) as r(id uuid, path text)
     where m.id = r.id and m.storage = 'reference'`,
    [JSON.stringify(moved)],
  )
}

type Counts = Record<'added' | 'duplicate' | 'stacked' | 'unsupported' | 'damaged' | 'later' | 'failed', number>

interface SettledItem {
  readonly outcome: keyof Counts
  readonly media_id: string | null
  readonly reason: string | null
}

async function settleItems(
  tx: Writer,
  run: ImportToStore,
  results: readonly Settled[],
  restored: ReadonlySet<string>,
): Promise<Counts> {
  const counts = { added: 0, duplicate: 0, stacked: 0, unsupported: 0, damaged: 0, later: 0, failed: 0 }
  const rows = results.map((result) => {
    const settled = settle(result, restored)
    counts[settled.outcome] += 1
    return { id: result.item.id, ...settled }
  })
  await tx.execute(
    `update meta.import_items i set outcome = r.outcome, media_id = r.media_id, reason = r.reason, updated_at = now()
     from jsonb_to_recordset($2::jsonb) as r(id bigint, outcome text, media_id uuid, reason text)
     where i.import_id = $1 and i.id = r.id`,
    [run.id, JSON.stringify(rows)],
  )
  return counts
}

function settle(result: Settled, restored: ReadonlySet<string>): SettledItem {
  switch (result.outcome) {
    case 'new': {
      const { id, inspection } = result.media
      const { damage, later, note } = inspection
      const outcome = later !== null ? 'later' : damage === null ? 'added' : 'damaged'
      return { outcome, media_id: id, reason: damage ?? later ?? note }
    }
    case 'duplicate': {
      const isBack = result.mediaId !== null && restored.has(result.mediaId)
      return {
        outcome: isBack ? 'added' : 'duplicate',
        media_id: result.mediaId,
        reason: result.restore && !isBack ? null : result.reason,
      }
    }
    case 'stacked':
    case 'unsupported':
    case 'failed':
      return { outcome: result.outcome, media_id: null, reason: result.reason }
  }
}

/** One album for each source folder, found again by its path, with the items in the order of their names. */
async function fileIntoFolderAlbums(tx: Writer, run: ImportToStore, results: readonly Settled[]): Promise<void> {
  const byFolder = new Map<string, string[]>()
  for (const result of results) {
    const mediaId = result.outcome === 'new' ? result.media.id : result.outcome === 'duplicate' ? result.mediaId : null
    if (mediaId === null) continue
    const folder = dirname(result.item.file.path)
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), mediaId])
  }
  for (const [folder, ids] of byFolder) {
    const found = await tx.one<{ id: string }>(
      `select id from vault.albums where user_id = $1 and source_type = 'folder' and source_id = $2 and deleted_at is null`,
      [run.userId, folder],
    )
    const album =
      found ??
      (await tx.one<{ id: string }>(
        `insert into vault.albums (user_id, name, source_type, source_id) values ($1, left($2, 200), 'folder', $3)
         returning id`,
        [run.userId, basename(folder) || folder, folder],
      ))
    if (!album) throw new Error('an album was not stored')
    if (!found) {
      await audit(tx, run.userId, 'albums.created', { type: 'albums', id: album.id }, { name: basename(folder) })
    }
    await linkContained(tx, run.userId, { id: album.id, type: 'album' }, { ids, type: 'media' })
    await recordChanges(tx, run.userId, [{ noun: 'albums', objectId: album.id, kind: found ? 'changed' : 'added' }])
  }
}
