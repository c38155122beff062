import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { CofferError } from '../base/errors.ts'

/** The first line of a file; a password is never an argument, which every program on the computer could read. */
export async function firstLine(path: string): Promise<string> {
  const text = await readFile(resolve(path), 'utf8').catch((cause: unknown) => {
    throw new CofferError(`The passphrase file ${path} could not be read.`, { code: 'file-unreadable', cause })
  })
  return text.split(/\r?\n/)[0] ?? ''
}

/** The password a command signs in with: from the file, else typed. Throws `sign-in-needed` where nobody can type. */
export async function signInPassword(username: string, file: string | undefined): Promise<string> {
  if (file !== undefined) return firstLine(file)
  if (!process.stdin.isTTY) {
    throw new CofferError(`${username} has a password. Put it in a file and say --password-file FILE.`, {
      code: 'sign-in-needed',
    })
  }
  return typed(`Password of ${username}: `)
}

/** A new password: from the file, else typed, or read from stdin where that is no terminal. */
export async function newPassword(username: string, file: string | undefined): Promise<string> {
  return file === undefined ? typed(`New password of ${username}: `) : firstLine(file)
}

/** One line from stdin that is not shown. */
export async function typed(question: string): Promise<string> {
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY })
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve)
      lines.once('SIGINT', () => reject(new CofferError('Nothing was changed.', { code: 'cancelled' })))
      lines.once('close', () => reject(new CofferError('Nothing was given.', { code: 'wrong-usage' })))
    })
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
