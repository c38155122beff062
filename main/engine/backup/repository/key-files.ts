import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CofferError, systemCode } from '../../base/errors.ts'
import { copiesIn } from './copies.ts'
import { assertStrong, isAgeFile, sealText, sealToPassphrase } from '../../keys/index.ts'

export const passphraseKey = 'passphrase'
export const recoveryKey = 'recovery'

/** An identity is `AGE-SECRET-KEY-1` and 58 letters. */
const identityBytes = 74

/** One file in `keys/`: the repository key, sealed for one way in. */
export interface KeyFile {
  /** Its name without `.age`. */
  readonly name: string
  readonly bytes: Buffer
  /** Its second copy, where that has other bytes. */
  readonly copy: Buffer | null
  /** One of both is not cut short, and no age file by its name only. */
  readonly isWhole: boolean
}

/** The keys of a repository: passphrase and recovery key first, then by name. */
export async function keyFiles(dir: string): Promise<KeyFile[]> {
  const names = await readdir(join(dir, 'keys')).catch((error: unknown) => {
    // A copy of a repository may have lost its empty folders.
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
  const files = names.filter((file) => file.endsWith('.age'))
  const copies = await copiesIn(dir, 'keys')
  const found = await Promise.all(
    files.map(async (file): Promise<KeyFile | null> => {
      const name = file.slice(0, -'.age'.length)
      const second = copies.get(name)?.bytes ?? null
      const bytes = await readFile(join(dir, 'keys', file)).catch((error: unknown) => {
        if (second !== null) return Buffer.alloc(0)
        // Another program has removed this key since the folder was listed.
        if (systemCode(error) === 'ENOENT') return null
        throw error
      })
      if (bytes === null) return null
      const copy = second === null || second.equals(bytes) ? null : second
      const isWhole = [bytes, ...(copy ? [copy] : [])].some((each) => isAgeFile(each, identityBytes))
      return { name, bytes, copy, isWhole }
    }),
  )
  return found
    .filter((each) => each !== null)
    .toSorted((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name))
}

function rank(name: string): number {
  const at = [passphraseKey, recoveryKey].indexOf(name)
  return at === -1 ? 2 : at
}

/** Drives that do not tell large letters from small ones, and those that write ü as two signs, know one file by both names. */
export function isSameName(one: string, other: string): boolean {
  return folded(one) === folded(other)
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/** Throws `weak-password`. */
export async function keyForPassphrase(identity: string, passphrase: string): Promise<Uint8Array> {
  await assertStrong(passphrase, 'passphrase')
  return sealToPassphrase(identity, passphrase)
}

/** Throws `bad-request` for an invalid recipient. */
export async function keyForRecipient(identity: string, recipient: string): Promise<Uint8Array> {
  return sealText(identity, [recipient.trim()])
}

/** Names that no file may have on Windows, where the drive may be read one day. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/** What the file of a key is called for a name that was given. Throws `bad-request`. */
export function keyName(given: string): string {
  const name = given.trim().normalize('NFC')
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N} -]{0,39}$/u.test(name) || devices.test(name) || isSameName(name, passphraseKey)) {
    throw new CofferError(
      `“${name.slice(0, 40)}” cannot be the name of a key. Use up to 40 letters, digits, spaces and hyphens.`,
      { code: 'bad-request' },
    )
  }
  return name
}
