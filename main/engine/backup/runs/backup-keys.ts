import type { BackupKeyEntry, NewBackupKey, NewBackupKeyAnswer } from '../../../contract/index.ts'
import { messageOf } from '../../base/errors.ts'
import type { BackupContext } from './context.ts'
import { readBackup, repositoryOf } from './destinations.ts'
import { noteKey } from './note-key.ts'
import type { Repository } from '../repository/repository.ts'
import { addKey, removeRepositoryKey, repositoryKeys } from '../repository/keys.ts'

/** What opens a backup; no key is needed to see it. Throws `not-found`, `backup-unreachable`, `backup-not-found`. */
export async function backupKeys(context: BackupContext, userId: string, id: string): Promise<BackupKeyEntry[]> {
  return repositoryKeys((await readBackup(context, userId, id)).path)
}

/**
 * Adds a way into a backup, with the key the vault knows. Throws `not-found`, `conflict` when there is one of this name,
 * `bad-request`, `backup-locked`, and what opening needs.
 */
export async function addBackupKey(
  context: BackupContext,
  userId: string,
  id: string,
  input: NewBackupKey,
): Promise<NewBackupKeyAnswer> {
  const repository = await opened(context, userId, id)
  const { name, isNew, recoveryKey, keys } = await addKey(repository, input)
  // The key is in its place, and is answered whatever fails from now on.
  await context.database
    .asService((tx) => noteKey(tx, userId, id, isNew ? 'added' : 'replaced', name))
    .catch((error: unknown) => context.log.error('backup-key-not-noted', { message: messageOf(error) }))
  return { keys: [...keys], recoveryKey }
}

/**
 * Removes a way into a backup; who opened it before may still know the repository key. Throws `not-found`,
 * `backup-last-key`, `backup-locked`, and what opening needs.
 */
export async function removeBackupKey(context: BackupContext, userId: string, id: string, name: string): Promise<void> {
  const removed = await removeRepositoryKey(await opened(context, userId, id), name)
  await context.database.asService((tx) => noteKey(tx, userId, id, 'removed', removed.name))
}

async function opened(context: BackupContext, userId: string, id: string): Promise<Repository> {
  return repositoryOf(context, await readBackup(context, userId, id), {})
}
