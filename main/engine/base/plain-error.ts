import type { ErrorCode } from '../../contract/index.ts'
import { CofferError, systemCode } from './errors.ts'

/** What a sentence says of a failure: `place` is where, in words a person knows (“the vault”, a path they gave). */
interface Plain {
  readonly code: ErrorCode
  readonly retry: 'never' | 'later'
  sentence(place: string): string
}

const full: Plain = {
  code: 'disk-full',
  retry: 'later',
  sentence: (place) =>
    `The disk with ${place} is full. Nothing that was saved is lost; free up some space and try again.`,
}
const forbidden: Plain = {
  code: 'not-permitted',
  retry: 'later',
  sentence: (place) =>
    `Coffer is not allowed to read or write ${place}. Change the permissions of that file or folder, or start Coffer as its owner.`,
}
const readOnly: Plain = {
  code: 'read-only',
  retry: 'later',
  sentence: (place) => `The drive with ${place} is read-only. Make it writable, or choose another location.`,
}
const failing: Plain = {
  code: 'disk-failing',
  retry: 'later',
  sentence: (place) =>
    `The drive with ${place} could not be read or written. It may be failing; check it and its cable.`,
}
const away: Plain = {
  code: 'drive-away',
  retry: 'later',
  sentence: (place) => `The drive with ${place} is no longer connected. Connect it and try again.`,
}
const gone: Plain = {
  code: 'file-missing',
  retry: 'later',
  sentence: (place) => `A file or folder of ${place} is missing. Is its drive connected?`,
}
const busy: Plain = {
  code: 'busy',
  retry: 'later',
  sentence: (place) => `Another program is using ${place}, or too many files are open. Try again in a moment.`,
}
const odd: Plain = {
  code: 'file-unreadable',
  retry: 'never',
  sentence: (place) =>
    `${upper(place)} is not what it should be: a name is taken, too long, or a folder stands where a file should.`,
}

/** Codes of the operating system, as Node names them. */
const ofSystem: Readonly<Record<string, Plain>> = {
  ENOSPC: full,
  EDQUOT: full,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: readOnly,
  EIO: failing,
  EREMOTEIO: failing,
  EBADF: failing,
  ENODEV: away,
  ENXIO: away,
  ESTALE: away,
  EHOSTDOWN: away,
  EHOSTUNREACH: away,
  ENOTCONN: away,
  ETIMEDOUT: away,
  ENOENT: gone,
  ENOTDIR: gone,
  EBUSY: busy,
  ETXTBSY: busy,
  EAGAIN: busy,
  EMFILE: busy,
  ENFILE: busy,
  ENOMEM: busy,
  EEXIST: odd,
  EISDIR: odd,
  ELOOP: odd,
  EINVAL: odd,
  EMLINK: odd,
  EFBIG: odd,
  ENAMETOOLONG: odd,
  ENOTEMPTY: odd,
  ENOTSUP: odd,
  EXDEV: odd,
}

/** Result codes of SQLite, which only ever holds locks here. */
const ofSqlite: Readonly<Record<number, Plain>> = {
  3: forbidden,
  8: readOnly,
  10: failing,
  13: full,
  14: forbidden,
  26: odd,
}

const damagedPages: Plain = {
  code: 'database-damaged',
  retry: 'never',
  sentence: () =>
    'Part of the database cannot be read: the disk returned different data from what was written. Your originals are untouched; restore the database from a backup.',
}
const stopped: Plain = {
  code: 'database-stopped',
  retry: 'later',
  sentence: () => 'The database could not finish this. Nothing was changed; try again.',
}

/** SQLSTATEs that say something of the computer rather than of a statement of ours. */
const ofServer: readonly (readonly [RegExp, Plain])[] = [
  [/^(XX001|XX002|58P03)$/, damagedPages],
  [/^53100$/, full],
  [/^58030$/, failing],
  [/^58P01$/, damagedPages],
  [/^(53|57|55P03|40)/, stopped],
]

/** What the words of a server, or of a program it ran, tell of the system. */
const ofWords: readonly (readonly [RegExp, Plain])[] = [
  [/No space left on device|quota exceeded|ENOSPC|EDQUOT/i, full],
  [/Permission denied|Operation not permitted|EACCES|EPERM/i, forbidden],
  [/Read-only file system|EROFS/i, readOnly],
  [/Input\/output error|EIO\b/i, failing],
  [/invalid page in block|page verification failed|could not read block/i, damagedPages],
]

/**
 * Any thrown value as an error that can be shown: a code, a sentence that says what happened and what to do, and whether trying
 * again can help. No text of the system, of a driver or of SQL goes on; it stays the `cause`, for the log. What says
 * something itself already comes back as it is; what nobody foresaw is `internal`.
 */
export function plainError(error: unknown, place = 'the vault'): CofferError {
  if (error instanceof CofferError) return error
  const plain = plainOf(error)
  if (plain === null) {
    return new CofferError('Something went wrong inside Coffer. Nothing was changed by this.', {
      code: 'internal',
      retry: 'later',
      cause: error,
    })
  }
  return new CofferError(plain.sentence(place), { code: plain.code, retry: plain.retry, cause: error })
}

/** The same for the words of a server that ended or would not start; null when they tell nothing of the system. */
export function plainWords(words: string, place = 'the vault'): CofferError | null {
  const [, plain] = ofWords.find(([pattern]) => pattern.test(words)) ?? []
  return plain ? new CofferError(plain.sentence(place), { code: plain.code, retry: plain.retry }) : null
}

function plainOf(error: unknown): Plain | null {
  const code = systemCode(error)
  if (code !== undefined && Object.hasOwn(ofSystem, code)) return ofSystem[code] ?? null
  // A SQLSTATE has five letters or digits; those of the system that have as many are known by now.
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code)) {
    return ofServer.find(([pattern]) => pattern.test(code))?.[1] ?? null
  }
  if (typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number') {
    return ofSqlite[error.errcode & 0xff] ?? null
  }
  return null
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What ended something long, as its state says it: in English, and as a code. */
export function failureOf(error: CofferError | null): { problem: string | null; problemCode: ErrorCode | null } {
  return { problem: error?.message ?? null, problemCode: error?.code ?? null }
}
