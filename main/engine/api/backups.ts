import { backupEndpoints, backupFileEndpoints, restoreEndpoints } from '../../contract/index.ts'
import {
  addBackup,
  addBackupKey,
  backupRuns,
  backupKeys,
  cancelBackup,
  editBackup,
  listBackups,
  pauseBackup,
  readBackup,
  removeBackup,
  removeBackupKey,
  repositoryOf,
  resumeBackup,
  snapshotList,
  startBackupRun,
} from '../backup/index.ts'
import { record } from '../objects/index.ts'
import { readAs, whole, writeAs } from './context.ts'
import type { On } from './mount.ts'
import type { Engine } from './port.ts'

export function backupRoutes(on: On): void {
  on(backupEndpoints.list, async ({ caller }) => whole(await listBackups(caller.vault.backup, caller.userId)))
  on(backupEndpoints.add, ({ caller, body }) => addBackup(caller.vault.backup, caller.userId, body))
  on(backupEndpoints.read, ({ caller, params }) => readBackup(caller.vault.backup, caller.userId, params.id))
  on(backupEndpoints.edit, ({ caller, params, body }) =>
    editBackup(caller.vault.backup, caller.userId, params.id, body),
  )
  on(backupEndpoints.remove, ({ caller, params }) => removeBackup(caller.vault.backup, caller.userId, params.id))
  on(backupEndpoints.run, async ({ caller, params, body }) => {
    const runId = await startBackupRun(caller.vault.backup, caller.userId, params.id, body)
    const runs = await readAs(caller, (tx) => backupRuns(tx, params.id))
    const run = runs.find((each) => each.id === runId)
    if (!run) throw new Error('a backup run was not stored')
    return run
  })
  on(backupEndpoints.runs, async ({ caller, params }) => {
    await readBackup(caller.vault.backup, caller.userId, params.id)
    return whole(await readAs(caller, (tx) => backupRuns(tx, params.id)))
  })
  const controls = [
    [backupEndpoints.pause, pauseBackup],
    [backupEndpoints.resume, resumeBackup],
    [backupEndpoints.cancel, cancelBackup],
  ] as const
  for (const [endpoint, verb] of controls) {
    on(endpoint, async ({ caller, params }) => {
      await verb(caller.vault.backup, caller.userId, params.id)
      return readBackup(caller.vault.backup, caller.userId, params.id)
    })
  }
  on(backupEndpoints.snapshots, async ({ caller, params, body }) => {
    const { backup } = caller.vault
    return snapshotList(await repositoryOf(backup, await readBackup(backup, caller.userId, params.id), body))
  })
  on(backupEndpoints.keys, async ({ caller, params }) =>
    whole(await backupKeys(caller.vault.backup, caller.userId, params.id)),
  )
  on(backupEndpoints.addKey, ({ caller, params, body }) =>
    addBackupKey(caller.vault.backup, caller.userId, params.id, body),
  )
  on(backupEndpoints.removeKey, ({ caller, params }) =>
    removeBackupKey(caller.vault.backup, caller.userId, params.id, params.name),
  )
}

/** Written while the engine runs, never by itself: nobody keeps its passphrase. */
export function backupFileRoutes(on: On): void {
  on(backupFileEndpoints.write, async ({ caller, body }) => {
    const started = await caller.vault.archiver.start(body)
    const details = { path: started.path }
    await writeAs(caller, (tx, userId) =>
      record(tx, { userId, action: 'backups.file-started', change: 'changed', details }),
    )
    return started
  })
  on(backupFileEndpoints.state, async ({ caller }) => caller.vault.archiver.state())
  on(backupFileEndpoints.cancel, async ({ caller }) => {
    const { archiver } = caller.vault
    await archiver.cancel()
    return archiver.state()
  })
}

export function restoreRoutes(on: On, { restorer }: Engine): void {
  on(restoreEndpoints.snapshots, ({ body }) => restorer.snapshots(body))
  on(restoreEndpoints.albums, ({ body }) => restorer.albums(body))
  on(restoreEndpoints.start, ({ body }) => restorer.start(body))
  on(restoreEndpoints.state, async () => restorer.state())
  on(restoreEndpoints.cancel, async () => {
    await restorer.cancel()
    return restorer.state()
  })
}
