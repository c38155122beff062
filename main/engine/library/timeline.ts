import type { TimelineDays, TimelinePage, TimelineRow } from '../../contract/index.ts'
import { placeIn } from '../base/cursor.ts'
import type { Reader } from '../database/index.ts'
import { packedTile, tilesOf } from './tiles.ts'

/** How many live media each day has, newest day first, undated last. Read from the day counts, not from the media. */
export async function timelineDays(tx: Reader): Promise<TimelineDays> {
  const row = await tx.one<{ packed: string | null }>(
    `select json_agg(json_build_array(nullif(day, 'infinity'::date), media_count) order by day = 'infinity', day desc)::text as packed
     from read.media_day_counts where media_count > 0`,
  )
  const items = (JSON.parse(row?.packed ?? '[]') as [string | null, number][]).map(([day, count]) => ({ day, count }))
  return { total: items.reduce((sum, each) => sum + each.count, 0), items, next: null }
}

export interface TilesWanted {
  /** One day, `undated`, or everything when absent. */
  readonly day?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/**
 * A page of tiles in timeline order. One packed text is fetched per page: decoding rows one by one costs more than the
 * query itself. Throws `bad-request` for a cursor this program did not make.
 */
export async function timelineTiles(tx: Reader, wanted: TilesWanted): Promise<TimelinePage> {
  const { parts, params } = places(wanted)
  const order = `order by taken_local desc nulls last, id desc limit ${wanted.limit + 1}`
  // Each part is one stretch of the index; a condition with OR would read everything before the cursor.
  const stretches = parts.map((part) => `(select * from vault.media where deleted_at is null ${part} ${order})`)
  const row = await tx.one<{ packed: string | null }>(
    `select json_agg(${packedTile})::text as packed from (select * from (${stretches.join(' union all ')}) stretch ${order}) page`,
    params,
  )
  const all = tilesOf(row?.packed)
  const items = all.slice(0, wanted.limit)
  const last = items.at(-1)
  return { items, next: all.length > items.length && last ? `${last.takenLocal ?? ''}|${last.id}` : null }
}

/** The stretches of the timeline a page may come from, the dated before the undated. */
function places(wanted: TilesWanted): { parts: string[]; params: unknown[] } {
  const params: unknown[] = []
  const next = (value: unknown): string => `$${params.push(value)}`
  let day = ''
  if (wanted.day === 'undated') day = ` and taken_local is null`
  else if (wanted.day !== undefined) {
    const at = next(wanted.day)
    // Under row-level security only comparisons of one and the same type may look into an index: timestamps, no dates.
    day = ` and taken_local >= ${at}::timestamp and taken_local < ${at}::timestamp + interval '1 day'`
  }
  if (wanted.cursor === undefined) return { parts: [day], params }
  const [local, id] = placeIn(wanted.cursor, /^$|^\d{4}-\d\d-\d\dT[\d:.]+$/)
  if (local === '') return { parts: [`${day} and taken_local is null and id < ${next(id)}`], params }
  const dated = `${day} and (taken_local, id) < (${next(local)}::timestamp, ${next(id)}::uuid)`
  return { parts: wanted.day === undefined ? [dated, ' and taken_local is null'] : [dated], params }
}

/** Rows of `coffer timeline`: everything between two wall-clock days (both included), newest first. */
export async function timelineRows(
  tx: Reader,
  range: {
    readonly from?: string | undefined
    readonly to?: string | undefined
    readonly limit?: number | undefined
  },
): Promise<TimelineRow[]> {
  const params: unknown[] = []
  const next = (value: unknown): string => `$${params.push(value)}`
  let where = 'deleted_at is null'
  if (range.from !== undefined) where += ` and taken_local >= ${next(range.from)}::timestamp`
  if (range.to !== undefined) where += ` and taken_local < ${next(range.to)}::timestamp + interval '1 day'`
  const limit = range.limit === undefined ? '' : `limit ${next(range.limit)}::bigint`
  const row = await tx.one<{ packed: string | null }>(
    `select json_agg(json_build_object('id', id, 'filename', filename, 'takenLocal', taken_local,
        'takenAt', to_char(taken_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'utcOffsetMinutes', utc_offset_minutes, 'takenSource', taken_source,
        'takenPrecision', taken_precision, 'width', width, 'height', height,
        'hash', hash, 'mediaType', media_type))::text as packed
     from (select * from vault.media where ${where} order by taken_local desc nulls last, id desc ${limit}) page`,
    params,
  )
  const rows: unknown = JSON.parse(row?.packed ?? '[]')
  return Array.isArray(rows) ? rows : []
}
