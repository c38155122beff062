import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CofferError, systemCode } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { ageRecipient, newAgeIdentity, openText, sealText, type AgeWays } from '../keys/index.ts'
import { isSameName, keyFiles, keyForPassphrase, keyForRecipient, keyName, passphraseKey } from './key-files.ts'
import { makeStore, openStore, putNamed, type Store } from './store.ts'
import { readme } from './readme.ts'
import type { SnapshotAbout } from './snapshot.ts'

export const formatVersion = 1

const aboutSchema = z.object({ format: z.int(), id: z.uuid() })

/** A repository that was opened with one of its ways in. */
export interface Repository {
  readonly id: string
  readonly store: Store
  /** The repository key. Never log it, never store it unsealed. */
  readonly identity: string
  readonly recipient: string
  /** What snapshots say of themselves, by name. They never change, so each is read once. */
  readonly abouts: Map<string, SnapshotAbout>
}

/** Ways into a new repository; at least one. */
export interface NewWays {
  readonly passphrase?: string
  /** Public keys (`age1…`) by the name their file gets. */
  readonly recipients?: Readonly<Record<string, string>>
}

/** Makes a repository in an empty folder. Throws `backup-exists`, `bad-request`. */
export async function createRepository(dir: string, ways: NewWays): Promise<Repository> {
  if (ways.passphrase === undefined && Object.keys(ways.recipients ?? {}).length === 0) {
    throw new CofferError('A backup needs a passphrase or a recovery key.', { code: 'bad-request' })
  }
  const identity = await newAgeIdentity()
  const recipient = await ageRecipient(identity)
  // Everything that can be refused is made before anything is written.
  const keys = new Map<string, Uint8Array>()
  if (ways.passphrase !== undefined) keys.set(passphraseKey, await keyForPassphrase(identity, ways.passphrase))
  for (const [name, to] of Object.entries(ways.recipients ?? {})) {
    const stored = keyName(name)
    if ([...keys.keys()].some((other) => isSameName(other, stored))) {
      throw new CofferError(`Two keys cannot both be named “${stored}”.`, { code: 'bad-request' })
    }
    keys.set(stored, await keyForRecipient(identity, to))
  }
  const store = await makeStore(dir, readme)
  const id = newId()
  for (const [name, sealed] of keys) await putNamed(dir, `keys/${name}.age`, sealed)
  // Last, because a folder without it is no repository yet.
  const about = JSON.stringify({ format: formatVersion, id })
  await putNamed(dir, 'repository.age', await sealText(about, [recipient]))
  return { id, store, identity, recipient, abouts: new Map() }
}

/**
 * Opens a repository. Throws `backup-unreachable`, `backup-not-found` for a folder that is none, `backup-wrong-key`,
 * `backup-newer`.
 */
export async function openRepository(dir: string, ways: AgeWays): Promise<Repository> {
  const store = await openStore(dir)
  const sealed = await readFile(join(dir, 'repository.age')).catch((cause: unknown) => {
    if (systemCode(cause) !== 'ENOENT') throw cause
    throw noRepository(dir, cause)
  })
  const identity = await unlock(dir, sealed, ways)
  const { id, format } = aboutSchema.parse(JSON.parse(await openText(sealed, { identities: [identity] })))
  if (format > formatVersion) {
    throw new CofferError('This backup was made by a newer Coffer. Update Coffer to use it.', { code: 'backup-newer' })
  }
  return { id, store, identity, recipient: await ageRecipient(identity), abouts: new Map() }
}

/** Whether a folder holds a repository. */
export async function isRepository(dir: string): Promise<boolean> {
  return readFile(join(dir, 'repository.age')).then(
    () => true,
    () => false,
  )
}

export function noRepository(dir: string, cause?: unknown): CofferError {
  return new CofferError(`There is no Coffer backup in ${dir}.`, { code: 'backup-not-found', cause })
}

/** The repository key itself may be given, or anything that opens one of the files in `keys/`. */
async function unlock(dir: string, about: Uint8Array, ways: AgeWays): Promise<string> {
  for (const identity of ways.identities ?? []) {
    const opens = await openText(about, { identities: [identity] }).then(
      () => true,
      () => false,
    )
    if (opens) return identity
  }
  let damage: CofferError | null = null
  for (const { name, bytes } of await keyFiles(dir)) {
    const isPassphrase = name === passphraseKey
    // Trying a passphrase takes a second; identities and passphrases never fit the other's files.
    if (isPassphrase ? ways.passphrase === undefined : (ways.identities ?? []).length === 0) continue
    const given: AgeWays = isPassphrase
      ? { ...(ways.passphrase !== undefined && { passphrase: ways.passphrase }) }
      : { identities: ways.identities ?? [] }
    try {
      return (await openText(bytes, given)).trim()
    } catch (error) {
      if (!(error instanceof CofferError)) throw error
      // Somebody else's key that is damaged closes the door to nobody.
      if (error.code !== 'backup-wrong-key') damage = error
    }
  }
  throw damage ?? new CofferError('This passphrase or key does not open the backup.', { code: 'backup-wrong-key' })
}
