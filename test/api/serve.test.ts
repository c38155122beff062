import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { serve } from '../../main/engine/engine.ts'
import { testVault } from '../support/engine.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A request as a program sends it: Host and Origin may be anything, which fetch would not allow. */
function ask(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  send?: { readonly method: string; readonly body?: unknown },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const typed = { 'content-type': 'application/json', ...headers }
    const outgoing = request(url, { headers: typed, method: send?.method ?? 'GET' }, (incoming) => {
      let body = ''
      incoming.on('data', (chunk: Buffer) => (body += chunk.toString()))
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }))
    })
    outgoing.on('error', reject)
    outgoing.end(send?.body === undefined ? undefined : JSON.stringify(send.body))
  })
}

async function served(t: TestContext) {
  const { engine, folder } = await testVault(t)
  const rendererDir = join(folder, 'renderer')
  await mkdir(rendererDir)
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><head><title>Coffer</title></head>')
  await writeFile(join(folder, 'secret.txt'), 'secret')
  const server = await serve(engine, { port: 0, rendererDir })
  t.onTestFinished(() => server.close())
  const url = new URL(server.url)
  return { engine, entry: server.url, origin: url.origin }
}

/** The host name of its own that a page is told to move to. */
async function ownHostOf(entry: string): Promise<string> {
  const [, host = ''] = /<meta name="coffer-host" content="([^"]+)"/.exec((await ask(entry)).body) ?? []
  assert.match(host, /^coffer-[0-9a-f]{32}\.localhost:\d+$/)
  return host
}

/** Opens the address as a browser that finds names below localhost: under its own host, where it gets a cookie. */
async function enter(entry: string): Promise<{ host: string; cookie: string }> {
  const host = await ownHostOf(entry)
  const first = await ask(entry, { host })
  assert.equal(first.status, 200)
  assert.match(String(first.headers['set-cookie']), /HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/i)
  return { host, cookie: String(first.headers['set-cookie']).split(';')[0] ?? '' }
}

test('the token opens the door once; afterwards only the cookie does, and only under the host of its own', async (t) => {
  const { entry, origin } = await served(t)
  assert.equal((await ask(`${origin}/api/v1/vault`)).status, 401)
  const { host, cookie } = await enter(entry)
  assert.equal((await ask(entry, { host })).status, 401)
  assert.doesNotMatch((await ask(entry)).body, /coffer-host/, 'the name is told only while the token is good')
  assert.doesNotMatch((await ask(`${origin}/?token=0000`)).body, /coffer-host/)
  const page = await ask(`${origin}/`, { host, cookie })
  assert.equal(page.status, 200)
  assert.match(String(page.headers['content-security-policy']), /default-src 'none'/)
  const api = await ask(`${origin}/api/v1/vault`, { host, cookie })
  assert.equal((JSON.parse(api.body) as { state: string }).state, 'ready')
  // The cookie of 127.0.0.1 would reach every port there, so it opens nothing.
  assert.equal((await ask(`${origin}/api/v1/vault`, { cookie })).status, 401)
})

test('a browser that does not find the host keeps a key, and tickets open pictures alone for some minutes', async (t) => {
  const { entry, origin } = await served(t)
  const token = new URL(entry).searchParams.get('token') ?? ''
  const post = { method: 'POST' }
  assert.equal((await ask(`${origin}/browser/session`, { 'x-coffer-page': 'guessed' }, post)).status, 401)
  const begun = await ask(`${origin}/browser/session`, { 'x-coffer-page': token }, post)
  const { key } = JSON.parse(begun.body) as { key: string }
  assert.equal(begun.headers['set-cookie'], undefined)
  assert.equal((await ask(`${origin}/browser/session`, { 'x-coffer-page': token }, post)).status, 401)
  const page = { 'x-coffer-page': key }
  assert.equal((await ask(`${origin}/api/v1/status`, page)).status, 200)
  const { ticket } = JSON.parse((await ask(`${origin}/browser/ticket`, page, post)).body) as { ticket: string }
  const picture = `${origin}/api/v1/media/00000000-0000-4000-8000-000000000000/thumbnails/grid`
  assert.equal((await ask(picture)).status, 401)
  assert.equal((await ask(`${picture}?ticket=${ticket}`)).status, 404)
  assert.equal((await ask(`${origin}/api/v1/status?ticket=${ticket}`)).status, 401)
  assert.equal(
    (await ask(`${picture.replace('/thumbnails/grid', '')}?ticket=${ticket}`, {}, { method: 'DELETE' })).status,
    401,
  )
})

test('another Host or Origin is turned away even with the cookie', async (t) => {
  const { entry, origin } = await served(t)
  const { host, cookie } = await enter(entry)
  const vault = `${origin}/api/v1/vault`
  assert.equal((await ask(vault, { cookie, host: 'evil.example' })).status, 403)
  assert.equal((await ask(vault, { cookie, host, origin: 'http://evil.example' })).status, 403)
  assert.equal((await ask(vault, { cookie, host, origin: `http://${host}` })).status, 200)
})

test('every answer says what it may be used for', async (t) => {
  const { entry, origin } = await served(t)
  const { host, cookie } = await enter(entry)
  for (const path of ['/', '/api/v1/vault', '/api/v1/nothing', '/api/v1/media/x', '/nothing', '/api/v1/openapi.json']) {
    const { headers } = await ask(`${origin}${path}`, { host, cookie })
    assert.match(String(headers['content-security-policy']), /default-src 'none'/, path)
    assert.equal(headers['x-content-type-options'], 'nosniff', path)
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin', path)
    assert.equal(headers['cache-control'], 'no-store', path)
  }
})

test('a program asks with a token of its own, as far as its scope goes and until it is revoked', async (t) => {
  const { entry, origin } = await served(t)
  const { host, cookie } = await enter(entry)
  const window = (path: string, send?: { method: string; body?: unknown }) =>
    ask(`${origin}/api/v1${path}`, { host, cookie }, send)
  const make = async (scope: string) =>
    JSON.parse((await window('/tokens', { method: 'POST', body: { name: 'Script', scope } })).body) as {
      id: string
      token: string
    }
  const [reading, writing, administering] = [await make('read'), await make('write'), await make('admin')]
  const ask1 = async ({ token }: { token: string }, method: string, path: string, body?: unknown) =>
    (await ask(`${origin}/api/v1${path}`, { authorization: `Bearer ${token}` }, { method, body })).status
  assert.deepEqual(
    [await ask1(reading, 'GET', '/status'), await ask1(reading, 'POST', '/sql', { sql: 'select 1' })],
    [200, 200],
  )
  assert.equal(await ask1(reading, 'POST', '/albums', { name: 'x' }), 403)
  assert.equal(await ask1(writing, 'POST', '/albums', { name: 'x' }), 201)
  assert.deepEqual([await ask1(writing, 'GET', '/health'), await ask1(administering, 'GET', '/health')], [403, 200])
  // What only the person themselves may do, no token does.
  for (const [method, path, body] of [
    ['GET', '/tokens', undefined],
    ['POST', '/tokens', { name: 'more', scope: 'admin' }],
    ['DELETE', '/sessions', undefined],
    ['POST', '/erasures', { name: 'ann' }],
    ['POST', '/passwords/strength', { password: 'x' }],
  ] as const) {
    assert.equal(await ask1(administering, method, path, body), 403, `${method} ${path}`)
  }
  assert.equal(await ask1({ token: 'coffer_guessed' }, 'GET', '/status'), 401)
  assert.equal(await ask1({ token: 'guessed' }, 'GET', '/status'), 401)
  const listed = JSON.parse((await window('/tokens')).body) as { items: { id: string; last_used_at: string | null }[] }
  assert.equal(listed.items.length, 3)
  assert.ok(listed.items.every((each) => each.last_used_at !== null))
  assert.doesNotMatch(JSON.stringify(listed), new RegExp(reading.token))
  assert.equal((await window(`/tokens/${writing.id}`, { method: 'DELETE' })).status, 204)
  assert.equal(await ask1(writing, 'GET', '/status'), 401)
  assert.equal(await ask1(reading, 'GET', '/status'), 200)
})

test('no path leads out of the window’s own folder', async (t) => {
  const { origin } = await served(t)
  for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '//secret.txt']) {
    const answer = await ask(`${origin}${path}`)
    assert.notEqual(answer.body, 'secret')
  }
})

test('signing in gives the window cookies no script can read, which are renewed by themselves and end with the session', async (t) => {
  const { engine } = await testVault(t)
  const password = 'a lamp, a ladder, a lake'
  const { database, sessions } = engine.vault()
  const cookies = new Map<string, string>()
  const go = async (path: string, send?: { method: string; body?: unknown }): Promise<Answer> => {
    const answer = await engine.fetch(
      new Request(`http://coffer${path}`, {
        method: send?.method ?? 'GET',
        headers: {
          'x-coffer-secret': engine.secret,
          'x-coffer-client': 'window',
          'content-type': 'application/json',
          cookie: [...cookies].map((each) => each.join('=')).join('; '),
        },
        ...(send?.body !== undefined && { body: JSON.stringify(send.body) }),
      }),
    )
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const [name = '', value = ''] = pair.split('=')
      if (attributes.includes('Max-Age=0')) {
        cookies.delete(name)
        continue
      }
      assert.match(attributes.join(), /HttpOnly/)
      assert.match(attributes.join(), /SameSite=Strict/)
      cookies.set(name, value)
    }
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
  }
  const [me] = (JSON.parse((await go('/api/v1/users')).body) as { items: { id: string }[] }).items
  // Anyone who sets the first password goes on.
  const set = await go(`/api/v1/users/${me?.id}/password`, { method: 'PUT', body: { password } })
  assert.equal(set.status, 204)
  assert.deepEqual([...cookies.keys()].toSorted(), ['coffer-access', 'coffer-refresh'])
  assert.equal((await go('/api/v1/status')).status, 200)
  // An access token that is over is renewed with the same request, whatever it asks for.
  const before = cookies.get('coffer-refresh')
  cookies.set('coffer-access', 'over')
  assert.equal((await go('/api/v1/timeline/days')).status, 200)
  assert.notEqual(cookies.get('coffer-refresh'), before)
  const out = await go('/api/v1/sessions/current', { method: 'DELETE' })
  assert.deepEqual([out.status, out.headers['clear-site-data']], [204, '"cache"'])
  assert.deepEqual([...cookies.keys()], [])
  assert.equal((await go('/api/v1/status')).status, 401)
  const locked = JSON.parse((await go('/api/v1/vault')).body) as { state: string; people: unknown[] }
  assert.deepEqual([locked.state, locked.people.length], ['locked', 1])
  const again = await go('/api/v1/sessions', { method: 'POST', body: { username: 'ann', password } })
  assert.equal(again.status, 201)
  assert.equal((JSON.parse(again.body) as { tokens: unknown }).tokens, null)
  assert.equal((await go('/api/v1/status')).status, 200)
  await sessions.endAll(me?.id ?? '', 'everywhere')
  assert.equal((await go('/api/v1/status')).status, 401)
  const clients = await database.asService((tx) => tx.query(`select distinct client from core.sessions`))
  assert.deepEqual(clients, [{ client: 'window' }])
})

test('the tokens of a session stay with the server that serves the browser', async (t) => {
  const { engine, entry, origin } = await served(t)
  const password = 'a lamp, a ladder, a lake'
  const { host, cookie } = await enter(entry)
  const go = (path: string, send?: { method: string; body?: unknown }) =>
    ask(`${origin}/api/v1${path}`, { host, cookie }, send)
  const [me] = (JSON.parse((await go('/users')).body) as { items: { id: string }[] }).items
  const set = await go(`/users/${me?.id}/password`, { method: 'PUT', body: { password } })
  assert.deepEqual([set.status, set.headers['set-cookie']], [204, undefined])
  assert.equal((await go('/status')).status, 200, 'anyone who sets the first password stays signed in')
  await go('/sessions/current', { method: 'DELETE' })
  assert.equal((await go('/status')).status, 401)
  const again = await go('/sessions', { method: 'POST', body: { username: 'ann', password } })
  assert.deepEqual([again.status, again.headers['set-cookie']], [201, undefined])
  assert.equal((await go('/status')).status, 200)
  assert.equal(engine.state().state, 'ready')
})
