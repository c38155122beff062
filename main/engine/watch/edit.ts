import { realpath, stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { NewWatchedFolder, WatchedFolder, WatchedFolderEdit } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { openable, pathText, shownPath } from '../base/path-text.ts'
import { isInside } from '../base/paths.ts'
import type { Database, Writer } from '../database/index.ts'
import { pathsAt, reasonOf } from '../files/index.ts'
import { record } from '../objects/index.ts'
import { readWatchedFolder } from './read.ts'

/**
 * Begins to watch a folder. Throws `file-missing`, `path-inside-vault`, `path-around-vault` (it would import the vault
 * into itself), and `already-watched` when it, a folder above or one below is watched already.
 */
export async function addWatchedFolder(
  context: { readonly database: Database; readonly vaultDir: string },
  userId: string,
  input: NewWatchedFolder,
): Promise<WatchedFolder> {
  const path = await folderAt(input.path)
  const vault = await realpath(context.vaultDir)
  if (isInside(path, vault)) {
    throw new CofferError('That folder is part of the vault itself, so there is nothing to watch.', {
      code: 'path-inside-vault',
    })
  }
  if (isInside(vault, path)) {
    throw new CofferError('The vault is inside that folder and would be imported into itself. Watch other folders.', {
      code: 'path-around-vault',
    })
  }
  return context.database.write(userId, async (tx) => {
    const others = await tx.query<{ path: string }>(`select path from meta.watched_folders`)
    const near = others.find((other) => isInside(path, other.path) || isInside(other.path, path))
    if (near) {
      const sentence =
        near.path === path
          ? 'is already being watched'
          : `overlaps with ${shownPath(near.path)}, which is already being watched`
      throw new CofferError(`${shownPath(path)} ${sentence}.`, { code: 'already-watched' })
    }
    const row = await tx.one<{ id: string }>(
      `insert into meta.watched_folders (user_id, path, is_reference, album_per_folder, ignore_patterns)
       values ($1, $2, $3, $4, $5::jsonb) returning id`,
      [userId, path, input.reference ?? false, input.albumPerFolder ?? false, JSON.stringify(input.ignore ?? [])],
    )
    if (!row) throw new Error('a watched folder was not stored')
    await record(tx, {
      userId,
      action: 'watched-folders.added',
      ids: [row.id],
      change: 'added',
      details: { path: shownPath(path) },
    })
    return present(tx, row.id)
  })
}

/** Pauses, resumes or changes what is ignored; what is already so leaves no line. Throws `not-found`. */
export async function editWatchedFolder(
  tx: Writer,
  userId: string,
  id: string,
  edit: WatchedFolderEdit,
): Promise<WatchedFolder> {
  const before = await present(tx, id)
  await tx.execute(
    `update meta.watched_folders set status = coalesce($2, status), problem = case when $2 is null then problem end,
       album_per_folder = coalesce($3, album_per_folder), ignore_patterns = coalesce($4::jsonb, ignore_patterns)
     where id = $1`,
    [
      id,
      edit.status ?? null,
      edit.albumPerFolder ?? null,
      edit.ignore === undefined ? null : JSON.stringify(edit.ignore),
    ],
  )
  const after = await present(tx, id)
  if (isDeepStrictEqual(after, before)) return after
  const isMoved = edit.status !== undefined && (before.status === 'paused') !== (after.status === 'paused')
  const became = !isMoved ? 'changed' : after.status === 'paused' ? 'paused' : 'resumed'
  await record(tx, {
    userId,
    action: `watched-folders.${became}`,
    ids: [id],
    change: 'changed',
    details: { path: after.path },
  })
  return after
}

/** Stops watching. What was imported stays. Throws `not-found`. */
export async function removeWatchedFolder(tx: Writer, userId: string, id: string): Promise<void> {
  const { path } = await present(tx, id)
  await tx.execute(`delete from meta.watched_folders where id = $1`, [id])
  await record(tx, { userId, action: 'watched-folders.removed', ids: [id], change: 'removed', details: { path } })
}

/** The real path of a folder that was given as text, as path text. */
async function folderAt(given: string): Promise<string> {
  if (!isAbsolute(given) || given.includes('\0')) {
    throw new CofferError(`“${given}” is not a full path.`, { code: 'bad-request' })
  }
  const [path = pathText(given)] = await pathsAt(given)
  try {
    const real = await realpath(openable(path), { encoding: 'buffer' })
    if ((await stat(real)).isDirectory()) return pathText(real)
  } catch (cause) {
    const isGone = reasonOf(cause).code === 'gone'
    throw new CofferError(isGone ? `There is nothing at ${given}.` : `Coffer cannot read ${given}.`, {
      code: isGone ? 'file-missing' : 'file-unreadable',
      retry: 'later',
      cause,
    })
  }
  throw new CofferError(`${given} is a file. Only folders can be watched.`, { code: 'bad-request' })
}

async function present(tx: Writer, id: string): Promise<WatchedFolder> {
  const folder = await readWatchedFolder(tx, id)
  if (!folder) throw new CofferError('There is no such watched folder.', { code: 'not-found' })
  return folder
}
