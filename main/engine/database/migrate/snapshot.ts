import { constants } from 'node:fs'
import { access, cp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, syncTree } from '../../base/durable.ts'
import type { Connection } from '../connection/connection.ts'
import { currentMarker, writeMarker } from '../safety/durability-marker.ts'
import { folderBytes } from '../safety/folder-bytes.ts'
import { dataDirOf, openLocation, type DatabaseLocation } from '../location.ts'
import { assertRoom } from '../safety/room.ts'

/**
 * The database is copied aside before its schema changes. The names tell how far that came:
 * `database.snapshot.part` is incomplete and worthless, `database.snapshot` is whole and takes the database's place at
 * the next open, `database.before-0007` is kept until the changed database has opened well once.
 */
function wholeOf(location: DatabaseLocation): string {
  return `${dataDirOf(location)}.snapshot`
}

function partialOf(location: DatabaseLocation): string {
  return `${wholeOf(location)}.part`
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** Lets a whole and synced database folder take the database's place, at the latest at the next open. */
export async function adoptSnapshot(location: DatabaseLocation, folder: string): Promise<void> {
  await rename(folder, wholeOf(location))
  await syncFolder(location.vaultDir)
}

/** Undoes a change of schema that was interrupted, and finishes an exchange. */
export async function restoreSnapshot(location: DatabaseLocation): Promise<void> {
  await rm(partialOf(location), { recursive: true, force: true })
  if (!(await exists(wholeOf(location)))) return
  await rm(dataDirOf(location), { recursive: true, force: true })
  await rename(wholeOf(location), dataDirOf(location))
  await syncFolder(location.vaultDir)
}

/** Removes copies that are no longer needed, once the database opened well. */
export async function dropOldSnapshots({ vaultDir, base }: DatabaseLocation): Promise<void> {
  for (const name of await readdir(vaultDir)) {
    if (name.startsWith(`${base}.before-`)) await rm(join(vaultDir, name), { recursive: true, force: true })
  }
}

/**
 * Lets `change` alter the schema to version `target` so that it happens whole or not at all. A database that lies in the vault is closed,
 * copied aside and opened again; when anything fails the copy takes its place again. Elsewhere one transaction does it.
 * Returns the connection to go on with; on failure there is none.
 */
export async function withSnapshot(
  location: DatabaseLocation,
  open: Connection,
  target: number,
  change: (connection: Connection) => Promise<void>,
): Promise<Connection> {
  if (location.engine === 'external') return inOneTransaction(location, open, change)
  const dataDir = dataDirOf(location)
  await assertRoom(location.vaultDir, await folderBytes(dataDir))
  await open.exec('checkpoint')
  await open.close()
  // Cloned where the disk can: then it takes no time and no room.
  await cp(dataDir, partialOf(location), { recursive: true, mode: constants.COPYFILE_FICLONE })
  await syncTree(partialOf(location))
  await rename(partialOf(location), wholeOf(location))
  await syncFolder(location.vaultDir)
  let connection: Connection | undefined
  try {
    connection = await openLocation(location)
    await change(connection)
    await connection.exec('checkpoint')
  } catch (error) {
    await connection?.close().catch(() => {})
    await restoreSnapshot(location)
    throw error
  }
  const kept = join(location.vaultDir, `${location.base}.before-${String(target).padStart(4, '0')}`)
  await rm(kept, { recursive: true, force: true })
  await rename(wholeOf(location), kept)
  await syncFolder(location.vaultDir)
  // Only now: the marker of the changed database beside the old one would accuse it of having lost rows.
  await writeMarker(location, await currentMarker(connection))
  return connection
}

async function inOneTransaction(
  location: DatabaseLocation,
  open: Connection,
  change: (connection: Connection) => Promise<void>,
): Promise<Connection> {
  try {
    await open.exec('begin')
    await change(nested(open))
    await open.exec('commit')
  } catch (error) {
    await open.close().catch(() => {})
    throw error
  }
  await writeMarker(location, await currentMarker(open))
  return open
}

const inner: Readonly<Record<string, string>> = {
  begin: 'savepoint step',
  commit: 'release savepoint step',
  rollback: 'rollback to savepoint step',
}

/** The same session inside a transaction: what begins one begins a part of it. */
function nested(open: Connection): Connection {
  return { ...open, exec: (sql) => open.exec(inner[sql] ?? sql) }
}
