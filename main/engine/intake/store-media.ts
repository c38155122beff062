import type { Writer } from '../database/index.ts'
import { between, factColumns, metadataOf, problemOf, textOf } from '../library/index.ts'
import type { NewMedia } from './item.ts'

/** Of a file name: an index row holds 2,704 bytes. */
const maxName = 1024

/** Stores media rows. What a file says of itself is cut to what a column can hold: an odd fact costs nobody their photo. */
export async function insertMedia(
  tx: Writer,
  run: { readonly id: string; readonly userId: string },
  media: readonly NewMedia[],
): Promise<void> {
  if (media.length === 0) return
  await tx.execute(
    `insert into vault.media (id, user_id, filename, media_type, mime_type, size, width, height, duration, file_path,
       thumbnail_path, hash, storage, taken_at, taken_local, taken_precision, utc_offset_minutes, taken_source,
       taken_confidence, latitude, longitude, altitude_m, camera_make, camera_model, lens_model, exposure_seconds, aperture, iso, focal_length_mm,
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
    [run.userId, run.id, JSON.stringify(media.map(rowOf))],
  )
}

function rowOf(item: NewMedia): Readonly<Record<string, unknown>> {
  const { facts, pictures, damage, later, isRead } = item.inspection
  return {
    ...factColumns(facts),
    id: item.id,
    filename: textOf(item.filename, maxName) ?? 'file',
    media_type: item.kind.mediaType,
    mime_type: item.kind.mimeType,
    size: item.sizeBytes,
    width: pixels(facts.width),
    height: pixels(facts.height),
    duration: between(0, Number.MAX_VALUE, facts.durationSeconds),
    file_path: item.filePath,
    thumbnail_path: item.thumbnailPath,
    hash: item.hash,
    storage: item.storage,
    thumb_hash: pictures?.thumbHash ?? null,
    thumbnail_generated: pictures !== null,
    metadata_extracted: isRead,
    processing_status: later !== null ? 'pending' : damage === null ? 'complete' : 'failed',
    processing_error: problemOf(item.inspection),
    metadata: metadataOf(facts),
  }
}

function pixels(value: number | null): number | null {
  return between(1, 2_147_483_647, value) === null ? null : Math.round(value ?? 0)
}
