import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CofferError, systemCode } from '../base/errors.ts'
import { replaceFile } from './replace-file.ts'

/** The newest vault format this program knows. See docs/formats/vault.md. */
export const formatVersion = 1

const vaultFileSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  formatVersion: z.int(),
  /** Where the database is: `database/`, `postgres/`, or a server that `external.json` names. */
  engine: z.enum(['pglite', 'embedded', 'external']),
  /** `creating` until the first database is complete: what is there may then be thrown away. */
  state: z.enum(['creating', 'ready']),
  createdAt: z.string(),
})
export type VaultFile = z.infer<typeof vaultFileSchema>

/** What `vault.json` says; undefined when there is none. Throws `vault-damaged` and `vault-newer`. */
export async function readVaultFile(vaultDir: string): Promise<VaultFile | undefined> {
  let text: string
  try {
    text = await readFile(join(vaultDir, 'vault.json'), 'utf8')
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
  let found: ReturnType<typeof vaultFileSchema.safeParse>
  try {
    found = vaultFileSchema.safeParse(JSON.parse(text))
  } catch (cause) {
    throw new CofferError('vault.json cannot be read. Restore it from a backup.', { code: 'vault-damaged', cause })
  }
  if (!found.success) {
    throw new CofferError('vault.json is not complete. Restore it from a backup.', { code: 'vault-damaged' })
  }
  if (found.data.formatVersion > formatVersion) {
    throw new CofferError('This vault was made by a newer Coffer. Update Coffer to open it.', { code: 'vault-newer' })
  }
  return found.data
}

export async function writeVaultFile(vaultDir: string, data: VaultFile): Promise<void> {
  await replaceFile(join(vaultDir, 'vault.json'), `${JSON.stringify(data, null, 2)}\n`)
}
