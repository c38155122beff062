import type { TakenPrecision } from '../../contract/index.ts'
import type { Reader, Reads } from '../database/index.ts'

/** What an export knows of one item while it runs: enough for its file, its sidecars and the pages. */
export interface Item {
  readonly id: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly filename: string
  /** As in the row: relative to the vault, absolute for a reference. */
  readonly filePath: string
  readonly isReference: boolean
  readonly mediaType: string
  readonly mimeType: string
  readonly width: number | null
  readonly height: number | null
  readonly durationSeconds: number | null
  readonly takenLocal: string | null
  /** How far the date is known when its clock time is not. */
  readonly takenPrecision: TakenPrecision | null
  readonly takenAt: string | null
  readonly utcOffsetMinutes: number | null
  readonly takenSource: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly altitudeM: number | null
  readonly rating: number | null
  readonly isFavorite: boolean
  readonly description: string | null
  readonly hasPictures: boolean
  readonly isTrashed: boolean
  readonly createdAt: string
  readonly updatedAt: string
  /** When the file was last changed at its source; only asked for where nothing else dates it. */
  readonly sourceMtimeMs: number | null
  /** Words that came with the file. */
  readonly keywords: readonly string[]
}

export interface Gathered {
  readonly items: readonly Item[]
  /** Names of the tags of an item, by its id. */
  readonly tagsOf: ReadonlyMap<string, readonly string[]>
  /** Live albums an item is in, by its id. */
  readonly albumsOf: ReadonlyMap<string, readonly AlbumName[]>
}

export interface AlbumName {
  readonly id: string
  readonly name: string
}

const pageSize = 5000
const zero = '00000000-0000-0000-0000-000000000000'

/** Everything of one person that an export goes through, of one moment; only some live items where `ids` names them. */
export async function gather(database: Reads, userId: string, ids: readonly string[] | null = null): Promise<Gathered> {
  return database.read(userId, async (tx) => ({
    items: await itemsOf(tx, ids),
    tagsOf: grouped(
      await packed<[string, string]>(
        tx,
        `select json_agg(json_build_array(l.from_object_id, t.name) order by lower(t.name), t.id)::text as packed
         from core.links l join vault.tags t on t.id = l.to_object_id and t.deleted_at is null
         where l.link_type = 'tagged_with' and l.from_object_type = 'media' and l.deleted_at is null`,
      ),
    ),
    albumsOf: grouped(
      (
        await packed<[string, string, string]>(
          tx,
          `select json_agg(json_build_array(l.to_object_id, a.id, a.name) order by lower(a.name), a.id)::text as packed
           from core.links l join vault.albums a on a.id = l.from_object_id and a.deleted_at is null
           where l.link_type = 'contains' and l.deleted_at is null`,
        )
      ).map(([media, id, name]): [string, AlbumName] => [media, { id, name }]),
    ),
  }))
}

/** One packed text is fetched: decoding rows one by one costs more than the query itself. */
async function packed<T>(tx: Reader, sql: string): Promise<T[]> {
  const row = await tx.one<{ packed: string | null }>(sql)
  return JSON.parse(row?.packed ?? '[]') as T[]
}

function grouped<T>(pairs: readonly (readonly [string, T])[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const [key, value] of pairs) {
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}

/** In the order of their ids, which is the order in which they came. */
async function itemsOf(tx: Reader, ids: readonly string[] | null): Promise<Item[]> {
  const items: Item[] = []
  for (let after = zero; ;) {
    const row = await tx.one<{ packed: string | null }>(
      `select json_agg(json_build_object('id', id, 'sha256', hash, 'sizeBytes', size, 'filename', filename,
          'filePath', file_path, 'isReference', storage = 'reference', 'mediaType', media_type, 'mimeType', mime_type,
          'width', width, 'height', height, 'durationSeconds', duration, 'takenLocal', taken_local, 'takenPrecision', taken_precision,
          'takenAt', ${utc('taken_at')}, 'utcOffsetMinutes', utc_offset_minutes, 'takenSource', taken_source,
          'latitude', latitude, 'longitude', longitude, 'altitudeM', altitude_m, 'rating', rating,
          'isFavorite', is_favorite, 'description', description, 'hasPictures', thumbnail_generated,
          'isTrashed', deleted_at is not null, 'createdAt', ${utc('created_at')}, 'updatedAt', ${utc('updated_at')},
          'sourceMtimeMs', case when taken_local is null then
             (select min(s.mtime_ns) / 1000000 from vault.media_sources s where s.media_id = page.id) end,
          'keywords', case when jsonb_typeof(metadata->'tags') = 'array' then metadata->'tags' else '[]' end)
          order by id)::text as packed
       from (select * from vault.media where id > $1 and ($2::uuid[] is null or id = any($2) and deleted_at is null)
             order by id limit ${pageSize}) page`,
      [after, ids],
    )
    const page = JSON.parse(row?.packed ?? '[]') as Item[]
    for (const item of page) items.push(item)
    const last = page.at(-1)
    if (!last || page.length < pageSize) return items
    after = last.id
  }
}

/** An instant as text, to the microsecond. */
export function utc(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}

/** Items that came or were changed on or after a day (`2024-06-01`, by this computer's clock) or an instant. */
export function isSince(item: Pick<Item, 'updatedAt'>, since: string): boolean {
  return Date.parse(item.updatedAt) >= instantOf(since)
}

/** The beginning of a day by this computer's clock, or an instant; NaN for anything else. */
export function instantOf(since: string): number {
  return /^\d{4}-\d\d-\d\d$/.test(since) ? new Date(`${since}T00:00:00`).getTime() : Date.parse(since)
}
