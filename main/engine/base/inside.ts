import { constants, closeSync, fstatSync, lstatSync, openSync, realpathSync, type Stats } from 'node:fs'
import { lstat, mkdir, open, realpath, rm, unlink, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { CofferError, systemCode } from './errors.ts'
import { isInside } from './paths.ts'

/**
 * Paths from elsewhere: a database, a backup, an export or a vault folder that somebody else made. Such a path names a
 * file inside one folder, or nothing. Links are followed nowhere on the way, so that a name cannot lead out either.
 */

/** Windows has neither flag; there the look before opening has to do. */
const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL } = constants
const noFollow = constants.O_NOFOLLOW ?? 0
/** A pipe under a file's name would make opening it wait for ever. */
const noWait = constants.O_NONBLOCK ?? 0
const isWindows = process.platform === 'win32'
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i

/** What is known of one folder: where it really lies, and which folders in it do, so that each is looked at once in a run. */
export interface KnownFolders {
  real: string | null
  readonly inside: Set<string>
}

/** For one folder and one run over many of its files. */
export function knownFolders(): KnownFolders {
  return { real: null, inside: new Set() }
}

/**
 * The full path of `path` (relative, with `/`) in a folder, by its letters alone. Throws `path-outside` for everything that
 * is not a plain relative path: absolute, with `..`, empty parts, NUL, and on Windows drives, streams and devices.
 */
export function pathInside(folder: string, path: string): string {
  const parts = path.split('/')
  if (parts.every(isPlainName)) return join(folder, ...parts)
  throw pathOutside()
}

/** True for the name of one file or folder, of which no system makes anything else. */
export function isPlainName(name: string): boolean {
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')) return false
  return !isWindows || !(/[\\:*?"<>|]|[. ]$/.test(name) || deviceName.test(name))
}

/** `name` is that of the link, where it is known. */
export function pathOutside(name?: string): CofferError {
  const what = name === undefined ? 'A path in these data' : `“${name}” is a link or not a file. It`
  return new CofferError(`${what} leads out of its folder and was not followed.`, { code: 'path-outside' })
}

/** Opens a regular file in a folder for reading. Throws `path-outside`, and system errors as they come. */
export async function openInside(folder: string, path: string, known?: KnownFolders): Promise<FileHandle> {
  const full = pathInside(folder, path)
  await assertRealParent(folder, full, known)
  if (isWindows) assertPlain(await lstat(full))
  const file = await open(full, O_RDONLY | noFollow | noWait).catch(asOutside)
  try {
    assertPlain(await file.stat())
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

/** What is known of a regular file in a folder; null when there is none. Throws `path-outside`. */
export async function statInside(folder: string, path: string, known?: KnownFolders): Promise<Stats | null> {
  const full = pathInside(folder, path)
  try {
    await assertRealParent(folder, full, known)
    const facts = await lstat(full)
    return facts.isFile() ? facts : null
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}

/** Makes a file in a folder, and the folders on the way, where nothing of that name is yet. */
export async function createInside(folder: string, path: string, mode = 0o600): Promise<FileHandle> {
  const full = pathInside(folder, path)
  const above = path.split('/').slice(0, -1).join('/')
  if (above !== '') await makeFolderInside(folder, above)
  else await assertRealParent(folder, full)
  return open(full, O_WRONLY | O_CREAT | O_EXCL | noFollow, mode)
}

/** Makes a folder and those on the way to it; each must be a real one. Returns its full path. */
export async function makeFolderInside(folder: string, path: string, mode = 0o700): Promise<string> {
  let full = folder
  for (const part of path.split('/')) {
    full = pathInside(full, part)
    await mkdir(full, { mode }).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error
    })
    if (!(await lstat(full)).isDirectory()) throw pathOutside(part)
  }
  return full
}

/** Removes a file of a folder; one that is not there is passed over. A link goes itself, never what it leads to. */
export async function removeInside(folder: string, path: string, known?: KnownFolders): Promise<void> {
  const full = pathInside(folder, path)
  try {
    await assertRealParent(folder, full, known)
    await unlink(full)
  } catch (error) {
    const code = systemCode(error)
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error
  }
}

/** Removes a folder of a folder with all below it. Throws `path-outside` when a link leads there. */
export async function removeTreeInside(folder: string, path: string): Promise<void> {
  const full = pathInside(folder, path)
  try {
    await assertRealParent(folder, full)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return
    throw error
  }
  // What is removed is looked at without following links, down to the last of them.
  await rm(full, { recursive: true, force: true, maxRetries: 3 })
}

/** True for a folder itself, false for a link to one and for what is not there. */
export async function isRealFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  )
}

/** The same as `openInside` for threads that wait for nothing else. */
export function openInsideSync(folder: string, path: string, known?: KnownFolders): number {
  const full = pathInside(folder, path)
  const parent = dirname(full)
  if (known?.inside.has(parent) !== true) {
    if (!isInside(realpathSync.native(parent), realpathSync.native(folder))) throw pathOutside()
    known?.inside.add(parent)
  }
  return openPlainSync(full)
}

/** Opens a regular file by a path that is to be trusted, but not a link at its end. */
export function openPlainSync(path: string, flags = 0): number {
  if (isWindows) assertPlain(lstatSync(path))
  let file: number
  try {
    file = openSync(path, O_RDONLY | noFollow | noWait | flags)
  } catch (error) {
    return asOutside(error)
  }
  try {
    assertPlain(fstatSync(file))
    return file
  } catch (error) {
    closeSync(file)
    throw error
  }
}

async function assertRealParent(folder: string, full: string, known?: KnownFolders): Promise<void> {
  const parent = dirname(full)
  if (known?.inside.has(parent) === true) return
  const [root, real] = await Promise.all([known?.real ?? realpath(folder), realpath(parent)])
  if (!isInside(real, root)) throw pathOutside(basename(parent))
  if (!known) return
  known.real = root
  known.inside.add(parent)
}

function assertPlain(facts: Stats): void {
  if (!facts.isFile()) throw pathOutside()
}

/** What opening a link without following it answers: ELOOP on Linux and macOS, EMLINK on some BSDs. */
function asOutside(error: unknown): never {
  const code = systemCode(error)
  throw code === 'ELOOP' || code === 'EMLINK' ? pathOutside() : error
}
