import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const nonceBytes = 12
const tagBytes = 16

/**
 * Seals a secret with the key that the operating system keeps (32 bytes as hex): AES-256-GCM, a random nonce in front, the
 * tag behind. `context` says what the secret is for; it opens only with the same one.
 */
export function sealSecret(key: string, context: string, secret: string): Uint8Array {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'hex'), nonce)
  cipher.setAAD(Buffer.from(context))
  return Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** The secret, or null when the key or the context is another one, or the bytes were changed. */
export function openSecret(key: string, context: string, sealed: Uint8Array): string | null {
  try {
    const cipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'hex'), sealed.subarray(0, nonceBytes))
    cipher.setAAD(Buffer.from(context))
    cipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
    const plain = cipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes))
    return Buffer.concat([plain, cipher.final()]).toString('utf8')
  } catch {
    // A vault moved to another computer: its key store has another key, and the passphrase is asked for again.
    return null
  }
}
