import { syncTree } from '../../base/durable.ts'
import { connect, type Connection } from '../connection/connection.ts'
import { hasFreshImage, unpackImage } from './image.ts'
import { applyMigrations, newestOf, readMigrations } from './migrations.ts'
import { dataDirOf, type LocalDatabaseLocation } from '../location.ts'

/**
 * Makes a database in an empty place, at a version of the schema, and opens it: the prepared one where that is the version,
 * else initdb and the migrations. Unless `isSynced`, what was unpacked is on the disk only once the caller has synced the
 * folder, together with all else that goes there. Throws what migrating throws.
 */
export async function openFresh(
  location: LocalDatabaseLocation,
  version: number,
  { isSynced }: { readonly isSynced: boolean },
): Promise<Connection> {
  const { vaultDir, engine } = location
  const migrations = await readMigrations()
  const hasImage = engine === 'pglite' && version === newestOf(migrations) && (await hasFreshImage())
  if (hasImage) {
    await unpackImage(vaultDir)
    if (isSynced) await syncTree(dataDirOf(location))
  }
  const connection = await connect({ engine, dataDir: dataDirOf(location), mayInitialise: !hasImage })
  try {
    if (!hasImage) {
      await applyMigrations(
        connection,
        migrations.filter((each) => each.version <= version),
      )
    }
    return connection
  } catch (error) {
    await connection.kill()
    throw error
  }
}
