import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'vitest'
import { clean } from '../../main/engine/archive/clean.ts'
import { type Where, items, jsonOf } from '../../main/engine/archive/json.ts'
import type { TreeFile } from '../../main/engine/archive/tree.ts'

/** A file in memory that comes in pieces of this many bytes. */
function file(text: string | Buffer, piece: number): TreeFile {
  const bytes = Buffer.from(text)
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, at) =>
    bytes.subarray(at * piece, (at + 1) * piece),
  )
  return { path: 'x.json', size: bytes.length, open: async () => Readable.from(pieces), bytes: async () => bytes }
}

async function read(text: string | Buffer, where?: Where): Promise<unknown[]> {
  const results: unknown[][] = []
  for (const piece of [1, 3, 1 << 20]) {
    const found = await Array.fromAsync(items(file(text, piece), where))
    found.forEach(({ index }, at) => assert.equal(index, at))
    results.push(found.map((item) => (item.kind === 'item' ? item.value : 'problem')))
  }
  assert.deepEqual(results[1], results[0])
  assert.deepEqual(results[2], results[0])
  return results[0] ?? []
}

test('the elements of an array come one by one, wherever it stands', async () => {
  const values = [{ a: '}]"\\' }, [1, [2]], 'text, ]', 3.5, null, true, { é: '😀' }]
  assert.deepEqual(await read(JSON.stringify(values)), values)
  assert.deepEqual(await read(`\uFEFF ${JSON.stringify(values, null, 2)}\n`), values)
  const nested = { x: [{ a: { items: [0] } }], 'q"': '{', a: { b: 1, items: values, items2: [9] }, items: [8] }
  assert.deepEqual(await read(JSON.stringify(nested), { path: ['a', 'items'] }), values)
  assert.deepEqual(await read(`window.YTD.tweets.part0 = ${JSON.stringify(values)};`, { after: '=' }), values)
  assert.deepEqual(await read('[]'), [])
  assert.deepEqual(await read('{"a":1}'), [{ a: 1 }], 'one record without an array')
  assert.deepEqual(await read('{"a":{"b":2}}', { path: ['a'] }), [{ b: 2 }])
})

test('a broken element costs itself, a broken end what follows', async () => {
  assert.deepEqual(await read('[1,{"a":},{"b":2}]'), [1, 'problem', { b: 2 }])
  assert.deepEqual(await read('[1,nonsense,3]'), [1, 'problem', 3])
  assert.deepEqual(await read('[1,},2]'), [1, 2])
  assert.deepEqual(await read('[1,{"b":2'), [1, 'problem'])
  assert.deepEqual(await read('[1,"b'), [1, 'problem'])
  assert.deepEqual(await read('[1,2'), [1, 'problem'])
  assert.deepEqual(await read(''), ['problem'])
  assert.deepEqual(await read('<html>'), ['problem'])
  assert.deepEqual(await read('{"b":[1]}', { path: ['a'] }), ['problem'])
  assert.deepEqual(await read('1', { path: ['a'] }), ['problem'])
  assert.deepEqual(await read('[1,2]', { path: ['a'] }), [1, 2], 'a list without its key')
})

test('an element that is too large or too deep is a problem, and takes no memory', async () => {
  const long = JSON.stringify([1, 'x'.repeat(5000), 2])
  assert.deepEqual(await read(long, { maxBytes: 1000 }), [1, 'problem', 2])
  assert.deepEqual(await read(`[1,${'['.repeat(500)}${']'.repeat(500)},2]`), [1, 'problem', 2])

  const chunk = Buffer.alloc(1 << 20, 'x')
  const endless: TreeFile = {
    path: 'x.json',
    size: 0,
    open: async () =>
      Readable.from(
        (function* () {
          yield Buffer.from('["')
          for (let at = 0; at < 300; at += 1) yield chunk
          yield Buffer.from('",2]')
        })(),
      ),
    bytes: async () => Buffer.alloc(0),
  }
  const before = process.memoryUsage().rss
  const found = await Array.fromAsync(items(endless))
  assert.deepEqual(found, [
    { kind: 'problem', index: 0 },
    { kind: 'item', index: 1, value: 2 },
  ])
  assert.ok(process.memoryUsage().rss - before < 150e6, 'memory')
})

test('a small file is read whole, unless it is too deep', async () => {
  assert.deepEqual(await jsonOf(file('\uFEFF{"a":[1]}\n', 100)), { a: [1] })
  assert.deepEqual(await jsonOf(file('window.YTD.a.part0 = [{"a":"="}];', 100), '='), [{ a: '=' }])
  assert.equal(await jsonOf(file(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 100)), undefined)
  for (const broken of ['', '{', '{"a":}', 'text']) assert.equal(await jsonOf(file(broken, 100)), undefined)
})

test('what PostgreSQL cannot hold, and network addresses, are left out', () => {
  const cleaned = clean(
    JSON.parse('{"a\\u0000":"x\\ud800y\\u0000","upload_ip":"1.2.3.4","b":[{"ip":"::1","c":"😀"}],"__proto__":{"d":1}}'),
  )
  assert.equal(JSON.stringify(cleaned), '{"a":"xy","b":[{"c":"😀"}],"__proto__":{"d":1}}')
})
