export type { Archiver } from './archiver.ts'
export { checkRepository, listSnapshots, type CheckResult, type Listed } from './check.ts'
export { createBackup, type BackupProgress, type BackupResult } from './create.ts'
export { forgetSnapshots, prune, usualKeep, type Keep, type PruneResult } from './prune.ts'
export { createRepository, openRepository, type NewWays, type Repository } from './repository.ts'
export { addPerson, addRecoveryKey, addWay, addWayIn, removeWayIn, setPassphrase, waysInto } from './ways-in.ts'
export { addBackupWay, backupWays, removeBackupWay } from './backup-ways.ts'
export { proveSnapshot, type ProofResult } from './prove.ts'
export { isArchive, restoreArchive } from './restore-archive.ts'
export { restoreFiles } from './restore-files.ts'
export { restoreVault } from './restore.ts'
export type { RestoreResult } from './restored.ts'
export type { BackupContext } from './context.ts'
export {
  addBackup,
  backupRuns,
  editBackup,
  listBackups,
  readBackup,
  removeBackup,
  repositoryOf,
  waysOf,
} from './destinations.ts'
export { cancelBackup, pauseBackup, resumeBackup, startBackupRun } from './run.ts'
export { isOnBattery } from './power.ts'
export { room } from './room.ts'
export { startBackupSchedule } from './schedule.ts'
export { createRestorer, snapshotList, type Restorer } from './restorer.ts'
export { noteLooks, type Looked, type Unhealed } from './hurt.ts'
export { healDamaged, noteReturned, scrub, type StillHurt } from './scrub.ts'
