import type { Reader, Reads } from '../database/index.ts'
import { exportedPath, schemaOfExport, type AlbumLine, type LinkLine, type MediaLine, type TagLine } from './format.ts'
import { utc, type Gathered } from './gather.ts'
import { writeText, writeWhole } from './lines.ts'
import type { Placed } from './places.ts'

const pageSize = 500

/** Writes `data/`: what the vault knows, in the documented form. Returns how many albums and tags there are. */
export async function writeData(
  database: Reads,
  userId: string,
  dir: string,
  placed: readonly Placed[],
  gathered: Gathered,
  signal: AbortSignal,
): Promise<{ readonly albums: readonly AlbumLine[]; readonly tags: number }> {
  await writeWhole(dir, 'data/media.jsonl', async (write) => {
    for (let at = 0; at < placed.length; at += pageSize) {
      signal.throwIfAborted()
      const page = placed.slice(at, at + pageSize)
      const lines = await database.read(userId, (tx) => mediaLines(tx, page, gathered))
      await write(lines.map(lineOf).join(''))
    }
  })
  const { albums, tags, links } = await database.read(userId, async (tx) => ({
    albums: await albumLines(tx),
    tags: await tagLines(tx),
    links: await linkLines(tx),
  }))
  const all = async (name: string, lines: readonly unknown[]): Promise<void> =>
    writeWhole(dir, `data/${name}`, async (write) => {
      for (const line of lines) await write(lineOf(line))
    })
  await all('albums.jsonl', albums)
  await all('tags.jsonl', tags)
  await all('links.jsonl', links)
  await database.read(userId, (tx) =>
    writeWhole(dir, 'data/history.jsonl', async (write) => {
      for await (const page of history(tx)) await write(page.map(lineOf).join(''))
    }),
  )
  await writeText(dir, 'data/schema.json', `${JSON.stringify(schemaOfExport(), null, 2)}\n`)
  return { albums, tags: tags.length }
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}

type Known = Omit<MediaLine, 'path' | 'tags' | 'albums'>

async function mediaLines(tx: Reader, page: readonly Placed[], gathered: Gathered): Promise<MediaLine[]> {
  const row = await tx.one<{ packed: string | null }>(
    `select json_agg(json_build_object('id', m.id, 'sha256', m.hash, 'filename', m.filename, 'mediaType', m.media_type,
        'mimeType', m.mime_type, 'sizeBytes', m.size, 'width', m.width, 'height', m.height, 'durationSeconds', m.duration,
        'taken', json_build_object('local', m.taken_local, 'at', ${utc('m.taken_at')},
          'utcOffsetMinutes', m.utc_offset_minutes, 'source', m.taken_source, 'confidence', m.taken_confidence,
          'precision', m.taken_precision),
        'place', json_build_object('latitude', m.latitude, 'longitude', m.longitude, 'altitudeM', m.altitude_m),
        'camera', json_build_object('make', m.camera_make, 'model', m.camera_model, 'lens', m.lens_model),
        'exposure', json_build_object('seconds', m.exposure_seconds, 'aperture', m.aperture, 'iso', m.iso,
          'focalLengthMm', m.focal_length_mm),
        'rating', m.rating, 'isFavorite', m.is_favorite, 'description', m.description, 'storage', m.storage,
        'problem', m.processing_error,
        'source', ${source('m')},
        'seenAt', coalesce((select json_agg(json_build_object('path', s.path, 'pathHex', null,
            'sizeBytes', s.size_bytes, 'mtimeNs', s.mtime_ns::text, 'ctimeNs', s.ctime_ns::text, 'inode', s.inode,
            'at', ${utc('s.seen_at')}) order by s.seen_at, s.path) from vault.media_sources s where s.media_id = m.id), '[]'),
        'createdAt', ${utc('m.created_at')}, 'updatedAt', ${utc('m.updated_at')}, 'deletedAt', ${utc('m.deleted_at')},
        'metadata', m.metadata))::text as packed
     from vault.media m where m.id = any($1::uuid[])`,
    [page.map(({ item }) => item.id)],
  )
  const known = new Map((JSON.parse(row?.packed ?? '[]') as Known[]).map((line) => [line.id, line]))
  return page.flatMap(({ item, path }) => {
    const line = known.get(item.id)
    // Deleted for good since the list was made.
    if (!line) return []
    const seenAt = line.seenAt.map((seen) => ({ ...seen, ...exportedPath(seen.path) }))
    const albums = (gathered.albumsOf.get(item.id) ?? []).map((album) => album.id)
    return [{ ...line, path, seenAt, tags: [...(gathered.tagsOf.get(item.id) ?? [])], albums }]
  })
}

async function albumLines(tx: Reader): Promise<AlbumLine[]> {
  return parsedRows<AlbumLine>(
    tx,
    `select json_build_object('id', a.id, 'name', a.name, 'description', a.description, 'sortOrder', a.sort_order,
        'visibility', a.visibility,
        'cover', case when c.id is not null then json_build_object('id', c.id, 'sha256', c.hash) end,
        'items', coalesce((select json_agg(json_build_object('id', m.id, 'sha256', m.hash) order by l.sort_order, l.id)
          from core.links l join vault.media m on m.id = l.to_object_id
          where l.from_object_id = a.id and l.link_type = 'contains' and l.deleted_at is null), '[]'),
        'source', ${source('a')},
        'createdAt', ${utc('a.created_at')}, 'updatedAt', ${utc('a.updated_at')}, 'deletedAt', ${utc('a.deleted_at')},
        'metadata', a.metadata)::text as line
     from vault.albums a left join vault.media c on c.id = a.cover_media_id order by lower(a.name), a.id`,
  )
}

async function tagLines(tx: Reader): Promise<TagLine[]> {
  return parsedRows<TagLine>(
    tx,
    `select json_build_object('id', id, 'name', name, 'color', color, 'source', ${source('t')},
        'createdAt', ${utc('created_at')}, 'deletedAt', ${utc('deleted_at')}, 'metadata', metadata)::text as line
     from vault.tags t order by lower(name), id`,
  )
}

async function linkLines(tx: Reader): Promise<LinkLine[]> {
  return parsedRows<LinkLine>(
    tx,
    `select json_build_object('id', l.id, 'type', l.link_type,
        'from', json_build_object('id', l.from_object_id, 'type', l.from_object_type, 'sha256', f.hash),
        'to', json_build_object('id', l.to_object_id, 'type', l.to_object_type, 'sha256', t.hash),
        'strength', l.strength, 'isBidirectional', l.is_bidirectional, 'sortOrder', l.sort_order,
        'source', ${source('l')}, 'createdAt', ${utc('l.created_at')}, 'deletedAt', ${utc('l.deleted_at')}, 'metadata', l.metadata)::text as line
     from core.links l
     left join vault.media f on f.id = l.from_object_id and l.from_object_type = 'media'
     left join vault.media t on t.id = l.to_object_id and l.to_object_type = 'media'
     where (l.link_type, l.from_object_type, l.to_object_type) <> ('contains', 'album', 'media') order by l.id`,
  )
}

function source(row: string): string {
  return `json_build_object('type', ${row}.source_type, 'id', ${row}.source_id, 'platform', ${row}.source_platform,
    'connectionId', ${row}.source_integration_id)`
}

async function parsedRows<T>(tx: Reader, sql: string): Promise<T[]> {
  const row = await tx.one<{ packed: string | null }>(`select json_agg(line)::text as packed from (${sql}) one`)
  return (JSON.parse(row?.packed ?? '[]') as string[]).map((line) => JSON.parse(line) as T)
}

async function* history(tx: Reader): AsyncGenerator<unknown[]> {
  for (let after = 0; ;) {
    const row = await tx.one<{ packed: string | null; last: number | null }>(
      `select json_agg(json_build_object('at', ${utc('created_at')}, 'action', action, 'objectType', resource_type,
          'objectId', resource_id, 'details', details) order by number)::text as packed, max(number) as last
       from (select number, created_at, action, resource_type, resource_id, details from core.audit_log
             where number > $1 order by number limit 5000) page`,
      [after],
    )
    if (!row || row.packed === null || row.last === null) return
    yield JSON.parse(row.packed) as unknown[]
    after = row.last
  }
}
