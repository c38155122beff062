import { recordChanges } from '../../changes/index.ts'
import type { Database } from '../../database/index.ts'

export type Hurt = 'missing' | 'damaged'

/** Why an original that is hurt was not brought back. */
export type Unhealed = 'no-backup' | 'needs-key' | 'unreachable' | 'elsewhere'

export interface Looked {
  readonly id: string
  readonly problem: Hurt | null
}

/**
 * Notes what a look at originals of one person found, for all who ask later: what is hurt, and what is whole again. A look
 * that did not read the bytes (`isRead` false) clears no damage and counts as no check.
 */
export async function noteLooks(
  database: Database,
  userId: string,
  looks: readonly Looked[],
  { isRead }: { readonly isRead: boolean },
): Promise<void> {
  const noted = isRead ? looks : await worthNoting(database, looks)
  if (noted.length === 0) return
  await database.asService(async (tx) => {
    const changed = await tx.query<{ id: string }>(
      `select l.id from ${listed} left join meta.scrubs s on s.media_id = l.id where s.problem is distinct from l.problem`,
      [JSON.stringify(noted)],
    )
    await tx.execute(
      `insert into meta.scrubs (media_id, user_id, problem, verified_at)
       select m.id, m.user_id, l.problem, case when $3 then now() else m.created_at end
       from ${listed} join vault.media m on m.id = l.id and m.user_id = $2
       on conflict (media_id) do update set problem = excluded.problem,
         unhealed = case when excluded.problem is null then null else meta.scrubs.unhealed end,
         verified_at = case when $3 then now() else meta.scrubs.verified_at end`,
      [JSON.stringify(noted), userId, isRead],
    )
    if (changed.length === 0) return
    await recordChanges(
      tx,
      userId,
      changed.map(({ id }) => ({ noun: 'media', objectId: id, kind: 'changed' as const })),
    )
  })
}

const listed = `jsonb_to_recordset($1::jsonb) as l(id uuid, problem text)`

/** Of a look that read no bytes: what is hurt, and what was missing and is there again. */
async function worthNoting(database: Database, looks: readonly Looked[]): Promise<Looked[]> {
  const there = looks.filter((each) => each.problem === null).map((each) => each.id)
  const rows = await database.asService((tx) =>
    tx.query<{ id: string }>(
      `select media_id as id from meta.scrubs where problem = 'missing' and media_id = any($1::uuid[])`,
      [there],
    ),
  )
  const back = new Set(rows.map((row) => row.id))
  return looks.filter((each) => each.problem !== null || back.has(each.id))
}
