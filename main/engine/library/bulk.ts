import type { DateChange, Edited, PlaceChange } from '../../contract/index.ts'
import type { Writer } from '../database/index.ts'
import { record } from '../objects/index.ts'

/** Columns of an item a person may change for many at once, with their types. A version names what it replaced. */
const datesOf = {
  taken_local: 'timestamp',
  taken_precision: 'text',
  taken_at: 'timestamptz',
  utc_offset_minutes: 'integer',
  taken_source: 'text',
  taken_confidence: 'text',
}
const placeOf = { latitude: 'double precision', longitude: 'double precision', altitude_m: 'double precision' }
const own = {
  ...datesOf,
  ...placeOf,
  description: 'text',
  rating: 'double precision',
  is_favorite: 'boolean',
}

/** Changes when items were taken; what is set here has the source `user` and is sure. The files stay as they are. */
export async function changeDates(
  tx: Writer,
  userId: string,
  ids: readonly string[],
  change: DateChange,
): Promise<Edited> {
  return finish(tx, userId, 'takenLocal', await dated(tx, userId, ids, change))
}

function dated(tx: Writer, userId: string, ids: readonly string[], change: DateChange): Promise<Changed> {
  const sure = `taken_source = 'user', taken_confidence = 'high'`
  switch (change.to) {
    case 'date':
      return update(
        tx,
        userId,
        ids,
        `taken_local = $3::timestamp, taken_precision = null, utc_offset_minutes = coalesce($4::integer, utc_offset_minutes), ${sure},
         taken_at = ($3::timestamp - make_interval(mins => coalesce($4::integer, utc_offset_minutes))) at time zone 'UTC'`,
        `true`,
        [change.takenLocal, change.utcOffsetMinutes ?? null],
      )
    case 'shift':
      return update(
        tx,
        userId,
        ids,
        `taken_local = taken_local + make_interval(secs => $3), taken_at = taken_at + make_interval(secs => $3), ${sure}`,
        `taken_local is not null and $3::double precision <> 0`,
        [change.seconds],
      )
    case 'undated':
      return update(
        tx,
        userId,
        ids,
        Object.keys(datesOf)
          .map((name) => `${name} = null`)
          .join(', '),
        `taken_local is not null`,
      )
    case 'imported':
      return asImported(tx, userId, ids, datesOf)
  }
}

/** Changes where items were taken; null is nowhere known. The files stay as they are. */
export async function changePlaces(
  tx: Writer,
  userId: string,
  ids: readonly string[],
  place: PlaceChange,
): Promise<Edited> {
  const changed =
    place === 'imported'
      ? await asImported(tx, userId, ids, placeOf)
      : await update(
          tx,
          userId,
          ids,
          // The height belongs to the place it was measured at.
          `latitude = $3::double precision, longitude = $4::double precision, altitude_m = null`,
          `(latitude, longitude) is distinct from ($3::double precision, $4::double precision)`,
          [place?.latitude ?? null, place?.longitude ?? null],
        )
  return finish(tx, userId, 'place', changed)
}

/**
 * Takes back one change of many items, named as it was answered. What somebody changed again since stays. The way back is a
 * change itself, so it can be taken back too.
 */
export async function undoEdit(tx: Writer, userId: string, change: string): Promise<Edited> {
  const names = Object.entries(own)
  const changed = await changedBy(
    tx,
    `update vault.media m set ${names
      .map(
        ([name, type]) =>
          `${name} = case when v.before ? '${name}' then (v.before ->> '${name}')::${type} else m.${name} end`,
      )
      .join(', ')}
     from meta.object_versions v
     where v.user_id = $1 and v.changed_at = $2::timestamptz and v.changed_by = $1 and v.type = 'media' and m.id = v.object_id
       and m.user_id = $1 and m.deleted_at is null
       and not exists (select from meta.object_versions later where later.object_id = v.object_id and later.version > v.version)
     returning m.id`,
    [userId, change],
  )
  return finish(tx, userId, 'undone', changed)
}

/**
 * Puts columns back to what the first change by a person replaced. Items nobody changed are not touched; what a sidecar that
 * came later said is part of what was imported.
 */
function asImported(
  tx: Writer,
  userId: string,
  ids: readonly string[],
  columns: Readonly<Record<string, string>>,
): Promise<Changed> {
  const names = Object.keys(columns)
  const value = (name: string): string =>
    `case when v.first ? '${name}' then (v.first ->> '${name}')::${columns[name]} else m.${name} end`
  return changedBy(
    tx,
    `update vault.media m set ${names.map((name) => `${name} = ${value(name)}`).join(', ')}
     from (select object_id, jsonb_object_agg(key, value) as first from (
             select distinct on (o.object_id, b.key) o.object_id, b.key, b.value
             from meta.object_versions o, jsonb_each(o.before) b
             where o.user_id = $1 and o.object_id = any($2::uuid[]) and b.key = any($3)
               and o.changed_by is not null
             order by o.object_id, b.key, o.version) each_column
           group by object_id) v
     where m.id = v.object_id and m.user_id = $1 and m.deleted_at is null
       and (${names.map((name) => `m.${name} is distinct from ${value(name)}`).join(' or ')})
     returning m.id`,
    [userId, ids, names],
  )
}

interface Changed {
  readonly ids: readonly string[]
  /** The moment of the transaction, by which its versions are found again. */
  readonly at: string | null
}

/** Runs an update over live items of a person, of which `$1` is the person and `$2` the ids. */
function update(
  tx: Writer,
  userId: string,
  ids: readonly string[],
  set: string,
  where: string,
  params: readonly unknown[] = [],
): Promise<Changed> {
  return changedBy(
    tx,
    `update vault.media m set ${set}
     where m.user_id = $1 and m.id = any($2::uuid[]) and m.deleted_at is null and (${where}) returning m.id`,
    [userId, ids, ...params],
  )
}

async function changedBy(tx: Writer, sql: string, params: readonly unknown[]): Promise<Changed> {
  const rows = await tx.query<{ id: string }>(sql, params)
  const moment = await tx.one<{ at: string }>(`select now() as at`)
  return { ids: rows.map((row) => row.id), at: moment?.at ?? null }
}

async function finish(tx: Writer, userId: string, field: string, { ids, at }: Changed): Promise<Edited> {
  if (ids.length === 0) return { changed: 0, change: null }
  await record(tx, {
    userId,
    action: 'media.edited',
    ids,
    change: 'changed',
    details: { fields: [field], count: ids.length },
  })
  return { changed: ids.length, change: at }
}
