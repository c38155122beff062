import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { Identity, Recipient } from 'age-encryption'

/**
 * age's scrypt recipient (https://age-encryption.org/v1) through OpenSSL: off the main thread, and the 256 MiB it works in
 * are given back at once, where JavaScript would hold on to them.
 */
const label = Buffer.from('age-encryption.org/v1/scrypt')
const cipherName = 'chacha20-poly1305'
const saltBytes = 16
const tagBytes = 16
const wrappedBytes = 32
/** As in age's own program: a file may not make its reader work for minutes. */
const highestLogN = 20

/** Seals a file key to a passphrase; 2 to the power of `logN` is the work. */
export function passphraseRecipient(passphrase: string, logN: number): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const salt = randomBytes(saltBytes)
      const cipher = createCipheriv(cipherName, await keyOf(passphrase, salt, logN), Buffer.alloc(12), {
        authTagLength: tagBytes,
      })
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()])
      const { Stanza } = await import('age-encryption')
      return [new Stanza(['scrypt', salt.toString('base64').replaceAll('=', ''), String(logN)], body)]
    },
  }
}

/**
 * Opens a file key with a passphrase in one of its `forms`, each of which takes a second; null when none fits, and throws
 * for a header that cannot be.
 */
export function passphraseIdentity(forms: readonly string[]): Identity {
  return {
    async unwrapFileKey(stanzas) {
      const stanza = stanzas.find((each) => each.args[0] === 'scrypt')
      if (!stanza) return null
      const [, saltText = '', logN = '', ...more] = stanza.args
      const isForm = /^[A-Za-z0-9+/]{22}$/.test(saltText) && /^[1-9]\d?$/.test(logN) && more.length === 0
      const { body } = stanza
      const isSound = isForm && stanzas.length === 1 && Number(logN) <= highestLogN && body.length === wrappedBytes
      if (!isSound) throw new Error('invalid scrypt stanza')
      const salt = Buffer.from(saltText, 'base64')
      for (const form of forms) {
        const fileKey = unwrapped(await keyOf(form, salt, Number(logN)), body)
        if (fileKey) return fileKey
      }
      return null
    },
  }
}

function unwrapped(key: Buffer, body: Uint8Array): Uint8Array | null {
  const cipher = createDecipheriv(cipherName, key, Buffer.alloc(12), { authTagLength: tagBytes })
  cipher.setAuthTag(body.subarray(tagBytes))
  const fileKey = cipher.update(body.subarray(0, tagBytes))
  try {
    cipher.final()
    return fileKey
  } catch {
    // Another passphrase.
    return null
  }
}

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

function keyOf(passphrase: string, salt: Buffer, logN: number): Promise<Buffer> {
  const N = 2 ** logN
  return derive(passphrase, Buffer.concat([label, salt]), 32, { N, r: 8, p: 1, maxmem: 2 * 128 * 8 * N })
}
