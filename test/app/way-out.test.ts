/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertAccessible } from './accessibility.ts'
import { startApp, type RunningApp } from './electron.ts'
import { picture, placeOf, takesPictures } from './pictures.ts'
import { copyPictures, eventually, fillVault, withSamples } from './vault.ts'

describe('the way out', { ...withSamples, timeout: 240_000 }, () => {
  let stateDir = ''
  let out = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-way-out-'))
    out = join(stateDir, 'Drive', 'Everything')
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
    await window.evaluate(async () => {
      const send = async (method: string, to: string, body: unknown): Promise<unknown> =>
        (
          await fetch(`coffer://vault/api/v1/${to}`, {
            method,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          })
        ).json()
      const page = (await (await fetch('coffer://vault/api/v1/timeline/tiles?limit=3')).json()) as {
        items: { id: string }[]
      }
      const ids = page.items.map((tile) => tile.id)
      await send('POST', 'albums', { name: 'Walk in Arezzo', description: 'By the old walls', media_ids: ids })
      await send('PATCH', `media/${ids[0]}`, { description: 'Tower <b>at noon</b>', is_favorite: true })
    })
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  async function openSettings(): Promise<void> {
    await window.evaluate(() => (location.hash = '#/settings'))
    await window.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  }

  test('everything is exported from the settings, into a folder that is chosen', async () => {
    await openSettings()
    await app.electron.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
    }, stateDir)
    await window.getByLabel('Export to').fill('~')
    await window.getByRole('button', { name: 'Export', exact: true }).click()
    await window.getByText(/is not empty/).waitFor()
    await window.getByLabel('Export to').fill('~/Drive/Everything')
    await window.getByRole('button', { name: 'Export', exact: true }).click()
    await window.getByText(/9 files .* are in ~\/Drive\/Everything/).waitFor()
    await window.getByText(/9 files .* are in/).scrollIntoViewIfNeeded()
    await assertAccessible(window)
    await picture(app, 'settings-export')
    assert.ok((await readdir(out)).includes('index.html'))
  })

  test('the exported page shows it all from the disk, without the network', async () => {
    const opened = app.electron.waitForEvent('window')
    await app.electron.evaluate(
      ({ BrowserWindow, session }, url) => {
        const asked: string[] = []
        ;(globalThis as { asked?: string[] }).asked = asked
        session.fromPartition('exported').webRequest.onBeforeRequest((details, done) => {
          if (!details.url.startsWith('file:') && !details.url.startsWith('devtools:')) asked.push(details.url)
          done({})
        })
        const browser = new BrowserWindow({ width: 1280, height: 860, webPreferences: { partition: 'exported' } })
        void browser.loadURL(url)
      },
      pathToFileURL(join(out, 'index.html')).href,
    )
    const page = await opened
    const problems: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    await page.getByRole('heading', { level: 2, name: 'October 2008' }).waitFor()
    await page.waitForFunction(
      () => document.images.length === 9 && [...document.images].every((image) => image.naturalWidth > 100),
    )
    await assertAccessible(page)
    await page.getByRole('button', { name: /^DSCN0010/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Viewer' }).waitFor()
    await page.waitForFunction(() => (document.querySelector<HTMLImageElement>('dialog img')?.naturalWidth ?? 0) > 300)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowLeft')
    await page.getByRole('link', { name: 'Open the original' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Viewer' }).waitFor({ state: 'hidden' })

    await page.getByRole('searchbox').fill('at NOON')
    await page.getByText('1 photo found').waitFor()
    await page.getByRole('button', { name: /^DSCN/ }).click()
    await page.getByText('Tower <b>at noon</b>').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Albums' }).click()
    await page.getByRole('link', { name: /Walk in Arezzo/ }).click()
    await page.getByText('By the old walls').waitFor()
    await page.waitForFunction(() => document.querySelectorAll('.tile').length === 3)
    await page.getByRole('link', { name: 'Favourites' }).click()
    await page.getByText('1 photo', { exact: true }).waitFor()
    if (takesPictures) {
      await page.getByRole('link', { name: 'Timeline' }).click()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.waitForTimeout(300)
        await page.screenshot({ path: placeOf(`exported-page-${colorScheme}.jpg`), type: 'jpeg', quality: 82 })
      }
    }
    // What the page's own policy forbids it cannot even ask for.
    await page.evaluate(() => void fetch('https://example.org/').catch(() => {}))
    await eventually(async () => assert.ok(problems.some((each) => each.includes('Content Security Policy'))))
    assert.deepEqual(await app.electron.evaluate(() => (globalThis as { asked?: string[] }).asked), [])
    assert.deepEqual(
      problems.filter((each) => !each.includes('example.org')),
      [],
    )
    await page.close()
  })

  test('the exported page draws a hundred thousand photos as quickly as a hundred', async () => {
    const large = join(stateDir, 'large')
    await mkdir(join(large, 'browse', 'data'), { recursive: true })
    for (const name of ['index.html', 'browse/app.js', 'browse/app.css']) await cp(join(out, name), join(large, name))
    const months = Array.from({ length: 100 }, (_, number): [string, number] => [
      `${2024 - Math.floor(number / 12)}-${String(12 - (number % 12)).padStart(2, '0')}`,
      1000,
    ])
    for (const [number, [month]] of months.entries()) {
      const items = Array.from({ length: 1000 }, (_, at) => [
        null,
        null,
        `${month}-03T04:05:06`,
        'photo',
        `p${number}-${at}.jpg`,
        '',
        0,
        null,
        null,
      ])
      await writeFile(
        join(large, 'browse', 'data', `items-${number}.js`),
        `coffer.items(${number},${JSON.stringify(items)})`,
      )
    }
    const ratios = Array.from({ length: 100_000 }, (_, number) => 60 + (number % 100))
    const given = { title: 'Large', count: 100_000, chunk: 1000, months, ratios, albums: [], posts: 0 }
    await writeFile(join(large, 'browse', 'data', 'index.js'), `coffer.index(${JSON.stringify(given)})`)
    const opened = app.electron.waitForEvent('window')
    await app.electron.evaluate(
      ({ BrowserWindow }, url) => {
        const webPreferences = { partition: 'exported' }
        void new BrowserWindow({ width: 1280, height: 860, webPreferences }).loadURL(url)
      },
      pathToFileURL(join(large, 'index.html')).href,
    )
    const page = await opened
    await page.getByRole('button', { name: /^p0-0\.jpg/ }).waitFor()
    assert.ok((await page.locator('.tile').count()) < 200)
    await page.getByLabel('Go to').selectOption({ label: 'September 2016' })
    await page.getByRole('button', { name: /^p99-0\.jpg/ }).waitFor()
    assert.ok((await page.locator('.tile').count()) < 200)
    await page.getByRole('searchbox').fill('p73-512.')
    await page.getByText('1 photo found').waitFor()
    await page.close()
  })

  test('everything is saved in one encrypted file', async () => {
    await window.evaluate(() => (location.hash = '#/backups'))
    await window.getByRole('button', { name: 'Save to one file…' }).click()
    await window.getByLabel('Folder', { exact: true }).fill('~/Drive')
    await window.getByLabel('File name').fill('all.tar.age')
    await window.getByLabel('Passphrase', { exact: true }).fill('lantern orbit velvet canoe')
    await window.getByLabel('Repeat passphrase').fill('lantern orbit velvet canoe')
    await assertAccessible(window)
    await picture(app, 'backups-one-file')
    await window.getByRole('button', { name: 'Save', exact: true }).click()
    await window.getByText(/9 files and everything Coffer knows about them are in ~\/Drive\/all\.tar\.age/).waitFor()
    assert.ok((await stat(join(stateDir, 'Drive', 'all.tar.age'))).size > 1_000_000)
    await picture(app, 'backups-one-file-done')
  })

  test('everything is erased once the name was typed, and the vault is empty and usable', async () => {
    await openSettings()
    await window.getByRole('button', { name: 'Erase everything…' }).click()
    await window.getByText(/9 photos .* 1 album/).waitFor()
    const confirm = window.getByRole('button', { name: 'Erase 9 photos permanently' })
    assert.ok(await confirm.isDisabled())
    const field = window.getByLabel(/^To continue, type the name/)
    const name = /type the name (.+)$/.exec(
      (await window.locator('label', { hasText: 'To continue' }).textContent()) ?? '',
    )?.[1]
    await field.fill(`${name}x`)
    assert.ok(await confirm.isDisabled())
    await field.fill(name ?? '')
    await assertAccessible(window)
    await picture(app, 'erase')
    await confirm.click()
    await window.getByText('Nothing here yet.').waitFor({ timeout: 60_000 })
    assert.deepEqual(await readdir(join(stateDir, 'vault', 'users')).catch(() => []), [])
    await window.evaluate(() => (location.hash = '#/activity'))
    await window.getByText('Everything was erased, including 9 photos.').waitFor()
    assert.ok((await readdir(out)).includes('index.html'), 'what was exported stays')
  })
})
