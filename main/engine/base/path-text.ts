import { isUtf8 } from 'node:buffer'

/**
 * [Note: paths are bytes] To a file system a path is bytes, and not every name is UTF-8 (on Windows: not every name is
 * well-formed UTF-16, which Node hands over as WTF-8). Two such names become one when their bad bytes are decoded to
 * U+FFFD, and neither can be opened by it. So everything here keeps a path as *path text*: UTF-8 stays as it is, and each
 * byte that belongs to no valid character becomes two of the noncharacters U+FDD0 to U+FDDF, one for each half of the
 * byte. Unicode promises that no text uses them; the bytes of a name that does are written the same way, so that the text
 * always leads back to exactly the bytes it came from. PostgreSQL, JSON and JavaScript hold it like any other text, and
 * since `/` and `\` are never part of it, so do `dirname`, `basename` and `join`.
 */

const firstDigit = 0xfdd0
const oddByte = /[\uFDD0-\uFDDF]{2}/g
const anyDigit = /[\uFDD0-\uFDDF]/

/** Path text of a path as the system or a person gives it. */
export function pathText(path: string | Uint8Array): string {
  if (typeof path === 'string') return path.isWellFormed() && !anyDigit.test(path) ? path : textOfBytes(wtf8(path))
  if (!isUtf8(path)) return textOfBytes(path)
  const text = Buffer.from(path.buffer, path.byteOffset, path.byteLength).toString('utf8')
  return anyDigit.test(text) ? textOfBytes(path) : text
}

/** What the system must be given to open a path: its exact bytes where text would not bring them back. */
export function openable(text: string): string | Buffer {
  return anyDigit.test(text) ? bytesOf(text) : text
}

/** The bytes of a path. */
export function pathBytes(text: string): Buffer {
  return anyDigit.test(text) ? bytesOf(text) : Buffer.from(text)
}

/** A path or name for people to read: each odd byte as `\xFC`. It cannot be opened, and is not one to compare. */
export function shownPath(text: string): string {
  return text.replace(oddByte, (pair) => `\\x${byteAt(pair, 0).toString(16).toUpperCase().padStart(2, '0')}`)
}

function byteAt(text: string, at: number): number {
  return (text.charCodeAt(at) - firstDigit) * 16 + text.charCodeAt(at + 1) - firstDigit
}

function bytesOf(text: string): Buffer {
  const parts: Buffer[] = []
  let from = 0
  for (const match of text.matchAll(oddByte)) {
    parts.push(Buffer.from(text.slice(from, match.index)), Buffer.of(byteAt(match[0], 0)))
    from = match.index + 2
  }
  parts.push(Buffer.from(text.slice(from)))
  return Buffer.concat(parts)
}

function textOfBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let text = ''
  for (let at = 0; at < buffer.length;) {
    const length = characterLength(buffer, at)
    const character = buffer.toString('utf8', at, at + length)
    if (length > 0 && !anyDigit.test(character)) {
      text += character
      at += length
      continue
    }
    const byte = buffer[at] ?? 0
    text += String.fromCharCode(firstDigit + (byte >> 4), firstDigit + (byte & 15))
    at += 1
  }
  return text
}

/** How many bytes the valid UTF-8 character has that begins here; 0 when none does. */
function characterLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0
  const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  return length > 0 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0
}

/** UTF-8, with half a surrogate pair written as if it were a character: what Node takes for a Windows name. */
function wtf8(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text)
  return Buffer.concat(
    Array.from(text, (character) => {
      if (character.isWellFormed()) return Buffer.from(character)
      const unit = character.charCodeAt(0)
      return Buffer.of(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f))
    }),
  )
}
