import { createHash } from 'node:crypto'
import { lstat, mkdir, readFile, realpath, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CofferError, isDiskFull } from '../../base/errors.ts'
import { platformDataFolder } from '../../base/paths.ts'
import { plainError } from '../../base/plain-error.ts'
import { replaceFile } from './replace-file.ts'
import { assertOwnFolders } from './vault-folder.ts'

/** What the holder of a vault tells others. Only for messages and for finding the running app; the lock decides. */
export interface LockNote {
  readonly pid: number
  readonly startedAt: string
  readonly socket?: string
  readonly runtimeDir?: string
}

export interface VaultLock {
  note(more: { readonly socket?: string; readonly runtimeDir?: string }): Promise<void>
  release(): Promise<void>
}

/**
 * Takes a vault for this process. The lock is an exclusive transaction on `vault.lock`, which the operating system ends
 * with the process however it dies, so it is never stale. A second one, in the person's own data folder, holds when somebody
 * removes the first. Throws `vault-locked`, and `path-outside` for a folder that is no plain vault. Nothing else in the process
 * may open and close the two files: on POSIX that would let go of the lock.
 */
export async function lockVault(
  vaultDir: string,
  more: { readonly socket?: string; readonly runtimeDir?: string } = {},
): Promise<VaultLock> {
  await assertOwnFolders(vaultDir)
  const inner = await exclusive(join(vaultDir, 'vault.lock'), vaultDir)
  let outer: DatabaseSync | null
  try {
    outer = await lockElsewhere(vaultDir)
  } catch (error) {
    inner.close()
    throw error
  }
  const path = join(vaultDir, 'vault.lock.json')
  let note: LockNote = { pid: process.pid, startedAt: new Date().toISOString(), ...more }
  // Only a remark for others: where it finds no room, the room set aside is for what has to be written.
  const remark = (): Promise<void> =>
    replaceFile(path, JSON.stringify(note)).catch((error: unknown) => {
      if (!isDiskFull(error)) throw plainError(error, vaultDir)
    })
  try {
    await remark()
  } catch (error) {
    outer?.close()
    inner.close()
    throw error
  }
  return {
    async note(next) {
      note = { ...note, ...next }
      await remark()
    },
    async release() {
      await rm(path, { force: true })
      outer?.close()
      inner.close()
    },
  }
}

/** Holds a file as SQLite does, on all three systems, without writing to it. */
async function exclusive(path: string, vaultDir: string): Promise<DatabaseSync> {
  await emptyLock(path)
  let database: DatabaseSync
  try {
    database = new DatabaseSync(path, { timeout: 0 })
  } catch (cause) {
    throw plainError(cause, vaultDir)
  }
  try {
    database.exec('pragma journal_mode = off; begin exclusive')
    return database
  } catch (cause) {
    database.close()
    if (!isBusy(cause)) throw plainError(cause, vaultDir)
    const holder = await readLockNote(vaultDir)
    const who = holder === undefined ? 'Another program' : `Another Coffer (process ${holder.pid})`
    throw new CofferError(`${who} has this vault open. Close it there first.`, {
      code: 'vault-locked',
      retry: 'later',
      cause,
    })
  }
}

/**
 * A lock of ours is an empty file and has none beside it. What somebody else put there must not be read as a database: a
 * journal, for one, names a file that SQLite then removes.
 */
async function emptyLock(path: string): Promise<void> {
  const size = await lstat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size > 0) await rm(path, { force: true })
  for (const ending of ['-journal', '-wal', '-shm']) await rm(path + ending, { force: true })
}

/** The lock that does not lie in the vault, so that it cannot be removed with it; null where there is no place for one. */
async function lockElsewhere(vaultDir: string): Promise<DatabaseSync | null> {
  const folder = join(platformDataFolder(), 'locks')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return await exclusive(join(folder, `${await identityOf(vaultDir)}.lock`), vaultDir)
  } catch (error) {
    if (error instanceof CofferError && error.code === 'vault-locked') throw error
    // A home that is full or may only be read: the lock in the vault still holds.
    return null
  }
}

/** Names the folder itself, whichever path or mount it is reached by; file systems without numbers go by their path. */
async function identityOf(vaultDir: string): Promise<string> {
  const { dev, ino } = await stat(vaultDir, { bigint: true })
  const name = ino === 0n ? await realpath(vaultDir) : `${dev}:${ino}`
  return createHash('sha256').update(name).digest('hex').slice(0, 32)
}

/** SQLITE_BUSY; anything else (no permission, no room) is not somebody else holding the vault. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

/** What the holder of the vault says of itself; undefined when nobody does. It may be left over from a crash. */
export async function readLockNote(vaultDir: string): Promise<LockNote | undefined> {
  try {
    const note: unknown = JSON.parse(await readFile(join(vaultDir, 'vault.lock.json'), 'utf8'))
    if (typeof note !== 'object' || note === null || !('pid' in note) || typeof note.pid !== 'number') return undefined
    return note as LockNote
  } catch {
    // Absent or cut short: there is nothing to tell, and the lock itself still holds.
    return undefined
  }
}
