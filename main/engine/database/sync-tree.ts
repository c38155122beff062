import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from './replace-file.ts'

/** Puts every file and folder below a folder on the disk. */
export async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) await syncFolder(path)
    if (!entry.isFile()) continue
    const file = await open(path, 'r+')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
  }
  await syncFolder(folder)
}
