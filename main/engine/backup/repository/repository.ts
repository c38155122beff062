import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CofferError, systemCode } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { ageRecipient, newAgeIdentity, openText, sealText, type AgeKeys } from '../../keys/index.ts'
import { isSameName, keyFiles, keyForPassphrase, keyForRecipient, keyName, passphraseKey } from './key-files.ts'
import { copiesIn, putCopy, putWithCopy, type CopyFolder } from './copies.ts'
import { makeStore, openStore, type Store } from './store.ts'
import { readme } from './readme.ts'
import type { SnapshotAbout } from '../create/snapshot.ts'

export const formatVersion = 1

/** The file that says what a folder is, without `.age`. */
const aboutName = 'repository'

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
export interface NewRepositoryKeys {
  readonly passphrase?: string
  /** Public keys (`age1…`) by the name their file gets. */
  readonly recipients?: Readonly<Record<string, string>>
}

/** Makes a repository in an empty folder. Throws `backup-exists`, `bad-request`. */
export async function createRepository(dir: string, ways: NewRepositoryKeys): Promise<Repository> {
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
  for (const [name, sealed] of keys) await putWithCopy(dir, 'keys', name, sealed)
  // Last, because a folder without it is no repository yet.
  const about = JSON.stringify({ format: formatVersion, id })
  await putWithCopy(dir, '', aboutName, await sealText(about, [recipient]))
  return { id, store, identity, recipient, abouts: new Map() }
}

/**
 * Opens a repository; a small file that is damaged is read from its second copy, and mended where the folder can be written.
 * Throws `backup-unreachable`, `backup-not-found` for a folder that holds none, `backup-wrong-key`, `backup-newer`,
 * `backup-damaged`.
 */
export async function openRepository(dir: string, ways: AgeKeys): Promise<Repository> {
  const store = await openStore(dir)
  const abouts = await aboutFiles(dir)
  const unlocked = await unlock(dir, abouts, ways)
  const { identity, about } = unlocked
  const { id, format } = aboutSchema.parse(JSON.parse(await openText(about, { identities: [identity] })))
  if (format > formatVersion) {
    throw new CofferError('This backup was made by a newer version of Coffer. Update Coffer to use it.', {
      code: 'backup-newer',
    })
  }
  // One that cannot be written, or that somebody writes to now, is as readable as before.
  await mend(store, abouts, unlocked).catch(() => {})
  return { id, store, identity, recipient: await ageRecipient(identity), abouts: new Map() }
}

/** Whether a folder holds a repository. */
export async function isRepository(dir: string): Promise<boolean> {
  const isThere = await access(join(dir, `${aboutName}.age`)).then(
    () => true,
    () => false,
  )
  return isThere || (await copiesIn(dir, '')).has(aboutName)
}

export function noRepository(dir: string, cause?: unknown): CofferError {
  return new CofferError(`There is no Coffer backup in ${dir}.`, { code: 'backup-not-found', cause })
}

interface AboutFiles {
  readonly file: Buffer | null
  readonly copy: Buffer | null
}

/** `repository.age` and its second copy, as far as they can be read. Throws `backup-not-found` when neither is there. */
async function aboutFiles(dir: string): Promise<AboutFiles> {
  const copy = (await copiesIn(dir, '')).get(aboutName)?.bytes ?? null
  const file = await readFile(join(dir, `${aboutName}.age`)).catch((error: unknown) => {
    if (copy || systemCode(error) === 'ENOENT') return null
    throw error
  })
  if (!file && !copy) throw noRepository(dir)
  return { file, copy }
}

interface Unlocked {
  readonly identity: string
  /** What `repository.age` should be: the bytes that the key opens. */
  readonly about: Buffer
  /** The file in `keys/` that opened, and the bytes that did. */
  readonly key: { readonly name: string; readonly bytes: Buffer } | null
}

/** The repository key itself may be given, or anything that opens one of the files in `keys/`. */
async function unlock(dir: string, abouts: AboutFiles, ways: AgeKeys): Promise<Unlocked> {
  for (const identity of ways.identities ?? []) {
    const about = await openedBy(identity, abouts)
    if (about) return { identity, about, key: null }
  }
  let damage: CofferError | null = null
  for (const { name, bytes, copy } of await keyFiles(dir)) {
    const isPassphrase = name === passphraseKey
    // Trying a passphrase takes a second; identities and passphrases never fit the other's files.
    if (isPassphrase ? ways.passphrase === undefined : (ways.identities ?? []).length === 0) continue
    const given: AgeKeys = isPassphrase
      ? { ...(ways.passphrase !== undefined && { passphrase: ways.passphrase }) }
      : { identities: ways.identities ?? [] }
    for (const sealed of copy ? [bytes, copy] : [bytes]) {
      try {
        const identity = (await openText(sealed, given)).trim()
        const about = await openedBy(identity, abouts)
        if (about) return { identity, about, key: { name, bytes: sealed } }
        throw new CofferError('This backup is damaged: repository.age does not open with its own key.', {
          code: 'backup-damaged',
        })
      } catch (error) {
        if (!(error instanceof CofferError)) throw error
        // Somebody else's key that is damaged closes the door to nobody.
        if (error.code !== 'backup-wrong-key') damage = error
      }
    }
  }
  throw damage ?? new CofferError('This passphrase or key does not open the backup.', { code: 'backup-wrong-key' })
}

async function openedBy(identity: string, { file, copy }: AboutFiles): Promise<Buffer | null> {
  for (const about of [file, copy]) {
    if (!about) continue
    const opens = await openText(about, { identities: [identity] }).then(
      () => true,
      () => false,
    )
    if (opens) return about
  }
  return null
}

/** Puts small files that differ from their second copies right; what has just opened is right in any case. */
async function mend(store: Store, { file, copy }: AboutFiles, { about, key }: Unlocked): Promise<void> {
  const { dir } = store
  const hurt: [CopyFolder, string, Buffer][] = []
  if (file?.equals(about) !== true || copy?.equals(about) === false) hurt.push(['', aboutName, about])
  for (const { name, copy } of await keyFiles(dir)) {
    if (copy) hurt.push(['keys', name, name === key?.name ? key.bytes : copy])
  }
  if (hurt.length === 0) return
  const held = await store.lock()
  try {
    for (const [place, name, bytes] of hurt) await putWithCopy(dir, place, name, bytes)
  } finally {
    await held.release()
  }
}

/** Gives the small files of a repository of before their second copies. The lock must be held. */
export async function completeCopies({ dir }: Pick<Store, 'dir'>): Promise<void> {
  const has = await copiesIn(dir, 'keys')
  for (const { name, bytes, isWhole } of await keyFiles(dir)) {
    if (isWhole && !has.has(name)) await putCopy(dir, 'keys', name, bytes)
  }
  const { file, copy } = await aboutFiles(dir)
  if (file && !copy) await putCopy(dir, '', aboutName, file)
}
