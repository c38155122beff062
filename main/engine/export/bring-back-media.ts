import { relative, sep } from 'node:path'
import { isUuid } from '../base/ids.ts'
import { pathText } from '../base/path-text.ts'
import type { Database, Writer } from '../database/index.ts'
import { connectionOf, mediaWithHashes, type Run } from './brought.ts'
import type { MediaLine } from './format.ts'

/** Items this import made of files below a folder, by their path in it. */
export async function itemsBelow(database: Database, run: Run, folder: string): Promise<Map<string, string>> {
  const row = await database.asService((tx) =>
    tx.one<{ packed: string | null }>(
      `select json_agg(json_build_array(path, media_id))::text as packed from meta.import_items
       where import_id = $1 and media_id is not null and starts_with(path, $2)`,
      [run.id, folder],
    ),
  )
  const pairs = JSON.parse(row?.packed ?? '[]') as [string, string][]
  return new Map(pairs.map(([path, id]) => [relative(folder, path).split(sep).join('/').normalize('NFC'), id]))
}

interface Found {
  readonly id: string
  readonly line: MediaLine
}

/** Gives items what their lines tell. Returns those that are here, and those of them whose line counts. */
export async function restoreItems(
  tx: Writer,
  run: Run,
  lines: readonly MediaLine[],
  known: {
    readonly here: ReadonlyMap<string, string>
    readonly applied: ReadonlySet<string>
    readonly ids: ReadonlyMap<string, string>
  },
): Promise<{ readonly all: readonly Found[]; readonly best: readonly Found[] }> {
  const byHash = await mediaWithHashes(tx, run, lines)
  const all = lines.flatMap((line) => {
    const id = known.here.get(line.path.normalize('NFC')) ?? byHash.get(line.sha256)
    return id === undefined ? [] : [{ id, line }]
  })
  const best = chosen(all, known.applied)
  // What comes back is what a person made of it: no sidecar that changes later may set it otherwise.
  if (isUuid(run.userId)) await tx.execute(`set local app.current_user_id = '${run.userId}'`)
  await restoreMedia(tx, run, best, known.ids)
  await leaveInTrash(tx, run, best)
  await restoreSources(tx, run, all)
  return { all, best }
}

/** Of several lines that are one item here, a live one counts before one in the trash. */
function chosen(found: readonly Found[], applied: ReadonlySet<string>): Found[] {
  const best = new Map<string, Found>()
  for (const each of found) {
    const isTrashed = each.line.deletedAt !== null
    if (isTrashed && (applied.has(each.id) || best.has(each.id))) continue
    best.set(each.id, each)
  }
  return [...best.values()]
}

async function restoreMedia(
  tx: Writer,
  run: Run,
  found: readonly Found[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = found.map(({ id, line }) => ({
    id,
    filename: line.filename,
    taken_at: line.taken.at,
    taken_local: line.taken.local,
    utc_offset_minutes: line.taken.utcOffsetMinutes,
    taken_source: line.taken.source,
    taken_confidence: line.taken.confidence,
    taken_precision: line.taken.precision,
    latitude: line.place.latitude,
    longitude: line.place.longitude,
    altitude_m: line.place.altitudeM,
    rating: line.rating,
    is_favorite: line.isFavorite,
    description: line.description,
    created_at: line.createdAt,
    deleted_at: line.deletedAt,
    source_platform: line.source.platform,
    source_integration_id: connectionOf(line, ids),
    metadata: line.metadata,
  }))
  await tx.execute(
    `update vault.media m set filename = r.filename, taken_at = r.taken_at, taken_local = r.taken_local,
       utc_offset_minutes = r.utc_offset_minutes, taken_source = r.taken_source, taken_confidence = r.taken_confidence,
       taken_precision = r.taken_precision,
       latitude = r.latitude, longitude = r.longitude, altitude_m = r.altitude_m, rating = r.rating,
       is_favorite = r.is_favorite, description = r.description, created_at = r.created_at, deleted_at = r.deleted_at,
       source_platform = coalesce(r.source_platform, m.source_platform),
       source_integration_id = coalesce(r.source_integration_id, m.source_integration_id),
       metadata = m.metadata || (r.metadata - 'exif')
     from jsonb_to_recordset($3::jsonb) as r(id uuid, filename text, taken_at timestamptz, taken_local timestamp,
       utc_offset_minutes integer, taken_source text, taken_confidence text, taken_precision text, latitude double precision,
       longitude double precision, altitude_m double precision, rating double precision, is_favorite boolean,
       description text, created_at timestamptz, deleted_at timestamptz, source_platform text,
       source_integration_id uuid, metadata jsonb)
     where m.id = r.id and m.user_id = $1 and m.import_id = $2`,
    [run.userId, run.id, JSON.stringify(rows)],
  )
}

/** An import takes what it meets out of the trash; what lies in the trash of the export as well stays there. */
async function leaveInTrash(tx: Writer, run: Run, found: readonly Found[]): Promise<void> {
  const rows = found.flatMap(({ id, line }) => (line.deletedAt === null ? [] : [{ id, deleted_at: line.deletedAt }]))
  if (rows.length === 0) return
  const moved = await tx.query<{ id: string }>(
    `update vault.media m set deleted_at = r.deleted_at
     from jsonb_to_recordset($3::jsonb) as r(id uuid, deleted_at timestamptz)
     where m.id = r.id and m.user_id = $1 and m.import_id is distinct from $2 and m.deleted_at is null
       and exists (select 1 from meta.import_items i where i.import_id = $2 and i.media_id = m.id and i.outcome = 'added')
     returning m.id`,
    [run.userId, run.id, JSON.stringify(rows)],
  )
  const settled = await tx.execute(
    `update meta.import_items set outcome = 'duplicate', reason = '{"code":"in-trash","details":{}}'
     where import_id = $1 and outcome = 'added' and media_id = any($2::uuid[])`,
    [run.id, moved.map((row) => row.id)],
  )
  await tx.execute(`update meta.imports set added = added - $2, duplicates = duplicates + $2 where id = $1`, [
    run.id,
    settled,
  ])
}

/** The places where the bytes were seen before: what is still there need not be read again. */
async function restoreSources(tx: Writer, run: Run, found: readonly Found[]): Promise<void> {
  const rows = found.flatMap(({ id, line }) =>
    line.seenAt.map((seen) => ({
      media_id: id,
      path: pathText(seen.pathHex === null ? seen.path : Buffer.from(seen.pathHex, 'hex')),
      size_bytes: seen.sizeBytes,
      mtime_ns: seen.mtimeNs,
      ctime_ns: seen.ctimeNs,
      inode: seen.inode,
      seen_at: seen.at,
    })),
  )
  if (rows.length === 0) return
  await tx.execute(
    `insert into vault.media_sources (user_id, media_id, path, size_bytes, mtime_ns, ctime_ns, inode, seen_at)
     select $1, r.media_id, r.path, r.size_bytes, r.mtime_ns, r.ctime_ns, r.inode, r.seen_at
     from jsonb_to_recordset($2::jsonb) as r(media_id uuid, path text, size_bytes bigint, mtime_ns bigint,
                                             ctime_ns bigint, inode text, seen_at timestamptz)
     on conflict (user_id, path_key) do nothing`,
    [run.userId, JSON.stringify(rows)],
  )
}
