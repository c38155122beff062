import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { withoutEnd } from '../base/trim.ts'

const derive = promisify(argon2)

/** RFC 9106's second recommended choice: 64 MiB, three passes. */
const memoryKiB = 65_536
const passes = 3
const parallelism = 4
const tagBytes = 32

/** An argon2id hash (RFC 9106) of a password, in the PHC string format. Takes about a tenth of a second. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await run(password, salt, { memory: memoryKiB, passes, parallelism, tagLength: tagBytes })
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${parallelism}$${plain(salt)}$${plain(tag)}`
}

const bcryptHash = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/
/** A higher cost than anyone uses would keep the engine busy for hours. */
const maxBcryptCost = 15

/**
 * True when the password is the one that was hashed, with argon2id or (accounts that come from elsewhere) bcrypt. A hash
 * this program cannot read is never matched.
 */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const cost = bcryptHash.exec(hash)?.[1]
  if (cost !== undefined) return Number(cost) <= maxBcryptCost && (await matchesBcrypt(password, hash))
  const match = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash)
  if (!match) return false
  const [, memory, times, lanes, salt, tag] = match
  const expected = Buffer.from(tag ?? '', 'base64')
  const nonce = Buffer.from(salt ?? '', 'base64')
  if (nonce.length < 8 || expected.length < 4) return false
  const actual = await run(password, nonce, {
    memory: Number(memory),
    passes: Number(times),
    parallelism: Number(lanes),
    tagLength: expected.length,
  })
  return timingSafeEqual(actual, expected)
}

/** Whether a hash that was just matched should be made again: another function, or weaker parameters than ours. */
export function isOutdatedHash(hash: string): boolean {
  return !hash.startsWith(`$argon2id$v=19$m=${memoryKiB},t=${passes},p=${parallelism}$`)
}

/** Other programs hashed the bytes as they were typed, in whichever Unicode form that was. */
async function matchesBcrypt(password: string, hash: string): Promise<boolean> {
  // Here, because few vaults ever meet one.
  const { compare } = await import('bcryptjs')
  for (const form of new Set([password, password.normalize('NFC'), password.normalize('NFD')])) {
    if (await compare(form, hash)) return true
  }
  return false
}

function run(
  password: string,
  nonce: Buffer,
  cost: { memory: number; passes: number; parallelism: number; tagLength: number },
): Promise<Buffer> {
  return derive('argon2id', { message: Buffer.from(password.normalize('NFC')), nonce, ...cost })
}

function plain(bytes: Buffer): string {
  return withoutEnd(bytes.toString('base64'), '=')
}
