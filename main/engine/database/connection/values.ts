/** Numbers by which the server names its types; they never change. */
const oid = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
  jsonb: 3802,
} as const

export function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('a number does not fit; select it as text')
  return value
}

/** `2024-06-15 18:30:00.25+00` as ISO 8601 with `Z`; the session's zone is UTC. */
export function instant(text: string): string {
  return /\+00(:00)?$/.test(text) ? `${text.replace(' ', 'T').replace(/\+00(:00)?$/, '')}Z` : text
}

export function wallTime(text: string): string {
  return text.replace(' ', 'T')
}

type Parse = (text: string) => unknown

const json: Parse = (text) => JSON.parse(text)
const scalars: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  [oid.bool, (text) => text === 't'],
  [oid.bytea, (text) => Uint8Array.from(Buffer.from(text.slice(2), 'hex'))],
  [oid.int8, safeInteger],
  [oid.int2, Number],
  [oid.int4, Number],
  [oid.oid, Number],
  [oid.float4, Number],
  [oid.float8, Number],
  [oid.numeric, Number],
  [oid.json, json],
  [oid.jsonb, json],
  [oid.timestamp, wallTime],
  [oid.timestamptz, instant],
])
const asIs: Parse = (text) => text

/** Types of arrays, and the type of what is in them. */
const elements: ReadonlyMap<number, number> = new Map([
  [1000, oid.bool],
  [1001, oid.bytea],
  [1003, 19],
  [1005, oid.int2],
  [1007, oid.int4],
  [1009, 25],
  [1015, 1043],
  [1016, oid.int8],
  [1021, oid.float4],
  [1022, oid.float8],
  [1028, oid.oid],
  [1115, oid.timestamp],
  [1182, oid.date],
  [1185, oid.timestamptz],
  [1231, oid.numeric],
  [199, oid.json],
  [2951, 2950],
  [3807, oid.jsonb],
])

/** How the text of a type is read: the shapes PGlite's worker answers too. What is not named here stays text. */
export function parserOf(type: number): Parse {
  const element = elements.get(type)
  if (element === undefined) return scalars.get(type) ?? asIs
  const parse = parserOf(element)
  return (text) => readArray(text, parse)
}

/** Reads `{a,"b c",NULL,{…}}`. */
function readArray(text: string, parse: Parse): unknown[] {
  let at = text.indexOf('{') + 1
  const read = (): unknown[] => {
    const values: unknown[] = []
    for (;;) {
      if (text[at] === '}') {
        at += 1
        return values
      }
      if (text[at] === ',') at += 1
      else if (text[at] === '{') {
        at += 1
        values.push(read())
      } else values.push(readElement())
    }
  }
  const readElement = (): unknown => {
    if (text[at] === '"') {
      let value = ''
      for (at += 1; text[at] !== '"'; at += 1) {
        if (text[at] === '\\') at += 1
        value += text[at] ?? ''
      }
      at += 1
      return parse(value)
    }
    const from = at
    while (text[at] !== ',' && text[at] !== '}') at += 1
    const value = text.slice(from, at)
    return value === 'NULL' ? null : parse(value)
  }
  return read()
}
