import { objectTypeNames, objectTypes, type ObjectPath, type ObjectTypeName } from '../../contract/index.ts'
import type { Writer } from '../database/index.ts'
import { record } from './record.ts'
import { inPlainWords } from './refusals.ts'
import { rulesOf } from './rules.ts'

export type Trashable = ObjectPath

/** Moves objects to the trash and returns the ids that were live until now. */
export async function trash(
  tx: Writer,
  userId: string,
  noun: Trashable,
  ids: readonly string[],
): Promise<readonly string[]> {
  const trashed = await setDeleted(tx, userId, noun, ids, 'trashed')
  if (trashed.length > 0) await rulesOf(typeAt(noun)).onTrash?.(tx, userId, trashed)
  return trashed
}

/**
 * Takes objects out of the trash and returns the ids that were in it. An object whose place was taken meanwhile (the
 * same picture imported again) stays where it is: the unique rule among live rows comes first.
 */
export async function restore(
  tx: Writer,
  userId: string,
  noun: Trashable,
  ids: readonly string[],
): Promise<readonly string[]> {
  return setDeleted(tx, userId, noun, ids, 'restored')
}

async function setDeleted(
  tx: Writer,
  userId: string,
  noun: Trashable,
  ids: readonly string[],
  kind: 'trashed' | 'restored',
): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const type = typeAt(noun)
  const { table, mayReturnIf = 'true', setOnReturn } = rulesOf(type)
  const also = setOnReturn === undefined ? '' : `, ${setOnReturn}`
  const rows = await inPlainWords(type, () =>
    tx.query<{ id: string }>(
      kind === 'trashed'
        ? `update ${table} o set deleted_at = now()
         where user_id = $1 and id = any($2::uuid[]) and deleted_at is null returning id`
        : `update ${table} o set deleted_at = null ${also}
         where user_id = $1 and id = any($2::uuid[]) and deleted_at is not null and ${mayReturnIf} returning id`,
      [userId, ids],
    ),
  )
  const changed = rows.map((row) => row.id)
  await record(tx, {
    userId,
    action: `${noun}.${kind}`,
    ids: changed,
    change: kind,
    details: { count: changed.length },
  })
  return changed
}

function typeAt(noun: Trashable): ObjectTypeName {
  const type = objectTypeNames.find((name) => objectTypes[name].path === noun)
  if (type === undefined) throw new Error(`there are no ${noun}`)
  return type
}
