/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { did, repositoryOf } from '../archive/car-fixtures.ts'
import { startApp, type RunningApp } from './electron.ts'
import { picture } from './pictures.ts'
import { closeWindow, isShown, pressInTray, trayIsRead } from './tray.ts'
import { copyPictures, eventually, fillVault, withSamples } from './vault.ts'

/** A small server of the AT Protocol: one account, whose posts are a copy of a repository. */
function service(posts: readonly string[]): Server {
  const records = (): Record<string, object> =>
    Object.fromEntries([
      ...posts.map((text, index) => [
        `app.bsky.feed.post/3k${index}`,
        { $type: 'app.bsky.feed.post', text, createdAt: `2026-11-0${index + 1}T10:00:00.000Z` },
      ]),
      // A tree has two sides.
      ...['a', 'b', 'c'].map((name) => [`app.bsky.feed.like/${name}`, { $type: 'app.bsky.feed.like' }]),
    ])
  return createServer((request, answer) => {
    const url = request.url ?? ''
    const json = (status: number, body: object): void =>
      void answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (url.includes('resolveHandle')) json(200, { did })
    else if (url.includes('getLatestCommit')) json(200, { cid: 'bafy', rev: `3l${posts.length}` })
    else if (url.includes('getRepo')) answer.writeHead(200).end(repositoryOf(records()))
    else json(400, { error: 'RecordNotFound' })
  })
}

async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

interface Told {
  readonly items: readonly { next_sync_at: string | null; problem: object | null; status: string }[]
}

const connections = (window: Page): Promise<Told> =>
  window.evaluate(async () => (await fetch('coffer://vault/api/v1/connections')).json() as Promise<Told>)

describe('a connection of a window that is closed', withSamples, () => {
  const posts = ['The first post', 'The second post']
  let stateDir = ''
  let app: RunningApp
  let window: Page
  let server: Server
  let port = 0

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-sync-'))
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
    server = service(posts)
    port = await listen(server)
  })
  after(async () => {
    await app.electron.close()
    server.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('an account is connected in the window, and its posts are there', async () => {
    await window.getByRole('link', { name: 'Connections' }).click()
    await window.getByRole('button', { name: 'Connect an account…' }).click()
    const sheet = window.getByRole('dialog')
    await sheet.getByRole('button', { name: 'Bluesky' }).click()
    await sheet.getByLabel('Handle', { exact: true }).fill('@ann.test')
    await sheet.getByLabel('Server (only if it is another one)').fill(`http://127.0.0.1:${port}`)
    await sheet.getByRole('button', { name: 'Connect', exact: true }).click()
    const card = window.getByRole('region', { name: /^Bluesky/ })
    await card.getByRole('link', { name: '2' }).waitFor()
    await picture(app, 'connection-synced')
    await window.getByRole('link', { name: 'Posts' }).click()
    await window.getByText('The second post').waitFor()
  })

  test('without a network no error is shown; closed to the tray it catches up by itself, and that is seen on opening', async () => {
    await window.getByRole('link', { name: 'Settings' }).click()
    await trayIsRead(app)
    await window.getByRole('checkbox', { name: /Keep running when the window is closed/ }).check()
    await window.getByRole('link', { name: 'Connections' }).click()
    server.closeAllConnections()
    await new Promise<void>((resolve) => void server.close(() => resolve()))
    await window.getByRole('button', { name: 'Sync now' }).click()
    // The next try is planned, and nobody is told of an error.
    await eventually(async () => {
      const { items } = await connections(window)
      assert.ok(Date.parse(items[0]?.next_sync_at ?? '') > Date.now() + 10_000)
      assert.deepEqual([items[0]?.problem, items[0]?.status], [null, 'connected'])
    })
    assert.equal(await window.getByText(/cannot be reached/).count(), 0)
    assert.equal(await window.getByRole('alert').count(), 0)
    await closeWindow(app)
    assert.equal(await isShown(app), false)
    posts.push('Written while the window was closed')
    server = service(posts)
    await listen(server, port)
    await eventually(async () => {
      const found = await window.evaluate(async () => {
        const answer = await fetch('coffer://vault/api/v1/posts/counts').catch(() => null)
        return answer === null ? 0 : ((await answer.json()) as { total: number }).total
      })
      assert.equal(found, 3)
    }, 150_000)
    await pressInTray(app, 'Open Coffer')
    await window.getByRole('link', { name: 'Posts' }).click()
    await window.getByText('Written while the window was closed').waitFor()
  })
})
