import { join, resolve } from 'node:path'
import { eraseUser, type Erased } from './accounts/index.ts'
import { openFileLog } from './base/file-log.ts'
import {
  holdSchema,
  lockVault,
  moveDatabase,
  openDatabase,
  rewriteVaultFile,
  type Database,
  type DatabaseInfo,
  type Moved,
  type MoveStep,
  type MoveTarget,
} from './database/index.ts'
import { holdsOriginals } from './files/index.ts'
import { assertVaultThere } from './open-vault.ts'

/** Destroys everything of one person in a vault that nobody has open. */
export async function eraseFromVault(
  dir: string,
  userId: string,
  { stateDir }: { readonly stateDir: string | null },
): Promise<Erased> {
  await using opened = new AsyncDisposableStack()
  const database = await openAlone(opened, dir, stateDir)
  // Awaited here, so that nothing is closed before it has ended.
  return await eraseUser({ vaultDir: dir, database }, userId)
}

/**
 * Steps the schema of a vault that nobody has open back to a version, and remembers that it was on purpose. Throws
 * `vault-locked`, `migration-failed`.
 */
export async function stepBackVault(
  dir: string,
  toVersion: number,
  { stateDir }: { readonly stateDir: string | null },
): Promise<DatabaseInfo> {
  await using opened = new AsyncDisposableStack()
  const database = await openAlone(opened, dir, stateDir)
  const before = (await database.info()).schemaVersion
  await database.rollback(toVersion)
  const info = await database.info()
  if (info.schemaVersion < before) await holdSchema(dir, info.schemaVersion)
  return info
}

/** Writes the lost `vault.json` of a vault that nobody has open again; true when it was lost. Throws as `rewriteVaultFile`. */
export async function recoverVaultFile(
  path: string,
  options: { readonly stateDir: string | null; readonly trust: boolean },
): Promise<boolean> {
  const dir = resolve(path)
  await using opened = new AsyncDisposableStack()
  opened.adopt(await lockVault(dir, {}), (lock) => lock.release())
  return await rewriteVaultFile(dir, options)
}

/** Moves the database of a vault that nobody has open to another engine. Throws `vault-locked` and what `moveDatabase` does. */
export async function moveVaultDatabase(
  path: string,
  given: {
    readonly to: MoveTarget
    readonly onStep?: (step: MoveStep) => void
    readonly signal?: AbortSignal
    readonly trust?: boolean
  },
): Promise<Moved> {
  const dir = resolve(path)
  await assertVaultThere(dir)
  await using opened = new AsyncDisposableStack()
  opened.adopt(await lockVault(dir, {}), (lock) => lock.release())
  const log = opened.adopt(openFileLog(join(dir, 'logs')), (each) => each.close())
  const moved = await moveDatabase({ ...given, vaultDir: dir, log, mediaFolderHasFiles: () => holdsOriginals(dir) })
  log.info('database-moved', { from: moved.from, to: moved.to, rows: moved.rows })
  return moved
}

/** Takes the lock of a vault and opens its database, with nothing else of it. */
async function openAlone(opened: AsyncDisposableStack, dir: string, stateDir: string | null): Promise<Database> {
  opened.adopt(await lockVault(dir, {}), (lock) => lock.release())
  return opened.use(await openDatabase({ vaultDir: dir, stateDir, mediaFolderHasFiles: () => holdsOriginals(dir) }))
}
