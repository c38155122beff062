import {
  objectTypes,
  type AnyObject,
  type ObjectPath,
  type ObjectTypeName,
  type ObjectVerb,
} from '../../contract/index.ts'
import type { Writer } from '../database/index.ts'
import { record } from './record.ts'
import { checkEdit, checkNew, checkReferences, whatDiffers, type Values } from './fields.ts'
import { lockForUpdate, missing, readObject } from './read.ts'
import { inPlainWords } from './refusals.ts'
import { tables } from './types.ts'

/** Makes an object of any type without verbs of its own. Throws `bad-request` naming the field, and `conflict`. */
export async function createObject(
  tx: Writer,
  userId: string,
  type: ObjectTypeName,
  input: Values,
  /** Columns no one may give from outside. */
  inner: Values = {},
): Promise<AnyObject> {
  const values = { source_type: 'user', ...checkNew(type, input), ...inner }
  await checkReferences(tx, userId, type, values)
  const row = { ...values, user_id: userId }
  const names = Object.keys(row).join(', ')
  const made = await inPlainWords(type, () =>
    tx.one<{ id: string }>(
      `insert into ${tables[type]} (${names})
       select ${names} from jsonb_populate_record(null::${tables[type]}, $1::jsonb) returning id`,
      [JSON.stringify(row)],
    ),
  )
  if (!made) throw new Error('an object was not stored')
  await note(tx, userId, type, made.id, 'added', 'created')
  return present(tx, userId, type, made.id)
}

/**
 * Changes what is given and leaves the rest; live objects only. What is already so changes nothing and leaves no line. Throws `not-found`, `changed-meanwhile`, `conflict` and
 * `bad-request` naming the field.
 */
export async function updateObject(
  tx: Writer,
  userId: string,
  type: ObjectTypeName,
  id: string,
  edit: Values,
  given: { readonly ifMatch?: string } = {},
): Promise<AnyObject> {
  const now = await lockForUpdate(tx, userId, type, id, given.ifMatch)
  if (now.deleted_at !== null) throw missing(type)
  const values = whatDiffers(checkEdit(type, edit, now), now)
  await checkReferences(tx, userId, type, values)
  await setColumns(tx, userId, type, id, values)
  if (Object.keys(values).length > 0) await note(tx, userId, type, id, 'changed', 'changed', Object.keys(values))
  return present(tx, userId, type, id)
}

/** Writes columns of one object as they are given. Names must come from the description of its type. */
export async function setColumns(
  tx: Writer,
  userId: string,
  type: ObjectTypeName,
  id: string,
  values: Values,
): Promise<void> {
  const names = Object.keys(values)
  if (names.length === 0) return
  await inPlainWords(type, () =>
    tx.execute(
      `update ${tables[type]} o set ${names.map((name) => `${name} = r.${name}`).join(', ')}
       from jsonb_populate_record(null::${tables[type]}, $3::jsonb) r where o.id = $1 and o.user_id = $2`,
      [id, userId, JSON.stringify(values)],
    ),
  )
}

/** Writes those of the given columns that say something new, and answers their names; undefined is not given. */
export async function setDifferingColumns(
  tx: Writer,
  userId: string,
  type: ObjectTypeName,
  id: string,
  columns: Values,
): Promise<string[]> {
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
  const differing = whatDiffers(given, await present(tx, userId, type, id))
  await setColumns(tx, userId, type, id, differing)
  return Object.keys(differing)
}

/** Notes a change of one object for followers and in the audit log. */
export async function note(
  tx: Writer,
  userId: string,
  type: ObjectTypeName,
  id: string,
  change: 'added' | 'changed',
  verb: ObjectVerb,
  fields?: readonly string[],
): Promise<void> {
  const noun = objectTypes[type].path as ObjectPath
  await record(tx, { userId, action: `${noun}.${verb}`, ids: [id], change, details: fields && { fields } })
}

export async function present(tx: Writer, userId: string, type: ObjectTypeName, id: string): Promise<AnyObject> {
  const object = await readObject(tx, userId, type, id)
  if (!object) throw missing(type)
  return object
}
