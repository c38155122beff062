/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertAccessible } from './accessibility.ts'
import { drop, startApp, type RunningApp } from './electron.ts'
import { mastodonExport } from './exports.ts'
import { picture } from './pictures.ts'
import { whatDoesNotFit } from './reachable.ts'
import { copyPictures, eventually, fillVault, importEnds, withSamples } from './vault.ts'

describe('posts', withSamples, () => {
  let stateDir = ''
  let pictures = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-posts-'))
    pictures = await copyPictures(stateDir, 'jpg/gps')
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('an empty screen says how posts come in', async () => {
    await window.getByRole('link', { name: 'Posts', exact: true }).click()
    await window.getByRole('heading', { name: 'No posts yet.' }).waitFor()
    await window.getByRole('button', { name: 'Import an export…' }).waitFor()
    await assertAccessible(window)
    await window.getByRole('button', { name: 'Connect an account' }).click()
    await window.getByRole('dialog', { name: 'Connect an account' }).waitFor()
    await window.keyboard.press('Escape')
  })

  test('an export that is dropped says whose it is and what would come of it, and comes in with other files', async () => {
    const folder = await mastodonExport(join(stateDir, 'archive'), join(pictures, 'DSCN0012.jpg'))
    const other = join(stateDir, 'other.jpg')
    await cp(join(pictures, 'DSCN0010.jpg'), other)
    await drop(app, [folder, other])
    const sheet = window.getByRole('dialog')
    const found = sheet.getByRole('region', { name: /^Mastodon export of / })
    await found.getByText(/^64 posts/).waitFor()
    await found.getByText(/1 could not be read/).waitFor()
    await sheet.getByText('1 file · 0 new · 1 already here').waitFor()
    await assertAccessible(window)
    await picture(app, 'import-sheet-export')
    await sheet.getByRole('button', { name: 'Import', exact: true }).click()
    await sheet.waitFor({ state: 'hidden' })
    await importEnds(window)
  })

  test('its report counts by type and lists the records that could not be read', async () => {
    await window.getByRole('link', { name: 'Imports', exact: true }).click()
    await window
      .getByRole('link', { name: /^Mastodon: 64 posts/ })
      .first()
      .click()
    const table = window.getByRole('table', { name: 'What the export gave' })
    await table.getByRole('row', { name: /^Post 64/ }).waitFor()
    await window.getByRole('heading', { name: /^Could not be read/ }).waitFor()
    await window
      .getByText(/outbox\.json/)
      .first()
      .waitFor()
    await assertAccessible(window)
    await picture(app, 'import-report-export')
  })

  test('posts stand under their days, with their pictures and what is missing', async () => {
    await window.getByRole('link', { name: /^Posts/ }).click()
    await window.getByRole('heading', { name: 'Friday, 3 May 2024' }).waitFor()
    const tower = window.getByRole('article').filter({ hasText: 'The tower at noon.' })
    await tower.getByRole('button', { name: 'Photo 1 of 1: A tower above a narrow street' }).waitFor()
    await window.getByRole('article').filter({ hasText: 'by the river' }).getByText(/Reply/).waitFor()
    await window
      .getByRole('article')
      .filter({ hasText: 'lost on the way' })
      .getByText('No longer available there')
      .waitFor()
    await assertAccessible(window)
    await picture(app, 'posts')
    assert.deepEqual(await whatDoesNotFit(window), [])
  })

  test('a web address in a post opens in the browser of the system, and nowhere else', async () => {
    await app.electron.evaluate(({ shell }) => {
      shell.openExternal = (url) => {
        Object.assign(globalThis, { opened: url })
        return Promise.resolve()
      }
    })
    await window.getByRole('link', { name: 'https://example.org/tower' }).click()
    await eventually(async () =>
      assert.equal(
        await app.electron.evaluate(() => (globalThis as { opened?: string }).opened),
        'https://example.org/tower',
      ),
    )
    const refused = await window.evaluate(() =>
      Promise.all(
        ['file:///etc/passwd', 'javascript:alert(1)', 'not an address'].map((url) =>
          (globalThis as unknown as { coffer: { openLink(url: string): Promise<boolean> } }).coffer.openLink(url),
        ),
      ),
    )
    assert.deepEqual(refused, [false, false, false])
    assert.match(window.url(), /^coffer:/)
  })

  test('filters narrow what is shown and stay in the address', async () => {
    const articles = window.getByRole('article')
    await window.getByRole('searchbox', { name: 'Search in posts' }).fill('river')
    await eventually(async () => assert.equal(await articles.count(), 1))
    await window.reload()
    await window.getByRole('article').first().waitFor()
    assert.equal(await articles.count(), 1)
    await window.getByRole('searchbox', { name: 'Search in posts' }).fill('no such word')
    await window.getByRole('heading', { name: 'No posts fit.' }).waitFor()
    await window.getByRole('button', { name: 'Clear all filters' }).click()
    await window.getByRole('button', { name: 'All types' }).click()
    await window.getByRole('menuitemradio', { name: /^Reply/ }).click()
    await eventually(async () => assert.equal(await articles.count(), 1))
    await window.getByRole('button', { name: 'Reply' }).click()
    await window.getByRole('menuitemradio', { name: 'All types' }).click()
    await window.getByRole('button', { name: 'With pictures' }).click()
    await eventually(async () => assert.equal(await articles.count(), 2))
    await window.getByRole('button', { name: 'With pictures' }).click()
    await window.getByLabel('From', { exact: true }).fill('2024-05-02')
    await window.getByLabel('To', { exact: true }).fill('2024-05-02')
    await eventually(async () => assert.equal(await articles.count(), 1))
    await window.getByLabel('From', { exact: true }).fill('')
    await window.getByLabel('To', { exact: true }).fill('')
  })

  test('of many posts those in view are drawn, down to the last', async () => {
    const last = window.getByText('Note number 60 of many,')
    const list = window.getByRole('group', { name: 'Posts, the newest first' })
    for (let step = 0; step < 60 && !(await last.isVisible()); step += 1) {
      await list.evaluate((element) => element.parentElement?.parentElement?.scrollBy(0, 1500))
      await window.waitForTimeout(80)
    }
    await last.waitFor()
    assert.ok((await window.getByRole('article').count()) < 40, 'few are drawn')
  })

  test('a post opens by key into all that is kept of it, and its picture into the viewer', async () => {
    await window.getByRole('link', { name: /^Timeline/ }).click()
    await window.getByRole('link', { name: /^Posts/ }).click()
    const tower = window.getByRole('article').filter({ hasText: 'The tower at noon.' })
    await tower.getByRole('button', { name: /^Details of the post of/ }).press('Enter')
    const sheet = window.getByRole('dialog', { name: 'Post on Mastodon' })
    await sheet.getByText('1 version').waitFor()
    await sheet.getByText('A tower above a narrow street').waitFor()
    await sheet.getByText('As it came').click()
    await sheet
      .getByText(/"preferredUsername"|"content"/)
      .first()
      .waitFor()
    await assertAccessible(window)
    await picture(app, 'post')
    await sheet.getByRole('button', { name: 'Copy' }).click()
    await sheet.getByText('Copied').waitFor()
    await sheet.getByRole('button', { name: /^Photo 1 of 1/ }).click()
    await sheet.waitFor({ state: 'hidden' })
    await window.getByRole('dialog', { name: /^Viewer: / }).waitFor()
    await window.keyboard.press('Escape')
    await eventually(async () => {
      const name = await window.evaluate(() => document.activeElement?.getAttribute('aria-label'))
      assert.equal(name, 'Photo 1 of 1: A tower above a narrow street')
    })
  })

  test('the timeline tells of a day on which something was posted, and leads there', async () => {
    await window.getByRole('link', { name: /^Timeline/ }).click()
    await window.getByRole('link', { name: '1 post', exact: true }).click()
    await window.getByRole('heading', { name: 'Wednesday, 22 October 2008' }).waitFor()
    await window.getByText('Arezzo!').waitFor()
    assert.equal(await window.getByRole('article').count(), 1)
    assert.equal(await window.getByLabel('From', { exact: true }).inputValue(), '2008-10-22')
  })
})
