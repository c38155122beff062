import { room as accountsRoom } from './accounts/index.ts'
import { room as albumsRoom } from './albums/index.ts'
import { room as archiveRoom } from './archive/index.ts'
import type { OpenVault } from './api/index.ts'
import { room as backupRoom } from './backup/index.ts'
import { room as changesRoom } from './changes/index.ts'
import { room as exportRoom } from './export/index.ts'
import { createWork, type Room } from './jobs/index.ts'
import { retentionDays, room as libraryRoom } from './library/index.ts'
import { room as intakeRoom } from './intake/index.ts'
import { room as objectsRoom } from './objects/index.ts'
import { room as syncRoom, type Fetch, type Socket } from './sync/index.ts'
import { room as watchRoom } from './watch/index.ts'

/** What a vault is opened with, before any room has its part in it. */
export type VaultBase = Pick<OpenVault, 'dir' | 'file' | 'database' | 'bell' | 'workers' | 'log'>

/** What the process that starts the engine gives to it. */
export interface Given {
  readonly storeKey: string | null
  readonly keyPassphrase?: string | undefined
  toldOnBattery(): boolean | null
  /** The network, where it is not this process's own. */
  readonly network?: Fetch | undefined
  readonly openSocket?: ((address: string) => Socket) | undefined
}

/** The rooms of one open vault. */
export interface Rooms {
  /** In the order in which they are prepared and started; they are closed the other way round. */
  readonly all: readonly Room[]
  /** What the API needs of them; complete once they have started. */
  parts(): Pick<
    OpenVault,
    'sessions' | 'tokens' | 'vaultKey' | 'work' | 'intake' | 'watching' | 'backup' | 'archiver' | 'exports' | 'sync'
  >
}

/** The one list of rooms that have a part in an open vault. */
export async function roomsOf(base: VaultBase, given: Given): Promise<Rooms> {
  const work = createWork()
  const vault = { ...base, work }
  const changes = changesRoom(vault)
  const objects = objectsRoom({ ...vault, retentionDays })
  const albums = albumsRoom({ ...vault, retentionDays })
  const accounts = await accountsRoom({ ...vault, ...given, vaultId: base.file.id })
  const exporting = exportRoom(vault)
  const intake = intakeRoom({ ...vault, folders: [exporting.folders] })
  const isImporting = (): boolean => intake.context.running.isRunning()
  const archive = archiveRoom(intake.context)
  const library = libraryRoom({ ...vault, isImporting })
  const backup = backupRoom({ ...vault, ...given, vaultKey: accounts.vaultKey, isBusy: isImporting })
  const sync = syncRoom({ ...vault, ...given, intake: intake.context, vaultKey: accounts.vaultKey })
  const watch = watchRoom(intake.context)
  return {
    all: [changes, objects, exporting, intake, archive, library, albums, backup, sync, watch],
    parts: () => ({
      sessions: accounts.sessions,
      tokens: accounts.tokens,
      vaultKey: accounts.vaultKey,
      work,
      intake: intake.context,
      watching: watch.watching(),
      backup: backup.context,
      archiver: backup.archiver,
      exports: exporting.context,
      sync: sync.context,
    }),
  }
}
