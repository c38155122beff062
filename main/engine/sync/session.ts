import { setTimeout as pause } from 'node:timers/promises'
import { unknownOf } from '../posts/index.ts'
import { postAccount, type SyncAccount } from './account.ts'
import type { Session } from './connector.ts'
import type { SyncContext } from './context.ts'
import { sentences } from './http.ts'
import { keepSecrets, openSecrets } from './secrets.ts'
import { ServiceError } from './service-error.ts'

/** A pause that a sync waits out; for a longer one it ends and goes on later. */
const mostPauseMs = 30_000

/** Opens an account for one sync. Throws `vault-key-locked`. */
export async function openSession(context: SyncContext, account: SyncAccount, signal: AbortSignal): Promise<Session> {
  let { tokens, client } = await context.database.asService((tx) => openSecrets(tx, account.id, context.vaultKey()))
  return {
    connectionId: account.id,
    platformUserId: account.platformUserId ?? '',
    username: account.username,
    server: account.server,
    network: context.network,
    signal,
    tokens: () => tokens,
    client: () => client,
    async renew(fresh) {
      // Before it is used: an old one may be worth nothing the moment the new one is given.
      await context.database.asService((tx) =>
        keepSecrets(tx, account.userId, account.id, context.vaultKey(), { tokens: fresh, client: null }),
      )
      tokens = fresh
    },
    unknown: (posts) => context.database.asService((tx) => unknownOf(tx, account.userId, postAccount(account), posts)),
    async pause(ms) {
      if (ms <= 0) return
      if (ms > mostPauseMs) throw new ServiceError('limited', sentences.limited, { waitMs: ms })
      await pause(ms, undefined, { signal })
    },
  }
}
