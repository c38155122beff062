import { storedKeyEndpoints } from '../../contract/index.ts'
import type { Client } from './client.ts'
import { exitCodes, type Output } from './output.ts'
import { secretLine } from './secrets.ts'

const sentences = {
  open: 'Tokens and keys can be stored and read.',
  locked: 'Tokens and keys are locked: provide the passphrase with --key-file FILE.',
  none: 'Tokens and keys cannot be stored here yet. Set a passphrase with “coffer stored-keys set”.',
} as const

export async function storedKeysStatus(client: Client, output: Output): Promise<number> {
  const now = await client.call(storedKeyEndpoints.state, {})
  output.answer(now, [
    sentences[now.state],
    now.hasPassphrase ? 'A passphrase opens them.' : 'No passphrase opens them.',
  ])
  return exitCodes.done
}

/** `coffer stored-keys set`: lets a passphrase open what this vault keeps sealed. */
export async function storedKeysSet(
  client: Client,
  options: { readonly passphraseFile: string; readonly startOver?: boolean },
  output: Output,
): Promise<number> {
  const passphrase = await secretLine(options.passphraseFile)
  const now = await client.call(storedKeyEndpoints.setPassphrase, {
    body: { passphrase, startsOver: options.startOver ?? false },
  })
  output.answer(now, ['The passphrase opens the stored keys. Coffer cannot recover it.'])
  return exitCodes.done
}
