import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CofferError, systemCode } from '../../base/errors.ts'
import { makeFolders } from '../../base/folders.ts'
import { silentLog } from '../../base/log.ts'
import { removeTreeInside } from '../../base/inside.ts'
import {
  assertOwnFolders,
  createFromDump,
  lockVault,
  readVaultFile,
  writeVaultFile,
  type Database,
  type VaultFile,
} from '../../database/index.ts'
import { incomplete, type readSmallParts } from './contents.ts'
import { linesOf, type SnapshotFile } from '../create/snapshot.ts'

export interface RestoreResult {
  readonly snapshot: string
  readonly createdAt: string
  readonly to: string
  readonly files: number
  readonly bytes: number
  readonly seconds: number
  /** Originals the backup could not give back whole. */
  readonly lost: readonly { readonly sha256: string; readonly filename: string }[]
}

/** What a restore answers, whatever it restored from. */
export function resultOf(given: {
  readonly snapshot: string
  readonly createdAt: string
  readonly to: string
  readonly files: readonly SnapshotFile[]
  readonly lost: readonly SnapshotFile[]
  readonly startedMs: number
}): RestoreResult {
  const { files, lost, startedMs, ...rest } = given
  return {
    ...rest,
    files: files.length - lost.length,
    bytes: files.reduce((sum, file) => sum + file.size, 0),
    seconds: (performance.now() - startedMs) / 1000,
    lost: lost.map(({ sha256, filename }) => ({ sha256, filename })),
  }
}

/** From what a vault is restored; `vault.json` says so until all is there. */
export interface RestoreFrom {
  /** Folder of the repository, or the single file. */
  readonly from: string
  readonly snapshot: string
}

/**
 * Makes an empty or missing folder ready for a vault and holds its lock while `work` fills it. A folder into which a restore was
 * interrupted is taken up again. Throws `vault-not-empty`, `path-outside`.
 */
export async function intoFreeFolder<P, T>(
  to: string,
  prepare: () => Promise<P>,
  work: (dir: string, prepared: P) => Promise<T>,
): Promise<T> {
  const dir = resolve(to)
  await assertOwnFolders(dir)
  await refuseUnlessFree(dir)
  // What is to be restored is looked at before anything is made.
  const prepared = await prepare()
  await makeFolders(dir)
  const lock = await lockVault(dir)
  try {
    return await work(dir, prepared)
  } finally {
    await lock.release()
  }
}

/** Makes the database of a restored vault; `fill` brings the rest of the vault before it counts as whole. */
export function databaseFrom(
  { about, vault, database }: Awaited<ReturnType<typeof readSmallParts>>,
  dir: string,
  source: RestoreFrom,
  given: Pick<Parameters<typeof createFromDump>[0], 'fill' | 'onLoaded'>,
): Promise<Database> {
  if (!database) throw incomplete()
  return createFromDump({
    vaultDir: dir,
    file: { id: vault.id, name: vault.name, createdAt: vault.createdAt },
    making: { kind: 'restore', ...source },
    schemaVersion: about.schemaVersion,
    lines: linesOf(database),
    log: silentLog,
    ...given,
  })
}

/**
 * Writes into the folder what is being made of it, before anything else is. What an interrupted restore of another snapshot
 * has left is removed; what one of the same has left is used.
 */
export async function beginRestore(dir: string, vault: VaultFile, source: RestoreFrom): Promise<void> {
  const before = await readVaultFile(dir)
  const isSame = before?.making?.kind === 'restore' && before.making.snapshot === source.snapshot
  if (before?.making?.kind === 'restore' && !isSame) await removeTreeInside(dir, 'users')
  await writeVaultFile(dir, { ...vault, engine: 'pglite', state: 'creating', making: { kind: 'restore', ...source } })
}

async function refuseUnlessFree(dir: string): Promise<void> {
  const names = await readdir(dir).catch((error: unknown): string[] => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
  if (names.length === 0) return
  const file = names.includes('vault.json') ? await readVaultFile(dir) : undefined
  const isUnfinished = file?.state === 'creating'
  if (isUnfinished) return
  throw new CofferError(`${dir} is not empty. Restore into a new folder; nothing is ever restored over a vault.`, {
    code: 'vault-not-empty',
  })
}
