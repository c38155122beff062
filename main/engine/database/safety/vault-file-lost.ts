import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { syncFolder } from '../../base/durable.ts'
import { CofferError } from '../../base/errors.ts'
import type { Connection, EngineName } from '../connection/connection.ts'
import { assertComplete, vaultOf } from './guard.ts'
import { dataDirOf, isLocal, openLocation, locationOf } from '../location.ts'
import { sealVault, untrusted } from './trust.ts'
import { formatVersion, readVaultFile, writeVaultFile, type VaultFile } from './vault-file.ts'

const tell: Readonly<Record<EngineName, string>> = {
  pglite: 'database/PG_VERSION',
  embedded: 'postgres/PG_VERSION',
  external: 'external.json',
}

/** Which databases a folder has, whatever its `vault.json` says. */
function enginesIn(vaultDir: string): EngineName[] {
  return (Object.keys(tell) as EngineName[]).filter((engine) => existsSync(join(vaultDir, tell[engine])))
}

/** Throws `vault-damaged` for a folder that has a database and no `vault.json`: it is a vault that lost it, and no other folder. */
export function assertNotLost(vaultDir: string): void {
  if (enginesIn(vaultDir).length === 0) return
  throw new CofferError(
    `vault.json is missing in ${vaultDir}, and the rest of a vault is there. “coffer doctor” writes it again from the database.`,
    { code: 'vault-damaged', details: { lost: 'vault.json' } },
  )
}

/**
 * Writes a `vault.json` that is missing or cannot be read again, from what the database of the folder says of itself. The vault's
 * lock must be held. True when it did. Throws `vault-not-found` for a folder without a database, `vault-damaged` where more than
 * one could be meant, `vault-untrusted` for a server that nobody has vouched for, and what opening throws.
 */
export async function rewriteVaultFile(
  vaultDir: string,
  { stateDir = null, trust = false }: { readonly stateDir?: string | null; readonly trust?: boolean } = {},
): Promise<boolean> {
  const isFine = await readVaultFile(vaultDir).then(
    (file) => file !== undefined,
    (error: unknown) => {
      if (error instanceof CofferError && error.code === 'vault-damaged') return false
      throw error
    },
  )
  if (isFine) return false
  const engines = enginesIn(vaultDir)
  const [engine] = engines
  if (engine === undefined) throw new CofferError(`There is no vault at ${vaultDir}.`, { code: 'vault-not-found' })
  if (engines.length > 1) {
    throw new CofferError(
      `${vaultDir} has more than one database, and without vault.json nothing says which is in use. Restore the vault from a backup.`,
      { code: 'vault-damaged' },
    )
  }
  // The seal is of the id, which only the database knows; a server must not be started to learn it.
  if (engine !== 'pglite' && !trust) throw untrusted({ id: '', engine })
  const location = locationOf(vaultDir, engine)
  if (isLocal(location)) await assertComplete(dataDirOf(location))
  const connection = await openLocation(location)
  let file: VaultFile
  try {
    file = await describe(connection, vaultDir, engine)
  } finally {
    await connection.close()
  }
  const path = join(vaultDir, 'vault.json')
  if (existsSync(path)) await rename(path, `${path}.damaged`)
  await writeVaultFile(vaultDir, file)
  await syncFolder(vaultDir)
  if (trust) await sealVault(vaultDir, file, stateDir)
  return true
}

async function describe(connection: Connection, vaultDir: string, engine: EngineName): Promise<VaultFile> {
  const id = await vaultOf(connection)
  if (id === undefined) {
    throw new CofferError('The database does not say which vault it is of. Restore the vault from a backup.', {
      code: 'vault-damaged',
    })
  }
  const { rows } = await connection.query(`select coalesce(min(created_at), now()) as "createdAt" from core.users`)
  const { createdAt } = rows[0] as { createdAt: string }
  return { id, name: basename(vaultDir), formatVersion, engine, state: 'ready', createdAt }
}
