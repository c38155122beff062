export type { Archiver } from './runs/archiver.ts'
export { checkRepository, listSnapshots, type CheckResult, type Listed } from './check/check.ts'
export { createBackup, type BackupProgress, type BackupResult } from './create/create.ts'
export { forgetSnapshots, prune, usualKeep, type Keep, type PruneResult } from './repository/prune.ts'
export { createRepository, openRepository, type NewRepositoryKeys, type Repository } from './repository/repository.ts'
export {
  addPerson,
  addRecoveryKey,
  addKey,
  addRepositoryKey,
  removeRepositoryKey,
  setPassphrase,
  repositoryKeys,
} from './repository/keys.ts'
export { addBackupKey, backupKeys, removeBackupKey } from './runs/backup-keys.ts'
export { proveSnapshot, type ProofResult } from './check/prove.ts'
export { isArchive, restoreArchive } from './restore/restore-archive.ts'
export { restoreFiles } from './restore/restore-files.ts'
export { restoreVault } from './restore/restore.ts'
export type { RestoreResult } from './restore/restored.ts'
export type { BackupContext } from './runs/context.ts'
export {
  addBackup,
  backupRuns,
  editBackup,
  listBackups,
  readBackup,
  removeBackup,
  repositoryOf,
  ageKeysOf,
} from './runs/destinations.ts'
export { cancelBackup, pauseBackup, resumeBackup, startBackupRun } from './runs/run.ts'
export { room } from './room.ts'
export { startBackupSchedule } from './runs/schedule.ts'
export { createRestorer, snapshotList, type Restorer } from './restore/restorer.ts'
export { noteLooks, type Looked, type Unhealed } from './check/hurt.ts'
export { healDamaged, noteReturned, scrub, type StillHurt } from './check/scrub.ts'
