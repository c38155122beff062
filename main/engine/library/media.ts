import {
  reasonOfCode,
  type Confidence,
  type Media,
  type MediaType,
  type TakenPrecision,
  type TakenSource,
} from '../../contract/index.ts'
import { shownPath } from '../base/path-text.ts'
import type { Reader } from '../database/index.ts'
import { linksOf } from '../objects/index.ts'
import { wordsOn } from './tagging.ts'

interface MediaRow {
  id: string
  filename: string
  media_type: MediaType
  mime_type: string
  size: number
  hash: string
  width: number | null
  height: number | null
  duration: number | null
  taken_at: string | null
  taken_local: string | null
  utc_offset_minutes: number | null
  taken_source: TakenSource | null
  taken_precision: TakenPrecision | null
  taken_confidence: Confidence | null
  latitude: number | null
  longitude: number | null
  altitude_m: number | null
  camera_make: string | null
  camera_model: string | null
  lens_model: string | null
  exposure_seconds: number | null
  aperture: number | null
  iso: number | null
  focal_length_mm: number | null
  rating: number | null
  is_favorite: boolean
  description: string | null
  thumb_hash: string | null
  thumbnail_generated: boolean
  storage: 'vault' | 'reference'
  processing_status: Media['processingStatus']
  processing_error: string | null
  created_at: string
  updated_at: string
  deleted_at: string | null
  metadata: Record<string, unknown>
}

/** One media item whole, trashed or not; undefined when this person has none with that id. */
export async function readMedia(tx: Reader, id: string): Promise<Media | undefined> {
  const row = await tx.one<MediaRow>(
    `select id, filename, media_type, mime_type, size, hash, width, height, duration, taken_at, taken_local, utc_offset_minutes,
       taken_source, taken_precision, taken_confidence, latitude, longitude, altitude_m, camera_make, camera_model, lens_model,
       exposure_seconds, aperture, iso, focal_length_mm, rating, is_favorite, description, thumb_hash, thumbnail_generated, storage,
       processing_status, processing_error, created_at, updated_at, deleted_at, metadata
     from vault.media where id = $1`,
    [id],
  )
  if (!row) return undefined
  const sources = await tx.query<{ path: string; importId: string | null; seenAt: string }>(
    `select path, import_id as "importId", seen_at as "seenAt" from vault.media_sources
     where media_id = $1 order by seen_at, path`,
    [id],
  )
  const sidecars = await tx.query<Media['sidecars'][number]>(
    `select id, kind, filename, size as "sizeBytes", hash, fields, seen_at as "seenAt" from vault.sidecars
     where media_id = $1 order by seen_at desc, id desc`,
    [id],
  )
  const links = await linksOf(tx, id)
  const titles = await tx.query<{ id: string; name: string }>(
    `select id, name from vault.albums where id = any($1::uuid[])`,
    [links.map((link) => link.otherId)],
  )
  return {
    type: 'media',
    id: row.id,
    filename: row.filename,
    mediaType: row.media_type,
    mimeType: row.mime_type,
    sizeBytes: row.size,
    hash: row.hash,
    width: row.width,
    height: row.height,
    durationSeconds: row.duration,
    takenAt: row.taken_at,
    takenLocal: row.taken_local,
    utcOffsetMinutes: row.utc_offset_minutes,
    takenSource: row.taken_source,
    takenPrecision: row.taken_precision,
    takenConfidence: row.taken_confidence,
    latitude: row.latitude,
    longitude: row.longitude,
    altitudeM: row.altitude_m,
    camera: { make: row.camera_make, model: row.camera_model, lens: row.lens_model },
    exposure: {
      seconds: row.exposure_seconds,
      aperture: row.aperture,
      iso: row.iso,
      focalLengthMm: row.focal_length_mm,
    },
    rating: row.rating,
    isFavorite: row.is_favorite,
    description: row.description,
    tags: await wordsOn(tx, id),
    thumbHash: row.thumb_hash,
    hasThumbnail: row.thumbnail_generated,
    storage: row.storage,
    processingStatus: row.processing_status,
    processingError: row.processing_error === null ? null : reasonOfCode(row.processing_error),
    sources: sources.map(({ path, ...seen }) => ({ path: shownPath(path), ...seen })),
    sidecars,
    links: links.map((link) => ({
      ...link,
      otherTitle: titles.find((title) => title.id === link.otherId)?.name ?? null,
    })),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    metadata: row.metadata,
  }
}

/** Where an item's bytes are; `file_path` is relative to the vault for kept files, absolute for referenced ones. */
export interface StoredBytes {
  readonly filePath: string
  readonly storage: 'vault' | 'reference'
  readonly mimeType: string
  readonly filename: string
  readonly hash: string
}

export async function storedBytes(tx: Reader, id: string): Promise<StoredBytes | undefined> {
  return tx.one<StoredBytes>(
    `select file_path as "filePath", storage, mime_type as "mimeType", filename, hash
     from vault.media where id = $1`,
    [id],
  )
}

export interface LibraryTotals {
  readonly media: number
  readonly bytes: number
  readonly trashed: number
  readonly albums: number
}

export async function libraryTotals(tx: Reader): Promise<LibraryTotals> {
  const totals = await tx.one<LibraryTotals>(
    `select coalesce(sum(media_count), 0)::bigint as media, coalesce(sum(bytes), 0)::bigint as bytes,
            coalesce(sum(trashed_count), 0)::bigint as trashed,
            (select count(*) from vault.albums where deleted_at is null) as albums
     from read.user_totals`,
  )
  return totals ?? { media: 0, bytes: 0, trashed: 0, albums: 0 }
}
