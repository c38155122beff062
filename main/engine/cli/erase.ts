import { eraseEndpoints } from '../../contract/index.ts'
import type { Client } from './client.ts'
import { bytesInWords, exitCodes, plural, type Output } from './output.ts'

/** `coffer erase`: destroys everything a person has in the vault. Without the name it only says what it would take. */
export async function erase(client: Client, options: { readonly yesErase?: string }, output: Output): Promise<number> {
  const proof = await client.call(eraseEndpoints.erase, { body: { name: options.yesErase ?? '' } })
  output.answer(proof, [
    `${plural(proof.media, 'original', 'originals')} (${bytesInWords(proof.bytes)}) and ${plural(proof.rows, 'row', 'rows')} were destroyed.`,
    `Proof in the audit log: ${proof.digest}`,
    'Backups and exports elsewhere were not touched.',
  ])
  return exitCodes.done
}
