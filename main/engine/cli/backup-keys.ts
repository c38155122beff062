import { resolve } from 'node:path'
import type { BackupKeyEntry, NewBackupKey } from '../../contract/index.ts'
import { addKey, removeRepositoryKey, repositoryKeys, setPassphrase } from '../backup/index.ts'
import { CofferError } from '../base/errors.ts'
import { repositoryAt, type KeyOptions } from './open-backup.ts'
import { exitCodes, plural, table, type Output } from './output.ts'
import { secretLine } from './secrets.ts'

export interface PassphraseOptions extends KeyOptions {
  readonly newPassphraseFile: string
}

/** `coffer backup passphrase`: another passphrase for the same data, of which nothing is written again. */
export async function backupPassphrase(repo: string, options: PassphraseOptions, output: Output): Promise<number> {
  const repository = await repositoryAt(repo, options)
  const { isNew } = await setPassphrase(repository, await secretLine(options.newPassphraseFile, 'New passphrase: '))
  output.answer({ repository: resolve(repo) }, [
    isNew ? 'The passphrase opens this backup.' : 'The new passphrase opens this backup; the old one no longer does.',
  ])
  return exitCodes.done
}

export interface AddKeyOptions extends KeyOptions {
  readonly recoveryKey?: boolean
  readonly recipient?: string
  readonly name?: string
  readonly replace?: boolean
}

/** `coffer backup keys`: its keys. They are seen without a key; one that is given has to fit. */
export async function backupKeys(repo: string, options: KeyOptions, output: Output): Promise<number> {
  const isGiven = options.passphraseFile !== undefined || options.identity !== undefined
  if (isGiven) await repositoryAt(repo, options)
  const keys = await repositoryKeys(resolve(repo))
  output.answer({ keys }, [
    ...table(keys.map((each) => [each.name, keyKinds[each.kind]])),
    plural(keys.length, 'key.', 'keys.'),
  ])
  return exitCodes.done
}

const keyKinds: Readonly<Record<BackupKeyEntry['kind'], string>> = {
  passphrase: 'words that you type',
  recovery: 'a recovery key to keep on paper',
  person: 'the age key of a trusted person',
}

/** `coffer backup add-key`: another key; the data stays as it is. */
export async function backupAddKey(repo: string, options: AddKeyOptions, output: Output): Promise<number> {
  const input = inputOf(options)
  const { name, isNew, recoveryKey, keys } = await addKey(await repositoryAt(repo, options), input)
  output.answer({ name, keys, ...(recoveryKey !== null && { recoveryKey }) }, [
    ...(recoveryKey === null ? [] : [recoveryKeyRemark, recoveryKey]),
    ...(isNew ? [] : [`The previous key of “${name}” no longer opens this backup. ${stillKnown}`]),
    plural(keys.length, 'key.', 'keys.'),
  ])
  return exitCodes.done
}

function inputOf({ recoveryKey = false, recipient, name, replace: replaces = false }: AddKeyOptions): NewBackupKey {
  const isPerson = recipient !== undefined || name !== undefined
  if (!isPerson && recoveryKey) return { kind: 'recovery', replaces }
  if (recoveryKey || recipient === undefined || name === undefined) {
    throw new CofferError('Say what to add: --recovery-key, or --recipient KEY and --name NAME.', {
      code: 'wrong-usage',
    })
  }
  return { kind: 'person', name, recipient, replaces }
}

export const recoveryKeyRemark = 'The recovery key, shown only once. Print it and keep it away from this computer:'
const stillKnown =
  'Anyone who has opened the backup with it, or has an earlier copy of its files, may still get in: the encryption key of the photos stays the same.'

/** `coffer backup remove-key`: one key fewer, and never the last. */
export async function backupRemoveKey(
  repo: string,
  name: string,
  options: KeyOptions,
  output: Output,
): Promise<number> {
  const removed = await removeRepositoryKey(await repositoryAt(repo, options), name)
  const keys = await repositoryKeys(resolve(repo))
  output.answer({ name: removed.name, keys }, [
    `“${removed.name}” no longer opens this backup. ${stillKnown}`,
    plural(keys.length, 'key is left.', 'keys are left.'),
  ])
  return exitCodes.done
}
