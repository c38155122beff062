import { CofferError, isDiskFull } from '../base/errors.ts'

/** Why pictures could not be written, which is no fault of the file. */
export function failure(message: { readonly message: string; readonly code: string | undefined }): CofferError {
  if (isDiskFull(message)) {
    return new CofferError('The disk is full: the pictures could not be written', { code: 'disk-full', retry: 'later' })
  }
  return new CofferError('The pictures could not be written', {
    code: 'internal',
    retry: 'later',
    cause: new Error(message.message),
  })
}

export function closed(): CofferError {
  return new CofferError('The picture reader was closed', { code: 'cancelled', retry: 'later' })
}

export function aborted(): CofferError {
  return new CofferError('Reading was cancelled', { code: 'cancelled', retry: 'later' })
}
