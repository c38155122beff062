import { resolve } from 'node:path'
import type { BackupKey } from '../../contract/index.ts'
import { ageKeysOf, openRepository, type Repository } from '../backup/index.ts'
import { CofferError } from '../base/errors.ts'
import { secretFile, secretLine } from './secrets.ts'

export interface KeyOptions {
  readonly passphraseFile?: string
  readonly identity?: string
}

/** The repository in a folder, opened. Throws `wrong-usage` when no option says with what. */
export async function repositoryAt(repo: string, options: KeyOptions): Promise<Repository> {
  return openRepository(resolve(repo), ageKeysOf(await neededKey(options)))
}

/** The same, which must be said. Throws `wrong-usage` when it is not. */
export async function neededKey(options: KeyOptions): Promise<BackupKey> {
  const key = await keyOf(options)
  if (key.passphrase === undefined && key.identity === undefined) {
    throw new CofferError('Say what opens the backup: --passphrase-file FILE or --identity FILE.', {
      code: 'wrong-usage',
    })
  }
  return key
}

/** What opens a backup, as far as the options say. */
export async function keyOf(options: KeyOptions): Promise<BackupKey> {
  const passphrase = options.passphraseFile === undefined ? undefined : await secretLine(options.passphraseFile)
  const identity = options.identity === undefined ? undefined : await secretFile(options.identity)
  return {
    ...(passphrase !== undefined && { passphrase }),
    ...(identity !== undefined && { identity }),
  }
}
