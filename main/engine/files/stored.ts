import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { systemCode } from '../base/errors.ts'
import { unfinishedFiles } from './keep.ts'
import { userFolders } from './layout.ts'

/** Every file below `folder`, as paths relative to the vault with `/`. A missing folder holds none. */
export async function* storedFiles(vaultDir: string, folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* storedFiles(vaultDir, path)
    else yield relative(vaultDir, path).split(sep).join('/')
  }
}

/** True when a vault keeps at least one original. Files of a batch that a crash cut off are none. */
export async function holdsOriginals(vaultDir: string): Promise<boolean> {
  const users = await readdir(join(vaultDir, 'users')).catch((error: unknown): string[] => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
  for (const user of users) {
    const { media, incoming } = userFolders(vaultDir, user)
    const unfinished = await unfinishedFiles(incoming)
    for await (const path of storedFiles(vaultDir, media)) if (!unfinished.has(path)) return true
  }
  return false
}
