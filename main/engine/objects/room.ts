import type { Log } from '../base/log.ts'
import type { Database } from '../database/index.ts'
import { forgetOldKeys } from './once.ts'
import { purgeOldObjects } from './purge.ts'

/** How long a request may be repeated under its key. */
const keyDays = 7

/** What `objects` does in an open vault; `retentionDays` is how long something lies in the trash. */
export function room({
  database,
  log,
  retentionDays,
}: {
  readonly database: Database
  readonly log: Log
  readonly retentionDays: number
}) {
  return {
    async daily(): Promise<void> {
      await forgetOldKeys(database, keyDays)
      const purged = await purgeOldObjects(database, retentionDays)
      if (purged > 0) log.info('purged-objects', { purged })
    },
  }
}
