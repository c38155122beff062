import { constants } from 'node:fs'
import { access, cp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, syncTree } from '../../base/durable.ts'
import type { Connection } from '../connection/connection.ts'
import { gatherFacts, writeFacts } from '../safety/facts.ts'
import { folderBytes } from '../safety/folder-bytes.ts'
import { dataDirOf, openPlace, type Place } from '../place.ts'
import { assertRoom } from '../safety/room.ts'

/**
 * The database is copied aside before its schema changes. The names tell how far that came:
 * `database.snapshot.part` is incomplete and worthless, `database.snapshot` is whole and takes the database's place at
 * the next open, `database.before-0007` is kept until the changed database has opened well once.
 */
function wholeOf(place: Place): string {
  return `${dataDirOf(place)}.snapshot`
}

function partialOf(place: Place): string {
  return `${wholeOf(place)}.part`
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** Lets a whole and synced database folder take the database's place, at the latest at the next open. */
export async function adoptSnapshot(place: Place, folder: string): Promise<void> {
  await rename(folder, wholeOf(place))
  await syncFolder(place.vaultDir)
}

/** Undoes a change of schema that was interrupted, and finishes an exchange. */
export async function restoreSnapshot(place: Place): Promise<void> {
  await rm(partialOf(place), { recursive: true, force: true })
  if (!(await exists(wholeOf(place)))) return
  await rm(dataDirOf(place), { recursive: true, force: true })
  await rename(wholeOf(place), dataDirOf(place))
  await syncFolder(place.vaultDir)
}

/** Removes copies that are no longer needed, once the database opened well. */
export async function dropOldSnapshots({ vaultDir, base }: Place): Promise<void> {
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
  place: Place,
  open: Connection,
  target: number,
  change: (connection: Connection) => Promise<void>,
): Promise<Connection> {
  if (place.engine === 'external') return inOneTransaction(place, open, change)
  const dataDir = dataDirOf(place)
  await assertRoom(place.vaultDir, await folderBytes(dataDir))
  await open.exec('checkpoint')
  await open.close()
  // Cloned where the disk can: then it takes no time and no room.
  await cp(dataDir, partialOf(place), { recursive: true, mode: constants.COPYFILE_FICLONE })
  await syncTree(partialOf(place))
  await rename(partialOf(place), wholeOf(place))
  await syncFolder(place.vaultDir)
  let connection: Connection | undefined
  try {
    connection = await openPlace(place)
    await change(connection)
    await connection.exec('checkpoint')
  } catch (error) {
    await connection?.close().catch(() => {})
    await restoreSnapshot(place)
    throw error
  }
  const kept = join(place.vaultDir, `${place.base}.before-${String(target).padStart(4, '0')}`)
  await rm(kept, { recursive: true, force: true })
  await rename(wholeOf(place), kept)
  await syncFolder(place.vaultDir)
  // Only now: facts of the changed database beside the old one would accuse it of having lost rows.
  await writeFacts(place, await gatherFacts(connection))
  return connection
}

async function inOneTransaction(
  place: Place,
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
  await writeFacts(place, await gatherFacts(open))
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
