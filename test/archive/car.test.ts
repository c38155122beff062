import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { test } from 'vitest'
import { readCar } from '../../main/engine/platforms/bluesky/car.ts'
import { hashOfName } from '../../main/engine/platforms/bluesky/cid.ts'
import { BadPayload } from '../../main/engine/platforms/index.ts'
import {
  type Block,
  blockOf,
  carOf,
  cidOf,
  cidText,
  commitOf,
  did,
  linkTo,
  nodeOf,
  repositoryOf,
} from './car-fixtures.ts'

const record = blockOf({ $type: 'app.bsky.feed.post', text: 'a', createdAt: '2024-01-01T00:00:00Z' })
const key = 'app.bsky.feed.post/3k'

async function all(car: Uint8Array | AsyncIterable<Uint8Array>, limits = {}): Promise<string[]> {
  const { records } = await readCar(car, { limits })
  return (await Array.fromAsync(records)).map(({ rkey, value }) => `${rkey} ${value === null ? 'missing' : ''}`.trim())
}

/** A repository around a tree. */
function around(tree: Block, ...blocks: Block[]): Buffer {
  const commit = commitOf(tree.cid)
  return carOf(commit.cid, [commit, tree, ...blocks])
}

test('records come in the order of their keys, whatever pieces the file comes in', async () => {
  const records = Object.fromEntries(
    Array.from({ length: 9 }, (_, at) => [
      `app.bsky.feed.post/3k${at}`,
      { text: `${at}`, link: linkTo(record.cid), b: Buffer.from('ab') },
    ]),
  )
  const car = repositoryOf(records)
  const wanted = Array.from({ length: 9 }, (_, at) => `3k${at}`)
  assert.deepEqual(await all(car), wanted)
  for (const size of [1, 7, 1000]) {
    const pieces = Array.from({ length: Math.ceil(car.length / size) }, (_, at) =>
      car.subarray(at * size, (at + 1) * size),
    )
    assert.deepEqual(await all(Readable.from(pieces)), wanted)
  }
  const repository = await readCar(car)
  const [first] = await Array.fromAsync(repository.records)
  assert.deepEqual([repository.did, repository.rev], [did, '3l2'])
  assert.deepEqual(first, {
    uri: `at://${did}/app.bsky.feed.post/3k0`,
    cid: cidText(blockOf(records['app.bsky.feed.post/3k0']).cid),
    collection: 'app.bsky.feed.post',
    rkey: '3k0',
    value: { b: { $bytes: 'YWI=' }, link: { $link: cidText(record.cid) }, text: '0' },
  })
})

test('blocks that nothing links to, and blocks that come twice, do no harm', async () => {
  const tree = nodeOf([{ key, cid: record.cid }])
  assert.deepEqual(await all(around(tree, record, record, blockOf({ x: 1 }), tree)), ['3k'])
})

test('a record that is missing or no map is named, and the others come', async () => {
  const list = blockOf([1])
  const broken = { cid: cidOf(Buffer.from([0xff])), bytes: Buffer.from([0xff]) }
  const keys = ['a', 'b', 'c', 'd'].map((name) => `app.bsky.feed.post/${name}`)
  const cids = [record.cid, list.cid, broken.cid, blockOf('nowhere').cid]
  const tree = nodeOf(keys.map((key, at) => ({ key, cid: cids[at] ?? record.cid })))
  assert.deepEqual(await all(around(tree, record, list, broken)), ['a', 'b missing', 'c missing', 'd missing'])
})

test('what is broken or made to do harm is refused', async () => {
  const refused = (car: Buffer, limits = {}): Promise<void> => assert.rejects(all(car, limits), BadPayload)
  const tree = nodeOf([{ key, cid: record.cid }])
  const whole = around(tree, record)
  for (const end of [0, 1, 30, 100, whole.length - 1]) await refused(whole.subarray(0, end))
  await refused(Buffer.from('not a CAR at all, but some text'))
  await refused(around(tree, { cid: record.cid, bytes: Buffer.from('other') }))
  await refused(around(tree, { cid: record.cid, bytes: Buffer.alloc(3 << 20) }))
  await refused(whole, { blocks: 2 })
  await refused(whole, { totalBytes: 100 })
  await refused(carOf(blockOf({ x: 1 }).cid, []))
  await refused(around(nodeOf([{ key: '../x', cid: record.cid }]), record))
  await refused(
    around(
      nodeOf([
        { key, cid: record.cid },
        { key: `${key}2`, cid: record.cid },
      ]),
      record,
    ),
    { entries: 1 },
  )
  await refused(around(blockOf({ e: [{ p: 9, k: Buffer.from('x'), v: linkTo(record.cid), t: null }], l: null })))
  await refused(Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), whole]))
})

test('a tree in a circle, or too deep, ends', async () => {
  // Names are hashes: a circle can only be made where they are not compared, or by the same part twice.
  const leaf = nodeOf([{ key, cid: record.cid }])
  const twice = nodeOf([{ key: 'app.bsky.feed.post/a', cid: record.cid, tree: leaf.cid }], leaf.cid)
  await assert.rejects(all(around(twice, leaf, record)), /circle/)
  const chain = [leaf]
  for (let at = 0; at < 100; at += 1) chain.unshift(nodeOf([], chain[0]?.cid))
  const [top = leaf, ...rest] = chain
  await assert.rejects(all(around(top, ...rest, record)), /deep/)
})

test('the hash of a picture is read out of its name', () => {
  const bytes = Buffer.from('a picture')
  const hash = createHash('sha256').update(bytes).digest('hex')
  assert.equal(hashOfName(cidText(cidOf(bytes, 0x55))), hash)
  assert.equal(hashOfName(cidText(cidOf(bytes, 0x71))), null)
  assert.equal(hashOfName('bafy'), null)
})
