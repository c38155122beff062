import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CofferError, systemCode } from '../../base/errors.ts'
import { replaceFile } from './replace-file.ts'

/** The newest vault format this program knows. See docs/formats/vault.md. */
export const formatVersion = 1

export const vaultFileSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  formatVersion: z.int(),
  /** Where the database is: `database/`, `postgres/`, or a server that `external.json` names. */
  engine: z.enum(['pglite', 'embedded', 'external']),
  /** `creating` until the first database is complete: what is there may then be thrown away. */
  state: z.enum(['creating', 'ready']),
  createdAt: z.string(),
  /** While it is `creating`: a new vault, or a restore and from where. Vaults of before do not say. */
  making: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('new') }),
      z.object({ kind: z.literal('restore'), from: z.string(), snapshot: z.string() }),
    ])
    .optional(),
  /** The version of the schema somebody stepped back to on purpose: no start brings it up to date by itself. */
  heldAt: z.int().optional(),
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
    throw unreadable(cause)
  }
  if (!found.success) throw unreadable(found.error)
  if (found.data.formatVersion > formatVersion) {
    throw new CofferError('This vault was made by a newer Coffer. Update Coffer to open it.', { code: 'vault-newer' })
  }
  return found.data
}

function unreadable(cause: unknown): CofferError {
  return new CofferError(
    'vault.json is damaged. “coffer doctor” writes it again from the database; your originals are untouched.',
    { code: 'vault-damaged', details: { lost: 'vault.json' }, cause },
  )
}

export async function writeVaultFile(vaultDir: string, data: VaultFile): Promise<void> {
  await replaceFile(join(vaultDir, 'vault.json'), `${JSON.stringify(data, null, 2)}\n`)
}
