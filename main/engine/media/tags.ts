import * as exifrModule from 'exifr'

// exifr is CommonJS: Node finds its functions on the default export only.
const exifr = exifrModule.default

/** What a file says, block by block, as exifr names it; a block that is absent or broken is empty. */
export interface TagBlocks {
  readonly ifd0: Tags
  readonly exif: Tags
  readonly gps: Tags
  readonly xmp: Tags
  readonly iptc: Tags
}
export type Tags = Readonly<Record<string, unknown>>

const shared = {
  icc: false,
  jfif: false,
  ihdr: false,
  interop: false,
  mergeOutput: false,
  translateKeys: true,
  translateValues: false,
  reviveValues: false,
  multiSegment: true,
} as const
/** XMP comes as text and is parsed by itself: exifr would mix its `exif` namespace into EXIF's own block. */
const fileOptions = { ...shared, tiff: true, ifd0: {}, exif: true, gps: true, iptc: true, xmp: { parse: false } }
const xmpOptions = { ...shared, tiff: false, exif: false, gps: false, iptc: false, xmp: true }

const none: TagBlocks = { ifd0: {}, exif: {}, gps: {}, xmp: {}, iptc: {} }

/**
 * Reads the tags of a whole file or of an EXIF block. exifr's own file reader leaves handles open, so it is given bytes.
 * Broken tags are no damage of a picture, so nothing is thrown.
 */
export async function readTags(input: Uint8Array): Promise<TagBlocks> {
  try {
    const parsed: unknown = await exifr.parse(
      Buffer.from(input.buffer, input.byteOffset, input.byteLength),
      fileOptions,
    )
    if (!isTags(parsed)) return none
    const block = (name: string): Tags => (isTags(parsed[name]) ? parsed[name] : {})
    const packet = parsed['xmp']
    const xmp = typeof packet === 'string' ? await readXmp(packet) : {}
    const iptc = Object.fromEntries(Object.entries(block('iptc')).map(([name, value]) => [name, iptcText(value)]))
    return { ifd0: block('ifd0'), exif: block('exif'), gps: block('gps'), iptc, xmp }
  } catch {
    // exifr throws on files it does not know and on some broken tables; both mean: no tags.
    return none
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const windowsLatin = new TextDecoder('windows-1252')

/**
 * exifr takes each byte of an IPTC text for a character. Many writers store UTF-8, with and without the marker that
 * says so, and text in a Latin alphabet is next to never valid UTF-8 by accident: so the bytes decide.
 */
function iptcText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(iptcText)
  if (typeof value !== 'string') return value
  const bytes = Buffer.from(value, 'latin1')
  try {
    return utf8.decode(bytes)
  } catch {
    return windowsLatin.decode(bytes)
  }
}

/** Reads an XMP packet of its own: a sidecar file, or the block a container carries. */
export async function readXmp(text: string): Promise<Tags> {
  try {
    // exifr reads XMP only inside a file, so the packet is put into the smallest JPEG segment stream it accepts.
    const packet = Buffer.from(text, 'utf8')
    const header = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1')
    if (packet.length + header.length + 2 > 0xff_ff) return readXmpByPattern(text)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(packet.length + header.length + 2)
    const jpeg = Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff, 0xe1]),
      length,
      header,
      packet,
      Buffer.from([0xff, 0xd9]),
    ])
    const parsed: unknown = await exifr.parse(jpeg, xmpOptions)
    const named: Record<string, unknown> = {}
    for (const [namespace, values] of Object.entries(isTags(parsed) ? parsed : {})) {
      // Adobe's first name for the namespace; files from before 2005 still carry it.
      const prefix = namespace === 'xap' ? 'xmp' : namespace
      for (const [key, value] of Object.entries(isTags(values) ? values : {}))
        named[`${prefix}:${key}`] = decoded(value)
    }
    return named
  } catch {
    // A packet that is no XML says nothing.
    return {}
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** exifr hands out the text of XML as it is written: `&amp;` for `&`. */
function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded)
  if (isTags(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, decoded(each)]))
  if (typeof value !== 'string') return value
  return value.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal)
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
  })
}

/** The few fields of a packet too long for one segment. */
function readXmpByPattern(text: string): Tags {
  const found: Record<string, unknown> = {}
  for (const name of ['xmp:Rating', 'exif:DateTimeOriginal', 'photoshop:DateCreated', 'xmp:CreateDate']) {
    const match = new RegExp(`${name}(?:="([^"]*)"|>([^<]*)<)`).exec(text)
    if (match) found[name] = decoded(match[1] ?? match[2])
  }
  return found
}

export function isTags(value: unknown): value is Tags {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
}

/** The first of several tags that holds text, trimmed, without padding; undefined when none does. */
export function textOf(...values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const text = plainText(value)
    if (text !== undefined && text !== '') return text
  }
  return undefined
}

function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.split('\0')[0]?.trim()
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return plainText(value[0])
  // XMP language alternatives: { lang: 'x-default', value: 'A caption' }
  if (isTags(value) && 'value' in value) return plainText(value['value'])
  return undefined
}

/** The first of several tags that holds a usable number; fractions may be pairs. */
export function numberOf(...values: readonly unknown[]): number | undefined {
  for (const value of values) {
    const number =
      Array.isArray(value) && value.length === 2
        ? Number(value[0]) / Number(value[1])
        : Number(Array.isArray(value) ? value[0] : value)
    if (value !== null && value !== undefined && value !== '' && Number.isFinite(number)) return number
  }
  return undefined
}

/** All texts of a tag that may be one, many, or an XMP bag. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  const text = plainText(value)
  return text === undefined || text === '' ? [] : [text]
}
