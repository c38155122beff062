import { CofferError, systemCode } from '../base/errors.ts'

/** An archive that is broken, or made to do harm. */
export function damaged(message: string, cause?: unknown): CofferError {
  return new CofferError(message, { code: 'archive-damaged', cause })
}

/** Whether a file of an archive could not be read because of what is in it, not because of the disk. */
export function isDamage(error: unknown): boolean {
  return error instanceof CofferError && error.code === 'archive-damaged'
}

/** What to throw for an error met inside of an archive: an error of the disk stays what it is. */
export function asDamage(error: unknown, message: string): unknown {
  const code = systemCode(error) ?? ''
  const isOfDisk = /^E[A-Z]+$/.test(code) && !code.startsWith('ERR_')
  return error instanceof CofferError || isOfDisk ? error : damaged(message, error)
}
