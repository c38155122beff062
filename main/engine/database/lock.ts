import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CofferError } from '../base/errors.ts'
import { replaceFile } from './replace-file.ts'

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
 * with the process however it dies, so it is never stale. Throws `vault-locked`. Nothing else in the process may open
 * and close `vault.lock`: on POSIX that would let go of the lock.
 */
export async function lockVault(
  vaultDir: string,
  more: { readonly socket?: string; readonly runtimeDir?: string } = {},
): Promise<VaultLock> {
  const database = new DatabaseSync(join(vaultDir, 'vault.lock'), { timeout: 0 })
  try {
    database.exec('pragma journal_mode = off; begin exclusive')
  } catch (cause) {
    database.close()
    if (!isBusy(cause)) throw cause
    const holder = await readLockNote(vaultDir)
    const who = holder === undefined ? 'Another program' : `Another Coffer (process ${holder.pid})`
    throw new CofferError(`${who} has this vault open. Close it there first.`, {
      code: 'vault-locked',
      retry: 'later',
      cause,
    })
  }
  const path = join(vaultDir, 'vault.lock.json')
  let note: LockNote = { pid: process.pid, startedAt: new Date().toISOString(), ...more }
  await replaceFile(path, JSON.stringify(note))
  return {
    async note(next) {
      note = { ...note, ...next }
      await replaceFile(path, JSON.stringify(note))
    },
    async release() {
      await rm(path, { force: true })
      database.close()
    },
  }
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
