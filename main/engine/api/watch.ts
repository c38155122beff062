import { watchEndpoints, type WatchedFolder } from '../../contract/index.ts'
import { addWatchedFolder, editWatchedFolder, listWatchedFolders, removeWatchedFolder } from '../watch/index.ts'
import { readAs, whole } from './context.ts'
import type { Caller } from './gate.ts'
import type { On } from './mount.ts'

export function watchRoutes(on: On): void {
  on(watchEndpoints.list, async ({ caller }) =>
    whole((await readAs(caller, listWatchedFolders)).map((folder) => withLook(caller, folder))),
  )
  on(watchEndpoints.add, ({ caller, body }) => {
    const { database, dir: vaultDir } = caller.vault
    return changing(caller, () => addWatchedFolder({ database, vaultDir }, caller.userId, body))
  })
  on(watchEndpoints.edit, ({ caller: { vault, userId }, caller, params, body }) =>
    changing(caller, () => vault.database.write(userId, (tx) => editWatchedFolder(tx, userId, params.id, body))),
  )
  on(watchEndpoints.remove, ({ caller: { vault, userId }, caller, params }) =>
    changing(caller, async () => {
      await vault.database.write(userId, (tx) => removeWatchedFolder(tx, userId, params.id))
    }),
  )
}

/** With the last look at it, also one that found nothing new. */
function withLook({ vault }: Caller, folder: WatchedFolder): WatchedFolder {
  const at = vault.watching?.lookedAt(folder.id)?.toISOString()
  return at === undefined ? folder : { ...folder, lastScanAt: at }
}

/** Changes which folders are watched, and lets the watching follow. */
async function changing<T>({ vault }: Caller, verb: () => Promise<T>): Promise<T> {
  const result = await verb()
  await vault.watching?.refresh()
  return result
}
