/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { setSize, startApp, type RunningApp } from './electron.ts'
import { copyPictures, daysOf, eventually, fillVault, withSamples } from './vault.ts'

describe('keys', withSamples, () => {
  let stateDir = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-keys-'))
    const pictures = await copyPictures(stateDir, 'jpg')
    app = await startApp({ stateDir })
    window = app.window
    await setSize(app, 1000, 700)
    await fillVault(app, stateDir, pictures)
    await window.evaluate(async () => {
      const send = (to: string, body: unknown): Promise<Response> =>
        fetch(`coffer://vault/api/v1/${to}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      const { items } = (await (await fetch('coffer://vault/api/v1/timeline')).json()) as { items: { id: string }[] }
      for (let number = 1; number <= 30; number += 1) {
        await send('albums', { name: `Album ${number}`, ...(number === 1 && { media_ids: items.map(({ id }) => id) }) })
      }
    })
    await window.getByRole('link', { name: /^Album 30/ }).waitFor()
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  /** Presses a key, and says where the focus is then. */
  async function press(key: string): Promise<{ readonly name: string; readonly isInMain: boolean }> {
    await window.keyboard.press(key)
    await window.waitForTimeout(350)
    return window.evaluate(() => ({
      name: document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      isInMain: document.activeElement?.closest('main') !== null && document.activeElement !== document.body,
    }))
  }

  test('lead to the first and last photo and a page on, and the focus stays in the timeline', async () => {
    const tiles = window.locator('[data-tile]')
    await tiles.first().focus()
    const first = await nameOf(tiles.first())
    const end = await press('End')
    assert.notEqual(end.name, first)
    await eventually(async () => assert.equal(await isFocusedTile(window), true))
    const last = await nameOf(window.locator(':focus'))
    const up = await press('PageUp')
    assert.ok(up.isInMain)
    assert.notEqual(up.name, last)
    assert.equal((await press('PageDown')).isInMain, true)
    assert.equal((await press('End')).name, last)
    assert.equal((await press('Home')).name, first)
  })

  test('go on from where they were when the focused photo was scrolled away', async () => {
    const scroller = window.getByRole('group', { name: 'Photos by day' })
    await window.locator('[data-tile]').nth(1).focus()
    const name = await nameOf(window.locator(':focus'))
    await scroller.evaluate((element) => (element.scrollTop = element.scrollHeight))
    await window.waitForTimeout(300)
    assert.equal(await window.locator(':focus').count(), 1)
    await scroller.evaluate((element) => (element.scrollTop = 0))
    await eventually(async () => assert.equal(await nameOf(window.locator(':focus')), name))
  })

  test('lead through an album in the same way', async () => {
    await window.getByRole('link', { name: /^Album 1 / }).click()
    const tiles = window.locator('main [data-tile]')
    await tiles.first().focus()
    const first = await nameOf(tiles.first())
    const end = await press('End')
    assert.ok(end.isInMain)
    assert.notEqual(end.name, first)
    assert.equal((await press('ArrowRight')).name, end.name)
    assert.ok((await press('PageUp')).isInMain)
    assert.equal((await press('Home')).name, first)
  })

  test('lead through the albums of the sidebar, which are one stop', async () => {
    const albums = window.getByRole('navigation', { name: 'Your albums' })
    await albums.getByRole('link', { name: /^Album 1 / }).focus()
    assert.match((await press('End')).name, /^Album 30/)
    assert.match((await press('ArrowUp')).name, /^Album 29/)
    assert.match((await press('Home')).name, /^Album 1\b/)
    await press('Tab')
    assert.equal(await albums.locator(':focus').count(), 0)
    await press('Shift+Tab')
    assert.equal(await albums.locator(':focus').count(), 1)
  })

  test('stay beside what went away: a photo, an album', async () => {
    await window.getByRole('link', { name: 'Timeline' }).click()
    await window.locator('[data-tile]').nth(2).focus()
    const { total } = await daysOf(window)
    await window.keyboard.press('Space')
    await window.keyboard.press('Delete')
    await eventually(async () => assert.equal((await daysOf(window)).total, total - 1))
    await eventually(async () => assert.equal(await isFocusedTile(window), true))
    await window.keyboard.press('g')
    await window.keyboard.press('a')
    const card = window.getByRole('main').getByRole('link', { name: /^Album 7\b/ })
    await card.focus()
    await window.keyboard.press('Delete')
    await card.waitFor({ state: 'detached' })
    await eventually(async () => assert.match((await window.locator('main :focus').textContent()) ?? '', /^Album \d/))
  })

  test('take back the last changes of the session, one after the other, and do them again', async () => {
    await window.keyboard.press('Control+z')
    await window.getByText('“Album 7” is back.').waitFor()
    const { total } = await daysOf(window)
    await window.keyboard.press('Control+z')
    await window.getByText('1 photo is back.').waitFor()
    await eventually(async () => assert.equal((await daysOf(window)).total, total + 1))
    await window.keyboard.press('Control+Shift+z')
    await eventually(async () => assert.equal((await daysOf(window)).total, total))
    await window.keyboard.press('Control+z')
    await eventually(async () => assert.equal((await daysOf(window)).total, total + 1))
    await window.keyboard.press('Control+z')
    await window.getByText('There is nothing to undo.').waitFor()
  })

  test('take back a new name of an album, and not what is typed into a field', async () => {
    await window
      .getByRole('main')
      .getByRole('link', { name: /^Album 9\b/ })
      .click()
    await window.getByRole('button', { name: 'More actions for this album' }).click()
    await window.getByRole('menuitem', { name: 'Name and description…' }).click()
    await window.getByLabel('Name', { exact: true }).fill('Ninth')
    await window.keyboard.press('Control+z')
    assert.equal(await window.getByText(/^Undone: /).count(), 0)
    await window.getByLabel('Name', { exact: true }).fill('Ninth')
    await window.getByRole('button', { name: 'Save' }).click()
    await window.getByRole('heading', { level: 1, name: 'Ninth' }).waitFor()
    await window.keyboard.press('Control+z')
    await window.getByText('Undone: Name and description').waitFor()
    await window.getByRole('heading', { level: 1, name: 'Album 9' }).waitFor()
    await window.keyboard.press('Control+y')
    await window.getByRole('heading', { level: 1, name: 'Ninth' }).waitFor()
  })

  test('take back tags, dates and favourites', async () => {
    await window.keyboard.press('g')
    await window.keyboard.press('t')
    await window.locator('[data-tile]').first().focus()
    await window.keyboard.press('f')
    await window.getByText('1 photo is now a favourite.').waitFor()
    await window.keyboard.press('Space')
    await window.keyboard.press('t')
    await window.getByRole('combobox').fill('Harbour')
    await window.keyboard.press('Enter')
    await window.getByText('1 photo now has the tag “Harbour”.').waitFor()
    await window.getByRole('button', { name: 'Done' }).click()
    await window.keyboard.press('e')
    await window.getByLabel('Local date and time').fill('2001-02-03T04:05:06')
    await window.getByRole('button', { name: 'Change', exact: true }).click()
    await window.getByText('The date of 1 photo was changed.').waitFor()
    for (const name of ['Date and time', 'Tags', 'Favourite']) {
      await window.keyboard.press('Control+z')
      await window.getByText(`Undone: ${name}`).waitFor()
    }
  })
})

async function nameOf(tile: Locator): Promise<string> {
  return (await tile.getAttribute('aria-label')) ?? ''
}

function isFocusedTile(window: Page): Promise<boolean> {
  return window.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['tile'] !== undefined)
}
