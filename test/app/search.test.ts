/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertAccessible } from './accessibility.ts'
import { setSize, startApp, type RunningApp } from './electron.ts'
import { picture } from './pictures.ts'
import { copyPictures, eventually, fillVault, withSamples } from './vault.ts'

describe('finding photos, and saying what they are', withSamples, () => {
  let stateDir = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-search-'))
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, await copyPictures(stateDir, 'jpg'))
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  const field = () => window.getByRole('searchbox')
  const tiles = () => window.getByRole('group', { name: 'Photos found' }).locator('[data-tile]')
  const undo = (sentence: string): Promise<void> =>
    window.getByRole('dialog', { name: sentence }).getByRole('button', { name: 'Undo' }).click()
  const find = async (text: string): Promise<void> => {
    await window.keyboard.press('Control+f')
    await field().fill(text)
    await window.locator('section[aria-busy="false"]').waitFor()
  }

  test('Ctrl F leads to the search from anywhere, and words, dates and cameras find photos', async () => {
    await find('DSCN001')
    await eventually(async () => assert.ok((await tiles().count()) > 1))
    await window.getByText(/^\d+ photos$/).waitFor()
    await find('22 October 2008')
    await window.getByText(/photos · October 22, 2008|photos · 22 October 2008/).waitFor()
    await find('canon')
    await eventually(async () => assert.ok((await tiles().count()) > 0))
    await picture(app, 'search')
    await assertAccessible(window)
    await find('nothing like this')
    await window.getByText('Nothing found').waitFor()
    await picture(app, 'search-nothing', 'light')
    await window.getByRole('button', { name: 'Favourites' }).click()
    await window.getByRole('button', { name: 'Favourites' }).click()
  })

  test('places, kinds and slips of the pen', async () => {
    await find('Arezzo')
    await eventually(async () => assert.ok((await tiles().count()) > 3))
    await find('Italien foto')
    await eventually(async () => assert.ok((await tiles().count()) > 3))
    await find('Arezzzo')
    await window.getByText('Nothing found').waitFor()
    await picture(app, 'search-instead')
    await assertAccessible(window)
    await window.getByRole('button', { name: 'Did you mean “Arezzo”?' }).click()
    await eventually(async () => assert.ok((await tiles().count()) > 3))
    assert.equal(await field().inputValue(), 'Arezzo')
  })

  test('what is found opens in the viewer, and the way back leads to it', async () => {
    await find('DSCN0010')
    await tiles().first().waitFor()
    const isFocused = (): Promise<boolean> =>
      tiles()
        .first()
        .evaluate((tile) => tile.contains(document.activeElement))
    await tiles().first().click()
    // The second time it is the photo that was handed back before.
    for (const _ of ['first', 'second']) {
      await window.getByRole('dialog', { name: /^Viewer: DSCN0010/ }).waitFor()
      await window.keyboard.press('Escape')
      await eventually(async () => assert.equal(await field().inputValue(), 'DSCN0010'))
      await eventually(async () => assert.ok(await isFocused()))
      await window.keyboard.press('Enter')
    }
    await window.getByRole('dialog', { name: /^Viewer: DSCN0010/ }).waitFor()
    await window.keyboard.press('Escape')
    await window.reload()
    await eventually(async () => assert.equal(await field().inputValue(), 'DSCN0010'), 30_000)
  })

  test('tags are put on a selection and taken off, with a way back, and found', async () => {
    await find('DSCN00')
    await eventually(async () => assert.ok((await tiles().count()) > 3))
    await tiles()
      .nth(0)
      .click({ modifiers: ['Control'] })
    await tiles().nth(1).click()
    await window.getByText('2 selected').waitFor()
    await window.keyboard.press('t')
    const dialog = window.getByRole('dialog', { name: 'Tags of 2 photos' })
    await dialog.getByRole('combobox').fill('Harbour walk')
    await window.keyboard.press('Enter')
    await window.getByText('2 photos now have the tag “Harbour walk”.').waitFor()
    await dialog.getByRole('option', { name: /Harbour walk\s*on all/ }).waitFor()
    await assertAccessible(window)
    await picture(app, 'tags')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await window.keyboard.press('Escape')
    await find('harbour')
    await eventually(async () => assert.equal(await tiles().count(), 2))

    await tiles()
      .nth(0)
      .click({ modifiers: ['Control'] })
    await window.keyboard.press('t')
    await window.getByRole('option', { name: /Harbour walk/ }).click()
    await window.getByText('1 photo no longer has the tag “Harbour walk”.').waitFor()
    await window.getByRole('button', { name: 'Done' }).click()
    await eventually(async () => assert.equal(await tiles().count(), 1))
    await undo('1 photo no longer has the tag “Harbour walk”.')
    await eventually(async () => assert.equal(await tiles().count(), 2))
    await window.keyboard.press('Control+f')
    await field().fill('')
    await window.getByRole('button', { name: 'Harbour walk' }).click()
    await eventually(async () => assert.equal(await tiles().count(), 2))
  })

  test('a camera whose clock was wrong is put right for all its photos', async () => {
    await find('DSCN001')
    await eventually(async () => assert.ok((await tiles().count()) > 1))
    const count = await tiles().count()
    await tiles().nth(0).focus()
    await window.keyboard.press('Control+a')
    await window.getByText(`${count} selected`).waitFor()
    await window.keyboard.press('e')
    const dialog = window.getByRole('dialog', { name: `Dates of ${count} photos` })
    const first = dialog.getByLabel('Correct date and time of the first photo')
    const was = await first.inputValue()
    await first.fill(was.replace('2008-10-22', '2009-10-22'))
    await dialog.getByText('All move 365 days later.').waitFor()
    await assertAccessible(window)
    await picture(app, 'dates')
    await dialog.getByRole('button', { name: 'Change' }).click()
    const sentence = `The dates of ${count} photos were changed.`
    await window.getByText(sentence).waitFor()
    await find('DSCN001 2009')
    await window.getByText(`${count} photos · 2009`).waitFor()
    await undo(sentence)
    await window.getByText(`${count} photos · 2009`).waitFor({ state: 'detached' })
    await find('DSCN001 2008')
    await window.getByText(`${count} photos · 2008`).waitFor()
  })

  test('a place is chosen by the name of a town, and by coordinates', async () => {
    await find('DSCN0010')
    await eventually(async () => assert.equal(await tiles().count(), 1))
    await tiles()
      .nth(0)
      .click({ modifiers: ['Control'] })
    await window.keyboard.press('p')
    const dialog = window.getByRole('dialog', { name: 'Place of the photo' })
    await dialog.getByRole('combobox').fill('Lisboa')
    await dialog.getByRole('option', { name: 'Lisboa, Portugal' }).click()
    await dialog.getByRole('button', { name: 'Another place' }).waitFor()
    await picture(app, 'place')
    await assertAccessible(window)
    await dialog.getByRole('button', { name: 'Another place' }).click()
    await dialog.getByRole('combobox').fill(`41°53'24.8"N 12°29'32.3"E`)
    await dialog.getByRole('option', { name: '41.89022, 12.49231' }).click()
    await dialog.getByRole('button', { name: 'Set place' }).click()
    await window.getByText('The place of 1 photo was changed.').waitFor()
    await window.keyboard.press('Escape')
    await tiles().nth(0).click()
    await window.getByRole('dialog', { name: /^Viewer/ }).waitFor()
    await window.keyboard.press('i')
    await window.getByText('Rome, Italy').waitFor()
    await window.keyboard.press('p')
    await window.getByRole('button', { name: 'As imported' }).click()
    await window.getByText('Near Arezzo, Italy').or(window.getByText('Arezzo, Italy')).waitFor()
    await setSize(app, 720, 540)
    await assertAccessible(window)
    await setSize(app, 1280, 860)
    await window.keyboard.press('Escape')
  })
  test('copies of a selection are saved into a folder', async () => {
    await find('DSCN00')
    await tiles()
      .nth(0)
      .click({ modifiers: ['Control'] })
    await tiles().nth(1).click()
    await window.getByRole('button', { name: 'Save copies…' }).click()
    const dialog = window.getByRole('dialog', { name: 'Save copies of 2 photos' })
    const folder = join(stateDir, 'for a friend')
    await dialog.getByLabel('Folder').fill(folder)
    await assertAccessible(window)
    await picture(app, 'copies', 'light')
    await dialog.getByRole('button', { name: 'Save copies' }).click()
    await dialog.getByRole('button', { name: 'Show in folder' }).waitFor()
    assert.equal((await readdir(folder)).filter((name) => name.endsWith('.jpg')).length, 2)
    await dialog.getByRole('button', { name: 'Close' }).click()
    await window.keyboard.press('Escape')
  })
})
