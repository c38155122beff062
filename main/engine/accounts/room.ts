import { isDiskFull, messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { Database } from '../database/index.ts'
import { createApiTokens } from './api-tokens.ts'
import { finishErasing } from './erase.ts'
import { createSessions } from './sessions.ts'
import { openVaultKey } from './vault-key.ts'

/** The people of an open vault: their sessions and tokens, and its key. Finishes what was begun of erasing. */
export async function room(vault: {
  readonly dir: string
  readonly vaultId: string
  readonly database: Database
  readonly log: Log
  readonly storeKey: string | null
  readonly keyPassphrase?: string | undefined
}) {
  const { database } = vault
  await finishErasing({ vaultDir: vault.dir, database }).catch((error: unknown) => {
    // The rows are gone; what their pages still hold goes at a start that finds more room.
    if (!isDiskFull(error)) throw error
    vault.log.warn('erasing-waits', { message: messageOf(error) })
  })
  return {
    sessions: createSessions({ database, vaultId: vault.vaultId }),
    tokens: createApiTokens({ database }),
    vaultKey: await openVaultKey({ database, storeKey: vault.storeKey, passphrase: vault.keyPassphrase }),
  }
}
