import { objectTypes, type AnyObject, type ObjectTypeName, type ObjectVersion } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Reader, Writer } from '../database/index.ts'
import { lockForUpdate, missing, readObject } from './read.ts'
import { note, present, setColumns } from './write.ts'

/** Every change to a person's own fields of one object, the newest first. Throws `not-found`. */
export async function historyOf(
  tx: Reader,
  userId: string,
  type: ObjectTypeName,
  id: string,
): Promise<ObjectVersion[]> {
  if (!(await readObject(tx, userId, type, id))) throw missing(type)
  return versions(tx, userId, id)
}

function versions(tx: Reader, userId: string, id: string): Promise<ObjectVersion[]> {
  return tx.query<ObjectVersion>(
    `select version, before, after, changed_by, changed_at from meta.object_versions
     where object_id = $1 and user_id = $2 order by version desc`,
    [id, userId],
  )
}

/**
 * Makes an object what it was after a version; 0 is as it was made. Fields that versions since then did not touch stay, and
 * the way back is a version itself, so nothing is lost by it. Throws `not-found` and `changed-meanwhile`.
 */
export async function revertObject(
  tx: Writer,
  userId: string,
  type: ObjectTypeName,
  id: string,
  version: number,
  ifMatch?: string,
): Promise<AnyObject> {
  const now = await lockForUpdate(tx, userId, type, id, ifMatch)
  if (now.deleted_at !== null) throw missing(type)
  const all = await versions(tx, userId, id)
  if (version !== 0 && !all.some((each) => each.version === version)) {
    throw new CofferError(`There is no version ${version} of this in ${objectTypes[type].path}.`, { code: 'not-found' })
  }
  const since = all.filter((each) => each.version > version)
  const values: Record<string, unknown> = {}
  // The newest first, so that what the oldest of them replaced is what stands in the end.
  for (const each of since) Object.assign(values, each.before)
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' && (await isGone(tx, userId, type, id, name, value))) values[name] = null
  }
  await setColumns(tx, userId, type, id, values)
  if (since.length > 0) await note(tx, userId, type, id, 'changed', 'reverted', Object.keys(values))
  return present(tx, userId, type, id)
}

/** What a field referred to then may have been deleted for good meanwhile, and a cover may have left its album. */
async function isGone(
  tx: Reader,
  userId: string,
  type: ObjectTypeName,
  id: string,
  name: string,
  value: string,
): Promise<boolean> {
  const kind = objectTypes[type].fields[name]?.refersTo
  if (kind === undefined) return false
  const found =
    name === 'cover_media_id'
      ? await tx.one(
          `select 1 as x from core.links where from_object_id = $1 and to_object_id = $2 and link_type = 'contains'
             and deleted_at is null`,
          [id, value],
        )
      : await tx.one(`select 1 as x from core.objects where id = $1 and user_id = $2 and type = $3`, [
          value,
          userId,
          kind,
        ])
  return !found
}
