import { mkdir, rename, rm } from 'node:fs/promises'
import { CofferError } from '../../base/errors.ts'
import { syncFolder } from '../../base/durable.ts'
import { differences, sumTables, type Sums } from './checksums.ts'
import { connect, type Connection, type EngineName, type LocalEngine } from '../connection/connection.ts'
import { copyRows, makeCopy } from './copy.ts'
import { clearUnfinished, connectExternal, readExternal, startFilling, writeExternal } from '../connection/external.ts'
import { currentMarker, removeMarker, writeMarker, type DurabilityMarker } from '../safety/durability-marker.ts'
import { applyMigrations, newestOf, readMigrations } from '../migrate/migrations.ts'
import { openGuarded, type OpenOptions } from '../open.ts'
import { dataDirOf, dropOthers, locationOf, type LocalDatabaseLocation } from '../location.ts'
import { assertRoom } from '../safety/room.ts'
import { endLeftoverServer } from '../connection/server.ts'
import { sealVault, untrusted } from '../safety/trust.ts'
import { writeVaultFile, type VaultFile } from '../safety/vault-file.ts'

/** Where a database is to be; an address may hold a password. */
export type MoveTarget = { readonly engine: LocalEngine } | { readonly engine: 'external'; readonly address: string }

export type MoveStep = 'reading' | 'copying' | 'verifying' | 'switching'

export interface Moved {
  readonly from: EngineName
  readonly to: EngineName
  readonly schemaVersion: number
  readonly tables: number
  readonly rows: number
  /** What was left of the old database, and until when. */
  readonly kept: 'until-opened' | 'on-server'
}

export interface MoveOptions extends OpenOptions {
  readonly to: MoveTarget
  readonly onStep?: (step: MoveStep) => void
  readonly signal?: AbortSignal
}

/** A new database, filled and verified, that the vault does not use yet. */
interface Prepared {
  /** Lets the vault use it. Atomic: killed at any moment, it uses this one or the one before. */
  use(file: VaultFile): Promise<void>
  /** Undoes `use`. */
  leave(file: VaultFile): Promise<void>
  discard(): Promise<void>
}

/**
 * Moves the database of a vault to another engine: a new one is made beside it, filled, opened again and compared with the
 * old one by a count and a sum of every table; only then does the vault use it. The old one stays: in the vault until the new one
 * has opened well once more, on a server for its owner to remove. Whatever fails, the vault is as it was. Its lock must be held.
 * Throws `conflict` when it is there already, what opening throws, `database-not-empty` for a server's database with anything
 * in it, `database-damaged` when the two differ, `disk-full` and `cancelled`.
 */
export async function moveDatabase(options: MoveOptions): Promise<Moved> {
  const { vaultDir, to } = options
  const source = await openGuarded(options)
  let old: Connection | null = source.connection
  try {
    await assertElsewhere(vaultDir, source.file, to)
    // What is moved here counts as made here, so it must have been trusted before.
    if (!source.isOwn) throw untrusted(source.file)
    // The one in use has just opened well, so nothing older is needed.
    await dropOthers(vaultDir, source.file.engine)
    options.onStep?.('reading')
    const sums = await sumTables(old)
    const { schemaVersion } = await currentMarker(old)
    const prepared = await (to.engine === 'external'
      ? fillServer({ ...options, to }, source.file, old, sums)
      : fillFolder({ ...options, to }, old, sums))
    let isUsed = false
    try {
      assertGoingOn(options)
      options.onStep?.('switching')
      await old.close()
      old = null
      isUsed = true
      await prepared.use(source.file)
      await opensWell(options)
    } catch (error) {
      // When it cannot be left, it is the vault's database and must stay.
      if (isUsed) await prepared.leave(source.file)
      await prepared.discard().catch(() => {})
      throw error
    }
    return {
      from: source.file.engine,
      to: to.engine,
      schemaVersion,
      tables: Object.keys(sums).length,
      rows: Object.values(sums).reduce((total, each) => total + each.rows, 0),
      kept: source.file.engine === 'external' ? 'on-server' : 'until-opened',
    }
  } finally {
    await old?.close().catch(() => {})
  }
}

async function assertElsewhere(vaultDir: string, file: VaultFile, to: MoveTarget): Promise<void> {
  if (file.engine !== to.engine) return
  if (to.engine === 'external' && (await readExternal(vaultDir)) !== to.address) return
  throw new CofferError('The database of this vault is there already.', { code: 'conflict' })
}

/** The vault's own door, once, as the next start will use it. */
async function opensWell(options: OpenOptions): Promise<void> {
  await (await openGuarded(options)).connection.close()
}

function assertGoingOn({ signal }: MoveOptions): void {
  if (signal?.aborted === true) {
    throw new CofferError('The move was stopped. The vault is as it was.', { code: 'cancelled' })
  }
}

function assertSame(expected: Sums, found: Sums): void {
  const differing = differences(expected, found)
  if (differing.length === 0) return
  throw new CofferError('The new database does not hold what the old one does. The vault is as it was.', {
    code: 'database-damaged',
    details: { tables: differing },
  })
}

async function fillFolder(
  options: MoveOptions & { readonly to: { readonly engine: LocalEngine } },
  from: Connection,
  sums: Sums,
): Promise<Prepared> {
  const { vaultDir } = options
  const location: LocalDatabaseLocation = locationOf(vaultDir, options.to.engine)
  const scratch: LocalDatabaseLocation = { ...location, vaultDir: `${dataDirOf(location)}.moving` }
  const discard = (): Promise<void> => rm(scratch.vaultDir, { recursive: true, force: true })
  try {
    await assertRoom(vaultDir, await sizeOf(from))
    if (location.engine === 'embedded') await endLeftoverServer(dataDirOf(scratch))
    await discard()
    await mkdir(scratch.vaultDir, { mode: 0o700 })
    options.onStep?.('copying')
    await makeCopy(scratch, from, newestOf(await readMigrations()), () => assertGoingOn(options))
    options.onStep?.('verifying')
    const marker = await verifiedFolder(scratch, sums)
    return {
      async use(file) {
        await rename(dataDirOf(scratch), dataDirOf(location))
        await syncFolder(vaultDir)
        await writeMarker(location, marker)
        await sealVault(vaultDir, { ...file, engine: location.engine }, options.stateDir ?? null)
        await writeVaultFile(vaultDir, { ...file, engine: location.engine })
        await discard()
      },
      leave: (file) => writeVaultFile(vaultDir, file),
      async discard() {
        await discard()
        await rm(dataDirOf(location), { recursive: true, force: true })
        await removeMarker(location)
      },
    }
  } catch (error) {
    await discard().catch(() => {})
    throw error
  }
}

async function sizeOf(connection: Connection): Promise<number> {
  const { rows } = await connection.query(`select pg_database_size(current_database()) as bytes`)
  return (rows[0] as { bytes: number }).bytes
}

/** Opens what was made as a start would, so that what is compared has been on the disk. */
async function verifiedFolder(location: LocalDatabaseLocation, sums: Sums): Promise<DurabilityMarker> {
  const connection = await connect({ engine: location.engine, dataDir: dataDirOf(location), mayInitialise: false })
  try {
    assertSame(sums, await sumTables(connection))
    return await currentMarker(connection)
  } finally {
    await connection.close()
  }
}

async function fillServer(
  options: MoveOptions & { readonly to: { readonly address: string } },
  { id, engine }: VaultFile,
  from: Connection,
  sums: Sums,
): Promise<Prepared> {
  const { vaultDir, to } = options
  const location = locationOf(vaultDir, 'external')
  const before = engine === 'external' ? await readExternal(vaultDir) : null
  const discard = async (): Promise<void> => {
    const connection = await connectExternal(to.address)
    try {
      await clearUnfinished(connection, id)
    } finally {
      await connection.close()
    }
  }
  const filling = await connectExternal(to.address)
  try {
    await startFilling(filling, id)
  } catch (error) {
    await filling.close().catch(() => {})
    throw error
  }
  try {
    options.onStep?.('copying')
    await applyMigrations(filling, await readMigrations())
    await copyRows(from, filling, () => assertGoingOn(options))
    await filling.exec('vacuum (analyze)')
    await filling.close()
    options.onStep?.('verifying')
    const marker = await verifiedServer(to.address, sums)
    return {
      async use(file) {
        // The marker of a database elsewhere would accuse this one.
        await removeMarker(location)
        await sealVault(vaultDir, { ...file, engine: 'external' }, options.stateDir ?? null, to.address)
        await writeExternal(vaultDir, to.address)
        await writeVaultFile(vaultDir, { ...file, engine: 'external' })
        await writeMarker(location, marker)
      },
      async leave(file) {
        await removeMarker(location)
        if (before === null) await writeVaultFile(vaultDir, file)
        else await writeExternal(vaultDir, before)
      },
      discard,
    }
  } catch (error) {
    await filling.close().catch(() => {})
    await discard().catch(() => {})
    throw error
  }
}

async function verifiedServer(address: string, sums: Sums): Promise<DurabilityMarker> {
  const connection = await connectExternal(address)
  try {
    assertSame(sums, await sumTables(connection))
    return await currentMarker(connection)
  } finally {
    await connection.close()
  }
}
