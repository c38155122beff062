/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { root, startApp, type RunningApp } from './electron.ts'
import { copyPictures, withSamples } from './vault.ts'

describe('the same interface in a browser', withSamples, () => {
  let stateDir = ''
  let served: ChildProcess
  let app: RunningApp
  let page: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-browser-'))
    // An Electron is the Chromium at hand; a window of its own with a fresh session stands for the browser.
    app = await startApp({ stateDir: join(stateDir, 'app') })
    const started = await startWithoutDisplay(join(stateDir, 'served'))
    served = started.process
    const opened = app.electron.waitForEvent('window')
    await app.electron.evaluate(({ BrowserWindow }, url) => {
      const browser = new BrowserWindow({ width: 1280, height: 860, webPreferences: { partition: 'browser' } })
      void browser.loadURL(url)
    }, started.url)
    page = await opened
  })
  after(async () => {
    const ended = once(served, 'exit')
    served.kill('SIGINT')
    await app.electron.close()
    await ended
    await rm(stateDir, { recursive: true, force: true })
  })

  test('without a display, npm start serves it; the address signs in once and loses its token', async () => {
    await page.getByRole('button', { name: 'Make vault' }).waitFor()
    assert.doesNotMatch(page.url(), /token/)
    assert.equal(await page.evaluate(() => 'coffer' in window), false)
  })

  test('a vault is made and a folder named by its path comes in', async () => {
    await page.getByLabel('Folder').fill(join(stateDir, 'vault'))
    await page.getByRole('button', { name: 'Make vault' }).click()
    await page.getByRole('main').getByRole('button', { name: 'Import a folder…' }).click()
    await page.getByLabel(/Path of a folder/).fill(await copyPictures(stateDir, 'jpg/gps'))
    await page.getByRole('button', { name: 'Look inside' }).click()
    await page.getByText(/\d+ files · [1-9]\d* new/).waitFor()
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByRole('heading', { name: 'Wed, 22 October' }).waitFor({ timeout: 60_000 })
    await page.waitForFunction(() => document.querySelector('canvas[data-loaded="true"]') !== null)
  })
})

/** `npm start` as on a machine without a display; answers with the address it prints. */
async function startWithoutDisplay(
  stateDir: string,
): Promise<{ readonly process: ChildProcess; readonly url: string }> {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, COFFER_VAULT: ___, ...env } = process.env
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'main/launch/start.ts'], {
    cwd: root,
    env: { ...env, COFFER_STATE_DIR: stateDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=\w+/.exec(line)?.[0]
    if (url !== undefined) return { process: child, url }
  }
  throw new Error('npm start ended without an address.')
}
