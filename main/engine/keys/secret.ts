import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits as 64 hex digits. */
export function newSecret(): string {
  return randomBytes(32).toString('hex')
}

/** Compares two secrets in time that tells nothing about either. */
export function sameSecret(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}
