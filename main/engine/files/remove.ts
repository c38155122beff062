import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { isInside } from '../base/paths.ts'

/**
 * Removes files of a vault by their paths relative to it; those that are gone already are passed over. Only what
 * lies below `users/` can be removed, whatever the path says.
 */
export async function removeKept(vaultDir: string, paths: readonly string[]): Promise<void> {
  const users = resolve(vaultDir, 'users')
  for (const path of paths) {
    const full = resolve(join(vaultDir, path))
    if (!isInside(full, users)) throw new Error('a path to remove is not one of a kept file')
    await rm(full, { force: true })
  }
}
