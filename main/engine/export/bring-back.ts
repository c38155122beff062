import { join, relative, sep } from 'node:path'
import type { Reason } from '../../contract/index.ts'
import { isUuid } from '../base/ids.ts'
import { pathText } from '../base/path-text.ts'
import { recordChanges } from '../changes/index.ts'
import type { Database, Writer } from '../database/index.ts'
import { reason } from '../files/index.ts'
import { linkWaiting } from '../library/intake/index.ts'
import { audit, linkContained } from '../objects/index.ts'
import { restoreLinks } from './bring-back-links.ts'
import { bringBackObjects } from './bring-back-objects.ts'
import {
  batches,
  mediaWithHashes,
  noteMade,
  storeEach,
  takeBackUndone,
  type BringBackContext,
  type Run,
} from './brought.ts'
import {
  albumLineSchema,
  linkLineSchema,
  mediaLineSchema,
  sidecarLineSchema,
  tagLineSchema,
  type AlbumLine,
  type MediaLine,
  type SidecarLine,
  type TagLine,
} from './format.ts'
import { readLines } from './lines.ts'
import { describedTypes } from './object-lines.ts'

const linksAtOnce = 5000

/**
 * Brings back what an export tells of the files that an import took from it: dates, names, captions, ratings, favourites,
 * places, the trash, where files were seen, tags, albums, objects of every other type and links. What this import added gets all
 * of it; what was in the vault before keeps its own and only joins albums and tags. Safe to repeat. Returns a reason when
 * lines could not be read or kept.
 */
export async function bringBack(
  context: BringBackContext,
  folder: string,
  run: Run,
  signal: AbortSignal,
): Promise<Reason | null> {
  const { database, bell, log } = context
  let bad = 0
  const onBad = (): void => void (bad += 1)
  const here = await itemsBelow(database, run, folder)
  /** Ids of this vault, by those of the export. */
  const ids = new Map<string, string>()
  const applied = new Set<string>()
  // Everything else may have come through a connection.
  await bringBackObjects(database, folder, run, ids, { types: ['integration'], signal, onBad })
  for await (const lines of batches(readLines(folder, 'data/media.jsonl', mediaLineSchema, onBad))) {
    signal.throwIfAborted()
    const store = async (part: readonly MediaLine[]): Promise<void> => {
      const found = await database.asService((tx) => restoreItems(tx, run, part, { here, applied, ids }))
      for (const { id, line } of found.all) ids.set(line.id, id)
      for (const { id } of found.best) applied.add(id)
    }
    await storeEach(lines, store, onBad)
  }
  const tags: TagLine[] = []
  for await (const line of readLines(folder, 'data/tags.jsonl', tagLineSchema, onBad)) tags.push(line)
  const restoreTags = async (part: readonly TagLine[]): Promise<void> => {
    const made = await database.asService(async (tx) => {
      const pairs: [string, string][] = []
      for (const line of part) pairs.push([line.id, await restoreTag(tx, run, line, ids)])
      return pairs
    })
    for (const [was, is] of made) ids.set(was, is)
    await takeBackUndone(database, run, 'tag', idsOfLive(part, ids))
  }
  await storeEach(tags, restoreTags, onBad)
  await database.asService(async (tx) => {
    await recordChanges(tx, run.userId, [{ noun: 'media', objectId: null, kind: 'changed' }])
  })
  for await (const line of readLines(folder, 'data/albums.jsonl', albumLineSchema, onBad)) {
    signal.throwIfAborted()
    const restoreIt = async (): Promise<void> => {
      ids.set(line.id, await database.asService((tx) => restoreAlbum(tx, run, line, ids)))
      await takeBackUndone(database, run, 'album', idsOfLive([line], ids))
    }
    await storeEach([line], restoreIt, onBad)
  }
  const types = describedTypes.filter((type) => type !== 'integration')
  await bringBackObjects(database, folder, run, ids, { types, signal, onBad })
  for await (const lines of batches(readLines(folder, 'data/links.jsonl', linkLineSchema, onBad))) {
    signal.throwIfAborted()
    await restoreLinks(database, run, lines, ids, onBad)
  }
  for await (const lines of batches(readLines(folder, 'data/sidecars.jsonl', sidecarLineSchema, onBad))) {
    signal.throwIfAborted()
    await database.asService((tx) => restoreSidecars(tx, run, folder, lines, ids))
  }
  bell.ring(run.userId)
  if (bad === 0) return null
  log.warn('export-lines-unreadable', { count: bad })
  return reason('export-lines-unreadable', { count: bad })
}

/** Ids in this vault of what was live in the export. */
function idsOfLive(
  lines: readonly { readonly id: string; readonly deletedAt: string | null }[],
  ids: ReadonlyMap<string, string>,
): string[] {
  return lines.flatMap(({ id, deletedAt }) => (deletedAt === null ? (ids.get(id) ?? []) : []))
}

/** Items this import made of files below a folder, by their path in it. */
async function itemsBelow(database: Database, run: Run, folder: string): Promise<Map<string, string>> {
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
async function restoreItems(
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

/** Where an object of the export was brought to by an earlier import, or is still itself. */
const isSameAs = `(id = $2 or metadata->'importedFrom'->>'id' = $2::text)`

/** The connection something came through, in this vault. */
function connectionOf(
  { source }: { readonly source: { readonly connectionId: string | null } },
  ids: ReadonlyMap<string, string>,
): string | null {
  return (source.connectionId !== null && ids.get(source.connectionId)) || null
}

async function restoreTag(tx: Writer, run: Run, line: TagLine, ids: ReadonlyMap<string, string>): Promise<string> {
  const known = await tx.one<{ id: string }>(
    `select id from vault.tags where user_id = $1
       and (${isSameAs} or ($4::boolean and deleted_at is null and lower(name) = lower($3))) order by deleted_at nulls first limit 1`,
    [run.userId, line.id, line.name, line.deletedAt === null],
  )
  if (known) return known.id
  const row = await tx.one<{ id: string }>(
    `insert into vault.tags (user_id, name, color, created_at, deleted_at, metadata, source_type, source_id, source_platform,
       source_integration_id)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10) returning id`,
    [
      run.userId,
      line.name,
      line.color,
      line.createdAt,
      line.deletedAt,
      JSON.stringify(marked(line)),
      line.source.type,
      line.source.id,
      line.source.platform,
      connectionOf(line, ids),
    ],
  )
  if (!row) throw new Error('a tag was not stored')
  await noteMade(tx, run, 'tag', [row.id])
  return row.id
}

function marked(line: { readonly id: string; readonly metadata: Readonly<Record<string, unknown>> }) {
  return { ...line.metadata, importedFrom: { id: line.id } }
}

async function restoreAlbum(tx: Writer, run: Run, line: AlbumLine, ids: ReadonlyMap<string, string>): Promise<string> {
  const known = await tx.one<{ id: string }>(
    `select id from vault.albums where user_id = $1 and ${isSameAs} order by deleted_at nulls first limit 1`,
    [run.userId, line.id],
  )
  const others = line.items.filter((item) => !ids.has(item.id))
  const byHash = others.length > 0 ? await mediaWithHashes(tx, run, others) : new Map<string, string>()
  const idOf = (item: { readonly id: string; readonly sha256: string }): string | undefined =>
    ids.get(item.id) ?? byHash.get(item.sha256)
  const id = known?.id ?? (await insertAlbum(tx, run, line, ids))
  const items = [...new Set(line.items.flatMap((item) => idOf(item) ?? []))]
  for (let at = 0; at < items.length; at += linksAtOnce) {
    const part = items.slice(at, at + linksAtOnce)
    await linkContained(tx, run.userId, { id, type: 'album' }, { ids: part, type: 'media' })
  }
  const cover = line.cover === null ? undefined : idOf(line.cover)
  if (!known && cover !== undefined) {
    await tx.execute(`update vault.albums set cover_media_id = $2 where id = $1`, [id, cover])
  }
  await recordChanges(tx, run.userId, [{ noun: 'albums', objectId: id, kind: known ? 'changed' : 'added' }])
  return id
}

async function insertAlbum(tx: Writer, run: Run, line: AlbumLine, ids: ReadonlyMap<string, string>): Promise<string> {
  const { type, id: sourceId, platform } = line.source
  const row = await tx.one<{ id: string }>(
    `insert into vault.albums (user_id, name, description, sort_order, visibility, created_at, deleted_at, metadata,
       source_platform, source_type, source_integration_id, source_id)
     select $1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $12,
       case when $7::timestamptz is null and exists (select 1 from vault.albums o where o.user_id = $1
         and o.source_type = $10 and o.source_id = $11 and o.deleted_at is null) then null else $11 end
     returning id`,
    [
      run.userId,
      line.name,
      line.description,
      line.sortOrder,
      line.visibility,
      line.createdAt,
      line.deletedAt,
      JSON.stringify(marked(line)),
      platform,
      type,
      sourceId,
      connectionOf(line, ids),
    ],
  )
  if (!row) throw new Error('an album was not stored')
  await noteMade(tx, run, 'album', [row.id])
  await audit(tx, run.userId, 'albums.created', { type: 'albums', id: row.id }, { name: line.name })
  return row.id
}

/** Gives the sidecars that came in as files of their own back to their items, with where they were seen first. */
async function restoreSidecars(
  tx: Writer,
  run: Run,
  folder: string,
  lines: readonly SidecarLine[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  for (const line of lines) {
    const mediaId = line.mediaId === null ? undefined : ids.get(line.mediaId)
    const seen = pathText(line.seenAt.pathHex === null ? line.seenAt.path : Buffer.from(line.seenAt.pathHex, 'hex'))
    const row = await tx.one<{ id: string }>(
      `update vault.sidecars s set filename = $4, path = $5, mtime_ns = 0, ctime_ns = 0, inode = ''
       where s.user_id = $1 and s.media_id is null and s.path_key = core.text_key($2) and s.hash = $3
         and not exists (select from vault.sidecars o where o.user_id = $1 and o.media_id is null
                         and o.path_key = core.text_key($5) and o.hash = $3)
       returning s.id`,
      [run.userId, join(folder, ...line.path.split('/')), line.sha256, line.filename, seen],
    )
    if (row && mediaId !== undefined) await linkWaiting(tx, { id: row.id, mediaId, fields: line.fields })
  }
}
