import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { addUser } from './accounts/index.ts'
import type { OpenVault } from './api/index.ts'
import { CofferError, systemCode } from './base/errors.ts'
import { makeFolders } from './base/folders.ts'
import { createDatabase, readVaultFile } from './database/index.ts'
import { holdsOriginals } from './files/index.ts'
import { openResources, type OpenGiven } from './open-vault.ts'

/**
 * Makes a vault with its first person in an empty or missing folder, and opens it. Throws `vault-exists`, `vault-unfinished`,
 * `vault-not-empty`, and what making its database throws.
 */
export async function createVault(
  path: string,
  options: OpenGiven & { readonly name?: string; readonly username: string; readonly password?: string },
): Promise<OpenVault> {
  const dir = resolve(path)
  await refuseUnlessEmpty(dir)
  await makeFolders(dir)
  const password = options.password === undefined ? {} : { password: options.password }
  return openResources(dir, options, (log) =>
    createDatabase({
      vaultDir: dir,
      stateDir: options.stateDir,
      log,
      ...(options.name && { name: options.name }),
      fill: async (database) => void (await addUser(database, { username: options.username, ...password })),
    }),
  )
}

async function refuseUnlessEmpty(dir: string): Promise<void> {
  const names = await readdir(dir).catch((error: unknown): string[] => {
    if (systemCode(error) === 'ENOENT') return []
    if (systemCode(error) === 'ENOTDIR') {
      throw new CofferError(`${dir} is a file. A vault needs a folder of its own.`, { code: 'vault-not-empty' })
    }
    throw error
  })
  if (names.includes('vault.json')) {
    const file = await readVaultFile(dir)
    if (file?.state === 'creating') {
      if (!(await holdsOriginals(dir))) return
      throw new CofferError(
        `${dir} has originals of a vault that was never finished. Nothing was changed. Restore into the same folder once more: coffer backup restore BACKUP --to ${dir}`,
        { code: 'vault-unfinished' },
      )
    }
    throw new CofferError(`There is already a vault at ${dir}. Open it instead.`, { code: 'vault-exists' })
  }
  if (names.length > 0) {
    throw new CofferError(`${dir} is not empty. A vault needs a folder of its own.`, { code: 'vault-not-empty' })
  }
}
