/** Bytes of one element; null for one that is too large or too deep. */
export type Element = Buffer | null

/** Cuts the elements out of one array of a JSON text that comes in pieces. */
export interface ElementCutter {
  /** Elements that end in this piece. */
  add(chunk: Buffer): Element[]
  /** The array has ended; nothing after it is looked at. */
  isDone(): boolean
}

const mostElementBytes = 32 << 20
const mostDepth = 200
const mostKeyBytes = 4096

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

/** Space, line ends, and the mark that some programs put before UTF-8. */
function isBlank(byte: number): boolean {
  return byte <= 0x20 || byte === 0xef || byte === 0xbb || byte === 0xbf
}

/**
 * `assignment`: up to the character before the text. `value`: before the value that a key of the path (or the top) has.
 * `key`: in an object of the path, before a key. `name`: in a key. `colon`: after it. `skip`: in a value of another key.
 * `gap`: between elements. `element`: in one. `done`: nothing more to find.
 */
type State = 'assignment' | 'value' | 'key' | 'name' | 'colon' | 'skip' | 'gap' | 'element' | 'done'

/** Looks only at what gives a JSON text its structure; whether an element is JSON is its parser's to say. */
export function elementCutter(path: readonly string[], after?: '=', maxBytes = mostElementBytes): ElementCutter {
  let state: State = after === undefined ? 'value' : 'assignment'
  let level = 0
  let isAlone = false
  let depth = 0
  let isText = false
  let isEscaped = false
  let pieces: Buffer[] = []
  let length = 0
  let isTooMuch = false

  const keep = (piece: Buffer, most: number): void => {
    length += piece.length
    if (length > most) {
      isTooMuch = true
      pieces = []
    } else if (!isTooMuch && piece.length > 0) pieces.push(piece)
  }
  const begin = (): void => {
    depth = 0
    isText = false
    isEscaped = false
    pieces = []
    length = 0
    isTooMuch = false
  }
  const taken = (): Element => {
    const whole = isTooMuch ? null : pieces.length === 1 ? (pieces[0] ?? null) : Buffer.concat(pieces)
    begin()
    return whole
  }

  /** Index of the first byte after the value whose inside starts at `at`; -1 when it goes on in the next piece. */
  const endOfValue = (chunk: Buffer, at: number): number => {
    for (let index = at; index < chunk.length; index += 1) {
      const byte = chunk[index]
      if (isText) {
        if (isEscaped) isEscaped = false
        else if (byte === backslash) isEscaped = true
        else if (byte === quote) isText = false
        continue
      }
      if (byte === quote) isText = true
      else if (byte === openBrace || byte === openBracket) {
        depth += 1
        if (depth > mostDepth) {
          isTooMuch = true
          pieces = []
        }
      } else if (byte === closeBrace || byte === closeBracket) {
        if (depth === 0) return index
        depth -= 1
        if (depth === 0) return index + 1
      } else if (byte === comma && depth === 0) return index
    }
    return -1
  }

  const add = (chunk: Buffer): Element[] => {
    const found: Element[] = []
    let at = 0
    while (at < chunk.length && state !== 'done') {
      const byte = chunk[at] ?? 0
      switch (state) {
        case 'assignment': {
          const sign = chunk.indexOf('=', at)
          at = sign < 0 ? chunk.length : sign + 1
          if (sign >= 0) state = 'value'
          break
        }
        case 'value':
          if (isBlank(byte)) at += 1
          else if (level < path.length && byte !== openBracket) {
            state = byte === openBrace ? 'key' : 'skip'
            if (byte === openBrace) at += 1
            // The key of the path leads to no object: nothing more can be found.
            else level = Infinity
          } else if (byte === openBracket) {
            at += 1
            state = 'gap'
          } else {
            isAlone = true
            begin()
            state = 'element'
          }
          break
        case 'key':
          at += 1
          if (byte === quote) {
            begin()
            isText = true
            state = 'name'
          }
          break
        case 'name': {
          let end = at
          for (; end < chunk.length && isText; end += 1) {
            if (isEscaped) isEscaped = false
            else if (chunk[end] === backslash) isEscaped = true
            else if (chunk[end] === quote) isText = false
          }
          keep(chunk.subarray(at, isText ? end : end - 1), mostKeyBytes)
          at = end
          if (!isText) state = 'colon'
          break
        }
        case 'colon':
          at += 1
          if (byte !== colon) break
          if (taken()?.toString('utf8') === path[level]) {
            level += 1
            state = 'value'
          } else state = 'skip'
          break
        case 'skip': {
          const end = endOfValue(chunk, at)
          at = end < 0 ? chunk.length : end
          if (end >= 0) state = 'key'
          break
        }
        case 'gap':
          if (byte === closeBracket) state = 'done'
          else if (isBlank(byte) || byte === comma || byte === closeBrace) at += 1
          else {
            begin()
            state = 'element'
          }
          break
        case 'element': {
          const end = endOfValue(chunk, at)
          keep(chunk.subarray(at, end < 0 ? chunk.length : end), maxBytes)
          at = end < 0 ? chunk.length : end
          if (end < 0) break
          found.push(taken())
          state = isAlone ? 'done' : 'gap'
          break
        }
      }
    }
    return found
  }
  return { add, isDone: () => state === 'done' }
}
