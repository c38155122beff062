import { execFile } from 'node:child_process'
import { open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { systemCode } from './errors.ts'

/**
 * Writes a small file and puts it on the disk before it returns. `flag` `w` puts a new file in the place of what is there,
 * so that a link of that name leads nowhere; `wx` refuses when anything is there. The name itself is on the disk only after
 * `syncFolder` of its folder.
 */
export async function writeDurably(path: string, bytes: string | Uint8Array, flag: 'w' | 'wx' = 'w'): Promise<void> {
  if (flag === 'w') await rm(path, { force: true })
  const file = await open(path, 'wx', 0o600)
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
 * Puts every file and folder below a folder on the disk. Linux has one call for a whole file system (syncfs(2), which
 * `sync -f` makes); one file after the other would wait for the disk ten thousand times.
 */
export async function syncTree(folder: string): Promise<void> {
  if (process.platform === 'linux') {
    const isSynced = await promisify(execFile)('sync', ['-f', folder]).then(
      () => true,
      () => false,
    )
    if (isSynced) return
  }
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).values()
  async function lane(): Promise<void> {
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isDirectory()) await syncFolder(path)
      else if (entry.isFile()) await syncFile(path)
    }
  }
  await Promise.all(Array.from({ length: 16 }, lane))
  await syncFolder(folder)
}
