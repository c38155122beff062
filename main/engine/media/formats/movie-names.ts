import { boxesIn, child } from './boxes.ts'
import { isPosition, type Position } from './film.ts'

/** The texts of a movie box by their names, and the place of 3GPP's `loci`. */
export interface NamedValues {
  readonly texts: ReadonlyMap<string, string>
  readonly place: Position | undefined
}

/** Apple's keys, iTunes' list and the older texts of `udta`, wherever they stand. The first of a name counts. */
export function namedValues(moov: Buffer): NamedValues {
  const texts = new Map<string, string>()
  const add = (name: string, text: string): void => {
    const plain = text.replaceAll('\0', '').trim()
    if (plain !== '' && !texts.has(name)) texts.set(name, plain)
  }
  const udta = child(moov, 'udta')
  for (const meta of [child(moov, 'meta'), child(udta, 'meta')]) if (meta) readMeta(meta, add)
  let place: Position | undefined
  for (const { type, body } of udta ? boxesIn(udta) : []) {
    if (type.startsWith('\u00a9') && body.length > 4) {
      const length = Math.min(body.readUInt16BE(0), body.length - 4)
      add(type, body.toString('utf8', 4, 4 + length))
    }
    if (type === 'loci') place ??= lociPlace(body)
  }
  return { texts, place }
}

function readMeta(meta: Buffer, add: (name: string, text: string) => void): void {
  // ISO's meta box has a version field before its children, QuickTime's has none.
  const inner = meta.toString('latin1', 4, 8) === 'hdlr' ? meta : meta.subarray(4)
  const names = keyNames(child(inner, 'keys'))
  const list = child(inner, 'ilst')
  for (const item of list ? boxesIn(list) : []) {
    const data = child(item.body, 'data')
    if (!data || data.length <= 8) continue
    // An item is a number in the list of keys, or is called by what it is.
    const name = names[Buffer.from(item.type, 'latin1').readUInt32BE(0) - 1] ?? item.type
    add(name, data.toString('utf8', 8))
  }
}

function keyNames(keys: Buffer | undefined): string[] {
  if (!keys || keys.length < 8) return []
  return [...boxesIn(keys.subarray(8))].map((box) => box.body.toString('utf8'))
}

/** 3GPP TS 26.244, 8.10: a name in UTF-8 or UTF-16 up to its zero, a role, then degrees in 16.16 fixed point. */
function lociPlace(body: Buffer): Position | undefined {
  const nameAt = 6
  const isWide = body[nameAt] === 0xfe && body[nameAt + 1] === 0xff
  const end = isWide ? wideEnd(body, nameAt) : body.indexOf(0, nameAt)
  const at = end + (isWide ? 2 : 1) + 1
  if (end < 0 || at + 12 > body.length) return undefined
  const degrees = (where: number): number => body.readInt32BE(where) / 65_536
  const [longitude, latitude, altitudeM] = [degrees(at), degrees(at + 4), degrees(at + 8)]
  return isPosition(latitude, longitude) ? { latitude, longitude, altitudeM } : undefined
}

function wideEnd(body: Buffer, from: number): number {
  for (let at = from; at + 2 <= body.length; at += 2) if (body.readUInt16BE(at) === 0) return at
  return -1
}

const maxPlaceCharacters = 60

/** `+48.8584+002.2945+035.000/` (ISO 6709), in degrees, or with minutes and seconds behind them. */
export function placeOf(text: string | undefined): Position | undefined {
  const plain = text?.slice(0, maxPlaceCharacters) ?? ''
  const match = /^([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?/.exec(plain)
  if (!match) return undefined
  const [latitude, longitude] = [degreesOf(match[1] ?? '', 2), degreesOf(match[2] ?? '', 3)]
  if (!isPosition(latitude, longitude)) return undefined
  return { latitude, longitude, altitudeM: match[3] === undefined ? null : Number(match[3]) }
}

/** `+4851.5` are degrees and minutes, `+485130` degrees, minutes and seconds: the count of digits tells. */
function degreesOf(text: string, degreeDigits: number): number {
  const sign = text.startsWith('-') ? -1 : 1
  const digits = text.slice(1)
  const whole = digits.split('.', 1)[0]?.length ?? 0
  if (whole <= degreeDigits) return Number(text)
  const degrees = Number(digits.slice(0, degreeDigits))
  const isWithSeconds = whole >= degreeDigits + 4
  const minutes = Number(digits.slice(degreeDigits, isWithSeconds ? degreeDigits + 2 : undefined))
  const seconds = isWithSeconds ? Number(digits.slice(degreeDigits + 2)) : 0
  return sign * (degrees + minutes / 60 + seconds / 3600)
}
