import { decode } from '@ipld/dag-cbor'
import { BadPayload } from '../draft.ts'
import { type Cid, cidOf, isNameOf } from './cid.ts'

/** What a repository may take at most; more is nobody's, but made to fill a memory. */
export interface CarLimits {
  readonly blockBytes: number
  readonly blocks: number
  readonly totalBytes: number
  readonly entries: number
  readonly depth: number
}

export const carLimits: CarLimits = {
  blockBytes: 2 << 20,
  blocks: 5_000_000,
  totalBytes: 2e9,
  entries: 10_000,
  depth: 64,
}

/** The blocks of a CAR, by their names. */
export interface Blocks {
  readonly root: string
  get(name: string): Uint8Array | undefined
}

/** Reads a CAR of version 1 whole and compares every block with its name. Throws `BadPayload`. */
export async function readBlocks(source: Uint8Array | AsyncIterable<Uint8Array>, limits: CarLimits): Promise<Blocks> {
  const blocks = new Map<string, Uint8Array>()
  let root: string | null = null
  let total = 0
  for await (const section of sections(source, limits)) {
    if (root === null) {
      root = rootOf(section)
      continue
    }
    const cid = cidOf(section)
    const block = section.subarray(cid.length)
    if (!isNameOf(cid, block)) throw new BadPayload(`the block ${cid.text} is not what its name says`)
    total += block.length
    if (blocks.size >= limits.blocks || total > limits.totalBytes) throw new BadPayload('too many blocks')
    // A copy: what it is cut from is much larger.
    if (!blocks.has(cid.text)) blocks.set(cid.text, Uint8Array.from(block))
  }
  if (root === null) throw new BadPayload('an empty file')
  return { root, get: (name) => blocks.get(name) }
}

function rootOf(section: Uint8Array): string {
  const head = decoded(section)
  const roots = isMap(head) && head['version'] === 1 ? head['roots'] : null
  const [first] = Array.isArray(roots) ? (roots as unknown[]) : []
  const root = linkOf(first)
  if (root === null) throw new BadPayload('not a CAR of version 1')
  return root.text
}

/** Stretches of bytes, each after its length as a varint. */
async function* sections(source: Uint8Array | AsyncIterable<Uint8Array>, limits: CarLimits): AsyncIterable<Uint8Array> {
  const most = limits.blockBytes + 64
  let rest: Uint8Array = new Uint8Array(0)
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let wanted = 1
  for await (const piece of source instanceof Uint8Array ? [source] : source) {
    waiting.push(piece)
    waitingBytes += piece.length
    if (waitingBytes < wanted) continue
    rest = waiting.length === 1 ? piece : Buffer.concat(waiting)
    let at = 0
    for (;;) {
      const length = varint(rest, at)
      if (length === null) {
        wanted = rest.length - at + 1
        break
      }
      if (length.value > most || length.value === 0) throw new BadPayload('a block of a size that none has')
      if (length.end + length.value > rest.length) {
        wanted = length.end + length.value - at
        break
      }
      yield rest.subarray(length.end, length.end + length.value)
      at = length.end + length.value
    }
    waiting = at === rest.length ? [] : [rest.subarray(at)]
    waitingBytes = rest.length - at
  }
  if (waitingBytes > 0) throw new BadPayload('the file is cut off')
}

function varint(bytes: Uint8Array, start: number): { value: number; end: number } | null {
  let value = 0
  for (let at = start; at < start + 5; at += 1) {
    const byte = bytes[at]
    if (byte === undefined) return null
    value += (byte & 0x7f) * 2 ** (7 * (at - start))
    if (byte < 0x80) return { value, end: at + 1 }
  }
  throw new BadPayload('a block of a size that none has')
}

export type CborMap = Readonly<Record<string, unknown>>

/** What a block holds. Throws `BadPayload`. */
export function decoded(block: Uint8Array): unknown {
  try {
    return decode(block)
  } catch (error) {
    throw new BadPayload('a block is no DAG-CBOR', { cause: error })
  }
}

export function isMap(value: unknown): value is CborMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

/** The name that a link in a block holds; null for what is no link. */
export function linkOf(value: unknown): Cid | null {
  // What comes out of CBOR never holds itself: only the decoder's own links do.
  if (!isMap(value) || value['asCID'] !== value || !(value['bytes'] instanceof Uint8Array)) return null
  return cidOf(value['bytes'])
}
