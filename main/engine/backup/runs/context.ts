import type { BackupRunKind } from '../../../contract/index.ts'
import type { Log } from '../../base/log.ts'
import type { Bell } from '../../changes/index.ts'
import type { Database } from '../../database/index.ts'
import type { WorkOf } from '../../jobs/index.ts'

/** What backups of an open vault work with; made once by the engine. */
export interface BackupContext {
  readonly vaultDir: string
  readonly database: Database
  readonly bell: Bell
  readonly log: Log
  /** Runs that are under way, by backup. */
  readonly running: WorkOf<BackupRunKind>
  /** Repository keys by backup that are known in this session, in memory only. */
  readonly keys: Map<string, string>
  /** Something else works that a backup by itself should not disturb. */
  isBusy(): boolean
  isOnBattery(): Promise<boolean>
  /** The key of the vault, as hex; null while nothing opens it. */
  readonly storeKey: string | null
}
