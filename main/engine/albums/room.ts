import type { Database } from '../database/index.ts'
import { record } from '../objects/index.ts'

/** What `albums` does in an open vault. */
export function room({ database, retentionDays }: { readonly database: Database; readonly retentionDays: number }) {
  return { daily: () => purgeExpired(database, retentionDays) }
}

/** Deletes permanently the albums that have lain in anybody's trash for longer. */
async function purgeExpired(database: Database, retentionDays: number): Promise<void> {
  await database.asService(async (tx) => {
    const gone = await tx.query<{ id: string; userId: string }>(
      `with gone as (
         delete from vault.albums where deleted_at <= now() - make_interval(days => $1) returning id, user_id),
       tombstones as (
         insert into meta.tombstones (object_id, user_id, type) select id, user_id, 'album' from gone on conflict do nothing)
       select id, user_id as "userId" from gone`,
      [retentionDays],
    )
    for (const userId of new Set(gone.map((each) => each.userId))) {
      const ids = gone.filter((each) => each.userId === userId).map((each) => each.id)
      await record(tx, { userId, action: 'albums.purged', ids, change: 'removed', details: { count: ids.length } })
    }
  })
}
