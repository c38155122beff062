import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { CofferError } from '../base/errors.ts'
import { openable } from '../base/path-text.ts'
import {
  knownFolders,
  openInside,
  openInsideSync,
  pathInside,
  pathOutside,
  removeInside,
  statInside,
  type KnownFolders,
} from '../base/inside.ts'

/**
 * Files that a vault keeps, by their paths in rows: relative to the vault, with `/`, below `users/`. A row may be somebody
 * else's (a backup, a folder from another computer), so a path that leads anywhere else is refused, as is one through a link.
 * `users` itself may be a link: its owner put it there.
 */
const top = 'users'

function below(path: string): string {
  // Everything that does not begin so fails the look at the rest.
  return path.startsWith(`${top}/`) ? path.slice(top.length + 1) : ''
}

/** The full path of a kept file, by its letters alone. Throws `path-outside`. */
export function keptPath(vaultDir: string, path: string): string {
  return pathInside(join(vaultDir, top), below(path))
}

/** Opens a kept file for reading. Throws `path-outside`, and system errors as they come. */
export function openKept(vaultDir: string, path: string, known?: KnownFolders): Promise<FileHandle> {
  return openInside(join(vaultDir, top), below(path), known)
}

/** What is known of a kept file; null when there is none. Throws `path-outside`. */
export function statKept(vaultDir: string, path: string, known?: KnownFolders): Promise<Stats | null> {
  return statInside(join(vaultDir, top), below(path), known)
}

/** Removes kept files; those that are gone already are passed over, and so are paths that lead out of the vault. */
export async function removeKept(vaultDir: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await removeInside(join(vaultDir, top), below(path)).catch((error: unknown) => {
      if (!(error instanceof CofferError && error.code === 'path-outside')) throw error
    })
  }
}

/** An original as its row speaks of it; `path` is path text where it is only indexed in place. */
export interface OriginalRow {
  readonly path: string
  readonly storage: 'vault' | 'reference'
}

/** Finds the originals of a vault, wherever their rows say that they are, and as far as that may be followed. */
export interface Originals {
  /** The full path of an original that is there, as path text. Throws `path-outside`, `vault-untrusted`, and system errors as they come. */
  place(row: OriginalRow): Promise<string>
  /** Opens it for reading. Throws the same. */
  open(row: OriginalRow): Promise<FileHandle>
  /** What is known of it; null when it is not there. Throws `path-outside`, `vault-untrusted`. */
  stat(row: OriginalRow): Promise<Stats | null>
}

/**
 * The originals of one vault, for one run or for as long as it is open. What is only indexed in place (`reference`) is read where
 * its row says only in a vault of this computer's own: anywhere else that row could name any file of this computer.
 */
export function originalsOf(vaultDir: string, { isOwn }: { readonly isOwn: boolean }): Originals {
  const known = knownFolders()
  const users = join(vaultDir, top)
  const elsewhere = ({ path }: OriginalRow): string => {
    if (!isOwn) throw strange()
    if (!isAbsolute(path)) throw strangePath()
    return path
  }
  const facts = async (row: OriginalRow): Promise<Stats | null> => {
    if (row.storage === 'vault') return statInside(users, below(row.path), known)
    const found = await stat(openable(elsewhere(row))).catch(() => null)
    return found?.isFile() === true ? found : null
  }
  return {
    stat: facts,
    async place(row) {
      const full = row.storage === 'vault' ? keptPath(vaultDir, row.path) : elsewhere(row)
      if ((await facts(row)) === null) throw Object.assign(new Error('it is missing'), { code: 'ENOENT' })
      return full
    },
    async open(row) {
      if (row.storage === 'vault') return openInside(users, below(row.path), known)
      // Opening a pipe would wait for ever.
      if ((await facts(row)) === null) throw Object.assign(new Error('it is missing'), { code: 'ENOENT' })
      return open(openable(elsewhere(row)), 'r')
    },
  }
}

/** The same in a form that threads can be given: a path inside a folder, or, where `folder` is null, path text of one wherever it is. */
export interface OriginalPlace {
  readonly folder: string | null
  readonly path: string
}

/** Where the bytes of an original are to be read; looks at nothing. What may not be followed is a path that opens nowhere. */
export function placeOf(vaultDir: string, { isOwn }: { readonly isOwn: boolean }, row: OriginalRow): OriginalPlace {
  if (row.storage === 'vault') return { folder: join(vaultDir, top), path: below(row.path) }
  return isOwn && isAbsolute(row.path) ? { folder: null, path: row.path } : { folder: join(vaultDir, top), path: '' }
}

/** Opens an original for reading, for threads that wait for nothing else. Throws `path-outside`, and system errors as they come. */
export function openOriginalSync({ folder, path }: OriginalPlace, known?: KnownFolders): number {
  if (folder !== null) return openInsideSync(folder, path, known)
  const file = openSync(openable(path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  if (fstatSync(file).isFile()) return file
  closeSync(file)
  throw pathOutside()
}

function strange(): CofferError {
  return new CofferError(
    'This photo is outside its vault, which was created on another computer. Trust the vault to see it.',
    { code: 'vault-untrusted' },
  )
}

function strangePath(): CofferError {
  return new CofferError('The location of this photo is not a full path.', { code: 'path-outside' })
}
