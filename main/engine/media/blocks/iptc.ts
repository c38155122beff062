import * as exifrModule from 'exifr'
import type { Tags } from './tags.ts'

const names = exifrModule.default.tagKeys.get('iptc')
const marker = 0x1c
const applicationRecord = 2
const maxDatasets = 2000

/**
 * Reads IPTC datasets (IIM 4.2, chapter 1), named as exifr names them; a dataset that comes more than once is a list. Bytes
 * before the first marker are padding, and what follows a broken dataset is left out.
 */
export function readIptc(block: Uint8Array): Tags {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength)
  const tags: Record<string, string | string[]> = {}
  let at = bytes.indexOf(marker)
  for (let count = 0; at >= 0 && at + 5 <= bytes.length && count < maxDatasets; count += 1) {
    if (bytes[at] !== marker) break
    const [record, dataset] = [bytes[at + 1], bytes[at + 2] ?? 0]
    const length = bytes.readUInt16BE(at + 3)
    // The highest bit says that a length of lengths follows: such fields hold pictures, no text.
    if (length > 0x7f_ff) break
    const name = record === applicationRecord ? names?.get(dataset) : undefined
    if (name !== undefined) add(tags, name, iptcText(bytes.subarray(at + 5, at + 5 + length)))
    at += 5 + length
  }
  return tags
}

function add(tags: Record<string, string | string[]>, name: string, text: string): void {
  const before = tags[name]
  if (before === undefined) tags[name] = text
  else if (typeof before === 'string') tags[name] = [before, text]
  else before.push(text)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const windowsLatin = new TextDecoder('windows-1252')

/**
 * Many writers store UTF-8, with and without the marker that says so, and text in a Latin alphabet is next to never valid
 * UTF-8 by accident: so the bytes decide.
 */
function iptcText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return windowsLatin.decode(bytes)
  }
}

/** The resource of Photoshop's that holds IPTC, and those that hold EXIF and XMP (Adobe Photoshop File Formats). */
export const photoshopId = { iptc: 0x04_04, exif: 0x04_22, exif3: 0x04_23, xmp: 0x04_24 } as const

/** The image resources of Photoshop by their ids: `8BIM`, an id, a name, a length. Others call themselves differently. */
export function photoshopResources(block: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength)
  const found = new Map<number, Uint8Array>()
  for (let at = 0, count = 0; at + 12 <= bytes.length && count < maxDatasets; count += 1) {
    if (!/^(8BIM|8B64|MeSa|AgHg|PHUT|DCSR)$/.test(bytes.toString('latin1', at, at + 4))) break
    const id = bytes.readUInt16BE(at + 4)
    const nameLength = (bytes[at + 6] ?? 0) + 1
    const lengthAt = at + 6 + nameLength + (nameLength % 2)
    if (lengthAt + 4 > bytes.length) break
    const length = bytes.readUInt32BE(lengthAt)
    if (!found.has(id)) found.set(id, bytes.subarray(lengthAt + 4, lengthAt + 4 + length))
    at = lengthAt + 4 + length + (length % 2)
  }
  return found
}
