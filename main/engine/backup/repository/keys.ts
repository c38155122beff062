import type { BackupKeyEntry, NewBackupKey } from '../../../contract/index.ts'
import { CofferError } from '../../base/errors.ts'
import { ageRecipient, newAgeIdentity } from '../../keys/index.ts'
import {
  isSameName,
  keyFiles,
  keyForPassphrase,
  keyForRecipient,
  keyName,
  passphraseKey,
  recoveryKey,
} from './key-files.ts'
import { isRepository, noRepository, type Repository } from './repository.ts'
import { putWithCopy, removeCopies } from './copies.ts'
import { destinationError, openStore, removeNamed, type Store } from './store.ts'

type Opened = Pick<Repository, 'store' | 'identity'>

interface Putting {
  /** Takes the place of one of the same name; without it there may be none. */
  readonly replaces?: boolean
}

export interface PutKey {
  readonly name: string
  /** It took nobody's place. */
  readonly isNew: boolean
}

/**
 * What opens the repository in a folder, as far as its files say; no key is needed to see it. Throws `backup-unreachable`,
 * `backup-not-found`.
 */
export async function repositoryKeys(dir: string): Promise<BackupKeyEntry[]> {
  await openStore(dir)
  if (!(await isRepository(dir))) throw noRepository(dir)
  const keys = await wholeKeys(dir).catch((error: unknown) => {
    throw destinationError(error)
  })
  return keys.map(wayOf)
}

/** Sets or changes the passphrase; the data stays as it is. Throws `weak-password`, `backup-locked`. */
export async function setPassphrase({ store, identity }: Opened, passphrase: string): Promise<PutKey> {
  return put(store, passphraseKey, await keyForPassphrase(identity, passphrase), { replaces: true })
}

/**
 * Makes a recovery key and answers it, this once. One that is replaced opens the repository no more; the repository key is
 * the same. Throws `conflict` when there is one, `backup-locked`.
 */
export async function addRecoveryKey(
  { store, identity }: Opened,
  options: Putting = {},
): Promise<PutKey & { readonly recoveryKey: string }> {
  const made = await newAgeIdentity()
  const sealed = await keyForRecipient(identity, await ageRecipient(made))
  return { ...(await put(store, recoveryKey, sealed, options)), recoveryKey: made }
}

/**
 * Lets somebody in with an age key of their own, of which this is the public one (`age1…`). Throws `bad-request` for a key
 * or a name that cannot be, `conflict` when somebody has the name, `backup-locked`.
 */
export async function addPerson(
  opened: Opened,
  name: string,
  recipient: string,
  options: Putting = {},
): Promise<PutKey> {
  if (isSameName(name.trim(), recoveryKey)) {
    throw new CofferError('This name is reserved for the recovery key. Choose another.', { code: 'bad-request' })
  }
  return addRepositoryKey(opened, name, recipient, options)
}

/**
 * Adds the way in that is wished for, and answers it with all there are. Once it is in its place it is answered, also when the
 * drive goes then: a recovery key is seen only here. Throws as `addRecoveryKey` and `addPerson` do.
 */
export async function addKey(
  opened: Opened,
  input: NewBackupKey,
): Promise<PutKey & { readonly recoveryKey: string | null; readonly keys: readonly BackupKeyEntry[] }> {
  const { kind, replaces = false } = input
  const added =
    kind === 'recovery'
      ? await addRecoveryKey(opened, { replaces })
      : { ...(await addPerson(opened, input.name, input.recipient, { replaces })), recoveryKey: null }
  const keys = await repositoryKeys(opened.store.dir).catch((): BackupKeyEntry[] => [{ name: added.name, kind }])
  return { ...added, keys }
}

/** Lets a public key in under a name, whosever it is. Throws as `addPerson` does. */
export async function addRepositoryKey(
  { store, identity }: Opened,
  name: string,
  recipient: string,
  options: Putting = {},
): Promise<PutKey> {
  const stored = keyName(name)
  return put(store, stored, await keyForRecipient(identity, recipient), options)
}

/**
 * Removes a way in, and answers which. Who opened the repository with it before has the repository key, which stays the
 * same. Throws `not-found`, `backup-last-key` for the only one there is, `backup-locked`.
 */
export async function removeRepositoryKey({ store }: Pick<Repository, 'store'>, name: string): Promise<BackupKeyEntry> {
  return alone(store, async () => {
    const keys = await wholeKeys(store.dir)
    const found = keys.find((each) => isSameName(each.name, name))
    if (!found) throw new CofferError(`This backup has no key named “${name}”.`, { code: 'not-found' })
    if (keys.length === 1) {
      throw new CofferError('This is the last key to the backup. Add another one before you remove it.', {
        code: 'backup-last-key',
      })
    }
    // First, or a copy that is left would bring it back.
    await removeCopies(store.dir, 'keys', found.name)
    await removeNamed(store.dir, `keys/${found.name}.age`)
    return wayOf(found)
  })
}

/** One that is cut short opens nothing, so it counts for nothing. */
async function wholeKeys(dir: string): Promise<{ readonly name: string }[]> {
  return (await keyFiles(dir)).filter((each) => each.isWhole)
}

function wayOf({ name }: { readonly name: string }): BackupKeyEntry {
  if (name === passphraseKey) return { name, kind: 'passphrase' }
  return { name, kind: name === recoveryKey ? 'recovery' : 'person' }
}

async function put(store: Store, name: string, sealed: Uint8Array, { replaces = false }: Putting): Promise<PutKey> {
  return alone(store, async () => {
    const there = (await wholeKeys(store.dir)).find((each) => isSameName(each.name, name))
    if (there && !replaces) {
      throw new CofferError(`This backup already has a key named “${there.name}”.`, { code: 'conflict' })
    }
    const stored = there?.name ?? name
    await putWithCopy(store.dir, 'keys', stored, sealed)
    return { name: stored, isNew: !there }
  })
}

/** With the writer lock: two that each remove another way could leave none. */
async function alone<T>(store: Store, work: () => Promise<T>): Promise<T> {
  try {
    const lock = await store.lock()
    try {
      return await work()
    } finally {
      // What was done stays done and is answered, also when the drive goes now; the lock is void without this process.
      await lock.release().catch(() => {})
    }
  } catch (error) {
    throw destinationError(error)
  }
}
