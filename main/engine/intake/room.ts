import type { Log } from '../base/log.ts'
import type { Bell } from '../changes/index.ts'
import type { Database } from '../database/index.ts'
import { handle, type Room, type WorkRegistry } from '../jobs/index.ts'
import type { MediaWorkers } from '../media/index.ts'
import type { IntakeContext } from './context.ts'
import type { FolderReader } from './folders.ts'
import { importWork, type ImportDetail } from './import-work.ts'
import { parkImport } from './parked.ts'
import { runImport } from './run.ts'
import { createSpace } from './space.ts'
import { importJob, previewJob, uploadJob } from './start.ts'
import { sweep } from './sweep.ts'

/** What the intake does in an open vault; `context` is what imports of it work with. */
export function room(vault: {
  readonly dir: string
  readonly database: Database
  readonly workers: MediaWorkers
  readonly bell: Bell
  readonly log: Log
  readonly work: WorkRegistry
  readonly folders: readonly FolderReader[]
}): Room & { readonly context: IntakeContext } {
  const { dir: vaultDir, database, workers, bell, log, folders } = vault
  const running = vault.work.of<ImportDetail>(importWork)
  const context: IntakeContext = {
    vaultDir,
    database,
    workers,
    bell,
    log,
    folders,
    running,
    space: createSpace(database),
  }
  return {
    context,
    async prepare() {
      const users = await database.asService((tx) =>
        tx.query<{ id: string }>(`select id from core.users where deleted_at is null order by id`),
      )
      for (const { id } of users) {
        const { removed } = await sweep(context, id)
        if (removed > 0) log.info('swept-incoming', { removed })
      }
    },
    jobs: [importJob, previewJob, uploadJob].map((kind) => handle(kind, (job) => runImport(context, job))),
    onParked: (job) => parkImport(context, job),
  }
}
