import { execFile } from 'node:child_process'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { systemCode } from './errors.ts'

/**
 * Writes a small file and puts it on the disk before it returns. `flag` as in open(2): `w` replaces, `wx` refuses a file
 * that is there. The name itself is on the disk only after `syncFolder` of its folder.
 */
export async function writeDurably(path: string, bytes: string | Uint8Array, flag: 'w' | 'wx' = 'w'): Promise<void> {
  const file = await open(path, flag, 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Puts a file that was written by other means on the disk. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Puts names made, moved or removed in a folder on the disk. Windows cannot open folders and journals them itself. What
 * a file system that cannot sync folders answers is an error unless its code is named in `tolerated`.
 */
export async function syncFolder(path: string, tolerated: readonly string[] = []): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } catch (error) {
    if (!tolerated.includes(systemCode(error) ?? '')) throw error
  } finally {
    await folder.close()
  }
}

/**
 * Puts many files below a folder on the disk. Linux has one call for a whole file system (syncfs(2), which `sync -f`
 * makes); one file after the other would wait for the disk ten thousand times.
 */
export async function syncAll(dir: string, paths: readonly string[]): Promise<void> {
  if (process.platform === 'linux') {
    const isSynced = await promisify(execFile)('sync', ['-f', dir]).then(
      () => true,
      () => false,
    )
    if (isSynced) return
  }
  const queue = paths.values()
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (const path of queue) await syncFile(path)
    }),
  )
}
