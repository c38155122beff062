import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CofferError, systemCode } from '../../base/errors.ts'

/** What Coffer itself reads and writes at the top of a vault. */
const oursAtTop = /^(?:vault\.|database|postgres|external|backup\.)|^(?:logs|scratch)$/
const oursOfUser: ReadonlySet<string> = new Set(['media', 'thumbnails', 'incoming', 'damaged'])
const users = 'users'

/**
 * Refuses a vault folder whose own files and folders are links: what is written, swept and removed in a vault would be so
 * wherever they lead. Call it before anything else is done with a folder, its lock included. A link at `users` passes: its owner
 * may have moved the files to a larger drive. Throws `path-outside`.
 */
export async function assertOwnFolders(vaultDir: string): Promise<void> {
  for (const name of await namesIn(vaultDir)) if (oursAtTop.test(name)) await assertReal(vaultDir, name)
  for (const name of await namesIn(join(vaultDir, 'logs'))) await assertReal(vaultDir, `logs/${name}`)
  for (const user of await namesIn(join(vaultDir, users))) {
    await assertReal(vaultDir, `${users}/${user}`)
    for (const name of await namesIn(join(vaultDir, users, user))) {
      if (oursOfUser.has(name)) await assertReal(vaultDir, `${users}/${user}/${name}`)
    }
  }
}

/** Refuses a link at `users`, for a vault from elsewhere. Throws `path-outside`. */
export async function assertUsersHere(vaultDir: string): Promise<void> {
  await assertReal(vaultDir, users)
}

/**
 * Refuses a database folder with anything in it but files and folders. Neither PGlite nor a server of ours makes a link there;
 * a log or a table space that lies elsewhere would be written there. Throws `path-outside`.
 */
export async function assertOwnFiles(vaultDir: string, name: string): Promise<void> {
  for (const entry of await readdir(join(vaultDir, name), { withFileTypes: true, recursive: true })) {
    if (entry.isFile() || entry.isDirectory()) continue
    throw linked(vaultDir, join(entry.parentPath, entry.name).slice(vaultDir.length + 1))
  }
}

async function assertReal(vaultDir: string, path: string): Promise<void> {
  const found = await lstat(join(vaultDir, path)).catch((error: unknown) => {
    // Gone since it was listed, or never there.
    if (systemCode(error) === 'ENOENT') return null
    throw error
  })
  if (found === null || found.isFile() || found.isDirectory()) return
  throw linked(vaultDir, path)
}

function linked(vaultDir: string, path: string): CofferError {
  return new CofferError(
    `“${path}” in ${vaultDir} is a link to another place. Coffer does not follow links out of a vault: put the file or folder itself there.`,
    { code: 'path-outside' },
  )
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  })
}
