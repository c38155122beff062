import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { syncTree } from '../base/durable.ts'
import { CofferError, isDiskFull } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { silentLog, type Log } from '../base/log.ts'
import { connect, type Connection, type LocalEngine } from './connection/connection.ts'
import { createHandle } from './database.ts'
import { sumRows, type Dumped } from './copy/dump.ts'
import { finishFilling } from './connection/external.ts'
import { currentMarker, removeMarker, writeMarker } from './safety/durability-marker.ts'
import { openFresh } from './migrate/fresh.ts'
import { assertComplete, assertNothingLost, signDatabase } from './safety/guard.ts'
import { loadRows } from './copy/load.ts'
import { appliedMigrations, compare, newestOf, readMigrations, upgrade } from './migrate/migrations.ts'
import {
  dataDirOf,
  dropOthers,
  isLocal,
  openLocation,
  locationOf,
  type LocalDatabaseLocation,
  type DatabaseLocation,
} from './location.ts'
import { rebuiltFolder } from './copy/rebuild.ts'
import { assertRoom, dropBallast, layBallast } from './safety/room.ts'
import { endLeftoverServer } from './connection/server.ts'
import { dropOldSnapshots, restoreSnapshot, withSnapshot } from './migrate/snapshot.ts'
import { isOwnVault, sealVault, untrusted } from './safety/trust.ts'
import type { Database, Problem } from './types.ts'
import { assertUsersHere } from './safety/vault-folder.ts'
import { formatVersion, readVaultFile, writeVaultFile, type VaultFile } from './safety/vault-file.ts'

export interface OpenOptions {
  readonly vaultDir: string
  readonly log?: Log
  /** Where this computer keeps its own key; null or absent where only the command line's place is known. See `trust.ts`. */
  readonly stateDir?: string | null
  /** Somebody here says that the vault may be trusted, wherever it is from; remembered from then on. */
  readonly trust?: boolean
  /** Brings a database up to date that somebody stepped back on purpose. */
  readonly migrate?: boolean
  /** Asked when the database holds no media: an empty one beside full folders must not be taken for a new vault. */
  readonly mediaFolderHasFiles?: () => Promise<boolean>
}

interface NewOptions extends OpenOptions {
  /** PGlite when nothing is said. */
  readonly engine?: LocalEngine
}

/**
 * Makes the database of a new vault: unpacks the prepared one, or runs initdb and the migrations. `vault.json` says
 * `creating` until all is on disk, so that an interrupted start is begun again. The vault's lock must be held.
 */
export async function createDatabase(
  options: NewOptions & {
    readonly name?: string
    /** Adds what a new vault begins with, before it counts as made. */
    readonly fill?: (database: Database) => Promise<void>
  },
): Promise<Database> {
  const { vaultDir, engine = 'pglite' } = options
  const location = locationOf(vaultDir, engine)
  const dataDir = dataDirOf(location)
  await assertMayMake(location, 'new')
  await assertRoom(vaultDir, 0)
  const file = {
    id: newId(),
    name: options.name ?? basename(vaultDir),
    formatVersion,
    engine,
    createdAt: new Date().toISOString(),
  }
  await writeVaultFile(vaultDir, { ...file, state: 'creating', making: { kind: 'new' } })
  await rm(dataDir, { recursive: true, force: true })
  await removeMarker(location)
  const connection = await openFresh(location, newestOf(await readMigrations()), { isSynced: true })
  let database: Database | null = null
  try {
    await signDatabase(connection, file.id)
    await connection.exec('checkpoint')
    await writeMarker(location, await currentMarker(connection))
    await sealVault(vaultDir, file, options.stateDir ?? null)
    database = createHandle({ location, connection, found: [], isOwn: true, log: options.log ?? silentLog })
    await options.fill?.(database)
    await writeVaultFile(vaultDir, { ...file, state: 'ready' })
    await layBallast(vaultDir).catch(() => {})
    return database
  } catch (error) {
    await giveUp(database, connection)
    throw error
  }
}

/**
 * A folder that says it is being made may be made again from the beginning, unless there is more in it than that can have put
 * there. Throws `vault-exists`, `vault-unfinished`.
 */
async function assertMayMake(location: LocalDatabaseLocation, kind: 'new' | 'restore'): Promise<void> {
  const present = await readVaultFile(location.vaultDir)
  if (present?.state === 'ready') {
    throw new CofferError('There is already a vault in this folder.', { code: 'vault-exists' })
  }
  // A restore may be begun again: all it brings comes from the backup.
  if (present?.making?.kind === 'restore' && kind === 'restore') return
  if (present?.making?.kind === 'restore') throw unfinished(location.vaultDir, present)
  if (!(await holdsRows(location))) return
  throw new CofferError(
    'This folder says that its vault was never finished, but its database holds something. Nothing was changed. Restore it from a backup into another folder.',
    { code: 'vault-unfinished' },
  )
}

/** Whether a database that is there has anything of a person's in it; one that cannot be opened has nothing to lose. */
async function holdsRows(location: LocalDatabaseLocation): Promise<boolean> {
  const dataDir = dataDirOf(location)
  if (!existsSync(join(dataDir, 'PG_VERSION'))) return false
  try {
    await assertComplete(dataDir)
    const connection = await connect({ engine: location.engine, dataDir, mayInitialise: false })
    try {
      const { rows } = await connection.query('select exists (select from core.objects) as "isUsed"')
      return (rows[0] as { isUsed: boolean }).isUsed
    } finally {
      await connection.close()
    }
  } catch {
    // Half made: that is what making it again is for.
    return false
  }
}

function unfinished(vaultDir: string, { making }: VaultFile): CofferError {
  const sentence =
    making?.kind === 'restore'
      ? `A restore into ${vaultDir} was interrupted. Restore into the same folder once more to finish it: coffer backup restore ${making.from} --to ${vaultDir}`
      : `Making the vault at ${vaultDir} was interrupted. Make it again in the same folder, or restore into it.`
  return new CofferError(sentence, { code: 'vault-unfinished', details: { ...(making && { making }) } })
}

/** The handle would start a killed connection again, so the handle is closed where there is one. */
async function giveUp(database: Database | null, connection: Connection): Promise<void> {
  await (database ? database.close() : connection.kill()).catch(() => {})
}

/**
 * Makes the database of a vault from a dump of another moment, or of another computer: the schema of the dump first, its
 * rows, then the migrations this program has beyond it. Then `fill` brings the rest of the vault; `vault.json` says
 * `creating` until it has resolved and everything in the folder is on the disk. The vault's lock must be held. Throws `backup-damaged`, `vault-newer`, `vault-exists`,
 * and what `fill` throws.
 */
export async function createFromDump(
  options: NewOptions & {
    readonly file: Omit<VaultFile, 'state' | 'engine' | 'formatVersion'>
    /** From where; `vault.json` says so until all is there. */
    readonly making?: NonNullable<VaultFile['making']>
    readonly schemaVersion: number
    readonly lines: AsyncIterable<readonly string[]>
    /** Told what each table holds once the rows are in, under the schema of the dump. Reads them all again. */
    readonly onLoaded?: (found: Pick<Dumped, 'tables' | 'sums'>) => void
    readonly fill?: (database: Database) => Promise<void>
  },
): Promise<Database> {
  const { vaultDir, schemaVersion, engine = 'pglite' } = options
  const location = locationOf(vaultDir, engine)
  const dataDir = dataDirOf(location)
  await assertMayMake(location, 'restore')
  const migrations = await readMigrations()
  if (schemaVersion > newestOf(migrations)) {
    throw new CofferError('This backup was made by a newer Coffer. Update Coffer to restore it.', {
      code: 'vault-newer',
    })
  }
  const file = { ...options.file, formatVersion, engine }
  await writeVaultFile(vaultDir, { ...file, state: 'creating', ...(options.making && { making: options.making }) })
  await rm(dataDir, { recursive: true, force: true })
  const connection = await openFresh(location, schemaVersion, { isSynced: false })
  let database: Database | null = null
  try {
    const tables = await loadRows(connection, options.lines)
    if (options.onLoaded) options.onLoaded(await sumRows(connection, tables))
    compare(await appliedMigrations(connection), migrations)
    await upgrade(connection, migrations)
    await sealVault(vaultDir, file, options.stateDir ?? null)
    database = createHandle({ location, connection, found: [], isOwn: true, log: options.log ?? silentLog })
    await options.fill?.(database)
    await database.maintain('checkpoint')
    // Once, for everything: until now the folder says that it is being made.
    await syncTree(vaultDir)
    await writeVaultFile(vaultDir, { ...file, state: 'ready' })
    await layBallast(vaultDir).catch(() => {})
    return database
  } catch (error) {
    await giveUp(database, connection)
    throw error
  }
}

/**
 * Opens the database of a vault, after looking whether it is all there, and brings its schema up to date. Throws
 * `database-damaged`, `database-empty`, `vault-unfinished`, `vault-newer`, `migration-edited`, `migration-failed`; for a
 * server elsewhere also `database-unreachable`, `database-refused`, `vault-locked`. Rows that were acknowledged and are
 * missing are a refusal; a log that was cut short is reported in `health()`. What an earlier engine of the vault left in
 * it goes once this one has opened well.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { vaultDir } = options
  const log = options.log ?? silentLog
  const { location, connection, found, isOwn } = await openGuarded(options)
  await dropOthers(vaultDir, location.engine)
  await layBallast(vaultDir).catch(() => {})
  return createHandle({ location, connection, found, isOwn, log })
}

/** What `openDatabase` does until the database is open, guarded and of this program's schema. */
export async function openGuarded(options: OpenOptions): Promise<{
  readonly location: DatabaseLocation
  readonly file: VaultFile
  readonly connection: Connection
  readonly found: Problem[]
  readonly isOwn: boolean
}> {
  const { vaultDir } = options
  const log = options.log ?? silentLog
  const file = await readVaultFile(vaultDir)
  if (!file) throw new CofferError('There is no vault in this folder.', { code: 'vault-not-found' })
  if (file.state === 'creating') throw unfinished(vaultDir, file)
  const isOwn = await assertTrusted(options, file)
  const location = locationOf(vaultDir, file.engine)
  await rm(join(vaultDir, rebuiltFolder), { recursive: true, force: true })
  if (isLocal(location)) {
    if (location.engine === 'embedded') await endLeftoverServer(dataDirOf(location))
    await restoreSnapshot(location)
    await assertComplete(dataDirOf(location))
  }
  let connection = await openWithBallast(location)
  try {
    const applied = await appliedMigrations(connection)
    if (applied.length === 0) {
      throw new CofferError('The database of this vault has lost its tables. Restore it from a backup.', {
        code: 'database-damaged',
      })
    }
    const migrations = await readMigrations()
    compare(applied, migrations)
    const found = await assertNothingLost({ ...options, location, vaultId: file.id }, connection)
    if (location.engine === 'external') await finishFilling(connection)
    for (const problem of found) log.error('database-log-cut', { message: problem.message })
    if (applied.length < migrations.length) {
      await assertMayMigrate(options, file, newestOf(applied))
      const to = newestOf(migrations)
      log.info('database-migrating', { from: newestOf(applied), to })
      connection = await withSnapshot(location, connection, to, (fresh) => upgrade(fresh, migrations))
    } else await dropOldSnapshots(location)
    return { location, file, connection, found, isOwn }
  } catch (error) {
    await connection.kill()
    throw error
  }
}

/**
 * Whether a vault is this computer's own. One from elsewhere is opened all the same when it is for PGlite, which can do nothing
 * but read and write its own folder; the caller has to say so. Throws `vault-untrusted`, `path-outside`.
 */
async function assertTrusted(options: OpenOptions, file: VaultFile): Promise<boolean> {
  const { vaultDir, stateDir = null } = options
  if (await isOwnVault(vaultDir, file, stateDir)) return true
  if (options.trust === true) {
    await sealVault(vaultDir, file, stateDir)
    return true
  }
  if (file.engine !== 'pglite') throw untrusted(file)
  await assertUsersHere(vaultDir)
  return false
}

/** A step back stays one until somebody asks for the way forward. Throws `database-held`. */
async function assertMayMigrate({ vaultDir, migrate }: OpenOptions, file: VaultFile, version: number): Promise<void> {
  const { heldAt, ...free } = file
  if (heldAt === undefined) return
  if (migrate === true) return writeVaultFile(vaultDir, free)
  throw new CofferError(
    `The database of this vault was stepped back to schema ${version}, for an older Coffer. To use it with this one, bring it up to date: coffer database migrate`,
    { code: 'database-held', details: { schemaVersion: version } },
  )
}

/** Remembers that the schema was stepped back on purpose. */
export async function holdSchema(vaultDir: string, version: number): Promise<void> {
  const file = await readVaultFile(vaultDir)
  if (file) await writeVaultFile(vaultDir, { ...file, heldAt: version })
}

/** Recovery itself writes: on a full disk it needs the room that was set aside for it. */
async function openWithBallast(location: DatabaseLocation): Promise<Connection> {
  try {
    return await openLocation(location)
  } catch (error) {
    if (!isDiskFull(error) || !(await dropBallast(location.vaultDir))) throw error
    return await openLocation(location)
  }
}
