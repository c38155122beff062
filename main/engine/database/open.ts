import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { syncTree } from '../base/durable.ts'
import { CofferError, isDiskFull } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { silentLog, type Log } from '../base/log.ts'
import type { Connection, LocalEngine } from './connection.ts'
import { createHandle } from './database.ts'
import { sumRows, type Dumped } from './dump.ts'
import { finishFilling } from './external.ts'
import { gatherFacts, removeFacts, writeFacts } from './facts.ts'
import { openFresh } from './fresh.ts'
import { assertComplete, assertNothingLost, signDatabase } from './guard.ts'
import { loadRows } from './load.ts'
import { appliedMigrations, compare, newestOf, readMigrations, upgrade } from './migrations.ts'
import { dataDirOf, dropOthers, isLocal, openPlace, placeOf, type Place } from './place.ts'
import { rebuiltFolder } from './rebuild.ts'
import { assertRoom, dropBallast, layBallast } from './room.ts'
import { endLeftoverServer } from './server.ts'
import { dropOldSnapshots, restoreSnapshot, withSnapshot } from './snapshot.ts'
import type { Database, Problem } from './types.ts'
import { formatVersion, readVaultFile, writeVaultFile, type VaultFile } from './vault-file.ts'

export interface OpenOptions {
  readonly vaultDir: string
  readonly log?: Log
  /** Asked when the database holds no media: an empty one beside full folders must not be taken for a new vault. */
  readonly mediaFolderHasFiles?: () => Promise<boolean>
}

interface NewOptions extends OpenOptions {
  /** PGlite when nothing is said. */
  readonly engine?: LocalEngine
}

/**
 * Makes the database of a new vault: unpacks the prepared one, or runs initdb and the migrations. `vault.json` says
 * `creating` until all is on disk, so that an interrupted start is begun anew. The vault's lock must be held.
 */
export async function createDatabase(options: NewOptions & { readonly name?: string }): Promise<Database> {
  const { vaultDir, engine = 'pglite' } = options
  const place = placeOf(vaultDir, engine)
  const dataDir = dataDirOf(place)
  const present = await readVaultFile(vaultDir)
  if (present?.state === 'ready') {
    throw new CofferError('There is already a vault in this folder.', { code: 'vault-exists' })
  }
  await assertRoom(vaultDir, 0)
  const file = {
    id: newId(),
    name: options.name ?? basename(vaultDir),
    formatVersion,
    engine,
    createdAt: new Date().toISOString(),
  }
  await writeVaultFile(vaultDir, { ...file, state: 'creating' })
  await rm(dataDir, { recursive: true, force: true })
  await removeFacts(place)
  const connection = await openFresh(place, newestOf(await readMigrations()), { isSynced: true })
  try {
    await signDatabase(connection, file.id)
    await connection.exec('checkpoint')
    await writeFacts(place, await gatherFacts(connection))
    await writeVaultFile(vaultDir, { ...file, state: 'ready' })
  } catch (error) {
    await connection.kill()
    throw error
  }
  await layBallast(vaultDir).catch(() => {})
  return createHandle({ place, connection, found: [], log: options.log ?? silentLog })
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
    readonly schemaVersion: number
    readonly lines: AsyncIterable<readonly string[]>
    /** Told what each table holds once the rows are in, under the schema of the dump. Reads them all again. */
    readonly onLoaded?: (found: Pick<Dumped, 'tables' | 'sums'>) => void
    readonly fill?: (database: Database) => Promise<void>
  },
): Promise<Database> {
  const { vaultDir, schemaVersion, engine = 'pglite' } = options
  const place = placeOf(vaultDir, engine)
  const dataDir = dataDirOf(place)
  if ((await readVaultFile(vaultDir))?.state === 'ready') {
    throw new CofferError('There is already a vault in this folder.', { code: 'vault-exists' })
  }
  const migrations = await readMigrations()
  if (schemaVersion > newestOf(migrations)) {
    throw new CofferError('This backup was made by a newer Coffer. Update Coffer to restore it.', {
      code: 'vault-newer',
    })
  }
  const file = { ...options.file, formatVersion, engine }
  await writeVaultFile(vaultDir, { ...file, state: 'creating' })
  await rm(dataDir, { recursive: true, force: true })
  const connection = await openFresh(place, schemaVersion, { isSynced: false })
  try {
    const tables = await loadRows(connection, options.lines)
    if (options.onLoaded) options.onLoaded(await sumRows(connection, tables))
    compare(await appliedMigrations(connection), migrations)
    await upgrade(connection, migrations)
    const database = createHandle({ place, connection, found: [], log: options.log ?? silentLog })
    await options.fill?.(database)
    await database.maintain('checkpoint')
    // Once, for everything: until now the folder says that it is being made.
    await syncTree(vaultDir)
    await writeVaultFile(vaultDir, { ...file, state: 'ready' })
    await layBallast(vaultDir).catch(() => {})
    return database
  } catch (error) {
    await connection.kill()
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
  const { place, connection, found } = await openGuarded(options)
  await dropOthers(vaultDir, place.engine)
  await layBallast(vaultDir).catch(() => {})
  return createHandle({ place, connection, found, log })
}

/** What `openDatabase` does until the database is open, guarded and of this program's schema. */
export async function openGuarded(options: OpenOptions): Promise<{
  readonly place: Place
  readonly file: VaultFile
  readonly connection: Connection
  readonly found: Problem[]
}> {
  const { vaultDir } = options
  const log = options.log ?? silentLog
  const file = await readVaultFile(vaultDir)
  if (!file) throw new CofferError('There is no vault in this folder.', { code: 'vault-not-found' })
  if (file.state === 'creating') {
    throw new CofferError('Making this vault was interrupted. Make it again in the same folder.', {
      code: 'vault-unfinished',
    })
  }
  const place = placeOf(vaultDir, file.engine)
  await rm(join(vaultDir, rebuiltFolder), { recursive: true, force: true })
  if (isLocal(place)) {
    if (place.engine === 'embedded') await endLeftoverServer(dataDirOf(place))
    await restoreSnapshot(place)
    await assertComplete(dataDirOf(place))
  }
  let connection = await openWithBallast(place)
  try {
    const applied = await appliedMigrations(connection)
    if (applied.length === 0) {
      throw new CofferError('The database of this vault has lost its tables. Restore it from a backup.', {
        code: 'database-damaged',
      })
    }
    const migrations = await readMigrations()
    compare(applied, migrations)
    const found = await assertNothingLost({ ...options, place, vaultId: file.id }, connection)
    if (place.engine === 'external') await finishFilling(connection)
    for (const problem of found) log.error('database-log-cut', { message: problem.message })
    if (applied.length < migrations.length) {
      const to = newestOf(migrations)
      log.info('database-migrating', { from: newestOf(applied), to })
      connection = await withSnapshot(place, connection, to, (fresh) => upgrade(fresh, migrations))
    } else await dropOldSnapshots(place)
    return { place, file, connection, found }
  } catch (error) {
    await connection.kill()
    throw error
  }
}

/** Recovery itself writes: on a full disk it needs the room that was set aside for it. */
async function openWithBallast(place: Place): Promise<Connection> {
  try {
    return await openPlace(place)
  } catch (error) {
    if (!isDiskFull(error) || !(await dropBallast(place.vaultDir))) throw error
    return await openPlace(place)
  }
}
