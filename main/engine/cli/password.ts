import { CofferError } from '../base/errors.ts'
import { secretLine, typed } from './secrets.ts'

/** The password a command signs in with: from the file, else typed. Throws `sign-in-needed` where nobody can type. */
export async function signInPassword(username: string, file: string | undefined): Promise<string> {
  if (file !== undefined) return secretLine(file, `Password of ${username}: `)
  if (!process.stdin.isTTY) {
    throw new CofferError(`${username} has a password. Put it in a file and use --password-file FILE.`, {
      code: 'sign-in-needed',
    })
  }
  return typed(`Password of ${username}: `)
}

/** A new password: from the file, else typed, or read from stdin where that is no terminal. */
export async function newPassword(username: string, file: string | undefined): Promise<string> {
  return secretLine(file ?? '-', `New password of ${username}: `)
}
