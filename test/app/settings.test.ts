/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertAccessible } from './accessibility.ts'
import { startApp, type RunningApp } from './electron.ts'
import { picture } from './pictures.ts'
import { copyPictures, eventually, fillVault, withSamples } from './vault.ts'

describe('settings and the desktop around the window', withSamples, () => {
  let stateDir = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-settings-'))
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('the menu leads to settings, which tell the vault, the keys and the licences', async () => {
    await chooseInMenu(app, 'Settings…')
    await window.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    await window.getByText('~/vault').waitFor()
    await window.getByText('Select the day, then everything').waitFor()
    await picture(app, 'settings')
    await window.getByText('What it is made of').click()
    await window.getByText('@electric-sql/pglite').waitFor()
    await assertAccessible(window)
  })

  test('health tells how the vault is, and looks through all of it when asked', async () => {
    await window.getByText('Everything is in order.').waitFor()
    await window.getByText('Nothing waits.').waitFor()
    await window.getByRole('button', { name: 'Look through everything' }).click()
    await window.getByText('Looking through everything.').waitFor()
    await window.getByText('Everything is in order.').waitFor()
    await window.getByText('The largest tables').click()
    await window.getByText('vault.media', { exact: true }).waitFor()
    await picture(app, 'settings-health')
    await assertAccessible(window)
  })

  test('the theme is the person’s, and is kept', async () => {
    // The test’s own emulation would win over the app.
    await window.emulateMedia({ colorScheme: null })
    await window.getByRole('radio', { name: 'Dark' }).check()
    await eventually(async () => assert.equal(await groundOf(window), 'dark'))
    await window.reload()
    await eventually(async () => assert.equal(await groundOf(window), 'dark'))
    await window.getByRole('radio', { name: 'Light' }).check()
    await eventually(async () => assert.equal(await groundOf(window), 'light'))
  })

  test('the menu imports what the picker gives', async () => {
    const folder = join(stateDir, 'Pictures')
    await app.electron.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
    }, folder)
    await chooseInMenu(app, 'Import Folders…')
    await window.getByRole('dialog', { name: 'Import from Pictures' }).waitFor()
    await window.keyboard.press('Escape')
  })

  test('keys alone lead to every screen', async () => {
    for (const [key, heading] of [
      ['i', 'Imports'],
      ['d', 'Trash'],
      ['t', 'Timeline'],
    ] as const) {
      await window.keyboard.press('g')
      await window.keyboard.press(key)
      await window.getByRole('heading', { level: 1, name: heading }).waitFor()
    }
    await window.keyboard.press('?')
    await window.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  })
})

describe('everything by keyboard alone', withSamples, () => {
  test('from the first start to photos in the trash', async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'coffer-keys-'))
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    const app = await startApp({ stateDir })
    const { window } = app
    try {
      await window.getByRole('button', { name: 'Make vault' }).waitFor()
      await tabTo(window, 'Make vault')
      await window.keyboard.press('Enter')
      await window.getByText('Nothing here yet.').waitFor()
      await app.electron.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
      }, pictures)
      await tabTo(window, 'Import a folder…')
      await window.keyboard.press('Enter')
      await window.getByText(/[1-9]\d* new/).waitFor()
      await tabTo(window, 'Import')
      await window.keyboard.press('Enter')
      await window.getByRole('button', { name: /^DSCN0010/ }).waitFor()
      await tabTo(window, /^DSCN/)
      await window.keyboard.press('ArrowRight')
      await window.keyboard.press('Enter')
      await window.getByRole('dialog', { name: /Viewer/ }).waitFor()
      await window.keyboard.press('ArrowRight')
      await window.keyboard.press('Escape')
      await window.getByRole('dialog', { name: /Viewer/ }).waitFor({ state: 'detached' })
      await window.waitForFunction(() => document.activeElement?.hasAttribute('data-tile'))
      await window.keyboard.press('Space')
      await window.keyboard.press('Shift+ArrowLeft')
      await window.getByText('2 selected').waitFor()
      await window.keyboard.press('Delete')
      await window.getByText('2 photos are in the trash.').waitFor()
      await window.keyboard.press('g')
      await window.keyboard.press('d')
      await window
        .getByRole('button', { name: /^DSCN.*days$/ })
        .first()
        .waitFor()
      await tabTo(window, /^DSCN/)
      await window.keyboard.press('Space')
      await tabTo(window, 'Restore', 'back')
      await window.keyboard.press('Enter')
      await window.getByText('1 photo is back.').waitFor()
    } finally {
      await app.electron.close()
      await rm(stateDir, { recursive: true, force: true })
    }
  })
})

/** Presses Tab until what has the focus bears this name. */
async function tabTo(window: Page, name: string | RegExp, way: 'on' | 'back' = 'on'): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const focused = await window.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? ''
    })
    if (typeof name === 'string' ? focused === name : name.test(focused)) return
    await window.keyboard.press(way === 'on' ? 'Tab' : 'Shift+Tab')
  }
  assert.fail(`Tab does not lead to ${String(name)}`)
}

async function chooseInMenu(app: RunningApp, label: string): Promise<void> {
  await app.electron.evaluate(({ Menu }, wanted) => {
    const all = Menu.getApplicationMenu()?.items.flatMap((each) => each.submenu?.items ?? []) ?? []
    all.find((each) => each.label === wanted)?.click()
  }, label)
}

function groundOf(window: Page): Promise<'light' | 'dark'> {
  return window.evaluate(() => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'))
}
