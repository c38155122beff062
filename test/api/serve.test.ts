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
function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { headers }, (incoming) => {
      let body = ''
      incoming.on('data', (chunk: Buffer) => (body += chunk.toString()))
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }))
    })
    outgoing.on('error', reject)
    outgoing.end()
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
  return { entry: server.url, origin: url.origin }
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
