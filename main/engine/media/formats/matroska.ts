import { readAt, withFile } from './read-at.ts'

/** What Matroska and WebM say of themselves (RFC 9559): the date, and a date as a tag. */
export interface MatroskaFacts {
  readonly createdUtc: string | undefined
  readonly createdLocal: string | undefined
}

const id = { segment: 0x18_53_80_67, info: 0x15_49_a9_66, date: 0x44_61, tags: 0x12_54_c3_67, cluster: 0x1f_43_b6_75 }
const tagIds = { tag: 0x73_73, simple: 0x67_c8, name: 0x45_a3, text: 0x44_87 }
/** DateUTC counts nanoseconds from here. */
const epochMs = Date.UTC(2001, 0, 1)
const maxElements = 5000
const maxElementBytes = 4 << 20

/** Reads the segment's own elements, passing over the film itself by seeking. */
export async function readMatroska(path: string): Promise<MatroskaFacts> {
  return withFile(path, async (file, size) => {
    let createdUtc: string | undefined
    let createdLocal: string | undefined
    let at = 0
    for (let count = 0; at + 2 <= size && count < maxElements; count += 1) {
      const head = await readAt(file, at, 12)
      const element = elementAt(head, 0)
      if (!element) break
      const bodyAt = at + element.start
      // A segment is entered; one of unknown length, as streams have it, can only be.
      if (element.id === id.segment) at = bodyAt
      else if (element.length === null) break
      else {
        const length = Math.min(element.length, maxElementBytes)
        if (element.id === id.info) createdUtc ??= dateIn(await readAt(file, bodyAt, length))
        if (element.id === id.tags) createdLocal ??= recordedIn(await readAt(file, bodyAt, length))
        at = bodyAt + element.length
      }
    }
    return { createdUtc, createdLocal }
  })
}

interface Element {
  readonly id: number
  readonly start: number
  /** Null is unknown. */
  readonly length: number | null
}

/** A number of one to eight bytes whose leading zero bits say how many there are. */
function elementAt(bytes: Buffer, at: number): Element | null {
  const idLength = Math.clz32(bytes[at] ?? 0) - 24 + 1
  if (idLength > 4 || at + idLength >= bytes.length) return null
  const sizeAt = at + idLength
  const first = bytes[sizeAt] ?? 0
  const sizeLength = Math.clz32(first) - 24 + 1
  if (sizeLength > 8 || sizeAt + sizeLength > bytes.length) return null
  let length = first & (0xff >> sizeLength)
  let isUnknown = length === 0xff >> sizeLength
  for (let byte = 1; byte < sizeLength; byte += 1) {
    const value = bytes[sizeAt + byte] ?? 0
    length = length * 256 + value
    isUnknown &&= value === 0xff
  }
  return { id: bytes.readUIntBE(at, idLength), start: idLength + sizeLength, length: isUnknown ? null : length }
}

function* elementsIn(bytes: Buffer): Generator<{ id: number; body: Buffer }> {
  for (let at = 0, count = 0; at < bytes.length && count < maxElements; count += 1) {
    const element = elementAt(bytes, at)
    if (!element || element.length === null) return
    const end = at + element.start + element.length
    yield { id: element.id, body: bytes.subarray(at + element.start, end) }
    at = end
  }
}

function dateIn(info: Buffer): string | undefined {
  for (const { id: element, body } of elementsIn(info)) {
    if (element !== id.date || body.length !== 8) continue
    const ms = epochMs + Number(body.readBigInt64BE(0) / 1_000_000n)
    return ms === epochMs ? undefined : new Date(ms).toISOString()
  }
  return undefined
}

/** When it was recorded, as a tag: phones and editors write one of these. */
const dateTags = new Set([
  'DATE_RECORDED',
  'DATE',
  'DATE_DIGITIZED',
  'CREATION_TIME',
  'COM.APPLE.QUICKTIME.CREATIONDATE',
])

function recordedIn(tags: Buffer): string | undefined {
  for (const tag of elementsIn(tags)) {
    if (tag.id !== tagIds.tag) continue
    for (const simple of elementsIn(tag.body)) {
      if (simple.id !== tagIds.simple) continue
      const parts = new Map([...elementsIn(simple.body)].map((each) => [each.id, each.body.toString('utf8')]))
      const text = parts.get(tagIds.text)?.replaceAll('\0', '').trim()
      if (text && dateTags.has((parts.get(tagIds.name) ?? '').toUpperCase())) return text
    }
  }
  return undefined
}
