import { objectTypeNames, type AnyObject, type ObjectTypeName } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Reader, Writer } from '../database/index.ts'
import { inWords, objectColumns, objectOf, tables, titleOf } from './types.ts'

/** One object whole, trashed or not; undefined when this person has none of that type with that id. */
export async function readObject(
  tx: Reader,
  userId: string,
  type: ObjectTypeName,
  id: string,
): Promise<AnyObject | undefined> {
  const row = await tx.one<Record<string, unknown>>(
    `select ${objectColumns(type)} from ${tables[type]} o where o.id = $1 and o.user_id = $2`,
    [id, userId],
  )
  return row && objectOf(type, row)
}

/** The type of an object; undefined when this person has none with that id. */
export async function typeOf(tx: Reader, userId: string, id: string): Promise<ObjectTypeName | undefined> {
  const row = await tx.one<{ type: string }>(
    `select type from core.objects where id = $1 and user_id = $2
     union all select 'link' from core.links where id = $1 and user_id = $2`,
    [id, userId],
  )
  return objectTypeNames.find((name) => name === row?.type)
}

/**
 * The object as it is now, held until the transaction ends. Throws `not-found`, and `changed-meanwhile` when `ifMatch` names
 * another state than the one it has.
 */
export async function lockForUpdate(
  tx: Writer,
  userId: string,
  type: ObjectTypeName,
  id: string,
  ifMatch?: string,
): Promise<AnyObject> {
  await tx.query(`select 1 as x from ${tables[type]} where id = $1 and user_id = $2 for update`, [id, userId])
  const now = await readObject(tx, userId, type, id)
  if (!now) throw missing(type)
  if (
    ifMatch !== undefined &&
    ifMatch !== '*' &&
    !ifMatch.split(',').some((each) => stateNamed(each) === now.updated_at)
  ) {
    throw new CofferError(
      `This ${inWords(type)} was changed in the meantime. Load it again and make your change again.`,
      {
        code: 'changed-meanwhile',
        details: { updatedAt: now.updated_at },
      },
    )
  }
  return now
}

/** `"2026-02-03T12:34:56.789Z"`, quoted as an entity tag or not. */
function stateNamed(tag: string): string {
  return tag.trim().replace(/^"(.*)"$/, '$1')
}

export function missing(type: ObjectTypeName): CofferError {
  return new CofferError(`There is no such ${inWords(type)}.`, { code: 'not-found' })
}

/** What to call objects, and whether they lie in the trash; those this person has not are left out. */
export async function namesOf(
  tx: Reader,
  userId: string,
  refs: readonly { readonly type: string; readonly id: string }[],
): Promise<Map<string, { title: string | null; deletedAt: string | null }>> {
  const found = new Map<string, { title: string | null; deletedAt: string | null }>()
  for (const type of objectTypeNames) {
    const ids = refs.filter((ref) => ref.type === type).map((ref) => ref.id)
    if (ids.length === 0) continue
    const rows = await tx.query<{ id: string; title: string | null; deletedAt: string | null }>(
      `select o.id, ${titleOf(type)} as title, o.deleted_at as "deletedAt" from ${tables[type]} o
       where o.id = any($1::uuid[]) and o.user_id = $2`,
      [ids, userId],
    )
    for (const { id, title, deletedAt } of rows) found.set(id, { title, deletedAt })
  }
  return found
}
