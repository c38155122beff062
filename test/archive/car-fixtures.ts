import { createHash } from 'node:crypto'
import { decode, encode } from '@ipld/dag-cbor'

/** A block of a CAR, with its name. */
export interface Block {
  readonly cid: Buffer
  readonly bytes: Uint8Array
}

export const did = 'did:plc:abcdefghijklmnopqrstuvwx'
const letters = 'abcdefghijklmnopqrstuvwxyz234567'

export function blockOf(value: unknown, codec = 0x71): Block {
  const bytes = encode(value)
  return { cid: cidOf(bytes, codec), bytes }
}

export function cidOf(bytes: Uint8Array, codec = 0x71): Buffer {
  return Buffer.concat([Buffer.from([1, codec, 0x12, 0x20]), createHash('sha256').update(bytes).digest()])
}

export function cidText(cid: Uint8Array): string {
  const bits = [...cid].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return `b${groups.map((group) => letters[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')}`
}

/** A link to a block, as the encoder wants it. */
export function linkTo(cid: Uint8Array): unknown {
  return decode(Buffer.concat([Buffer.from([0xd8, 0x2a, 0x58, cid.length + 1, 0]), cid]))
}

function varint(value: number): Buffer {
  const bytes = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) | (rest >= 128 ? 128 : 0))
    if (rest < 128) return Buffer.from(bytes)
  }
}

export function carOf(root: Uint8Array, blocks: readonly Block[]): Buffer {
  const head = encode({ version: 1, roots: [linkTo(root)] })
  return Buffer.concat([
    varint(head.length),
    head,
    ...blocks.flatMap(({ cid, bytes }) => [varint(cid.length + bytes.length), cid, bytes]),
  ])
}

/** A node of the tree; `tree` is what lies right of each entry. */
export function nodeOf(
  entries: readonly { key: string; cid: Uint8Array; tree?: Uint8Array }[],
  left?: Uint8Array,
): Block {
  let previous = ''
  const e = entries.map(({ key, cid, tree }) => {
    let shared = 0
    while (shared < previous.length && previous[shared] === key[shared]) shared += 1
    previous = key
    return { p: shared, k: Buffer.from(key.slice(shared)), v: linkTo(cid), t: tree ? linkTo(tree) : null }
  })
  return blockOf({ l: left ? linkTo(left) : null, e })
}

export function commitOf(tree: Uint8Array): Block {
  return blockOf({ did, version: 3, data: linkTo(tree), rev: '3l2', prev: null, sig: Buffer.from('sig') })
}

/** A whole repository of such records, with the tree in two levels. */
export function repositoryOf(records: Readonly<Record<string, object>>): Buffer {
  const all = Object.entries(records)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ({ key, block: blockOf(value) }))
  const middle = Math.floor(all.length / 2)
  const entry = ({ key, block }: (typeof all)[number]): { key: string; cid: Uint8Array } => ({ key, cid: block.cid })
  const left = nodeOf(all.slice(0, middle).map(entry))
  const right = nodeOf(all.slice(middle + 1).map(entry))
  const root = nodeOf(
    all.slice(middle, middle + 1).map((each) => ({ ...entry(each), tree: right.cid })),
    left.cid,
  )
  const commit = commitOf(root.cid)
  const blocks = [...all.map(({ block }) => block), right, left, root, commit]
  return carOf(commit.cid, blocks)
}
