import { shortestPassword } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { hashPassword } from '../keys/index.ts'

/** The hash of a password that is long enough. Throws `weak-password`. */
export async function hashChecked(password: string): Promise<string> {
  if (Array.from(new Intl.Segmenter().segment(password)).length < shortestPassword) {
    throw new CofferError(`A password needs at least ${shortestPassword} characters.`, { code: 'weak-password' })
  }
  return hashPassword(password)
}
