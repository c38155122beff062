import type { ObjectTypeName, TimelineEntry, TimelineEntryPage } from '../../contract/index.ts'
import { placeIn } from '../base/cursor.ts'
import type { Reader } from '../database/index.ts'

export interface EntriesWanted {
  /** Days of the wall clock, both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly types?: readonly ObjectTypeName[] | undefined
  /** Where an earlier page ended. */
  readonly cursor?: string | undefined
  readonly limit: number
}

/**
 * A page of everything that happened, photos with the rest, by wall time, newest first. What has no date is not in it.
 * Throws `bad-request` for a cursor this program did not make.
 */
export async function timelineEntries(tx: Reader, wanted: EntriesWanted): Promise<TimelineEntryPage> {
  const params: unknown[] = [wanted.limit + 1]
  const value = (given: unknown): string => `$${params.push(given)}`
  const since = wanted.from === undefined ? null : `${value(wanted.from)}::timestamp`
  const until = wanted.to === undefined ? null : `${value(wanted.to)}::timestamp + interval '1 day'`
  const after = wanted.cursor === undefined ? null : afterOf(wanted.cursor, value)
  const among = (local: string, id: string): string =>
    [
      since && ` and ${local} >= ${since}`,
      until && ` and ${local} < ${until}`,
      after && ` and (${local}, ${id}) < (${after})`,
    ].join('')
  const stretches: string[] = []
  const others = wanted.types?.filter((type) => type !== 'media')
  if (others === undefined || others.length > 0) {
    const ofTypes = others ? ` and type = any (${value(others)}::text[])` : ''
    stretches.push(
      `select * from (select local_at, at, utc_offset_minutes, date_precision, type, object_id, title, weight
       from read.entries where local_at is not null${ofTypes}${among('local_at', 'object_id')}
       order by local_at desc, object_id desc limit $1) entries`,
    )
  }
  if (wanted.types === undefined || wanted.types.includes('media')) {
    stretches.push(
      `select * from (select taken_local as local_at, taken_at, utc_offset_minutes, taken_precision, 'media', id as object_id, filename, 1
       from vault.media where deleted_at is null and taken_local >= '-infinity'${among('taken_local', 'id')}
       order by taken_local desc nulls last, id desc limit $1) media`,
    )
  }
  if (stretches.length === 0) return { items: [], next: null }
  // Each stretch is read from one index and ends by itself; sorted together by the planner they would be read whole.
  const row = await tx.one<{ packed: string | null }>(
    `select json_agg(json_build_object('type', type, 'id', object_id, 'title', title, 'localAt', local_at,
        'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'utcOffsetMinutes', utc_offset_minutes,
        'datePrecision', date_precision, 'weight', weight))::text as packed
     from (${stretches.join(' union all ')} order by local_at desc, object_id desc limit $1)
       page (local_at, at, utc_offset_minutes, date_precision, type, object_id, title, weight)`,
    params,
  )
  const all = JSON.parse(row?.packed ?? '[]') as TimelineEntry[]
  const items = all.slice(0, wanted.limit)
  const last = items.at(-1)
  return { items, next: all.length > items.length && last ? `${last.localAt}|${last.id}` : null }
}

/** The end of the page before, as SQL. */
function afterOf(cursor: string, value: (given: unknown) => string): string {
  const [local, id] = placeIn(cursor, /^\d{4,6}-\d\d-\d\dT[\d:.]+$/)
  return `${value(local)}::timestamp, ${value(id)}::uuid`
}
