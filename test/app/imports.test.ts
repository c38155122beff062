/// <reference lib="dom" />
import { mkdtemp, mkdir, rm, symlink, cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertAccessible } from './accessibility.ts'
import { drop, startApp, type RunningApp } from './electron.ts'
import { copyPictures, fillVault, importEnds, withSamples } from './vault.ts'

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
    await window.getByRole('link', { name: 'Imports' }).click()
    await window.locator('main li a').first().click()
    await window.getByRole('heading', { name: /Could not be read/ }).waitFor()
    await cp(join(pictures, 'DSCN0010.jpg'), away)
    await window.getByRole('button', { name: 'Try 1 file again' }).click()
    await window.getByText('Already here').first().waitFor()
    await assertAccessible(window)
  })

  test('an import is undone after asking, and says where its photos went', async () => {
    await window.getByRole('link', { name: 'All imports' }).click()
    await window.locator('main li a').last().click()
    await window.getByRole('button', { name: 'Undo this import…' }).click()
    await window.getByRole('button', { name: /Move \d+ photos to the trash/ }).click()
    await window.getByRole('heading', { name: 'Undone' }).waitFor()
    await window.getByRole('link', { name: 'Timeline' }).click()
    await window.getByText('Nothing here yet.').waitFor()
  })
})
