/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, mkdir, rm, symlink, cp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { assertAccessible } from './accessibility.ts'
import { drop, startApp, type RunningApp } from './electron.ts'
import { copyPictures, daysOf, eventually, fillVault, importEnds, withSamples } from './vault.ts'

describe('imports', withSamples, () => {
  let stateDir = ''
  let pictures = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-imports-'))
    pictures = await copyPictures(stateDir, 'jpg/gps')
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('what is here already is said before anything happens', async () => {
    await drop(app, [pictures])
    await window.getByText(/0 new · \d+ already here/).waitFor()
    await window.getByText('Everything is here already.').waitFor()
    await assertAccessible(window)
    await window.getByRole('button', { name: 'Cancel' }).click()
  })

  test('a file that could not be read is tried again when it can be', async () => {
    const folder = join(stateDir, 'camera')
    await mkdir(folder)
    const away = join(stateDir, 'away.jpg')
    await symlink(away, join(folder, 'late.jpg'))
    await drop(app, [folder])
    await window.getByText(/1 file /).waitFor()
    await window.getByRole('button', { name: 'Import', exact: true }).click()
    await importEnds(window)
    await window.getByRole('link', { name: 'Imports', exact: true }).click()
    await window.locator('main li a').first().click()
    await window.getByRole('heading', { name: /Could not be read/ }).waitFor()
    await cp(join(pictures, 'DSCN0010.jpg'), away)
    await window.getByRole('button', { name: 'Try 1 file again' }).click()
    await window.getByText('Already here').first().waitFor()
    await assertAccessible(window)
  })

  test('of very many files a report draws those in view, fetches the rest on the way, and shows each in its folder', async () => {
    const folder = join(stateDir, 'papers')
    await mkdir(folder)
    for (let number = 0; number < 1500; number += 1) {
      await writeFile(join(folder, `paper-${String(number).padStart(4, '0')}.txt`), `${number}`)
    }
    await drop(app, [folder])
    await window.getByText(/1,500 files .* 1,500 unsupported/).waitFor()
    await window.getByRole('button', { name: 'Import', exact: true }).click()
    await importEnds(window)
    await window.getByRole('link', { name: 'Imports', exact: true }).click()
    await window.locator('main li a').first().click()
    await window.getByRole('heading', { name: /Not supported/ }).waitFor()
    await window.getByText('paper-0000.txt').first().waitFor()
    const page = window.locator('main > div')
    // Its name alone may still stand where the import said what came in last.
    const last = window.getByRole('button', { name: 'Show paper-1499.txt in its folder' })
    for (let step = 0; step < 60 && !(await last.isVisible()); step += 1) {
      await page.evaluate((element) => element.scrollTo(0, element.scrollHeight))
      await window.waitForTimeout(100)
    }
    assert.ok((await window.locator('main li').count()) < 60, 'few rows are drawn')
    await app.electron.evaluate(({ shell }) => {
      shell.showItemInFolder = (path) => Object.assign(globalThis, { shownPath: path })
    })
    await last.click()
    await eventually(async () => {
      const shown = await app.electron.evaluate(() => (globalThis as { shownPath?: string }).shownPath)
      assert.equal(shown, join(folder, 'paper-1499.txt'))
    })
    await assertAccessible(window)
  })

  test('an import under way shows what came in last', async () => {
    const folder = join(stateDir, 'many')
    await mkdir(folder)
    for (let number = 0; number < 60; number += 1) {
      const background = { r: number * 4, g: 120, b: 80 }
      await sharp({ create: { width: 1600, height: 1200, channels: 3, background } })
        .jpeg()
        .toFile(join(folder, `${number}.jpg`))
    }
    await drop(app, [folder])
    await window.getByText(/60 files · 60 new/).waitFor()
    await window.getByRole('button', { name: 'Import', exact: true }).click()
    await window.getByRole('button', { name: 'Pause', exact: true }).first().click()
    await window.getByRole('button', { name: 'Resume' }).first().waitFor()
    await window.getByRole('link', { name: 'Imports', exact: true }).click()
    await window.locator('main li a').first().click()
    await window.getByRole('main').getByRole('button', { name: 'Resume' }).click()
    await window.getByRole('list', { name: 'Last added' }).getByRole('listitem').first().waitFor()
    await importEnds(window)
  })

  test('an import is undone after asking, and says where its photos went', async () => {
    await window.getByRole('link', { name: 'All imports' }).click()
    await window.locator('main li a').last().click()
    await window.getByRole('button', { name: 'Undo this import…' }).click()
    await window.getByRole('button', { name: /Move \d+ photos to the trash/ }).click()
    await window.getByRole('heading', { name: 'Undone' }).waitFor()
    const left = (await daysOf(window)).total
    assert.equal(left, 60, 'what other imports brought stays')
  })
})
