import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { test } from 'vitest'
import { allEndpoints, apiRoot, type Endpoint } from '../../main/contract/index.ts'
import { newId } from '../../main/engine/base/ids.ts'
import { serve } from '../../main/engine/engine.ts'
import { testVault } from '../support/engine.ts'

/** Bodies that are none, with the status each deserves. What is refused must be refused as the sender's fault. */
const bodies: readonly (readonly [
  what: string,
  body: string | Uint8Array,
  type: string,
  statuses: readonly number[],
])[] = [
  ['no JSON', '{"name": ', 'application/json', [400]],
  ['no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 'application/json', [400]],
  ['another type', 'name=x', 'application/x-www-form-urlencoded', [415]],
  ['no type', '{}', '', [415]],
  ['a list', '[]', 'application/json', [400]],
  ['null', 'null', 'application/json', [400]],
  ['a number', '7', 'application/json', [400]],
  // Of an object that is not there it may be said first that it is not.
  ['unknown fields', '{"nobody_knows_this": 1}', 'application/json', [400, 404]],
  ['a prototype', '{"__proto__": {"isAdmin": true}}', 'application/json', [400]],
]

const adminOrPerson = (endpoint: Endpoint): boolean => endpoint.body !== null && !endpoint.isUpload
const isLeaving = ({ path }: Endpoint): boolean => path.startsWith('/vault/')

test('an invalid body is refused by every route as the sender’s fault, and changes nothing', async (t) => {
  const { engine } = await testVault(t)
  const taking = allEndpoints.filter((each) => adminOrPerson(each) && !isLeaving(each))
  assert.ok(taking.length > 60)
  const count = () =>
    engine.vault().database.asService((tx) =>
      tx.query(`select (select count(*) from core.objects) as objects, (select count(*) from core.users) as users,
        (select count(*) from core.audit_log) as lines`),
    )
  const before = await count()
  for (const endpoint of taking) {
    const address = `http://coffer${apiRoot}${endpoint.path.replaceAll(/\{\w+\}/g, newId())}`
    for (const [what, body, type, statuses] of bodies) {
      const headers = new Headers({ 'x-coffer-secret': engine.secret, 'content-type': type })
      if (type === '') headers.delete('content-type')
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
      const answer = await engine.fetch(
        new Request(address, { method: endpoint.method, headers, body: new Uint8Array(bytes) }),
      )
      const problem = (await answer.json()) as { code: string; title: string }
      assert.ok(statuses.includes(answer.status), `${endpoint.method} ${endpoint.path}, ${what}: ${answer.status}`)
      assert.doesNotMatch(problem.title, /\bundefined\b|SyntaxError|zod|at position/i, `${endpoint.path}, ${what}`)
    }
  }
  assert.deepEqual(await count(), before)
})

test('text that no database can keep is refused by name, wherever it stands', async (t) => {
  const vault = await testVault(t)
  for (const [method, path, body] of [
    ['POST', '/albums', { name: 'a\0b' }],
    ['POST', '/albums', { name: 'fine', metadata: { deep: [{ er: 'a\0b' }] } }],
    ['POST', '/notes', { title: '\ud800 alone' }],
    ['POST', '/notes', { body: 'x', metadata: { 'k\0': 1 } }],
    ['POST', '/imports', { paths: ['/tmp/a\0b'] }],
    ['POST', '/sessions', { username: 'a\0' }],
    ['POST', '/sql', { sql: "select '\0'" }],
  ] as const) {
    const { status, body: text } = await vault.raw(method, path, body)
    assert.equal(status, 400, `${path}: ${text}`)
  }
  for (const path of [
    '/search?q=%00',
    '/media/search?q=a%00',
    '/albums?name=%00',
    '/places?q=%00',
    '/objects?type=note&title=%00',
  ]) {
    assert.equal((await vault.raw('GET', path)).status, 400, path)
  }
})

test('strange addresses are nobody’s fault inside', async (t) => {
  const { engine, folder } = await testVault(t)
  const rendererDir = join(folder, 'renderer')
  await mkdir(rendererDir)
  await writeFile(join(rendererDir, 'index.html'), '<head></head>')
  const served = await serve(engine, { port: 0, rendererDir })
  t.onTestFinished(() => served.close())
  const { port } = new URL(served.url)
  const token = (
    (await engine
      .fetch(
        new Request(`http://coffer${apiRoot}/tokens`, {
          method: 'POST',
          headers: { 'x-coffer-secret': engine.secret, 'content-type': 'application/json' },
          body: JSON.stringify({ name: 'test', scope: 'admin' }),
        }),
      )
      .then((answer) => answer.json())) as { token: string }
  ).token
  const statusOf = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    new Promise<number>((resolve, reject) => {
      const outgoing = request(
        { port, host: '127.0.0.1', path, headers: { authorization: `Bearer ${token}`, ...headers } },
        (answer) => {
          answer.resume()
          resolve(answer.statusCode ?? 0)
        },
      )
      outgoing.on('error', reject)
      outgoing.end()
    })
  for (const path of [
    '/%zz',
    '/%',
    '/%c0%ae%c0%ae/secret',
    '/..%00/x',
    `${apiRoot}/%zz`,
    `${apiRoot}/media/%zz`,
    `${apiRoot}/media/%00`,
    `${apiRoot}/albums/..%2f..%2f`,
    `${apiRoot}/timeline?from=%zz`,
    `${apiRoot}/timeline?limit=1e309`,
    `${apiRoot}/timeline?limit=-1`,
    `${apiRoot}/timeline?limit=1&limit=2`,
    `${apiRoot}/timeline/tiles?cursor=%00`,
    `${apiRoot}/trash?cursor=x%7Cy`,
    `${apiRoot}/imports/${newId()}/items?cursor=-1`,
    `${apiRoot}/thumbnails?size=grid&ids=${'x,'.repeat(2000)}`,
    `${apiRoot}/places/near?latitude=NaN&longitude=Infinity`,
    `${apiRoot}/objects?type=__proto__`,
    `${apiRoot}/activity?nobody_knows=1`,
    `${apiRoot}/search?q=${'a'.repeat(5000)}`,
  ]) {
    const status = await statusOf(path)
    assert.ok(status >= 400 && status < 500, `${path}: ${status}`)
  }
  assert.equal(await statusOf(`${apiRoot}/status`, { 'x-coffer-user': '%zz' }), 200, 'a browser cannot name a person')
})

test('a body longer than what is asked for is turned away while it comes', async (t) => {
  const { engine } = await testVault(t)
  const send = async (path: string, bytes: number): Promise<{ status: number; taken: number }> => {
    let taken = 0
    const piece = new Uint8Array(1 << 16).fill(0x61)
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (taken >= bytes) return controller.close()
        taken += piece.byteLength
        controller.enqueue(piece)
      },
    })
    const answer = await engine.fetch(
      new Request(`http://coffer${apiRoot}${path}`, {
        method: 'POST',
        headers: { 'x-coffer-secret': engine.secret, 'content-type': 'application/json' },
        body,
        duplex: 'half',
      } as RequestInit),
    )
    return { status: answer.status, taken }
  }
  for (const path of ['/sessions', '/users', '/notes', '/restore']) {
    const { status, taken } = await send(path, 1 << 28)
    assert.equal(status, 413, path)
    assert.ok(taken < 50 * 1024 * 1024, `${path} took ${taken} bytes`)
  }
  assert.ok((await send('/sessions', 1 << 28)).taken < 300_000, 'somebody who has not signed in may send little')
})
