/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { assertAccessible } from './accessibility.ts'
import { drop, startApp, type RunningApp } from './electron.ts'
import { picture } from './pictures.ts'
import { copyPictures, daysOf, eventually, fillVault, withSamples } from './vault.ts'

describe('watched folders', withSamples, () => {
  let stateDir = ''
  let camera = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-watched-'))
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    camera = join(stateDir, 'Camera')
    await mkdir(join(camera, 'drafts'), { recursive: true })
    await cp(join(pictures, 'DSCN0010.jpg'), join(camera, 'DSCN0010.jpg'))
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('a folder is chosen with the picker, and what is in it comes in', async () => {
    await window.getByRole('link', { name: 'Imports' }).click()
    await window.getByRole('button', { name: 'Watch a folder…' }).click()
    await app.electron.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
    }, camera)
    await window.getByRole('button', { name: 'Choose…' }).click()
    await eventually(async () =>
      assert.equal(await window.getByLabel('Folder', { exact: true }).inputValue(), '~/Camera'),
    )
    await window.getByLabel('Ignore (optional)').fill('drafts\n*.tmp')
    await assertAccessible(window)
    await picture(app, 'watch-add')
    await window.getByRole('button', { name: 'Start watching' }).click()
    await window.getByText('Coffer is watching Camera.').waitFor()
    await row(window).getByText('Watching', { exact: true }).waitFor()
    await row(window)
      .getByText(/^1 file · Copied into the vault · 2 names ignored · last checked now$/)
      .waitFor()
    await assertAccessible(window)
    await picture(app, 'watched-folders')
  })

  test('what is put into it later comes in by itself, but not what is passed over', async () => {
    const { total } = await daysOf(window)
    const source = join(stateDir, 'fresh')
    await paint(source)
    await rename(`${source}-1.jpg`, join(camera, 'drafts', 'draft.jpg'))
    await rename(`${source}-2.jpg`, join(camera, 'fresh.jpg'))
    await eventually(async () => assert.equal((await daysOf(window)).total, total + 1), 30_000)
    await row(window)
      .getByText(/^2 files/)
      .waitFor()
  })

  test('it is paused and goes on', async () => {
    await window.getByRole('button', { name: 'Pause watching Camera' }).click()
    await row(window).getByText('Paused', { exact: true }).waitFor()
    await window.getByRole('button', { name: 'Resume watching Camera' }).click()
    await row(window).getByText('Watching', { exact: true }).waitFor()
  })

  test('what is passed over can be changed', async () => {
    const { total } = await daysOf(window)
    await chooseFromMenu(window, 'More actions for Camera', 'Ignored names…')
    await window.getByLabel('Ignore (optional)').fill('*.tmp')
    await assertAccessible(window)
    await window.getByRole('button', { name: 'Save' }).click()
    await row(window)
      .getByText(/1 name ignored/)
      .waitFor()
    await eventually(async () => assert.equal((await daysOf(window)).total, total + 1), 30_000)
  })

  test('a folder that is dropped can be imported once or watched', async () => {
    const more = join(stateDir, 'More')
    await mkdir(more)
    await paint(join(more, 'more'), 200)
    await drop(app, [more])
    await window.getByRole('dialog', { name: 'Import from More' }).waitFor()
    await window.getByRole('radio', { name: 'Import once' }).waitFor()
    await window.getByRole('radio', { name: 'Keep watching this folder' }).check()
    await window.getByRole('checkbox', { name: 'Create an album for each folder' }).check()
    await assertAccessible(window)
    await picture(app, 'import-sheet-watch')
    await window.getByRole('button', { name: 'Import and watch' }).click()
    await window.getByText('Coffer is watching More.').waitFor()
    await window
      .getByRole('navigation', { name: 'Your albums' })
      .getByRole('link', { name: /^More 2/ })
      .waitFor()
    await drop(app, [join(more, 'more-1.jpg')])
    await window.getByText('1 file · 0 new · 1 already here').waitFor()
    assert.equal(await window.getByRole('radio', { name: 'Import once' }).count(), 0)
    await window.keyboard.press('Escape')
  })

  test('a folder that cannot be watched is refused in a sentence', async () => {
    await window.getByRole('button', { name: 'Watch a folder…' }).click()
    await window.getByLabel('Folder', { exact: true }).fill('~/Camera/drafts')
    await window.keyboard.press('Enter')
    await window.getByText(/overlaps with .*Camera, which is already being watched\./).waitFor()
    await window.keyboard.press('Escape')
    await window.getByRole('button', { name: 'Discard' }).click()
  })

  test('it is said what stays before a folder is watched no more', async () => {
    const { total } = await daysOf(window)
    await chooseFromMenu(window, 'More actions for Camera', 'Stop watching…')
    await window.getByText('The 3 files imported from it stay in your library.').waitFor()
    await assertAccessible(window)
    await window.getByRole('button', { name: 'Stop watching', exact: true }).click()
    await window.getByText('Coffer no longer watches Camera.').waitFor()
    await row(window).waitFor({ state: 'detached' })
    assert.equal((await daysOf(window)).total, total)
  })

  test('a folder whose drive is gone says so, and nothing is lost', async () => {
    const { total } = await daysOf(window)
    await rename(join(stateDir, 'More'), join(stateDir, 'Away'))
    await window.getByRole('button', { name: 'Pause watching More' }).click()
    await window.getByRole('button', { name: 'Resume watching More' }).click()
    const more = window
      .getByRole('listitem')
      .filter({ hasText: '~/More' })
      .filter({ has: window.getByRole('button') })
    await more.getByText('Missing', { exact: true }).waitFor()
    await picture(app, 'watch-missing', 'light')
    assert.equal((await daysOf(window)).total, total)
  })
})

function row(window: Page) {
  return window.getByRole('listitem').filter({ has: window.getByRole('button', { name: 'More actions for Camera' }) })
}

async function chooseFromMenu(window: Page, menu: string, item: string): Promise<void> {
  await window.getByRole('button', { name: menu }).click()
  await window.getByRole('menuitem', { name: item }).click()
}

/** Two pictures that no vault has seen. */
async function paint(path: string, red = 60): Promise<void> {
  for (const number of [1, 2]) {
    await sharp({ create: { width: 640, height: 480, channels: 3, background: { r: red, g: 40 * number, b: 120 } } })
      .jpeg()
      .toFile(`${path}-${number}.jpg`)
  }
}
