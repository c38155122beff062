import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type * as Age from 'age-encryption'
import { CofferError } from '../base/errors.ts'
import { passphraseIdentity, passphraseRecipient } from './age-passphrase.ts'
import { openingForms, sealedForm } from './passphrase-forms.ts'

/**
 * age v1 (https://age-encryption.org/v1). The header, with its recipients, is the library's; the payload (ChaCha20-Poly1305
 * STREAM in chunks of 64 KiB) goes through OpenSSL, which is twenty times faster than a cipher in JavaScript.
 */
const chunkBytes = 65_536
const tagBytes = 16
const nonceBytes = 16
/** The longest header this program reads. Ours are below 500 bytes. */
export const maxAgeHeaderBytes = 65_536

/** Loaded when it is needed: threads that only seal and open payloads do without its half a second and its memory. */
const library = (): Promise<typeof Age> => import('age-encryption')

/** A new X25519 identity (`AGE-SECRET-KEY-1…`). */
export async function newAgeIdentity(): Promise<string> {
  return (await library()).generateX25519Identity()
}

/** The recipient (`age1…`) of an identity. Throws for invalid text. */
export async function ageRecipient(identity: string): Promise<string> {
  return (await library()).identityToRecipient(identity)
}

/** What opens an age file. */
export interface AgeKeys {
  readonly identities?: readonly string[]
  /** As it was typed; every form it may have been sealed in is tried. */
  readonly passphrase?: string
}

/** Encrypts a small text to a passphrase (its NFC form), by age's scrypt recipient. */
export async function sealToPassphrase(text: string, passphrase: string, logN = 18): Promise<Uint8Array> {
  const encrypter = new (await library()).Encrypter()
  encrypter.addRecipient(passphraseRecipient(sealedForm(passphrase), logN))
  return encrypter.encrypt(text)
}

/** Encrypts a small text to recipients (`age1…`). Throws `bad-request` for an invalid one. */
export async function sealText(text: string, recipients: readonly string[]): Promise<Uint8Array> {
  const encrypter = new (await library()).Encrypter()
  addRecipients(encrypter, recipients)
  return encrypter.encrypt(text)
}

/** Decrypts a small age file. Throws `backup-wrong-key` when nothing fits, `backup-damaged` when its bytes are not whole. */
export async function openText(file: Uint8Array, ways: AgeKeys): Promise<string> {
  const opener = await ageOpener(file.subarray(0, maxAgeHeaderBytes), ways)
  const parts: Buffer[] = []
  opener.update(file.subarray(opener.headBytes), (part) => parts.push(Buffer.from(part)))
  opener.final((part) => parts.push(Buffer.from(part)))
  return Buffer.concat(parts).toString('utf8')
}

/** Takes bytes that are its own from then on. */
type Take = (bytes: Buffer<ArrayBuffer>) => void

export interface AgeSealer {
  /** What stands before the payload; write it first. */
  readonly head: Buffer<ArrayBuffer>
  update(bytes: Uint8Array, take: Take): void
  final(take: Take): void
}

/** Whom an age file is to: public keys, or a passphrase. age knows no file to both. */
export type AgeTarget = readonly string[] | { readonly passphrase: string }

/** What stands before the payload of one age file, and the key of that payload. Never for a second file, never stored. */
export interface AgeHead {
  readonly head: Uint8Array
  readonly key: Uint8Array
}

/** A head for a file that is to be sealed. Throws `bad-request` for an invalid recipient. */
export async function newAgeHead(to: AgeTarget): Promise<AgeHead> {
  const { header, fileKey } = await ('passphrase' in to ? newPassphraseHeader(to.passphrase) : newHeader(to))
  const nonce = randomBytes(nonceBytes)
  return { head: Uint8Array.from([...header, ...nonce]), key: payloadKey(fileKey, nonce) }
}

/**
 * Reads the head of an age file (its first bytes, up to `maxAgeHeaderBytes`). Throws `backup-wrong-key` when nothing given
 * opens it, `backup-damaged` when it is no whole age file.
 */
export async function openAgeHead(start: Uint8Array, ways: AgeKeys): Promise<AgeHead> {
  const headerBytes = headerLength(start)
  const headBytes = headerBytes + nonceBytes
  if (headerBytes === 0 || start.length < headBytes) throw damaged()
  const fileKey = await fileKeyOf(start.subarray(0, headerBytes), ways)
  const head = Uint8Array.from(start.subarray(0, headBytes))
  return { head, key: payloadKey(fileKey, head.subarray(headerBytes)) }
}

/** Begins an age file; feed it plain bytes and write what it hands out. Throws as `newAgeHead` does. */
export async function ageSealer(to: AgeTarget): Promise<AgeSealer> {
  return sealerWith(await newAgeHead(to))
}

/** The same with a head that was made before. */
export function sealerWith({ head, key }: AgeHead): AgeSealer {
  const held = Buffer.alloc(chunkBytes)
  let filled = 0
  let counter = 0

  function seal(chunk: Uint8Array, isLast: boolean, take: Take): void {
    const cipher = createCipheriv('chacha20-poly1305', key, chunkNonce(counter, isLast), { authTagLength: tagBytes })
    counter += 1
    take(cipher.update(chunk))
    cipher.final()
    take(cipher.getAuthTag())
  }

  return {
    head: Buffer.from(head),
    update(bytes, take) {
      let at = 0
      // Only when more follows is a full chunk known not to be the last one.
      while (at < bytes.length) {
        if (filled === chunkBytes) {
          seal(held, false, take)
          filled = 0
        }
        if (filled === 0) {
          for (; bytes.length - at > chunkBytes; at += chunkBytes)
            seal(bytes.subarray(at, at + chunkBytes), false, take)
        }
        const part = bytes.subarray(at, at + Math.min(chunkBytes - filled, bytes.length - at))
        held.set(part, filled)
        filled += part.length
        at += part.length
      }
    },
    final(take) {
      seal(held.subarray(0, filled), true, take)
    },
  }
}

export interface AgeOpener {
  /** Length of header and nonce; the payload begins there. */
  readonly headBytes: number
  update(bytes: Uint8Array, take: Take): void
  /** Throws `backup-damaged` when the end is not the true end. */
  final(take: Take): void
}

/** Opens an age file by its first bytes; feed it the payload after its head. Throws as `openAgeHead` does. */
export async function ageOpener(start: Uint8Array, ways: AgeKeys): Promise<AgeOpener> {
  return openerWith(await openAgeHead(start, ways))
}

/** The same with a head that was opened before. */
export function openerWith({ head, key }: AgeHead): AgeOpener {
  const headBytes = head.length
  const sealedChunk = chunkBytes + tagBytes
  const held = Buffer.alloc(sealedChunk)
  let filled = 0
  let counter = 0

  function open(chunk: Uint8Array, isLast: boolean, take: Take): void {
    if (chunk.length < tagBytes) throw damaged()
    const cipher = createDecipheriv('chacha20-poly1305', key, chunkNonce(counter, isLast), { authTagLength: tagBytes })
    cipher.setAuthTag(chunk.subarray(chunk.length - tagBytes))
    const plain = cipher.update(chunk.subarray(0, chunk.length - tagBytes))
    try {
      cipher.final()
    } catch (cause) {
      throw damaged(cause)
    }
    // A last chunk may be empty only when it is the only one.
    if (isLast && plain.length === 0 && counter > 0) throw damaged()
    counter += 1
    take(plain)
  }

  return {
    headBytes,
    update(bytes, take) {
      let at = 0
      while (at < bytes.length) {
        if (filled === sealedChunk) {
          open(held, false, take)
          filled = 0
        }
        if (filled === 0) {
          for (; bytes.length - at > sealedChunk; at += sealedChunk) {
            open(bytes.subarray(at, at + sealedChunk), false, take)
          }
        }
        const part = bytes.subarray(at, at + Math.min(sealedChunk - filled, bytes.length - at))
        held.set(part, filled)
        filled += part.length
        at += part.length
      }
    },
    final(take) {
      open(held.subarray(0, filled), true, take)
    },
  }
}

/** Whether bytes are an age file that can hold so many plain bytes, as far as can be told without its key. */
export function isAgeFile(bytes: Uint8Array, plainBytes: number): boolean {
  const headerBytes = headerLength(bytes)
  return headerBytes > 0 && bytes.length >= headerBytes + nonceBytes + plainBytes + tagBytes
}

async function newHeader(recipients: readonly string[]): Promise<{ header: Buffer; fileKey: Uint8Array }> {
  let fileKey: Uint8Array | undefined
  const encrypter = new (await library()).Encrypter()
  // The library makes the file key itself; a recipient that adds nothing to the header learns it.
  encrypter.addRecipient({
    wrapFileKey(key) {
      fileKey = Uint8Array.from(key)
      return []
    },
  })
  addRecipients(encrypter, recipients)
  const empty = await encrypter.encrypt(new Uint8Array(0))
  const length = headerLength(empty)
  if (fileKey === undefined || length === 0) throw new Error('the age library made no header')
  return { header: Buffer.from(empty.subarray(0, length)), fileKey }
}

/** Only a scrypt recipient may stand in such a header, so the file key is read back out of it. */
async function newPassphraseHeader(passphrase: string): Promise<{ header: Buffer; fileKey: Uint8Array }> {
  const empty = await sealToPassphrase('', passphrase)
  const header = Buffer.from(empty.subarray(0, headerLength(empty)))
  return { header, fileKey: await fileKeyOf(header, { passphrase }) }
}

function addRecipients(encrypter: Age.Encrypter, recipients: readonly string[]): void {
  try {
    for (const recipient of recipients) encrypter.addRecipient(recipient)
  } catch (cause) {
    throw new CofferError('That is not a complete public age key. Such a key begins with “age1”.', {
      code: 'bad-request',
      cause,
    })
  }
}

async function fileKeyOf(header: Uint8Array, ways: AgeKeys): Promise<Uint8Array> {
  const decrypter = new (await library()).Decrypter()
  for (const identity of ways.identities ?? []) decrypter.addIdentity(identity)
  if (ways.passphrase !== undefined) decrypter.addIdentity(passphraseIdentity(openingForms(ways.passphrase)))
  try {
    return await decrypter.decryptHeader(header)
  } catch (cause) {
    const isWrongKey = cause instanceof Error && /no identity matched|wrong passphrase|incorrect/i.test(cause.message)
    if (!isWrongKey) throw damaged(cause)
    throw new CofferError('This passphrase or key does not open the backup.', { code: 'backup-wrong-key', cause })
  }
}

/** Bytes up to and with the line of the header's MAC; 0 when there is none. */
function headerLength(bytes: Uint8Array): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, maxAgeHeaderBytes))
  if (!view.subarray(0, 22).equals(Buffer.from('age-encryption.org/v1\n'))) return 0
  const mac = view.indexOf('\n--- ')
  return mac === -1 ? 0 : view.indexOf('\n', mac + 1) + 1
}

function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32))
}

/** Eleven bytes of counter, big-endian, and one that marks the last chunk. */
function chunkNonce(counter: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(counter, 5, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

function damaged(cause?: unknown): CofferError {
  return new CofferError('A file of the backup is damaged: its contents are not what was written.', {
    code: 'backup-damaged',
    ...(cause !== undefined && { cause }),
  })
}
