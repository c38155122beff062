import { CofferError } from '../../base/errors.ts'
import { plainWords } from '../../base/plain-error.ts'

/** An error PostgreSQL answered, without the statement and its parameters. */
export class SqlError extends Error {
  /** SQLSTATE, such as `23505`. */
  readonly code: string | null
  constructor(message: string, code: string | null) {
    super(message)
    this.name = 'SqlError'
    this.code = code
  }
}

const noSpace = /No space left on device|quota exceeded/i
/** SQLSTATE of a statement that found no room while the server itself could go on. */
export const diskFullState = '53100'

/** SQLSTATE program_limit_exceeded: an answer larger than the caller accepts. */
export const tooLargeState = '54000'

export function diskFull(): CofferError {
  return new CofferError('The disk with the vault is full. Nothing that was saved is lost.', {
    code: 'disk-full',
    retry: 'later',
  })
}

/** A server that ended while it was used; `words` is what it said last. */
export function stoppedError(words: string): CofferError {
  if (noSpace.test(words)) return diskFull()
  return new CofferError('The database stopped and is being started again.', {
    code: 'database-stopped',
    retry: 'later',
    ...(words !== '' && { details: { server: words } }),
  })
}

/** A server that would not start over the data of a vault; `words` is what it said last. */
export function damaged(words: string): CofferError {
  if (noSpace.test(words)) return diskFull()
  const details = { server: words.slice(0, 2000) }
  // A folder that may not be read, or a drive that may not be written, is no damage.
  const plain = plainWords(words, 'the database of this vault')
  if (plain !== null) return new CofferError(plain.message, { code: plain.code, retry: plain.retry, details })
  return new CofferError(
    'The database of this vault could not be opened. Your originals are untouched; restore the database from a backup.',
    { code: 'database-damaged', details },
  )
}
