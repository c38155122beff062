import { createHash } from 'node:crypto'
import type { StoredKeys } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Database, Writer } from '../database/index.ts'
import { assertStrong, newSecret, openSecret, openText, sealSecret, sealToPassphrase } from '../keys/index.ts'

/** The key of an open vault, which seals what must not lie open in its database. */
export interface VaultKey {
  /** The key, 32 bytes as hex; null while nothing that opens it is at hand, or nothing can keep it. */
  current(): string | null
  state(): Promise<StoredKeys>
  /** Opens it with the passphrase. Throws `vault-key-wrong`, and `conflict` where there is none. */
  unlock(passphrase: string): Promise<void>
  /**
   * Lets a passphrase open it too, in place of an earlier one; makes the key where there was none. While another passphrase
   * keeps it locked, that has to be given first, unless the person starts over: then a new key takes its place, and what
   * was sealed with the old one is lost. Throws `weak-password` and `vault-key-locked`.
   */
  setPassphrase(passphrase: string, options?: { readonly startsOver?: boolean }): Promise<void>
}

const context = 'vault key'

/**
 * Opens the key of a vault with whatever is at hand: the key of the operating system's key store, or a passphrase. Where a
 * vault came from another computer, the store of this one opens the key once its passphrase was given; without a passphrase
 * this computer gets a key of its own, and the other one keeps what it sealed. Throws `vault-key-wrong`.
 */
export async function openVaultKey(given: {
  readonly database: Database
  readonly storeKey: string | null
  readonly passphrase?: string | undefined
}): Promise<VaultKey> {
  const { database, storeKey } = given
  const kept = await wraps(database)
  const ofStore = storeKey === null ? undefined : kept.get(nameOf(storeKey))
  let key = storeKey !== null && ofStore ? openSecret(storeKey, context, ofStore) : null
  if (key === null && storeKey !== null && !kept.has('passphrase')) key = await make()

  /** What older vaults keep is sealed with the key of the key store itself, so there it stays the vault's. */
  async function make(): Promise<string> {
    return database.asService(async (tx) => {
      const old = await tx.one(
        `select 1 as x where exists (select from meta.backups where sealed_key is not null)
           or exists (select from core.integration_secrets where key_id = 'os-key-store')`,
      )
      const made = old && storeKey !== null && kept.size === 0 ? storeKey : newSecret()
      await keepForStore(tx, made)
      return made
    })
  }

  async function keepForStore(tx: Writer, made: string): Promise<void> {
    if (storeKey !== null) await keep(tx, nameOf(storeKey), sealSecret(storeKey, context, made))
  }

  const vaultKey: VaultKey = {
    current: () => key,
    async state() {
      const now = await wraps(database)
      const isOpen = key !== null
      return {
        state: isOpen ? 'open' : now.has('passphrase') ? 'locked' : 'none',
        hasPassphrase: now.has('passphrase'),
        hasStore: storeKey !== null,
      }
    },
    async unlock(passphrase) {
      const sealed = (await wraps(database)).get('passphrase')
      if (!sealed)
        throw new CofferError('No passphrase was set for the stored keys of this vault.', { code: 'conflict' })
      const opened = await openText(sealed, { passphrase }).catch((cause: unknown) => {
        throw new CofferError('This passphrase does not open the stored keys of this vault.', {
          code: 'vault-key-wrong',
          cause,
        })
      })
      key = opened.trim()
      const ours = key
      await database.asService((tx) => keepForStore(tx, ours))
    },
    async setPassphrase(passphrase, { startsOver = false } = {}) {
      await assertStrong(passphrase, 'passphrase')
      if (key === null && !startsOver && (await wraps(database)).has('passphrase')) {
        throw new CofferError('Enter the current passphrase first, then set a new one.', {
          code: 'vault-key-locked',
        })
      }
      const ours = key ?? (await make())
      const sealed = await sealToPassphrase(ours, passphrase)
      await database.asService((tx) => keep(tx, 'passphrase', sealed))
      key = ours
    },
  }
  if (key === null && given.passphrase !== undefined && kept.has('passphrase')) await vaultKey.unlock(given.passphrase)
  return vaultKey
}

function nameOf(storeKey: string): string {
  return `store-${createHash('sha256').update(`coffer store ${storeKey}`).digest('hex').slice(0, 16)}`
}

async function wraps(database: Database): Promise<ReadonlyMap<string, Uint8Array>> {
  const rows = await database.asService((tx) =>
    tx.query<{ by: string; sealed: Uint8Array }>(`select opened_by as by, sealed from meta.vault_key`),
  )
  return new Map(rows.map((row) => [row.by, row.sealed]))
}

async function keep(tx: Writer, by: string, sealed: Uint8Array): Promise<void> {
  await tx.execute(
    `insert into meta.vault_key (opened_by, sealed) values ($1, $2)
     on conflict (opened_by) do update set sealed = excluded.sealed, created_at = now()`,
    [by, sealed],
  )
}
