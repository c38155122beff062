/** What a file says, block by block; a block that is absent or broken is empty. */
export interface TagBlocks {
  readonly ifd0: Tags
  readonly exif: Tags
  readonly gps: Tags
  readonly xmp: Tags
  readonly iptc: Tags
}
export type Tags = Readonly<Record<string, unknown>>

export const noTags: TagBlocks = { ifd0: {}, exif: {}, gps: {}, xmp: {}, iptc: {} }

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
  if (typeof value === 'string') return value.split('\0', 1)[0]?.trim()
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return plainText(value[0])
  // XMP language alternatives: { lang: 'x-default', value: 'A caption' }
  if (isTags(value) && 'value' in value) return plainText(value['value'])
  return undefined
}

/** The first of several tags that holds a usable number; fractions may be pairs, or text as XMP writes them. */
export function numberOf(...values: readonly unknown[]): number | undefined {
  for (const value of values) {
    const number =
      Array.isArray(value) && value.length === 2 && typeof value[0] === 'number'
        ? value[0] / Number(value[1])
        : plainNumber(Array.isArray(value) ? value[0] : value)
    if (number !== undefined && Number.isFinite(number)) return number
  }
  return undefined
}

function plainNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const [above, below] = value.split('/', 2)
  return below === undefined ? Number(above) : Number(above) / Number(below)
}

/** All texts of a tag that may be one, many, or an XMP bag. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  const text = plainText(value)
  return text === undefined || text === '' ? [] : [text]
}
