import { objectTypeNames, objectTypes, type ObjectPath, type ObjectTypeName } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Database } from '../database/index.ts'
import { record } from './record.ts'
import { missing, readObject } from './read.ts'
import { inOrderOfGoing, rulesOf } from './rules.ts'
import { inWords, tables } from './types.ts'

/** Types whose rows alone are the object. What has verbs of its own, photos with bytes among them, is purged by its room. */
const purgeable = objectTypeNames.filter((type) => objectTypes[type].hasOwnVerbs !== true)

/**
 * Deletes one object of the trash for good, with its links and its history; a tombstone stays. Throws `not-found`, and
 * `conflict` for what is not in the trash or is still needed.
 */
export async function purgeObject(database: Database, userId: string, type: ObjectTypeName, id: string): Promise<void> {
  if (!purgeable.includes(type)) throw new Error(`${type} is purged by the library`)
  const before = await database.read(userId, (tx) => readObject(tx, userId, type, id))
  if (!before) throw missing(type)
  if (before.deleted_at === null) {
    throw new CofferError(`Move this ${inWords(type)} to the trash first.`, { code: 'conflict' })
  }
  const gone = await purge(database, type, 'o.id = $1 and o.user_id = $2', [id, userId])
  const { mayGoIf } = rulesOf(type)
  if (gone === 0 && mayGoIf) throw new CofferError(mayGoIf.otherwise, { code: 'conflict' })
}

/** Deletes for good what has lain in anyone's trash for so many days. Returns how many. */
export async function purgeOldObjects(database: Database, days: number): Promise<number> {
  // Mostly there is nothing to do, and one question says so.
  const due = await database.asService((tx) =>
    tx.query<{ type: string }>(
      purgeable
        .map(
          (type) => `select '${type}' as type where exists (
           select 1 from ${tables[type]} where deleted_at <= now() - make_interval(days => $1))`,
        )
        .join(' union all '),
      [days],
    ),
  )
  const types = purgeable.filter((type) => due.some((each) => each.type === type))
  let purged = 0
  for (const type of inOrderOfGoing(types)) {
    purged += await purge(database, type, `o.deleted_at <= now() - make_interval(days => $1)`, [days])
  }
  return purged
}

/** Deletes for good what a person has in the trash of one type: `ids`, or all when null. Returns how many went. */
export async function purgeTrashed(
  database: Database,
  userId: string,
  type: ObjectTypeName,
  ids: readonly string[] | null,
): Promise<number> {
  return purge(database, type, 'o.user_id = $1 and ($2::uuid[] is null or o.id = any($2::uuid[]))', [userId, ids])
}

async function purge(
  database: Database,
  type: ObjectTypeName,
  condition: string,
  params: readonly unknown[],
): Promise<number> {
  const { table, mayGoIf } = rulesOf(type)
  const noun = objectTypes[type].path as ObjectPath
  return database.asService(async (tx) => {
    const gone = await tx.query<{ id: string; userId: string }>(
      `delete from ${table} o where ${condition} and o.deleted_at is not null and ${mayGoIf?.sql ?? 'true'}
       returning o.id, o.user_id as "userId"`,
      params,
    )
    for (const userId of new Set(gone.map((each) => each.userId))) {
      const ids = gone.filter((each) => each.userId === userId).map((each) => each.id)
      await record(tx, {
        userId,
        action: `${noun}.purged`,
        ids,
        change: 'removed',
        details: { count: ids.length },
      })
    }
    return gone.length
  })
}
