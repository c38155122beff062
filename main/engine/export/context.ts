import type { ExportProgress } from '../../contract/index.ts'
import type { Log } from '../base/log.ts'
import type { Bell } from '../changes/index.ts'
import type { Database, VaultFile } from '../database/index.ts'
import type { WorkOf } from '../jobs/index.ts'

/** What exports of an open vault work with; made once by the engine. */
export interface ExportContext {
  readonly vaultDir: string
  readonly vault: Pick<VaultFile, 'id' | 'name'>
  readonly database: Database
  readonly bell: Bell
  readonly log: Log
  /** Exports that run. */
  readonly running: WorkOf<ExportProgress>
}
