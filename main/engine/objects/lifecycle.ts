import { objectTypeNames, objectTypes, type ObjectPath } from '../../contract/index.ts'
import { recordChanges } from '../changes/index.ts'
import type { Writer } from '../database/index.ts'
import { audit } from './audit.ts'
import { inPlainWords } from './refusals.ts'
import { tables } from './types.ts'

export type Trashable = ObjectPath

/** Moves objects to the trash and returns the ids that were live until now. A connection in the trash keeps no tokens. */
export async function trash(
  tx: Writer,
  userId: string,
  noun: Trashable,
  ids: readonly string[],
): Promise<readonly string[]> {
  const trashed = await setDeleted(tx, userId, noun, ids, 'trashed')
  if (noun === 'integrations') await dropTokens(tx, userId, trashed)
  return trashed
}

/** A connection that is put away keeps nothing that would still open the account. */
async function dropTokens(tx: Writer, userId: string, ids: readonly string[]): Promise<void> {
  await tx.execute(
    `update core.integration_secrets set access_token_enc = null, refresh_token_enc = null, key_id = null
     where account_id = any($1::uuid[]) and user_id = $2`,
    [ids, userId],
  )
  await tx.execute(`update core.integrations set status = 'disconnected' where id = any($1::uuid[]) and user_id = $2`, [
    ids,
    userId,
  ])
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
  const type = objectTypeNames.find((name) => objectTypes[name].path === noun)
  if (type === undefined) throw new Error(`there are no ${noun}`)
  const table = tables[type]
  const unlessTaken =
    noun === 'media'
      ? `and not exists (select 1 from vault.media other
           where other.user_id = o.user_id and other.hash = o.hash and other.deleted_at is null)`
      : ''
  // An album made anew from the same folder meanwhile has taken its source over.
  const letGo =
    noun === 'albums'
      ? `, source_id = case when exists (select 1 from vault.albums other
             where other.user_id = o.user_id and other.source_type = o.source_type and other.source_id = o.source_id
               and other.deleted_at is null) then null else o.source_id end`
      : ''
  const rows = await inPlainWords(type, () =>
    tx.query<{ id: string }>(
      kind === 'trashed'
        ? `update ${table} o set deleted_at = now()
         where user_id = $1 and id = any($2::uuid[]) and deleted_at is null returning id`
        : `update ${table} o set deleted_at = null ${letGo}
         where user_id = $1 and id = any($2::uuid[]) and deleted_at is not null ${unlessTaken} returning id`,
      [userId, ids],
    ),
  )
  await recordChanges(
    tx,
    userId,
    rows.map((row) => ({ noun, objectId: row.id, kind })),
  )
  if (rows.length > 0) {
    const only = rows.length === 1 ? (rows[0]?.id ?? null) : null
    await audit(tx, userId, `${noun}.${kind}`, { type: noun, id: only }, { count: rows.length })
  }
  return rows.map((row) => row.id)
}
