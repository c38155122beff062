import type { ObjectTypeName } from '../../contract/index.ts'
import type { Reader, Writer } from '../database/index.ts'
import { tables } from '../objects/index.ts'

/** An object that is to be made, and its id in the export. */
export interface ObjectRow {
  readonly was: string
  readonly values: Readonly<Record<string, unknown>>
}

/** What there may be only one of, besides the id: SQL between a row that is here, `o`, and one that comes, `r`. */
const onlyOne: Partial<Record<ObjectTypeName, string>> = {
  integration: `o.platform = r.platform and o.platform_user_id = r.platform_user_id
    and o.deleted_at is null and r.deleted_at is null`,
  post: 'o.account_id = r.account_id and o.platform_post_id = r.platform_post_id',
  profile_attribute: `o.category = coalesce(r.category, o.category) and lower(o.key) = lower(r.key)
    and o.deleted_at is null and r.deleted_at is null`,
  social_account: `o.platform = r.platform and o.platform_user_id = r.platform_user_id
    and o.deleted_at is null and r.deleted_at is null`,
}
const sameSource = `o.source_integration_id = r.source_integration_id and o.source_id = r.source_id
  and o.deleted_at is null and r.deleted_at is null`

/**
 * Makes objects, except where the only one there may be is here already. Returns the ids of those that were made, and of all of
 * them in this vault by those in the export. Throws an error of the database for values it refuses.
 */
export async function insertObjects(
  tx: Writer,
  userId: string,
  type: ObjectTypeName,
  rows: readonly ObjectRow[],
): Promise<{ readonly added: readonly string[]; readonly ids: ReadonlyMap<string, string> }> {
  const here = new Map<unknown, string>()
  const own = onlyOne[type]
  if (own !== undefined) await findHere(tx, userId, type, rows, own, here)
  const sourced = rows.filter(({ values }) => values['source_integration_id'] != null && values['source_id'] != null)
  if (sourced.length > 0) await findHere(tx, userId, type, sourced, sameSource, here)
  const fresh = rows.filter(({ values }) => !here.has(values['id']))
  // A field that a line has not gets what the table gives it by itself.
  for (const [names, alike] of Map.groupBy(fresh, ({ values }) => Object.keys(values).toSorted().join(', '))) {
    await tx.execute(
      `insert into ${tables[type]} (${names})
       select ${names} from jsonb_populate_recordset(null::${tables[type]}, $1::jsonb)`,
      [JSON.stringify(alike.map(({ values }) => values))],
    )
  }
  const ids = rows.map(({ was, values }) => [was, here.get(values['id']) ?? String(values['id'])] as const)
  return { added: fresh.map(({ values }) => String(values['id'])), ids: new Map(ids) }
}

async function findHere(
  tx: Reader,
  userId: string,
  type: ObjectTypeName,
  rows: readonly ObjectRow[],
  isSame: string,
  here: Map<unknown, string>,
): Promise<void> {
  if (rows.length === 0) return
  const found = await tx.query<{ id: string; here: string }>(
    `select r.id, o.id as here from jsonb_populate_recordset(null::${tables[type]}, $2::jsonb) r,
       lateral (select o.id from ${tables[type]} o where o.user_id = $1 and ${isSame} limit 1) o`,
    [userId, JSON.stringify(rows.map(({ values }) => values))],
  )
  for (const each of found) here.set(each.id, each.here)
}
