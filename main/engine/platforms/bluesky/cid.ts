import { createHash } from 'node:crypto'
import { BadPayload } from '../draft.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz234567'
const digestLength = 32
/** Version 1, and SHA-256 of 32 bytes. */
const version = 0x01
const sha256 = 0x12
export const rawCodec = 0x55

/** A name made of a content's hash, taken apart. */
export interface Cid {
  /** As it is written: `b…`. */
  readonly text: string
  readonly codec: number
  readonly digest: Uint8Array
  /** Bytes it takes. */
  readonly length: number
}

/** Reads the name at the start of these bytes. Throws `BadPayload` for any kind but version 1 with SHA-256. */
export function cidOf(bytes: Uint8Array): Cid {
  const codec = bytes[1] ?? 0
  const length = 4 + digestLength
  if (bytes[0] !== version || codec > 0x7f || bytes[2] !== sha256 || bytes[3] !== digestLength || bytes.length < length)
    throw new BadPayload('a name of a kind that is not known')
  return { text: `b${base32(bytes.subarray(0, length))}`, codec, digest: bytes.subarray(4, length), length }
}

/** Hash of the bytes that a written name stands for, in hex; null for a name of another kind. */
export function hashOfName(name: string): string | null {
  if (!/^b[a-z2-7]{58}$/.test(name)) return null
  const bytes = Buffer.alloc(36)
  let bits = 0
  let value = 0
  let at = 0
  for (const letter of name.slice(1)) {
    value = ((value << 5) | letters.indexOf(letter)) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    if (at < bytes.length) bytes[at] = (value >> bits) & 0xff
    at += 1
  }
  try {
    const cid = cidOf(bytes)
    return cid.codec === rawCodec ? Buffer.from(cid.digest).toString('hex') : null
  } catch {
    return null
  }
}

/** Whether these bytes are what the name says. */
export function isNameOf(cid: Cid, bytes: Uint8Array): boolean {
  return createHash('sha256').update(bytes).digest().equals(cid.digest)
}

function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += letters[(value >> bits) & 31]
    }
  }
  return bits === 0 ? text : text + letters[(value << (5 - bits)) & 31]
}
