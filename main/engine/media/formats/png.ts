import type { FileHandle } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import { addPhotoshop, noBlocks, withoutExifName, type Blocks } from '../blocks/index.ts'
import { readAt, withFile } from './read-at.ts'

/** What the chunks of a PNG tell besides its pixels (PNG, third edition). */
export interface PngFacts {
  readonly blocks: Blocks
  /** Text chunks by their keyword in small letters and without blanks: some writers leave those out. */
  readonly texts: ReadonlyMap<string, string>
  /** When the picture was last changed, UTC: `2006-04-05T13:09:43`. */
  readonly changedUtc: string | undefined
}

const maxChunkBytes = 8 << 20
const maxTextBytes = 16 << 20
/** Animations have thousands of chunks of pixels; a file made to hurt has millions of empty ones. */
const maxChunks = 100_000
const maxTexts = 500
const xmpKeyword = 'xml:com.adobe.xmp'

/** Reads metadata chunks wherever they stand, also behind the pixels, which are passed over by seeking. */
export async function readPng(path: string): Promise<PngFacts> {
  const blocks = noBlocks()
  const texts = new Map<string, string>()
  let changedUtc: string | undefined
  await withFile(path, async (file, size) => {
    for await (const { type, body } of chunks(file, size)) {
      if (type === 'eXIf') blocks.exif.push(withoutExifName(body))
      else if (type === 'tIME') changedUtc ??= timeOf(body)
      else if (texts.size < maxTexts) readText(type, body, blocks, texts)
    }
  })
  return { blocks, texts, changedUtc }
}

const wanted = new Set(['eXIf', 'tIME', 'tEXt', 'zTXt', 'iTXt'])

async function* chunks(file: FileHandle, size: number): AsyncGenerator<{ type: string; body: Buffer }> {
  for (let at = 8, count = 0; at + 12 <= size && count < maxChunks; count += 1) {
    const head = await readAt(file, at, 8)
    if (head.length < 8) return
    const length = head.readUInt32BE(0)
    const type = head.toString('latin1', 4, 8)
    if (type === 'IEND') return
    if (wanted.has(type) && length <= maxChunkBytes) yield { type, body: await readAt(file, at + 8, length) }
    at += 12 + length
  }
}

function readText(type: string, body: Buffer, blocks: Blocks, texts: Map<string, string>): void {
  const end = body.indexOf(0)
  if (end < 1) return
  const keyword = body.toString('latin1', 0, end)
  const value = textBytes(type, body.subarray(end + 1))
  if (!value) return
  if (/^raw profile type /i.test(keyword))
    return addProfile(keyword.slice(17).trim().toLowerCase(), value.bytes, blocks)
  if (keyword.toLowerCase() === xmpKeyword) blocks.xmp.push(value.bytes)
  else if (!texts.has(textKey(keyword))) {
    texts.set(textKey(keyword), value.bytes.toString(value.isUtf8 ? 'utf8' : 'latin1').trim())
  }
}

function textKey(keyword: string): string {
  return keyword.toLowerCase().replaceAll(' ', '')
}

/** The text behind a keyword: plain, packed, or with a language and a translation before it. */
function textBytes(type: string, rest: Buffer): { readonly bytes: Buffer; readonly isUtf8: boolean } | null {
  if (type === 'tEXt') return { bytes: rest, isUtf8: isUtf8(rest) }
  if (type === 'zTXt') {
    const bytes = unpacked(rest.subarray(1))
    return bytes && { bytes, isUtf8: isUtf8(bytes) }
  }
  if (type !== 'iTXt') return null
  const language = rest.indexOf(0, 2)
  const translation = language < 0 ? -1 : rest.indexOf(0, language + 1)
  if (translation < 0) return null
  const bytes = rest[0] === 1 ? unpacked(rest.subarray(translation + 1)) : rest.subarray(translation + 1)
  return bytes && { bytes, isUtf8: true }
}

/** tEXt is Latin-1 by the standard; many programs write UTF-8, which text in Latin-1 next to never is. */
function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function unpacked(bytes: Buffer): Buffer | null {
  try {
    return inflateSync(bytes, { maxOutputLength: maxTextBytes })
  } catch {
    // Broken or made to swell: it says nothing.
    return null
  }
}

/** ImageMagick's profiles: a name and a length in lines of their own, then hexadecimal digits. */
function addProfile(name: string, text: Buffer, blocks: Blocks): void {
  const lines = text.toString('latin1').trim().split('\n')
  const bytes = Buffer.from(lines.slice(2).join('').replaceAll(/\s/g, ''), 'hex')
  const xmpName = 'http://ns.adobe.com/xap/1.0/\0'
  if (name === 'xmp') blocks.xmp.push(bytes)
  else if (name === 'iptc' || name === '8bim') {
    if (bytes.toString('latin1', 0, 4) === '8BIM') addPhotoshop(blocks, bytes)
    else blocks.iptc.push(bytes)
  } else if (name === 'exif' || name === 'app1') {
    if (bytes.toString('latin1', 0, xmpName.length) === xmpName) blocks.xmp.push(bytes.subarray(xmpName.length))
    else blocks.exif.push(withoutExifName(bytes))
  }
}

function timeOf(body: Buffer): string | undefined {
  if (body.length < 7) return undefined
  const two = (at: number): string => String(body[at]).padStart(2, '0')
  return `${body.readUInt16BE(0)}-${two(2)}-${two(3)}T${two(4)}:${two(5)}:${two(6)}`
}
