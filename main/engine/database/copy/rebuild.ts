import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../../base/durable.ts'
import type { Connection } from '../connection/connection.ts'
import { makeCopy } from './copy.ts'
import { removeMarker } from '../safety/durability-marker.ts'
import { folderBytes } from '../safety/folder-bytes.ts'
import { appliedMigrations, newestOf } from '../migrate/migrations.ts'
import { dataDirOf, dropOthers, openLocation, type DatabaseLocation } from '../location.ts'
import { assertRoom } from '../safety/room.ts'
import { adoptSnapshot, dropOldSnapshots, restoreSnapshot } from '../migrate/snapshot.ts'

/** Where the new database is made; worthless until it is renamed, and swept at the next open. */
export const rebuiltFolder = 'database.rebuilt'

/**
 * Writes the whole database again and puts it in the old one's place, so that nothing of removed rows is left on the disk:
 * not in free space, not in the log, not in statistics, not in copies set aside. Until the very end the old one is the
 * database; killed at any moment, the next open has one of the two. Returns the connection to go on with; on failure there is
 * none, and the old database is as it was. A server elsewhere writes its tables again; its log and its backups are its own.
 */
export async function rebuild(location: DatabaseLocation, open: Connection): Promise<Connection> {
  const { vaultDir, engine } = location
  // An engine the vault has left may have kept its database, with all that is to be gone from this one.
  await dropOthers(vaultDir, engine)
  if (engine === 'external') {
    await open.exec('vacuum (full, analyze)')
    return open
  }
  const scratch = join(vaultDir, rebuiltFolder)
  await assertRoom(vaultDir, await folderBytes(dataDirOf(location)))
  try {
    await rm(scratch, { recursive: true, force: true })
    await mkdir(scratch, { mode: 0o700 })
    const version = newestOf(await appliedMigrations(open))
    await makeCopy({ vaultDir: scratch, engine, base: location.base }, open, version)
    await open.exec('checkpoint')
  } catch (error) {
    await rm(scratch, { recursive: true, force: true }).catch(() => {})
    throw error
  } finally {
    await open.close()
  }
  // The marker of the old database would accuse the new one, whose log begins again.
  await removeMarker(location)
  await adoptSnapshot(location, join(scratch, location.base))
  await restoreSnapshot(location)
  await dropOldSnapshots(location)
  await rm(scratch, { recursive: true, force: true })
  await syncFolder(vaultDir)
  return openLocation(location)
}
