/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { CofferDesktop } from '../../preload/api.ts'
import { assertAccessible } from './accessibility.ts'
import { chooseInMenu, startAgain, startApp, type RunningApp } from './electron.ts'
import { picture } from './pictures.ts'
import { closeWindow, isShown, pressInTray, trayIsRead, trayLabels } from './tray.ts'
import { copyPictures, daysOf, eventually, fillVault, withSamples } from './vault.ts'

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
    await window.getByText('Select the whole day, then everything').waitFor()
    await picture(app, 'settings')
    await window.getByText('Open-source licences').click()
    await window.getByText('@electric-sql/pglite').waitFor()
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

describe('Coffer in the background', withSamples, () => {
  let stateDir = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-background-'))
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('health says what is known, repairs, and reads every original on demand', async () => {
    await chooseInMenu(app, 'Settings…')
    await window.getByText('No known problems.').waitFor()
    const [original] = await originalsOf(join(stateDir, 'vault'))
    assert.ok(original !== undefined)
    await appendFile(original, 'x')
    await window.getByRole('button', { name: 'Check every original' }).click()
    await window.getByRole('status').getByText(basename(original)).waitFor()
    await truncate(original, (await stat(original)).size - 1)
    await window.getByRole('button', { name: 'Check every original' }).click()
    await window.getByText(/originals were checked\. All are intact\./).waitFor()
    await window.getByRole('button', { name: 'Check and repair' }).click()
    await window.getByText('Everything is in order.').waitFor()
    await assertAccessible(window)
    await picture(app, 'settings-health')
  })

  test('a closed window leaves the app in the tray when it is to go on, which has the ways back and in', async () => {
    await trayIsRead(app)
    await window.getByRole('checkbox', { name: /Keep running when the window is closed/ }).check()
    await window.evaluate(() => {
      const { coffer } = globalThis as unknown as { coffer: CofferDesktop }
      return coffer.setProgress(0.25, 'Importing 1 of 4')
    })
    await eventually(async () => assert.equal((await trayLabels(app))[0], 'Importing 1 of 4'))
    await closeWindow(app)
    assert.equal(await isShown(app), false)
    assert.ok((await daysOf(window)).total > 0, 'the engine goes on')
    await pressInTray(app, 'Open Coffer')
    await eventually(async () => assert.equal(await isShown(app), true))
    await closeWindow(app)
    await app.electron.evaluate(
      ({ dialog }, path) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
      },
      join(stateDir, 'Pictures'),
    )
    await pressInTray(app, 'Import Folders…')
    await window.getByRole('dialog', { name: 'Import from Pictures' }).waitFor()
    assert.equal(await isShown(app), true)
    await window.keyboard.press('Escape')
  })

  test('starting at sign-in is chosen, starts without a window, and is given up again', async () => {
    const entry = join(stateDir, '.config/autostart/coffer.desktop')
    await window.getByRole('checkbox', { name: /Start when I sign in/ }).check()
    await eventually(async () => assert.match(await readFile(entry, 'utf8'), /^Exec=".+" "--hidden"$/m))
    await app.electron.close()
    app = await startApp({ stateDir, args: ['--hidden'] })
    window = app.window
    await eventually(async () => assert.ok((await daysOf(window)).total > 0))
    assert.equal(await isShown(app), false)
    assert.equal(await startAgain(stateDir, []), 0)
    await eventually(async () => assert.equal(await isShown(app), true))
    await chooseInMenu(app, 'Settings…')
    await window.getByRole('checkbox', { name: /Start when I sign in/ }).uncheck()
    await eventually(async () => assert.equal(existsSync(entry), false))
  })
})

describe('everything by keyboard alone', withSamples, () => {
  test('from the first start to photos in the trash', async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'coffer-keys-'))
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    const app = await startApp({ stateDir })
    const { window } = app
    try {
      await window.getByRole('button', { name: 'Create vault' }).waitFor()
      await tabTo(window, 'Create vault')
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
      await window.getByText('2 photos were moved to the trash.').waitFor()
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
    // A toolbar is one stop; arrow keys lead to what stands in it.
    const arrow = typeof name === 'string' ? await arrowTo(window, name) : null
    await window.keyboard.press(arrow ?? (way === 'on' ? 'Tab' : 'Shift+Tab'))
  }
  assert.fail(`Tab does not lead to ${String(name)}`)
}

async function arrowTo(window: Page, name: string): Promise<'ArrowLeft' | 'ArrowRight' | null> {
  return window.evaluate((name) => {
    const now = document.activeElement
    const controls = [...(now?.closest('[role=toolbar]')?.querySelectorAll('button') ?? [])]
    const wanted = controls.findIndex((each) => (each.getAttribute('aria-label') ?? each.textContent.trim()) === name)
    if (wanted < 0) return null
    return wanted > controls.findIndex((each) => each === now) ? 'ArrowRight' : 'ArrowLeft'
  }, name)
}

function groundOf(window: Page): Promise<'light' | 'dark'> {
  return window.evaluate(() => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'))
}

/** The originals a vault keeps. */
async function originalsOf(vault: string): Promise<readonly string[]> {
  const entries = await readdir(join(vault, 'users'), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /[\\/]media[\\/]/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
}
