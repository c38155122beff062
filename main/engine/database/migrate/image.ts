import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { connect, type Connection } from '../connection/connection.ts'
import { applyMigrations, readMigrations, sumOf } from './migrations.ts'
import { replaceFile } from '../safety/replace-file.ts'
import { isAlive } from '../../base/scratch.ts'
import { findResource } from '../../base/resources.ts'

/** Where the prepared database lies in a checkout; a packaged program carries it in the same place. */
export const imagePath = 'build/database-image.tgz'

/** Makes the prepared database: initdb, all migrations, a clean shutdown, packed. The checksum beside it says of what. */
export async function buildDatabaseImage(file: string): Promise<void> {
  const { create } = await import('tar')
  const migrations = await readMigrations()
  await mkdir(dirname(file), { recursive: true })
  await dropLeftovers(dirname(file))
  const folder = await mkdtemp(join(dirname(file), `database-image-${process.pid}-`))
  try {
    const connection = await connect({ dataDir: join(folder, 'database'), mayInitialise: true })
    await applyMigrations(connection, migrations)
    await dropTemplates(connection)
    await connection.exec('vacuum analyze')
    const { rows } = await connection.query(`select pg_walfile_name(pg_current_wal_lsn()) as name`)
    const { name: lastLog } = rows[0] as { name: string }
    await connection.close()
    const packed = join(folder, 'image.tgz')
    // The log ahead is 16 MB of nothing, made again when it is needed.
    const isAhead = (path: string): boolean => path.includes('/pg_wal/0') && basename(path) > lastLog
    await create(
      {
        cwd: folder,
        file: packed,
        gzip: { level: 9 },
        portable: true,
        noMtime: true,
        filter: (path) => !isAhead(path),
      },
      ['database'],
    )
    await rename(packed, file)
    await replaceFile(`${file}.sum`, sumOf(migrations))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Removes what builds left that were interrupted: each names its process. */
async function dropLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid] = /^database-image-(\d+)-/.exec(name) ?? []
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name), { recursive: true, force: true })
  }
}

/** No database is ever made from them, and they are half of the files a new vault would begin with. */
async function dropTemplates(connection: Connection): Promise<void> {
  await connection.exec(
    `update pg_database set datistemplate = false, datallowconn = true where datname like 'template_'`,
  )
  await connection.exec('drop database template0')
  await connection.exec('drop database template1')
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
