import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits as 64 hex digits. */
export function newSecret(): string {
  return randomBytes(32).toString('hex')
}

/** What only a holder of `secret` (hex digits) can have written about `text`: HMAC-SHA-256 (RFC 2104) in hex digits. */
export function sealOf(secret: string, text: string): string {
  return createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest('hex')
}

/** Compares two secrets in time that tells nothing about either. */
export function sameSecret(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}
