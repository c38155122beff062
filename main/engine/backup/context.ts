import type { Log } from '../base/log.ts'
import type { Bell } from '../changes/index.ts'
import type { Database } from '../database/index.ts'
import type { LiveBackups } from './live.ts'

/** What backups of an open vault work with; made once by the engine. */
export interface BackupContext {
  readonly vaultDir: string
  readonly database: Database
  readonly bell: Bell
  readonly log: Log
  readonly live: LiveBackups
  /** Something else works that a backup by itself should not disturb. */
  isBusy(): boolean
  isOnBattery(): Promise<boolean>
  /** The key of the vault, as hex; null while nothing opens it. */
  readonly storeKey: string | null
}
