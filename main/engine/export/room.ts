import type { Log } from '../base/log.ts'
import type { Bell } from '../changes/index.ts'
import type { Database, VaultFile } from '../database/index.ts'
import { handle, type Room, type WorkRegistry } from '../jobs/index.ts'
import type { ExportContext } from './context.ts'
import { exportFolders } from './recognise.ts'
import { exportJob, runExport } from './job.ts'

/** What `export` does in an open vault; `context` is what exports of it work with, `folders` how an import reads one. */
export function room(vault: {
  readonly dir: string
  readonly file: VaultFile
  readonly database: Database
  readonly bell: Bell
  readonly log: Log
  readonly work: WorkRegistry
}): Room & { readonly context: ExportContext; readonly folders: ReturnType<typeof exportFolders> } {
  const { dir: vaultDir, file, database, bell, log } = vault
  const context: ExportContext = { vaultDir, vault: file, database, bell, log, running: vault.work.of('export') }
  return {
    context,
    folders: exportFolders({ database, log }),
    jobs: [handle(exportJob, (job) => runExport(context, job))],
  }
}
