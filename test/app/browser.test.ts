/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, test } from 'node:test'
import { root, startBrowser, type RunningApp } from './electron.ts'
import { copyPictures, eventually, withSamples } from './vault.ts'

/** Chromium finds every name below localhost on this computer; another browser may not. */
const browsers = [
  { name: 'that finds names below localhost', args: [], isOwnHost: true },
  { name: 'that does not', args: ['--host-resolver-rules=MAP *.localhost ~NOTFOUND'], isOwnHost: false },
]

for (const { name, args, isOwnHost } of browsers) {
  describe(`the same interface in a browser ${name}`, withSamples, () => {
    let stateDir = ''
    let served: ChildProcess
    let browser: RunningApp
    let other: Server
    const stolen: string[] = []

    before(async () => {
      stateDir = await mkdtemp(join(tmpdir(), 'coffer-browser-'))
      const started = await startWithoutDisplay(join(stateDir, 'served'))
      served = started.process
      browser = await startBrowser({ stateDir: join(stateDir, 'browser'), url: started.url, args })
      // What somebody else at this computer might run, on another port.
      other = createServer((request, answer) => {
        stolen.push(`${request.headers.cookie ?? ''} ${String(request.headers['x-coffer-page'] ?? '')}`.trim())
        answer.end('<!doctype html>')
      }).listen(0, '127.0.0.1')
    })
    after(async () => {
      other.close()
      const ended = once(served, 'exit')
      served.kill('SIGINT')
      await browser.electron.close()
      await ended
      await rm(stateDir, { recursive: true, force: true })
    })

    test('without a display, npm start serves it; the address signs in once and loses its token', async () => {
      const { window: page } = browser
      await page.getByRole('button', { name: 'Create vault' }).waitFor()
      assert.doesNotMatch(page.url(), /token/)
      assert.equal(/^http:\/\/coffer-[0-9a-f]{32}\.localhost:/.test(page.url()), isOwnHost, page.url())
      assert.equal(await page.evaluate(() => 'coffer' in window), false)
    })

    test('a vault is made and a folder named by its path comes in', async () => {
      const { window: page } = browser
      await page.getByLabel('Folder').fill(join(stateDir, 'vault'))
      await page.getByRole('button', { name: 'Create vault' }).click()
      await page.getByRole('main').getByRole('button', { name: 'Import a folder…' }).click()
      await page.getByLabel(/Path of a folder/).fill(await copyPictures(stateDir, 'jpg/gps'))
      await page.getByRole('button', { name: 'Show contents' }).click()
      await page.getByText(/\d+ files · [1-9]\d* new/).waitFor()
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await page.getByRole('heading', { name: 'Wed, 22 October' }).waitFor({ timeout: 60_000 })
      await page.waitForFunction(() => document.querySelector('canvas[data-loaded="true"]') !== null)
      await page.locator('[data-tile]').first().click()
      await page.waitForFunction(() =>
        [...document.querySelectorAll('img')].some((each) => each.complete && each.naturalWidth > 600),
      )
      await page.keyboard.press('Escape')
    })

    test('what it is signed in with goes to no other port of this computer, and a reload stays signed in', async () => {
      const { window: page } = browser
      const { port } = other.address() as AddressInfo
      const elsewhere = await page
        .context()
        .newPage()
        .catch(() => null)
      const home = page.url()
      for (const host of ['127.0.0.1', 'localhost']) await page.goto(`http://${host}:${port}/`)
      await elsewhere?.close()
      assert.equal(stolen.length >= 2, true)
      assert.deepEqual(
        stolen.filter((each) => each !== ''),
        [],
      )
      await page.goto(home)
      await eventually(async () => {
        await page.getByRole('heading', { name: 'Wed, 22 October' }).waitFor({ timeout: 5000 })
      })
    })
  })
}

/** `npm start` as on a machine without a display; answers with the address it prints. */
async function startWithoutDisplay(
  stateDir: string,
): Promise<{ readonly process: ChildProcess; readonly url: string }> {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, COFFER_VAULT: ___, ...env } = process.env
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'main/launch/start.ts'], {
    cwd: root,
    env: { ...env, COFFER_STATE_DIR: stateDir, HOME: stateDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=\w+/.exec(line)?.[0]
    if (url !== undefined) return { process: child, url }
  }
  throw new Error('npm start ended without an address.')
}
