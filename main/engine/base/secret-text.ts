import { CofferError } from './errors.ts'

/** More than any passphrase or key file has; what is longer is another file. */
export const maxSecretBytes = 65_536

const marks = { le: [0xff, 0xfe], be: [0xfe, 0xff] } as const

/**
 * The text of bytes in which somebody keeps a secret: UTF-8 with or without a byte order mark, or UTF-16 with one, as
 * Windows writes it. Anything else is refused: a letter that is read as another one makes a passphrase that nobody can
 * type. `source` says in a sentence where the bytes come from. Throws `file-unreadable`.
 */
export function secretText(bytes: Uint8Array, source: string): string {
  if (bytes.length > maxSecretBytes) throw unreadable(`${source} is too long to hold a passphrase or key.`)
  let text: string
  try {
    text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch (cause) {
    throw unreadable(
      `${source} is not text in UTF-8 or UTF-16, so letters such as ü could be misread. Save it as UTF-8.`,
      cause,
    )
  }
  if (!text.includes('\0')) return text
  throw unreadable(
    `${source} has characters that cannot be typed, perhaps UTF-16 without a byte-order mark. Save it as UTF-8.`,
  )
}

/** The first line of such bytes. Throws `file-unreadable`, also for an empty line. */
export function firstSecretLine(bytes: Uint8Array, source: string): string {
  const [line = ''] = secretText(bytes, source).split(/\r\n|\r|\n/, 1)
  if (line === '') throw unreadable(`${source} has nothing in its first line.`)
  return line
}

/** How many bytes the first line takes with its end; 0 while its end is not among the bytes that have come. */
export function firstLineBytes(bytes: Uint8Array): number {
  const encoding = encodingOf(bytes)
  const step = encoding === 'utf-8' ? 1 : 2
  const [low, high] = encoding === 'utf-16le' ? [0, 1] : [step - 1, 0]
  for (let at = 0; at + step <= bytes.length; at += step) {
    if (bytes[at + low] === 0x0a && (step === 1 || bytes[at + high] === 0)) return at + step
  }
  return 0
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (startsWith(bytes, marks.le)) return 'utf-16le'
  return startsWith(bytes, marks.be) ? 'utf-16be' : 'utf-8'
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte)
}

function unreadable(message: string, cause?: unknown): CofferError {
  return new CofferError(message, { code: 'file-unreadable', ...(cause !== undefined && { cause }) })
}
