import { constants } from 'node:fs'
import { access, cp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, syncTree } from '../base/durable.ts'
import { connect, type Connection } from './connection.ts'
import { gatherFacts, writeFacts } from './facts.ts'
import { folderBytes } from './folder-bytes.ts'
import { assertRoom } from './room.ts'

/**
 * The database is copied aside before its schema changes. The names tell how far that came:
 * `database.snapshot.part` is incomplete and worthless, `database.snapshot` is whole and takes the database's place at
 * the next open, `database.before-0007` is kept until the changed database has opened well once.
 */
const whole = 'database.snapshot'
const partial = `${whole}.part`

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** Lets a whole and synced database folder take the database's place, at the latest at the next open. */
export async function adoptSnapshot(vaultDir: string, folder: string): Promise<void> {
  await rename(folder, join(vaultDir, whole))
  await syncFolder(vaultDir)
}

/** Undoes a change of schema that was interrupted, and finishes an exchange. */
export async function restoreSnapshot(vaultDir: string): Promise<void> {
  await rm(join(vaultDir, partial), { recursive: true, force: true })
  if (!(await exists(join(vaultDir, whole)))) return
  await rm(join(vaultDir, 'database'), { recursive: true, force: true })
  await rename(join(vaultDir, whole), join(vaultDir, 'database'))
  await syncFolder(vaultDir)
}

/** Removes copies that are no longer needed, once the database opened well. */
export async function dropOldSnapshots(vaultDir: string): Promise<void> {
  for (const name of await readdir(vaultDir)) {
    if (name.startsWith('database.before-')) await rm(join(vaultDir, name), { recursive: true, force: true })
  }
}

/**
 * Closes the database, copies it aside, opens it again and lets `change` alter its schema to version `target`. When
 * anything fails the copy takes its place again. Returns the connection to go on with; on failure there is none.
 */
export async function withSnapshot(
  vaultDir: string,
  open: Connection,
  target: number,
  change: (connection: Connection) => Promise<void>,
): Promise<Connection> {
  const dataDir = join(vaultDir, 'database')
  await assertRoom(vaultDir, await folderBytes(dataDir))
  await open.exec('checkpoint')
  await open.close()
  // Cloned where the disk can: then it takes no time and no room.
  await cp(dataDir, join(vaultDir, partial), { recursive: true, mode: constants.COPYFILE_FICLONE })
  await syncTree(join(vaultDir, partial))
  await rename(join(vaultDir, partial), join(vaultDir, whole))
  await syncFolder(vaultDir)
  let connection: Connection | undefined
  try {
    connection = await connect({ dataDir, mayInitialise: false })
    await change(connection)
    await connection.exec('checkpoint')
  } catch (error) {
    await connection?.close().catch(() => {})
    await restoreSnapshot(vaultDir)
    throw error
  }
  const kept = join(vaultDir, `database.before-${String(target).padStart(4, '0')}`)
  await rm(kept, { recursive: true, force: true })
  await rename(join(vaultDir, whole), kept)
  await syncFolder(vaultDir)
  // Only now: facts of the changed database beside the old one would accuse it of having lost rows.
  await writeFacts(vaultDir, await gatherFacts(connection))
  return connection
}
