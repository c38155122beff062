import { isDamage } from './damage.ts'
import { type Element, elementCutter } from './json-elements.ts'
import type { Draft } from './source.ts'
import type { TreeFile } from './tree.ts'

export type Item =
  | { readonly kind: 'item'; readonly index: number; readonly value: unknown }
  /** An element that is no JSON or too large; also an array that does not end. */
  | { readonly kind: 'problem'; readonly index: number }

/** Where an array is in a file, and how much one of its elements may take. */
export interface Where {
  /**
   * Keys from the top; none for an array at the top. An array that stands there without its keys is taken for it, and anything
   * else counts as an array of it alone: services wrap lists in one year and not in the next.
   */
  readonly path?: readonly string[]
  /** Bytes are left out up to this character: a script's assignment before the array. */
  readonly after?: '='
  readonly maxBytes?: number
}

/**
 * The elements of an array in a JSON file of any size, one after the other. Each is parsed by itself, so that one that is
 * broken costs only itself, and what came before the end of a file that is cut off counts.
 */
export async function* items(file: TreeFile, where: Where = {}): AsyncIterable<Item> {
  const cutter = elementCutter(where.path ?? [], where.after, where.maxBytes)
  let index = 0
  const item = (element: Element): Item => {
    const parsed = element === null ? undefined : parsedOf(element)
    return parsed === undefined ? { kind: 'problem', index: index++ } : { kind: 'item', index: index++, value: parsed }
  }
  try {
    for await (const chunk of (await file.open()) as AsyncIterable<Buffer>) {
      // To its end also where nothing more can come: only then an archive can tell whether it was whole.
      if (!cutter.isDone()) for (const element of cutter.add(chunk)) yield item(element)
    }
    if (cutter.isDone()) return
  } catch (error) {
    if (!isDamage(error)) throw error
  }
  // The array never came, or never ended.
  yield { kind: 'problem', index }
}

function parsedOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

/** A small JSON file, whole; undefined for one that is damaged, or nested deeper than any service's. */
export async function jsonOf(file: TreeFile, after?: '='): Promise<unknown> {
  try {
    const bytes = await file.bytes()
    const start = after === undefined ? 0 : bytes.indexOf(after) + 1
    // As the only element of an array: what is cut out of one has limits.
    const [whole] = elementCutter([]).add(Buffer.concat([open, bytes.subarray(start), close]))
    return whole ? parsedOf(whole) : undefined
  } catch (error) {
    if (isDamage(error)) return undefined
    throw error
  }
}

const open = Buffer.from('[')
const close = Buffer.from(']')

/** A value that is an object; null for anything else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

/** A record that cannot be read, for a report. */
export function problem(locator: string): Draft {
  return { kind: 'problem', locator, reason: { code: 'archive-record-unreadable', details: { locator } } }
}
