/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertAccessible } from './accessibility.ts'
import { drop, startApp, type RunningApp } from './electron.ts'
import { mastodonExport } from './exports.ts'
import { picture } from './pictures.ts'
import { whatDoesNotFit } from './reachable.ts'
import { copyPictures, fillVault, importEnds, withSamples } from './vault.ts'

const ways = {
  Bluesky: ['Handle', 'App password (optional)', 'Server (only if it is another one)'],
  Mastodon: ['Server'],
  Strava: ['Client ID', 'Client secret'],
  Instagram: ['Access token'],
} as const

describe('connections', withSamples, () => {
  let stateDir = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-connections-'))
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
    await mastodonExport(join(stateDir, 'archive'), join(pictures, 'DSCN0012.jpg'), 3)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  const sheet = () => window.getByRole('dialog')

  test('with none the screen says how to begin', async () => {
    await window.getByRole('link', { name: 'Connections' }).click()
    await window.getByRole('heading', { name: 'No account is connected.' }).waitFor()
    await assertAccessible(window)
    await window.getByRole('button', { name: 'Connect an account…' }).click()
    await sheet().getByRole('button', { name: 'Bluesky' }).waitFor()
    await assertAccessible(window)
    await picture(app, 'connect')
  })

  test('each service says what it needs, and secrets are never shown', async () => {
    for (const [name, fields] of Object.entries(ways)) {
      await sheet().getByRole('button', { name, exact: true }).click()
      await window.getByRole('dialog', { name: `Connect ${name}` }).waitFor()
      for (const field of fields) {
        const type = await sheet().getByLabel(field, { exact: true }).getAttribute('type')
        assert.equal(type === 'password', /password|secret|token/i.test(field), field)
      }
      await assertAccessible(window)
      await picture(app, `connect-${name.toLowerCase()}`)
      await sheet().getByRole('button', { name: 'Back' }).click()
    }
    for (const name of ['Google Photos', 'Facebook', 'X', 'Threads', 'Flickr']) {
      await sheet().getByRole('button', { name, exact: true }).click()
      await window.getByRole('dialog', { name: `Import from ${name}` }).waitFor()
      assert.ok((await sheet().getByRole('listitem').count()) > 2, name)
      assert.deepEqual(await whatDoesNotFit(window), [])
      await sheet().getByRole('button', { name: 'Back' }).click()
    }
  })

  test('what a service says no to stays in the form, with a sentence', async () => {
    await sheet().getByRole('button', { name: 'Bluesky', exact: true }).click()
    const handle = sheet().getByLabel('Handle')
    await handle.fill('not a handle')
    await sheet().getByRole('button', { name: 'Connect', exact: true }).click()
    await sheet().getByRole('alert').waitFor()
    assert.equal(await handle.inputValue(), 'not a handle')
    await handle.fill('')
    await window.keyboard.press('Escape')
    await sheet().waitFor({ state: 'hidden' })
  })

  test('an export that was imported is a connection with its figures', async () => {
    await drop(app, [join(stateDir, 'archive')])
    await sheet()
      .getByText(/^7 posts/)
      .waitFor()
    await sheet().getByRole('button', { name: 'Import', exact: true }).click()
    await sheet().waitFor({ state: 'hidden' })
    await importEnds(window)
    const card = window.getByRole('region', { name: /^Mastodon @ann/ })
    await card.getByText('From an export').waitFor()
    await card.getByRole('link', { name: '7' }).waitFor()
    await card.getByRole('button', { name: 'Import a newer export…' }).waitFor()
    assert.equal(await card.getByRole('button', { name: 'Sync now' }).count(), 0)
    await assertAccessible(window)
    await picture(app, 'connections')
    assert.deepEqual(await whatDoesNotFit(window), [])
    await card.getByRole('link', { name: '7' }).click()
    await window.getByRole('article').first().waitFor()
    await window.getByRole('button', { name: '@ann@social.example', exact: true }).waitFor()
    await window.getByRole('link', { name: 'Connections' }).click()
  })

  test('its log and what could not be read are told', async () => {
    await chooseFromMenu('Log…')
    await sheet().getByText('from an export').waitFor()
    await assertAccessible(window)
    await picture(app, 'connection-log')
    await window.keyboard.press('Escape')
    await chooseFromMenu('What could not be read…')
    await sheet()
      .getByText(/kept as it came|Everything could be read/)
      .waitFor()
    await assertAccessible(window)
    await window.keyboard.press('Escape')
  })

  test('letting go asks what becomes of what was archived', async () => {
    await chooseFromMenu('Disconnect…')
    await sheet().getByRole('radio', { name: 'Keep what was archived' }).waitFor()
    await sheet().getByRole('radio', { name: 'Erase it too' }).check()
    await sheet().getByRole('button', { name: 'Disconnect and erase 7 posts' }).waitFor()
    await assertAccessible(window)
    await picture(app, 'disconnect')
    await sheet().getByRole('button', { name: 'Disconnect and erase 7 posts' }).click()
    await window.getByText(/is disconnected, and 7 posts were erased\./).waitFor()
    await window.getByRole('link', { name: /^Posts/ }).click()
    await window.getByRole('heading', { name: 'No posts yet.' }).waitFor()
  })

  async function chooseFromMenu(item: string): Promise<void> {
    await window.getByRole('button', { name: /^More actions for @ann/ }).click()
    await window.getByRole('menuitem', { name: item }).click()
    await sheet().waitFor()
  }
})
