import type { AnyObject } from '../../contract/index.ts'
import type { Reader, Writer } from '../database/index.ts'
import { record } from './record.ts'
import { badFields, type Values } from './fields.ts'
import { createObject, updateObject } from './write.ts'

/** Tokens as they may lie in the database: sealed by the caller, or null to take one away. */
export interface SealedTokens {
  readonly keyId: string
  readonly access?: Uint8Array | null
  readonly refresh?: Uint8Array | null
}

/** What stands where a secret would: there is one, and it is not told. */
const redacted = '[REDACTED]'

/** Connects an account: the connection and, apart from it, its sealed tokens. */
export async function createIntegration(
  tx: Writer,
  userId: string,
  input: Values,
  seal: (accountId: string) => SealedTokens | null,
): Promise<AnyObject> {
  const made = await createObject(tx, userId, 'integration', ownNames(input))
  const tokens = seal(made.id)
  if (tokens) await keepTokens(tx, userId, made.id, tokens)
  return withTokens(tx, made)
}

/** Changes a connection; tokens that are given replace the ones it has, null takes them away. */
export async function updateIntegration(
  tx: Writer,
  userId: string,
  id: string,
  edit: Values,
  given: { readonly ifMatch?: string; readonly tokens?: SealedTokens | null },
): Promise<AnyObject> {
  const { ifMatch, tokens } = given
  const made = await updateObject(
    tx,
    userId,
    'integration',
    id,
    ownNames(edit),
    ifMatch === undefined ? {} : { ifMatch },
  )
  if (tokens) await keepTokens(tx, userId, id, tokens)
  return withTokens(tx, made)
}

/** A connection as the API says it: under both systems' names, and with its secrets redacted. */
export async function withTokens(tx: Reader, made: AnyObject): Promise<AnyObject> {
  const kept = await tx.one<{ has: boolean }>(
    `select key_id is not null as has from core.integration_secrets where account_id = $1`,
    [made.id],
  )
  const token = kept?.has === true ? redacted : null
  const { display_name: displayName, username, platform } = made
  const name = displayName ?? (typeof username === 'string' ? `@${username}` : platform)
  return {
    ...made,
    integration_type: made['platform'],
    integration_name: name,
    access_token: token,
    refresh_token: token,
  }
}

async function keepTokens(tx: Writer, userId: string, id: string, tokens: SealedTokens): Promise<void> {
  const { keyId, access, refresh } = tokens
  // The person's own role may put tokens in and never read one back, so what is not given is left by its own branch.
  await tx.execute(
    `insert into core.integration_secrets (account_id, user_id) values ($1, $2) on conflict (account_id) do nothing`,
    [id, userId],
  )
  const set: string[] = ['key_id = $2']
  const params: unknown[] = [id, keyId]
  for (const [column, value] of [
    ['access_token_enc', access],
    ['refresh_token_enc', refresh],
  ] as const) {
    if (value !== undefined) set.push(`${column} = $${params.push(value)}`)
  }
  await tx.execute(`update core.integration_secrets set ${set.join(', ')} where account_id = $1`, params)
  await record(tx, { userId, action: 'integrations.tokens-changed', ids: [id], change: 'changed' })
}

/** `integration_type` and `integration_name` are Hypernet's words for platform and display name. */
function ownNames(input: Values): Values {
  const { integration_type, integration_name, access_token: _access, refresh_token: _refresh, ...rest } = input
  if (integration_type !== undefined && rest['platform'] !== undefined && rest['platform'] !== integration_type) {
    throw badFields([{ field: 'integration_type', message: 'contradicts platform' }])
  }
  return {
    ...rest,
    ...(integration_type !== undefined && { platform: integration_type }),
    ...(integration_name !== undefined && { display_name: integration_name }),
  }
}
