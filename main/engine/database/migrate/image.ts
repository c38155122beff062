import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { connect } from '../connection/connection.ts'
import { applyMigrations, readMigrations, sumOf } from './migrations.ts'
import { replaceFile } from '../safety/replace-file.ts'
import { findResource } from '../../base/resources.ts'

/** Where the prepared database lies in a checkout; a packaged program carries it in the same place. */
export const imagePath = 'build/database-image.tgz'

/** Makes the prepared database: initdb, all migrations, a clean shutdown, packed. The checksum beside it says of what. */
export async function buildDatabaseImage(file: string): Promise<void> {
  const { create } = await import('tar')
  const migrations = await readMigrations()
  await mkdir(dirname(file), { recursive: true })
  const folder = await mkdtemp(join(dirname(file), 'database-image-'))
  try {
    const connection = await connect({ dataDir: join(folder, 'database'), mayInitialise: true })
    await applyMigrations(connection, migrations)
    await connection.exec('vacuum analyze')
    await connection.close()
    const packed = join(folder, 'image.tgz')
    await create({ cwd: folder, file: packed, gzip: { level: 9 }, portable: true, noMtime: true }, ['database'])
    await rename(packed, file)
    await replaceFile(`${file}.sum`, sumOf(migrations))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** True when a prepared database of exactly these migrations is at hand. */
export async function hasFreshImage(): Promise<boolean> {
  const file = findResource(imagePath)
  if (file === undefined) return false
  const sum = await readFile(`${file}.sum`, 'utf8').catch(() => '')
  return sum === sumOf(await readMigrations())
}

/** Unpacks the prepared database as `database/` of a vault. Sync the folder before anything counts on it. */
export async function unpackImage(vaultDir: string): Promise<void> {
  const file = findResource(imagePath)
  if (file === undefined) throw new Error('there is no prepared database')
  // Only a new vault needs it.
  const { extract } = await import('tar')
  await extract({ cwd: vaultDir, file })
}
