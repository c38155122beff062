/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { noteOpened, startApp, type RunningApp } from './electron.ts'
import { copyPictures, eventually, fillVault, withSamples } from './vault.ts'

describe('the original elsewhere, and its place', withSamples, () => {
  let stateDir = ''
  let pictures = ''
  let app: RunningApp

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-open-'))
    pictures = await copyPictures(stateDir, 'jpg/gps')
    app = await startApp({ stateDir })
    await fillVault(app, stateDir, pictures)
    await noteOpened(app)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('another program gets a copy that it cannot write to, under its own name', async () => {
    const { window, electron } = app
    await window.locator('[data-tile]').first().click()
    await window.getByRole('button', { name: 'Open a copy in another program' }).click()
    let path = ''
    await eventually(async () => {
      path = await electron.evaluate(() => (globalThis as { openedPath?: string }).openedPath ?? '')
      assert.notEqual(path, '')
    })
    const name = path.slice(dirname(path).length + 1)
    assert.ok((await readdir(pictures)).includes(name), name)
    assert.deepEqual(await readFile(path), await readFile(join(pictures, name)))
    if (process.platform !== 'win32') assert.equal((await stat(path)).mode & 0o777, 0o400)
    assert.ok(!path.startsWith(join(stateDir, 'vault')))
  })

  test('a place is shown on a map that comes with the program', async () => {
    const { window } = app
    await window.keyboard.press('i')
    const map = window.getByRole('button', { name: /Map: press/ })
    const coasts = map.locator('path').first()
    await coasts.waitFor()
    const near = await coasts.getAttribute('d')
    assert.match(near ?? '', /^M.{200}/)
    await map.click()
    await eventually(async () => assert.notEqual(await coasts.getAttribute('d'), near))
  })
})
