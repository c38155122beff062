import { constants } from 'node:fs'
import { access, cp, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CofferError } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { silentLog, type Log } from '../base/log.ts'
import { connect, type Connection } from './connection.ts'
import { createHandle } from './database.ts'
import { gatherFacts, logWasCut, lostSince, readFacts, writeFacts, type Facts } from './facts.ts'
import { hasFreshImage, unpackImage } from './image.ts'
import { applyMigrations, appliedMigrations, compare, readMigrations, type Migration } from './migrations.ts'
import { assertRoom, layBallast } from './room.ts'
import type { Database, Problem } from './types.ts'
import { formatVersion, readVaultFile, writeVaultFile } from './vault-file.ts'

export interface OpenOptions {
  readonly vaultDir: string
  readonly log?: Log
  /** Asked when the database holds no media: an empty one beside full folders must not be taken for a new vault. */
  readonly mediaFolderHasFiles?: () => Promise<boolean>
}

/**
 * Makes the database of a new vault: unpacks the prepared one, or runs initdb and the migrations. `vault.json` says
 * `creating` until all is on disk, so that an interrupted start is begun anew. The vault's lock must be held.
 */
export async function createDatabase(options: OpenOptions & { readonly name?: string }): Promise<Database> {
  const { vaultDir } = options
  await assertRoom(vaultDir, 0)
  const file = {
    id: newId(),
    name: options.name ?? basename(vaultDir),
    formatVersion,
    engine: 'pglite' as const,
    createdAt: new Date().toISOString(),
  }
  await writeVaultFile(vaultDir, { ...file, state: 'creating' })
  await rm(join(vaultDir, 'database'), { recursive: true, force: true })
  const dataDir = join(vaultDir, 'database')
  let connection: Connection
  if (await hasFreshImage()) {
    await unpackImage(vaultDir)
    connection = await connect({ dataDir, mayInitialise: false })
  } else {
    connection = await connect({ dataDir, mayInitialise: true })
    await applyMigrations(connection, await readMigrations())
  }
  await connection.exec('checkpoint')
  await writeFacts(vaultDir, await gatherFacts(connection))
  await writeVaultFile(vaultDir, { ...file, state: 'ready' })
  await layBallast(vaultDir).catch(() => {})
  return createHandle({ vaultDir, connection, found: [], log: options.log ?? silentLog })
}

/**
 * Opens the database of a vault, after looking whether it is all there, and brings its schema up to date. Throws
 * `database-damaged`, `database-empty`, `vault-unfinished`, `vault-newer`, `migration-edited`, `migration-failed`.
 * Rows that were acknowledged and are missing are a refusal; a log that was cut short is reported in `health()`.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { vaultDir } = options
  const log = options.log ?? silentLog
  const file = await readVaultFile(vaultDir)
  if (file?.state === 'creating') {
    throw new CofferError('Making this vault was interrupted. Make it again in the same folder.', {
      code: 'vault-unfinished',
    })
  }
  const dataDir = join(vaultDir, 'database')
  await restoreInterruptedMigration(vaultDir)
  for (const name of ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal']) await mustBeThere(join(dataDir, name), name)
  let connection = await connect({ dataDir, mayInitialise: false })
  try {
    const applied = await appliedMigrations(connection)
    const migrations = await readMigrations()
    compare(applied, migrations)
    const [noted, now] = [await readFacts(vaultDir), await gatherFacts(connection)]
    const found = await compareFacts(options, noted, now, applied.length)
    for (const problem of found) log.error('database-lost-rows', { message: problem.message })
    if (applied.length < migrations.length) connection = await migrateSafely(vaultDir, connection, migrations, now)
    await layBallast(vaultDir).catch(() => {})
    return createHandle({ vaultDir, connection, found, log })
  } catch (error) {
    await connection.close().catch(() => {})
    throw error
  }
}

async function mustBeThere(path: string, name: string): Promise<void> {
  try {
    await access(path, constants.R_OK)
  } catch (cause) {
    throw new CofferError(
      `The database of this vault is not complete (${name} is missing). Your originals are untouched; restore the database from a backup.`,
      { code: 'database-damaged', cause },
    )
  }
}

async function compareFacts(
  options: OpenOptions,
  noted: Facts | undefined,
  now: Facts,
  schemaVersion: number,
): Promise<Problem[]> {
  const lost = noted ? lostSince(noted, now) : []
  if (schemaVersion === 0 || lost.length > 0) {
    const what = lost.map((problem) => problem.message).join(' ')
    throw new CofferError(
      `The database of this vault has lost rows. ${what} Your originals are untouched; restore the database from a backup.`,
      { code: 'database-damaged', details: { lost: lost.map((problem) => problem.message) } },
    )
  }
  if ((now.rows['vault.media'] ?? 0) === 0 && (await options.mediaFolderHasFiles?.())) {
    throw new CofferError(
      'The database of this vault is empty, but its media folder is not. Nothing was changed; restore the database from a backup.',
      { code: 'database-empty' },
    )
  }
  if (!noted || !logWasCut(noted, now)) return []
  return [
    {
      code: 'database-damaged',
      message: 'The last changes before the computer stopped could not be read back. Run a check, or restore from a backup.',
    },
  ]
}

/** Where the database is set aside while migrations run. */
function snapshotPath(vaultDir: string): string {
  return join(vaultDir, 'database.before-migration')
}

/** A crash between snapshot and its removal leaves both; the snapshot is whole only under its final name. */
async function restoreInterruptedMigration(vaultDir: string): Promise<void> {
  const snapshot = snapshotPath(vaultDir)
  const isThere = await access(snapshot).then(
    () => true,
    () => false,
  )
  await rm(`${snapshot}.part`, { recursive: true, force: true })
  if (!isThere) return
  await rm(join(vaultDir, 'database'), { recursive: true, force: true })
  await rename(snapshot, join(vaultDir, 'database'))
}

/** Copies the closed database aside, migrates, compares row counts; on any failure the copy takes its place again. */
async function migrateSafely(
  vaultDir: string,
  open: Connection,
  migrations: readonly Migration[],
  before: Facts,
): Promise<Connection> {
  const dataDir = join(vaultDir, 'database')
  await open.exec('checkpoint')
  await open.close()
  const snapshot = snapshotPath(vaultDir)
  await cp(dataDir, `${snapshot}.part`, { recursive: true, mode: constants.COPYFILE_FICLONE })
  await rename(`${snapshot}.part`, snapshot)
  const connection = await connect({ dataDir, mayInitialise: false })
  try {
    await applyMigrations(connection, migrations)
    const after = await gatherFacts(connection)
    const [lost] = lostSince(before, after)
    if (lost) throw new CofferError(`A migration lost rows. ${lost.message}`, { code: 'migration-failed' })
    await connection.exec('checkpoint')
    await writeFacts(vaultDir, after)
    // Renamed first: a snapshot that is half removed must never be taken for a whole one.
    await rename(snapshot, `${snapshot}.part`)
    await rm(`${snapshot}.part`, { recursive: true, force: true })
    return connection
  } catch (error) {
    await connection.close().catch(() => {})
    await restoreInterruptedMigration(vaultDir)
    throw error
  }
}
