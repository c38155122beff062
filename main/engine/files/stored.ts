import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { systemCode } from '../base/errors.ts'

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

/** True when at least one file lies below the folder. */
export async function holdsFiles(folder: string): Promise<boolean> {
  for await (const _ of storedFiles(folder, folder)) return true
  return false
}
