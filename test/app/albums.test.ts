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
import { copyPictures, daysOf, eventually, fillVault, withSamples } from './vault.ts'

describe('albums', withSamples, () => {
  let stateDir = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-albums-'))
    const pictures = await copyPictures(stateDir, 'jpg')
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('says what an album is before there is one, and makes one', async () => {
    await window.getByRole('link', { name: 'Albums' }).click()
    await window.getByText('No albums yet.').waitFor()
    await assertAccessible(window)
    await picture(app, 'albums-empty')
    await window.getByRole('button', { name: 'New album' }).click()
    await window.getByLabel('Name', { exact: true }).fill('Arezzo')
    await window.getByLabel('Description (optional)').fill('A weekend in Tuscany.')
    await assertAccessible(window)
    await window.keyboard.press('Tab')
    await window.getByRole('button', { name: 'Create album' }).click()
    await window.getByRole('heading', { level: 1, name: 'Arezzo' }).waitFor()
    await window.getByText('This album is empty.').waitFor()
    await window.getByText('A weekend in Tuscany.').waitFor()
    await assertAccessible(window)
  })

  test('chosen photos are added from the selection bar, to an album found by typing', async () => {
    await window.getByRole('link', { name: 'Go to the timeline' }).click()
    await chooseDay(window)
    await window.keyboard.press('a')
    await window.getByRole('dialog', { name: /Add \d+ photos to an album/ }).waitFor()
    await window.getByRole('combobox').fill('arez')
    await assertAccessible(window)
    await picture(app, 'albums-add')
    await window.keyboard.press('Enter')
    await window.getByText(/\d+ photos are now in Arezzo\./).waitFor()
    await window.getByRole('toolbar').waitFor({ state: 'detached' })
    await openAlbum(window, 'Arezzo')
    await tiles(window).first().waitFor()
    assert.ok((await names(window)).length > 5)
    await closeNotices(window)
    await picture(app, 'album')
    await assertAccessible(window)
  })

  test('photos dragged onto an album of the sidebar are added, and undo takes them out', async () => {
    await window.getByRole('link', { name: 'Timeline' }).click()
    await closeNotices(window)
    const first = window.locator('[data-tile]').first()
    await first.focus()
    await window.keyboard.press('Space')
    await window.getByText('1 selected').waitFor()
    await first.dragTo(window.getByRole('navigation', { name: 'Your albums' }).getByRole('link', { name: /^Arezzo/ }))
    await window.getByText('1 photo is now in Arezzo.').waitFor()
    await window.getByRole('button', { name: 'Undo' }).click()
    await openAlbum(window, 'Arezzo')
    await tiles(window).first().waitFor()
    await eventually(async () => assert.ok((await names(window)).every((name) => name.startsWith('DSCN'))))
  })

  test('photos are ordered by date, or by hand with the mouse and with keys', async () => {
    await openAlbum(window, 'Arezzo')
    await tiles(window).first().waitFor()
    const byDate = await names(window)
    await chooseFromMenu(window, /^Sort photos/, 'Oldest first')
    await eventually(async () => assert.deepEqual(await names(window), byDate.toReversed()))
    await chooseFromMenu(window, /^Sort photos/, 'Newest first')
    await eventually(async () => assert.deepEqual(await names(window), byDate))
    await chooseFromMenu(window, /^Sort photos/, 'Manually')
    await window.getByText('Drag photos to rearrange them').waitFor()
    const before = await names(window)
    await tiles(window).first().focus()
    await window.keyboard.press('Alt+ArrowRight')
    await eventually(async () => assert.deepEqual((await names(window)).slice(0, 2), [before[1], before[0]]))
    await window.waitForFunction(
      (name) => document.activeElement?.getAttribute('aria-label')?.startsWith(name ?? '?'),
      before[0],
    )
    await window.keyboard.press('Alt+Home')
    await eventually(async () => assert.deepEqual(await names(window), before))
    const target = await tiles(window).nth(2).boundingBox()
    assert.ok(target)
    await tiles(window)
      .nth(0)
      .dragTo(tiles(window).nth(2), { targetPosition: { x: target.width - 8, y: target.height / 2 } })
    const dragged = [before[1], before[2], before[0], ...before.slice(3)]
    await eventually(async () => assert.deepEqual(await names(window), dragged))
    await window.reload()
    await eventually(async () => assert.deepEqual(await names(window), dragged))
  })

  test('a photo is taken out and comes back to its place, and another one is the cover', async () => {
    const before = await names(window)
    await tiles(window).nth(1).focus()
    await window.keyboard.press('Space')
    await assertAccessible(window)
    await window.getByRole('button', { name: 'Remove from album' }).click()
    await window.getByText('1 photo was removed from Arezzo. It is still in the timeline.').waitFor()
    await eventually(async () => assert.equal((await names(window)).length, before.length - 1))
    await window.getByRole('button', { name: 'Undo' }).click()
    await eventually(async () => assert.deepEqual(await names(window), before))
    const cover = await tiles(window).nth(3).getAttribute('data-tile')
    await tiles(window).nth(3).focus()
    await window.keyboard.press('Space')
    await window.getByRole('button', { name: 'Use as cover' }).click()
    await window.getByText('The album has a new cover.').waitFor()
    await window.getByRole('link', { name: 'All albums' }).click()
    await eventually(async () =>
      assert.ok((await window.locator('main li img').getAttribute('src'))?.includes(`${cover}/`)),
    )
  })

  test('a photo opens large within its album, and tells which albums it is in', async () => {
    await openAlbum(window, 'Arezzo')
    const order = await names(window)
    await tiles(window).first().click()
    await window.getByRole('dialog', { name: `Viewer: ${order[0]}` }).waitFor()
    await window.keyboard.press('ArrowRight')
    await window.getByRole('dialog', { name: `Viewer: ${order[1]}` }).waitFor()
    await window.keyboard.press('i')
    await window.getByRole('dialog').getByRole('link', { name: 'Arezzo' }).waitFor()
    await window.keyboard.press('a')
    await window.getByRole('combobox').fill('Best of')
    await window.keyboard.press('Enter')
    await window.getByText('“Best of” was created with 1 photo.').waitFor()
    await window.getByRole('dialog').getByRole('link', { name: 'Best of' }).waitFor()
    await assertAccessible(window)
    await window.keyboard.press('Escape')
    await window.waitForFunction(
      (name) => document.activeElement?.getAttribute('aria-label')?.startsWith(name ?? '?'),
      order[1],
    )
  })

  test('an album is renamed, deleted and comes back; its photos stay', async () => {
    const { total } = await daysOf(window)
    await chooseFromMenu(window, 'More actions for this album', 'Name and description…')
    await window.getByLabel('Name', { exact: true }).fill('Tuscany')
    await window.keyboard.press('Enter')
    await window.getByRole('heading', { level: 1, name: 'Tuscany' }).waitFor()
    await chooseFromMenu(window, 'More actions for this album', 'Delete album')
    await window.getByText('“Tuscany” was deleted. Its photos were kept.').waitFor()
    await window.getByRole('button', { name: '1 deleted album' }).click()
    await assertAccessible(window)
    await window.getByRole('button', { name: 'Restore Tuscany' }).click()
    await window.getByRole('heading', { level: 1, name: 'Albums' }).waitFor()
    await window
      .getByRole('main')
      .getByRole('link', { name: /Tuscany/ })
      .waitFor()
    assert.equal((await daysOf(window)).total, total)
  })

  test('many albums are found by typing, sorted, and walked with arrows', async () => {
    await fillWithAlbums(window)
    await window.keyboard.press('g')
    await window.keyboard.press('a')
    await window
      .getByRole('main')
      .getByRole('link', { name: /^Zürich/ })
      .waitFor()
    await closeNotices(window)
    await picture(app, 'albums')
    await assertAccessible(window)
    await window.getByRole('searchbox', { name: 'Search albums' }).fill('zuri')
    assert.deepEqual(await cards(window), ['Zürich'])
    await window.keyboard.press('Escape')
    await chooseFromMenu(window, /^Sort albums/, 'Newest first')
    assert.equal((await cards(window))[0], 'Zürich')
    await window.locator('main ul a').first().focus()
    await window.keyboard.press('ArrowRight')
    await window.keyboard.press('Enter')
    await window.getByRole('heading', { level: 1, name: 'A name so long that no cover can hold' }).waitFor()
  })
})

function tiles(window: Page) {
  return window.locator('main [data-tile]')
}

/** File names in the order they are drawn. */
async function names(window: Page): Promise<readonly string[]> {
  const labels = await tiles(window).evaluateAll((all) =>
    all
      .map((tile) => ({ label: tile.getAttribute('aria-label') ?? '', box: tile.getBoundingClientRect() }))
      .toSorted((one, other) => one.box.top - other.box.top || one.box.left - other.box.left)
      .map(({ label }) => label),
  )
  return labels.map((label) => label.split(',')[0] ?? '')
}

function cards(window: Page): Promise<readonly string[]> {
  return window
    .locator('main ul a')
    .evaluateAll((all) => all.map((card) => card.querySelector(':nth-child(2)')?.textContent ?? ''))
}

async function openAlbum(window: Page, name: string): Promise<void> {
  await window
    .getByRole('navigation', { name: 'Your albums' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click()
  await window.getByRole('heading', { level: 1, name }).waitFor()
}

async function chooseFromMenu(window: Page, menu: string | RegExp, item: string): Promise<void> {
  await window.getByRole('button', { name: menu }).click()
  await window
    .getByRole('menuitem', { name: item })
    .or(window.getByRole('menuitemradio', { name: item }))
    .click()
  await window.getByRole('menu').waitFor({ state: 'detached' })
}

/** The day in Arezzo of the samples. */
async function chooseDay(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Go to date' }).click()
  await window.getByLabel('Date', { exact: true }).fill('2008-10-22')
  await window.keyboard.press('Enter')
  await window.getByRole('button', { name: /^DSCN0010\.jpg/ }).focus()
  await window.keyboard.press('Control+a')
  await window.getByRole('toolbar').waitFor()
}

async function closeNotices(window: Page): Promise<void> {
  const close = window.locator('[aria-label="Close"]')
  await eventually(async () => {
    if ((await close.count()) > 0) await close.first().click({ timeout: 1000 })
    assert.equal(await close.count(), 0)
  })
}

/** As many albums as need a search, each with some photos. */
async function fillWithAlbums(window: Page): Promise<void> {
  await window.evaluate(async () => {
    const page = (await (await fetch('coffer://vault/api/v1/timeline/tiles?limit=200')).json()) as {
      items: readonly { id: string; has_thumbnail: boolean }[]
    }
    const ids = page.items.filter((tile) => tile.has_thumbnail).map((tile) => tile.id)
    const wanted = ['Garden', 'Street', 'Mountains', 'Family', 'Old cameras', 'Lisbon 2019', 'Night']
    wanted.push('A name so long that no cover can hold all of it on one line', 'Zürich')
    for (const [index, name] of wanted.entries()) {
      await fetch('coffer://vault/api/v1/albums', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, media_ids: index === 6 ? [] : ids.slice(index * 4, index * 5 + 6) }),
      })
    }
  })
}
