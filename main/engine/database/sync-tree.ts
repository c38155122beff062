import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFile, syncFolder } from '../base/durable.ts'

/** Puts every file and folder below a folder on the disk. */
export async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) await syncFolder(path)
    else if (entry.isFile()) await syncFile(path)
  }
  await syncFolder(folder)
}
