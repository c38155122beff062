import { CofferError } from '../base/errors.ts'
import type { Writer } from '../database/index.ts'
import { openSecret, sealSecret } from '../keys/index.ts'
import { noTokens, type Tokens } from './connector.ts'

const keyId = 'vault-key'

export interface Client {
  readonly id: string
  readonly secret: string | null
}

/** What opens an account: its tokens, and the client they were given to. */
export interface Secrets {
  readonly tokens: Tokens
  readonly client: Client | null
}

/** Seals the secrets of a connection and stores them. Throws `vault-key-locked` where there are some and no key. */
export async function keepSecrets(
  tx: Writer,
  userId: string,
  accountId: string,
  key: string | null,
  { tokens, client }: Secrets,
): Promise<void> {
  const hasSome = tokens.access !== null || tokens.refresh !== null || client !== null
  if (hasSome && key === null) {
    throw new CofferError(
      'The sign-in cannot be stored safely yet. Set a passphrase for stored keys (in Settings, or with “coffer stored-keys set”), or unlock them.',
      { code: 'vault-key-locked' },
    )
  }
  const sealed = (name: string, text: string | null): Uint8Array | null =>
    text === null || key === null ? null : sealSecret(key, `integration ${accountId} ${name}`, text)
  await tx.execute(
    `insert into core.integration_secrets (account_id, user_id, access_token_enc, refresh_token_enc, client_secret_enc, key_id)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (account_id) do update set access_token_enc = excluded.access_token_enc,
       refresh_token_enc = excluded.refresh_token_enc, client_secret_enc = coalesce(excluded.client_secret_enc, integration_secrets.client_secret_enc),
       key_id = excluded.key_id`,
    [
      accountId,
      userId,
      sealed('access', tokens.access),
      sealed('refresh', tokens.refresh),
      sealed('client', client === null ? null : JSON.stringify(client)),
      keyId,
    ],
  )
  await tx.execute(
    `update core.integrations set token_expires_at = $2, scope = coalesce(left($3, 2000), scope) where id = $1`,
    [accountId, tokens.expiresAt, tokens.scope],
  )
}

/** The secrets of a connection. Throws `vault-key-locked` where there are some that cannot be opened now. */
export async function openSecrets(tx: Writer, accountId: string, key: string | null): Promise<Secrets> {
  const row = await tx.one<{
    access: Uint8Array | null
    refresh: Uint8Array | null
    client: Uint8Array | null
    expiresAt: string | null
    scope: string | null
  }>(
    `select s.access_token_enc as access, s.refresh_token_enc as refresh, s.client_secret_enc as client,
            to_char(i.token_expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "expiresAt", i.scope
     from core.integrations i left join core.integration_secrets s on s.account_id = i.id where i.id = $1`,
    [accountId],
  )
  const open = (name: string, sealed: Uint8Array | null): string | null => {
    if (sealed === null) return null
    const text = key === null ? null : openSecret(key, `integration ${accountId} ${name}`, sealed)
    if (text !== null) return text
    throw new CofferError(
      'The stored sign-in is locked. Unlock stored keys in Settings, or with “coffer stored-keys unlock”.',
      {
        code: 'vault-key-locked',
      },
    )
  }
  const client = open('client', row?.client ?? null)
  return {
    tokens: {
      ...noTokens,
      access: open('access', row?.access ?? null),
      refresh: open('refresh', row?.refresh ?? null),
      expiresAt: row?.expiresAt ?? null,
      scope: row?.scope ?? null,
    },
    client: client === null ? null : (JSON.parse(client) as Client),
  }
}
