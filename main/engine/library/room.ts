import type { Log } from '../base/log.ts'
import type { Database } from '../database/index.ts'
import { handle, type Room } from '../jobs/index.ts'
import type { MediaWorkers } from '../media/index.ts'
import { readLater, readLaterAtStart, readLaterJob } from './read-later.ts'
import { rebuildJob, rebuildPictures } from './rebuild.ts'
import { purgeExpired, purgeFiles, purgeFilesJob } from './trash.ts'

/** What `library` does in an open vault. */
export function room(vault: {
  readonly dir: string
  readonly database: Database
  readonly workers: MediaWorkers
  readonly log: Log
  /** Whether people wait for the workers: then reading later waits. */
  isImporting(): boolean
}): Room {
  const { dir: vaultDir, database, workers, log } = vault
  const isBusy = (): boolean => vault.isImporting()
  const reading = { vaultDir, database, workers, isBusy }
  return {
    prepare: () => readLaterAtStart(database),
    jobs: [
      handle(rebuildJob, (job) => rebuildPictures({ database, workers, vaultDir }, job)),
      handle(readLaterJob, (job) => readLater(reading, job), { isHeld: isBusy }),
      handle(purgeFilesJob, (job) => purgeFiles(vaultDir, job)),
    ],
    async daily() {
      const purged = await purgeExpired(database)
      if (purged > 0) log.info('purged-trash', { purged })
    },
  }
}
