import type { Log } from '../base/log.ts'
import { isOnBattery } from '../base/power.ts'
import type { Bell } from '../changes/index.ts'
import type { Database } from '../database/index.ts'
import { handle, type Room, type WorkRegistry } from '../jobs/index.ts'
import { createArchiver, type Archiver } from './runs/archiver.ts'
import type { BackupContext } from './runs/context.ts'
import { backupJob, runBackup } from './runs/run.ts'
import { startBackupSchedule } from './runs/schedule.ts'
import { runScrub, scrubJob, startScrubSchedule } from './check/scrub.ts'

/** What `backup` does in an open vault; `context` is what backups of it work with. */
export function room(vault: {
  readonly dir: string
  readonly database: Database
  readonly bell: Bell
  readonly log: Log
  readonly work: WorkRegistry
  readonly vaultKey: { current(): string | null }
  /** Something else works that a backup by itself should not disturb. */
  isBusy(): boolean
  /** Whether the computer runs on battery, as the process that started the engine said; null when nobody was. */
  toldOnBattery(): boolean | null
}): Room & { readonly context: BackupContext; readonly archiver: Archiver } {
  const { dir: vaultDir, database, bell, log, work } = vault
  const context: BackupContext = {
    vaultDir,
    database,
    bell,
    log,
    running: work.of('backup'),
    keys: new Map(),
    isBusy: () => vault.isBusy(),
    isOnBattery: () => isOnBattery(vault.toldOnBattery()),
    get storeKey() {
      return vault.vaultKey.current()
    },
  }
  const archiver = createArchiver(context, work.of('backup-file'))
  const schedules: { close(): Promise<void> }[] = []
  return {
    context,
    archiver,
    jobs: [handle(backupJob, (job) => runBackup(context, job)), handle(scrubJob, (job) => runScrub(context, job))],
    async start() {
      schedules.push(startBackupSchedule(context), startScrubSchedule(context))
    },
    async close() {
      await Promise.all(schedules.map((each) => each.close()))
      await archiver.cancel()
    },
  }
}
