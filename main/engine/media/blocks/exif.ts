import * as exifReaderModule from 'exifreader'
import * as exifrModule from 'exifr'
import { isTags, noTags, type TagBlocks, type Tags } from './tags.ts'

// Both are CommonJS: Node finds their functions on the default export only.
const exifr = exifrModule.default
export const exifReader = exifReaderModule.default

export type ExifTags = Pick<TagBlocks, 'ifd0' | 'exif' | 'gps'>

const options = {
  icc: false,
  jfif: false,
  ihdr: false,
  interop: false,
  mergeOutput: false,
  translateKeys: true,
  translateValues: false,
  reviveValues: false,
  tiff: true,
  ifd0: {},
  exif: true,
  gps: true,
  iptc: false,
  xmp: false,
} as const

/**
 * Reads an EXIF block, or the tables of a TIFF file: bytes that begin with `II` or `MM`. What is broken in it costs only
 * itself; nothing is thrown. Tags are named as exifr names them.
 */
export async function readExif(block: Uint8Array): Promise<ExifTags> {
  const bytes = withTiffMark(block)
  if (!bytes) return noTags
  const first = await readFirst(bytes)
  // exifr leaves a table at the first entry it cannot read, mostly without a word; the other reader goes on behind it.
  const second = readPatiently(bytes)
  return {
    ifd0: { ...second.ifd0, ...first.ifd0 },
    exif: { ...second.exif, ...first.exif },
    gps: { ...second.gps, ...first.gps },
  }
}

/** RAW files of Panasonic and Olympus have numbers of their own behind the byte order, and bad disks any number. */
function withTiffMark(block: Uint8Array): Buffer | null {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength)
  const order = bytes.toString('latin1', 0, 2)
  if (bytes.length < 14 || (order !== 'II' && order !== 'MM')) return null
  const mark = order === 'II' ? 'II*\0' : 'MM\0*'
  if (bytes.toString('latin1', 0, 4) === mark) return bytes
  const marked = Buffer.from(bytes)
  marked.write(mark, 0, 'latin1')
  return marked
}

async function readFirst(bytes: Buffer): Promise<ExifTags> {
  try {
    const parsed: unknown = await exifr.parse(bytes, options)
    const block = (name: string): Tags => (isTags(parsed) && isTags(parsed[name]) ? parsed[name] : {})
    return { ifd0: block('ifd0'), exif: block('exif'), gps: block('gps') }
  } catch {
    // At some broken tables it throws.
    return noTags
  }
}

function readPatiently(bytes: Buffer): ExifTags {
  try {
    return tagsOf(exifReader.load(bytes, { expanded: true, computed: true, includeTags: { exif: true, gps: true } }))
  } catch {
    // Not even the first table can be found.
    return noTags
  }
}

/** Where things lie in the file: nothing that is said of the picture. */
const ofStorage = /IFD Pointer$|^(?:Strip|Tile)(?:Offsets|ByteCounts)$/

/** What ExifReader found, named and sorted as exifr does. */
export function tagsOf(read: { readonly exif?: object; readonly gps?: object }): ExifTags {
  const ifd0: Record<string, unknown> = {}
  const exif: Record<string, unknown> = {}
  const gps: Record<string, unknown> = {}
  for (const [name, tag] of Object.entries(read.exif ?? {}) as [string, unknown][]) {
    if (!isTags(tag) || tag['value'] === '<faulty value>' || ofStorage.test(name)) continue
    const id = Number(tag['id'])
    const value = plain(tag['computed'] ?? tag['value'])
    if (name.startsWith('GPS')) gps[named('gps', id, name)] = value
    else if (exifr.tagKeys.get('exif')?.has(id) === true) exif[named('exif', id, name)] = value
    else if (exifr.tagKeys.get('ifd0')?.has(id) === true) ifd0[named('ifd0', id, name)] = value
  }
  const place: Tags = isTags(read.gps) ? read.gps : {}
  if (place['Latitude'] !== undefined) gps['latitude'] = place['Latitude']
  if (place['Longitude'] !== undefined) gps['longitude'] = place['Longitude']
  return { ifd0, exif, gps }
}

function named(block: string, id: number, name: string): string {
  return exifr.tagKeys.get(block)?.get(id) ?? name
}

/** Texts come as a list of what stands between zero bytes; the first is the text, what follows it is padding. */
function plain(value: unknown): unknown {
  return Array.isArray(value) && typeof value[0] === 'string' ? value[0] : value
}
