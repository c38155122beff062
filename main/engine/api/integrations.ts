import type { AnyObject } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Writer } from '../database/index.ts'
import { sealSecret } from '../keys/index.ts'
import { createIntegration, updateIntegration, type SealedTokens, type Values } from '../objects/index.ts'
import type { Caller } from './gate.ts'

/** Connects an account. Tokens are sealed here, so that the rooms below and the database never see one. */
export function connectAccount(caller: Caller, tx: Writer, input: Values): Promise<AnyObject> {
  return createIntegration(tx, caller.userId, input, (accountId) => sealed(caller, accountId, input))
}

/** Changes a connection; a token that still reads `[REDACTED]` was sent back as it came and stays. */
export function editAccount(
  caller: Caller,
  tx: Writer,
  id: string,
  edit: Values,
  given: { readonly ifMatch?: string },
): Promise<AnyObject> {
  return updateIntegration(tx, caller.userId, id, edit, { ...given, tokens: sealed(caller, id, edit) })
}

const keyId = 'vault-key'

function sealed({ vault }: Caller, accountId: string, input: Values): SealedTokens | null {
  const seal = (name: 'access' | 'refresh'): Uint8Array | null | undefined => {
    const token = input[`${name}_token`]
    if (token === null) return null
    if (typeof token !== 'string' || token === '[REDACTED]') return undefined
    const key = vault.backup.storeKey
    if (key === null) {
      throw new CofferError(
        'This token cannot be stored safely yet. Set a passphrase for stored keys (in Settings, or with “coffer stored-keys set”), or unlock them.',
        { code: 'vault-key-locked' },
      )
    }
    return sealSecret(key, `integration ${accountId} ${name}`, token)
  }
  const [access, refresh] = [seal('access'), seal('refresh')]
  if (access === undefined && refresh === undefined) return null
  return { keyId, ...(access !== undefined && { access }), ...(refresh !== undefined && { refresh }) }
}
