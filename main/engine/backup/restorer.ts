import type { BackupKey, RestoreState, SnapshotList, StartRestore } from '../../contract/index.ts'
import { CofferError, messageOf } from '../base/errors.ts'
import { listSnapshots } from './check.ts'
import { waysOf } from './destinations.ts'
import { openRepository, type Repository } from './repository.ts'
import type { RestoreProgress } from './extract.ts'
import { isArchive, readArchive, restoreArchive } from './restore-archive.ts'
import { restoreVault, type RestoreOptions } from './restore.ts'
import type { RestoreResult } from './restored.ts'

/** Restores a vault where none is open yet. One restore at a time. */
export interface Restorer {
  snapshots(wish: BackupKey & { readonly path: string }): Promise<SnapshotList>
  /** Begins a restore; a wrong key or place is thrown at once. Throws `conflict` while one runs. */
  start(wish: StartRestore): Promise<RestoreState>
  state(): RestoreState
  cancel(): void
  settled(): Promise<void>
}

const nothing: RestoreState = {
  status: 'none',
  to: null,
  phase: '',
  files: 0,
  totalFiles: 0,
  lost: [],
  problem: null,
}

export function createRestorer(): Restorer {
  let state = nothing
  let stop = new AbortController()
  let running: Promise<void> = Promise.resolve()
  return {
    async snapshots(wish) {
      if (await isArchive(wish.path)) return archiveList(wish.path, wish)
      return snapshotList(await openRepository(wish.path, waysOf(wish)))
    },
    async start(wish) {
      if (state.status === 'running') {
        throw new CofferError('A restore is running already.', { code: 'conflict', retry: 'later' })
      }
      stop = new AbortController()
      const { signal } = stop
      const onProgress = (now: RestoreProgress): void => {
        state = { ...state, ...now }
      }
      const restore = await prepare(wish)
      state = { ...nothing, status: 'running', to: wish.to, phase: 'database' }
      running = restore({ signal, onProgress }).then(
        (result) => {
          state = { ...state, status: 'done', files: result.files, lost: [...result.lost] }
        },
        (error: unknown) => {
          state = signal.aborted
            ? { ...state, status: 'cancelled' }
            : {
                ...state,
                status: 'failed',
                problem: error instanceof CofferError ? error.message : `The restore failed: ${messageOf(error)}`,
              }
        },
      )
      return state
    },
    state: () => state,
    cancel: () => stop.abort(new Error('cancelled')),
    settled: () => running,
  }
}

/** Opens what is to be restored, so that a wrong key is told at once. */
async function prepare(
  wish: StartRestore,
): Promise<(given: Omit<RestoreOptions, 'snapshot'>) => Promise<RestoreResult>> {
  const { path, to, snapshot } = wish
  const ways = waysOf(wish)
  if (await isArchive(path)) {
    await readArchive(path, ways)
    return (given) => restoreArchive(path, ways, to, given)
  }
  const repository = await openRepository(path, ways)
  return (given) => restoreVault(repository, to, { ...given, ...(snapshot !== undefined && { snapshot }) })
}

/** A single file shown as a backup of one snapshot. */
async function archiveList(path: string, key: BackupKey): Promise<SnapshotList> {
  const { id, createdAt, vaultName, files, bytes } = await readArchive(path, waysOf(key))
  return { snapshots: [{ snapshot: id, id, createdAt, vaultName, files, bytes, missing: 0 }], damaged: [] }
}

/** The snapshots of an opened repository, as the API and the command line show them. */
export async function snapshotList(repository: Repository): Promise<SnapshotList> {
  const { snapshots, damaged } = await listSnapshots(repository)
  return {
    snapshots: snapshots.map(({ name, about }) => ({
      snapshot: name,
      id: about.id,
      createdAt: about.createdAt,
      vaultName: about.vaultName,
      files: about.files,
      bytes: about.bytes,
      missing: about.missing.length,
    })),
    damaged: damaged.map(({ name, problem }) => ({ snapshot: name, problem })),
  }
}
