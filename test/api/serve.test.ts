import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
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
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><title>Coffer</title>')
  await writeFile(join(folder, 'secret.txt'), 'secret')
  const server = await serve(engine, { port: 0, rendererDir })
  t.after(() => server.close())
  const url = new URL(server.url)
  return { engine, entry: server.url, origin: url.origin }
}

test('the token opens the door once; afterwards only the cookie does', async (t) => {
  const { entry, origin } = await served(t)
  assert.equal((await ask(`${origin}/`)).status, 401)
  assert.equal((await ask(`${origin}/?token=0000`)).status, 401)
  assert.equal((await ask(`${origin}/api/v1/vault`)).status, 401)
  const first = await ask(entry)
  assert.equal(first.status, 302)
  const [cookie = ''] = String(first.headers['set-cookie']).split(';')
  assert.match(String(first.headers['set-cookie']), /HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/i)
  assert.equal((await ask(entry)).status, 401)
  const page = await ask(`${origin}/`, { cookie })
  assert.equal(page.status, 200)
  assert.match(String(page.headers['content-security-policy']), /default-src 'none'/)
  const api = await ask(`${origin}/api/v1/vault`, { cookie })
  assert.equal((JSON.parse(api.body) as { state: string }).state, 'ready')
})

test('another Host or Origin is turned away even with the cookie', async (t) => {
  const { entry, origin } = await served(t)
  const first = await ask(entry)
  const [cookie = ''] = String(first.headers['set-cookie']).split(';')
  assert.equal((await ask(`${origin}/api/v1/vault`, { cookie, host: 'evil.example' })).status, 403)
  assert.equal((await ask(`${origin}/api/v1/vault`, { cookie, origin: 'http://evil.example' })).status, 403)
  assert.equal((await ask(`${origin}/api/v1/vault`, { cookie, origin })).status, 200)
})

test('no path leads out of the window’s own folder', async (t) => {
  const { origin } = await served(t)
  for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '//secret.txt']) {
    const answer = await ask(`${origin}${path}`)
    assert.notEqual(answer.body, 'secret')
  }
})

test('signing in gives cookies no script can read, which are renewed by themselves and end with the session', async (t) => {
  const { engine, entry, origin } = await served(t)
  const password = 'a lamp, a ladder, a lake'
  const { database, sessions } = engine.vault()
  const cookies = new Map<string, string>()
  const take = (answer: Answer): Answer => {
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
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
    return answer
  }
  const go = async (path: string, send?: { method: string; body?: unknown }): Promise<Answer> =>
    take(await ask(`${origin}${path}`, { cookie: [...cookies].map((each) => each.join('=')).join('; ') }, send))
  take(await ask(entry))
  const [me] = JSON.parse((await go('/api/v1/users')).body) as { id: string }[]
  // Whoever sets the first password goes on.
  const set = await go(`/api/v1/users/${me?.id}/password`, { method: 'PUT', body: { password } })
  assert.equal(set.status, 204)
  assert.deepEqual([...cookies.keys()].toSorted(), ['coffer-access', 'coffer-refresh', 'coffer-session'])
  assert.equal((await go('/api/v1/status')).status, 200)
  // An access token that is over is renewed with the same request, whatever it asks for.
  const before = cookies.get('coffer-refresh')
  cookies.set('coffer-access', 'over')
  assert.equal((await go('/api/v1/timeline/days')).status, 200)
  assert.notEqual(cookies.get('coffer-refresh'), before)
  const out = await go('/api/v1/sessions/current', { method: 'DELETE' })
  assert.deepEqual([out.status, out.headers['clear-site-data']], [204, '"cache"'])
  assert.deepEqual([...cookies.keys()], ['coffer-session'])
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
  assert.deepEqual(clients, [{ client: 'browser' }])
})
