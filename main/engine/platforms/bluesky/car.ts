import { BadPayload } from '../draft.ts'
import { type Blocks, type CarLimits, carLimits, decoded, isMap, linkOf, readBlocks } from './blocks.ts'

/** One record of a repository. `value` is JSON, with links as `{"$link": …}` and bytes as `{"$bytes": …}`. */
export interface CarRecord {
  readonly uri: string
  readonly cid: string
  readonly collection: string
  readonly rkey: string
  /** Null for one that is missing or broken. */
  readonly value: object | null
}

/** A repository. Its records come in the order of their keys. */
export interface Repository {
  readonly did: string
  readonly rev: string
  readonly records: AsyncIterable<CarRecord>
}

/**
 * Reads a repository as `com.atproto.sync.getRepo` and “Download my data” give it. Every block is compared with its name before
 * anything is given. Throws `BadPayload`, also while records are read: for a tree that is cut off, too deep or goes in a circle.
 */
export async function readCar(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  options: { readonly limits?: Partial<CarLimits> } = {},
): Promise<Repository> {
  const limits = { ...carLimits, ...options.limits }
  const blocks = await readBlocks(source, limits)
  const commit = decoded(blockOf(blocks, blocks.root))
  if (!isMap(commit)) throw new BadPayload('no commit')
  const tree = linkOf(commit['data'])
  const { did, rev } = commit
  if (typeof did !== 'string' || !/^did:[a-z]+:[\w.:%-]{1,2000}$/.test(did) || tree === null)
    throw new BadPayload('no commit')
  return { did, rev: typeof rev === 'string' ? rev : '', records: records(blocks, did, tree.text, limits) }
}

async function* records(blocks: Blocks, did: string, tree: string, limits: CarLimits): AsyncIterable<CarRecord> {
  for (const { key, cid } of entries(blocks, tree, limits, new Set())) {
    const slash = key.indexOf('/')
    const [collection, rkey] = [key.slice(0, slash), key.slice(slash + 1)]
    yield { uri: `at://${did}/${key}`, cid, collection, rkey, value: valueOf(blocks, cid) }
  }
}

interface Entry {
  readonly key: string
  readonly cid: string
}

/** Walks the tree from left to right. Each node is met once: one that is met again is part of a circle, or made to look so. */
function* entries(blocks: Blocks, name: string, limits: CarLimits, met: Set<string>, depth = 0): Iterable<Entry> {
  if (met.has(name)) throw new BadPayload('the tree goes in a circle')
  if (depth > limits.depth) throw new BadPayload('the tree is too deep')
  met.add(name)
  const node = decoded(blockOf(blocks, name))
  const list = isMap(node) ? node['e'] : null
  if (!isMap(node) || !Array.isArray(list) || list.length > limits.entries) throw new BadPayload('no node of a tree')
  const left = linkOf(node['l'])
  if (left) yield* entries(blocks, left.text, limits, met, depth + 1)
  let previous = Buffer.alloc(0)
  for (const entry of list as readonly unknown[]) {
    const rest = isMap(entry) ? entry['k'] : null
    const shared = isMap(entry) ? entry['p'] : null
    const cid = isMap(entry) ? linkOf(entry['v']) : null
    if (!isMap(entry) || !(rest instanceof Uint8Array) || cid === null) throw new BadPayload('no node of a tree')
    if (typeof shared !== 'number' || shared < 0 || shared > previous.length || rest.length > 1024)
      throw new BadPayload('no node of a tree')
    previous = Buffer.concat([previous.subarray(0, shared), rest])
    const key = previous.toString('utf8')
    if (!/^[a-z][\w.-]{2,316}\/[\w.:~-]{1,512}$/i.test(key)) throw new BadPayload('a key that none has')
    yield { key, cid: cid.text }
    const right = linkOf(entry['t'])
    if (right) yield* entries(blocks, right.text, limits, met, depth + 1)
  }
}

function blockOf(blocks: Blocks, name: string): Uint8Array {
  const block = blocks.get(name)
  if (block === undefined) throw new BadPayload(`the block ${name} is missing`)
  return block
}

function valueOf(blocks: Blocks, name: string): object | null {
  const block = blocks.get(name)
  if (block === undefined) return null
  try {
    const value = asJson(decoded(block), 0)
    return isMap(value) ? value : null
  } catch (error) {
    if (error instanceof BadPayload) return null
    throw error
  }
}

/** DAG-CBOR as the service writes it in JSON. */
function asJson(value: unknown, depth: number): unknown {
  if (depth > 64) throw new BadPayload('a record is too deep')
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') }
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return value.map((each) => asJson(each, depth + 1))
  const link = linkOf(value)
  if (link) return { $link: link.text }
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asJson(inner, depth + 1)]))
}
