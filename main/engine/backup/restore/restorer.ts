import type {
  BackupKey,
  ListSnapshotAlbums,
  RestoreState,
  SnapshotAlbums,
  SnapshotList,
  StartRestore,
} from '../../../contract/index.ts'
import { CofferError } from '../../base/errors.ts'
import { failureOf, plainError } from '../../base/plain-error.ts'
import { createSingle, createWork, type SingleState } from '../../jobs/index.ts'
import { findSnapshot, listSnapshots } from '../check/check.ts'
import { readContents } from './contents.ts'
import { ageKeysOf } from '../runs/destinations.ts'
import { openRepository, type Repository } from '../repository/repository.ts'
import { isArchive, readArchive, restoreArchive } from './restore-archive.ts'
import { restoreFiles } from './restore-files.ts'
import { restoreVault, type RestoreOptions } from './restore.ts'
import type { RestoreResult } from './restored.ts'

/** Restores a vault, or some of one, where none is open yet. One restore at a time. */
export interface Restorer {
  snapshots(input: BackupKey & { readonly path: string }): Promise<SnapshotList>
  /** The albums of one snapshot. Throws `bad-request` for a backup in one file, `snapshot-not-found`. */
  albums(input: ListSnapshotAlbums): Promise<SnapshotAlbums>
  /** Begins a restore; a wrong key or place is thrown at once. Throws `conflict` while one runs. */
  start(input: StartRestore): Promise<RestoreState>
  state(): RestoreState
  /** Stops what runs; resolves when it has. */
  cancel(): Promise<void>
  settled(): Promise<void>
}

const nothing: RestoreState = {
  status: 'none',
  isVault: true,
  to: null,
  phase: '',
  files: 0,
  totalFiles: 0,
  lost: [],
  problem: null,
  problemCode: null,
}

interface About {
  readonly isVault: boolean
  readonly to: string
}

export function createRestorer(): Restorer {
  const single = createSingle<About, RestoreResult>(createWork().of('restore'), 'A restore is running already.')
  return {
    async snapshots(input) {
      if (await isArchive(input.path)) return archiveList(input.path, input)
      return snapshotList(await openRepository(input.path, ageKeysOf(input)))
    },
    async albums(input) {
      if (await isArchive(input.path)) throw onlyWhole()
      const repository = await openRepository(input.path, ageKeysOf(input))
      const { files, albums } = await readContents(repository, await findSnapshot(repository, input.snapshot))
      const whole = new Set(files.map((each) => each.mediaId))
      return {
        next: null,
        items: albums.map(({ id, name, media }) => ({
          id,
          name,
          files: media.filter((each) => whole.has(each)).length,
        })),
      }
    },
    async start(input) {
      await single.start(async () => ({
        about: { isVault: !input.only, to: input.to },
        phase: 'database',
        run: await prepare(input),
      }))
      return shown(single.state())
    },
    state: () => shown(single.state()),
    cancel: () => single.cancel(),
    settled: () => single.settled(),
  }
}

function shown(state: SingleState<About, RestoreResult>): RestoreState {
  if (state.status === 'none') return nothing
  const { phase, files, totalFiles } = state.progress
  const { isVault, to } = state.about
  const now = { ...nothing, status: state.status, isVault, to, phase, files, totalFiles }
  if (state.status === 'done') return { ...now, files: state.result.files, lost: [...state.result.lost] }
  return state.status === 'failed' ? { ...now, ...failureOf(plainError(state.error, to)) } : now
}

/** Opens what is to be restored, so that a wrong key is told at once. */
async function prepare(
  input: StartRestore,
): Promise<(given: Omit<RestoreOptions, 'snapshot'>) => Promise<RestoreResult>> {
  const { path, to, snapshot, only } = input
  const ways = ageKeysOf(input)
  if (await isArchive(path)) {
    if (only) throw onlyWhole()
    await readArchive(path, ways)
    return (given) => restoreArchive(path, ways, to, given)
  }
  const repository = await openRepository(path, ways)
  return (given) => {
    const options = { ...given, ...(snapshot !== undefined && { snapshot }) }
    return only ? restoreFiles(repository, to, only, options) : restoreVault(repository, to, options)
  }
}

function onlyWhole(): CofferError {
  return new CofferError('A backup in one file is restored whole.', { code: 'bad-request' })
}

/** A single file shown as a backup of one snapshot. */
async function archiveList(path: string, key: BackupKey): Promise<SnapshotList> {
  const { id, createdAt, vaultName, files, bytes } = await readArchive(path, ageKeysOf(key))
  return { items: [{ snapshot: id, id, createdAt, vaultName, files, bytes, missing: 0 }], next: null, damaged: [] }
}

/** The snapshots of an opened repository, as the API and the command line show them. */
export async function snapshotList(repository: Repository): Promise<SnapshotList> {
  const { snapshots, damaged } = await listSnapshots(repository, { names: true })
  return {
    items: snapshots.map(({ name, about }) => ({
      snapshot: name,
      id: about.id,
      createdAt: about.createdAt,
      vaultName: about.vaultName,
      files: about.files,
      bytes: about.bytes,
      missing: about.missing.length,
    })),
    next: null,
    damaged: damaged.map(({ name, problem }) => ({ snapshot: name, problem })),
  }
}
