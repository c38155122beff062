import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** What seals tokens of connections and keys of backups. `none`: nothing can keep them; `locked`: nothing at hand opens them. */
export const storedKeysSchema = z
  .object({ state: z.enum(['open', 'locked', 'none']), hasPassphrase: z.boolean(), hasStore: z.boolean() })
  .meta({ id: 'StoredKeys' })
export type StoredKeys = z.infer<typeof storedKeysSchema>

const passphraseSchema = z.object({ passphrase: z.string().min(1).max(1000) }).meta({ id: 'Passphrase' })
const newPassphraseSchema = passphraseSchema
  .extend({ startsOver: z.boolean().optional() })
  .meta({ id: 'NewPassphrase' })
const one = { access: 'admin', isPersonal: true } as const

export const storedKeyActions = ['secrets.unlocked', 'secrets.passphrase-set', 'secrets.read'] as const

export const storedKeyEndpoints = {
  state: endpoint({
    ...one,
    method: 'GET',
    path: '/stored-keys',
    summary: 'Whether tokens and keys can be kept in this vault, and what opens them',
    answer: storedKeysSchema,
  }),
  unlock: endpoint({
    ...one,
    method: 'POST',
    path: '/stored-keys/unlock',
    summary: 'Unlock them with the passphrase, until the engine ends',
    body: passphraseSchema,
    answer: storedKeysSchema,
  }),
  setPassphrase: endpoint({
    ...one,
    method: 'PUT',
    path: '/stored-keys/passphrase',
    summary: 'Let a passphrase open them too, in place of an earlier one; or start over where that is forgotten',
    body: newPassphraseSchema,
    answer: storedKeysSchema,
  }),
}
