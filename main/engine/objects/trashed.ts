import {
  objectTypes,
  offeredTypeNames,
  type ObjectPath,
  type ObjectTypeName,
  type TrashedObjects,
} from '../../contract/index.ts'
import { placeIn } from '../base/cursor.ts'
import { CofferError } from '../base/errors.ts'
import type { Database, Reader, Writer } from '../database/index.ts'
import { restore, trash } from './lifecycle.ts'
import { purgeTrashed } from './purge.ts'
import { inOrderOfGoing } from './rules.ts'
import { tables, titleOf } from './types.ts'

/** Everything but photos, whose trash is the library's. */
const types = offeredTypeNames.filter((type) => type !== 'media')

export interface ObjectRef {
  readonly type: ObjectTypeName
  readonly id: string
}

/** A page of what is in the trash besides photos, last trashed first. Throws `bad-request` for a cursor from elsewhere. */
export async function trashedObjects(
  tx: Reader,
  userId: string,
  wanted: { readonly cursor?: string | undefined; readonly limit: number; readonly keptDays: number },
): Promise<TrashedObjects> {
  const params: unknown[] = [userId, wanted.limit + 1, wanted.keptDays]
  let where = ''
  if (wanted.cursor !== undefined) {
    params.push(...placeIn(wanted.cursor, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/))
    where = 'and (o.deleted_at, o.id) < ($4::timestamptz, $5::uuid)'
  }
  // The newest of each type are enough to know the newest of all.
  const parts = types.map(
    (type) => `(select '${type}' as type, o.id, ${titleOf(type)} as title, o.deleted_at from ${tables[type]} o
       where o.user_id = $1 and o.deleted_at is not null ${where} order by o.deleted_at desc, o.id desc limit $2)`,
  )
  const rows = await tx.query<TrashedObjects['items'][number]>(
    `select type, id, title, ${utc('deleted_at')} as "deletedAt",
       ${utc('deleted_at + make_interval(days => $3::integer)')} as "purgeAt"
     from (${parts.join(' union all ')}) every order by deleted_at desc, id desc limit $2`,
    params,
  )
  const counts = types.map(
    (type) => `select count(*) as found from ${tables[type]} where user_id = $1 and deleted_at is not null`,
  )
  const sum = await tx.one<{ total: number }>(
    `select sum(found)::integer as total from (${counts.join(' union all ')}) every`,
    [userId],
  )
  const items = rows.slice(0, wanted.limit)
  const last = rows.length > items.length ? items.at(-1) : undefined
  return { items, next: last ? `${last.deletedAt}|${last.id}` : null, total: sum?.total ?? 0 }
}

/** Moves objects of any type but photos to the trash. Returns how many were live until now. */
export async function trashObjects(tx: Writer, userId: string, items: readonly ObjectRef[]): Promise<number> {
  let trashed = 0
  for (const [type, ids] of byType(items)) {
    trashed += (await trash(tx, userId, objectTypes[type].path as ObjectPath, ids)).length
  }
  return trashed
}

/** Microseconds, so that a cursor names exactly one moment. */
function utc(value: string): string {
  return `to_char((${value}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}

/**
 * Takes objects of any type but photos out of the trash. One whose place was taken meanwhile (a tag made again) stays where
 * it is. Returns how many came back.
 */
export async function restoreObjects(database: Database, userId: string, items: readonly ObjectRef[]): Promise<number> {
  let restored = 0
  for (const [type, refs] of byType(items)) {
    const back = (ids: readonly string[]): Promise<readonly string[]> =>
      database.write(userId, (tx) => restore(tx, userId, objectTypes[type].path as ObjectPath, ids))
    try {
      restored += (await back(refs)).length
    } catch (error) {
      if (!isTaken(error)) throw error
      for (const id of refs) {
        restored += await back([id]).then(
          (ids) => ids.length,
          (reason: unknown) => {
            if (isTaken(reason)) return 0
            throw reason
          },
        )
      }
    }
  }
  return restored
}

/**
 * Deletes objects of the trash for good, or all of them but photos when `items` is null. Live ones are never touched, nor is a
 * connection that still has posts. Returns how many went.
 */
export async function purgeTrashedObjects(
  database: Database,
  userId: string,
  items: readonly ObjectRef[] | null,
): Promise<number> {
  const named = items && byType(items)
  let purged = 0
  for (const type of inOrderOfGoing(types)) {
    const ids = named ? named.get(type) : null
    if (ids !== undefined) purged += await purgeTrashed(database, userId, type, ids)
  }
  return purged
}

function byType(items: readonly ObjectRef[]): Map<ObjectTypeName, string[]> {
  const found = new Map<ObjectTypeName, string[]>()
  for (const type of types) {
    const ids = items.filter((item) => item.type === type).map((item) => item.id)
    if (ids.length > 0) found.set(type, ids)
  }
  return found
}

function isTaken(error: unknown): boolean {
  return error instanceof CofferError && error.code === 'conflict'
}
