import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { CofferError } from '../base/errors.ts'
import { firstLineBytes, firstSecretLine, maxSecretBytes, secretText } from '../base/secret-text.ts'

/**
 * Every secret the command line is given is read here: never an argument, which each program on the computer could read,
 * and never text in an encoding that is only guessed.
 */

/** The first line of a file, or of stdin for `-`. Throws `file-unreadable`. */
export async function secretLine(path: string, question = 'Passphrase: '): Promise<string> {
  return path === '-' ? typed(question) : firstSecretLine(await bytesOf(path), `The file ${path}`)
}

/** A whole file, as one with age keys is, or all of stdin for `-`. Throws `file-unreadable`. */
export async function secretFile(path: string): Promise<string> {
  return path === '-'
    ? secretText(await readUpTo(process.stdin, () => false), 'The text from stdin')
    : secretText(await bytesOf(path), `The file ${path}`)
}

/** A line of stdin; from a terminal it is not shown. Throws `cancelled`, `wrong-usage` when there is none, `file-unreadable`. */
export async function typed(question: string): Promise<string> {
  if (!process.stdin.isTTY) return piped()
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    const line = await new Promise<string>((done, reject) => {
      lines.once('line', done)
      lines.once('SIGINT', () => reject(new CofferError('Nothing was changed.', { code: 'cancelled' })))
      lines.once('close', () => reject(nothingGiven()))
    })
    if (!line.includes('\uFFFD')) return line
    throw new CofferError('The terminal does not send UTF-8, so letters such as ü could be misread.', {
      code: 'file-unreadable',
    })
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}

async function piped(): Promise<string> {
  const bytes = await readUpTo(process.stdin, (read) => firstLineBytes(read) > 0)
  if (bytes.length === 0) throw nothingGiven()
  return firstSecretLine(bytes.subarray(0, firstLineBytes(bytes) || bytes.length), 'The text from stdin')
}

function nothingGiven(): CofferError {
  return new CofferError('Nothing was given.', { code: 'wrong-usage' })
}

async function bytesOf(path: string): Promise<Buffer> {
  // Not all at once: the path may be a pipe, or by mistake a film.
  const file = createReadStream(resolve(path), { end: maxSecretBytes })
  return readUpTo(file, () => false).catch((cause: unknown) => {
    throw new CofferError(`The file ${path} could not be read.`, { code: 'file-unreadable', cause })
  })
}

async function readUpTo(stream: AsyncIterable<Buffer | string>, isEnough: (read: Buffer) => boolean): Promise<Buffer> {
  let read = Buffer.alloc(0)
  for await (const chunk of stream) {
    read = Buffer.concat([read, Buffer.from(chunk)])
    if (isEnough(read) || read.length > maxSecretBytes) break
  }
  return read
}
