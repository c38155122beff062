import type { Database } from '../database/index.ts'

const keptDays = 90

/** What `changes` does in an open vault. */
export function room({ database }: { readonly database: Database }) {
  return {
    daily: async (): Promise<void> => void (await forgetOldChanges(database, keptDays)),
  }
}

/** Drops changes every follower has long read: older than `days`, but never the newest ones. */
async function forgetOldChanges(database: Database, days: number): Promise<number> {
  return database.asService((tx) =>
    tx.execute(
      `delete from meta.changes c using (select user_id, max(seq) as newest from meta.changes group by user_id) n
       where n.user_id = c.user_id and c.at < now() - make_interval(days => $1) and c.seq < n.newest - 10000`,
      [days],
    ),
  )
}
