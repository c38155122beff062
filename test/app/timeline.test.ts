/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { assertAccessible } from './accessibility.ts'
import { setSize, startApp, type RunningApp } from './electron.ts'
import { copyPictures, daysOf, eventually, fillVault, withSamples } from './vault.ts'

describe('the timeline', withSamples, () => {
  let stateDir = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-timeline-'))
    const pictures = await copyPictures(stateDir, 'jpg')
    await photoTakenYearsAgo(join(pictures, 'memory.jpg'), 3)
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('a photo of this day in another year is shown first and opens', async () => {
    await window.getByRole('heading', { name: 'On this day' }).waitFor()
    await window.getByRole('button', { name: /3 years ago/ }).click()
    await window.getByRole('dialog', { name: 'Viewer: memory.jpg' }).waitFor()
    await window.keyboard.press('Escape')
    await window.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('the scrubber lands on the day it names', async () => {
    const scrubber = window.getByRole('slider', { name: 'Position in the timeline' })
    const box = await scrubber.boundingBox()
    assert.ok(box)
    await window.mouse.move(box.x + 20, box.y + 10)
    await window.mouse.down()
    await window.mouse.move(box.x + 20, box.y + box.height * 0.6, { steps: 6 })
    await window.mouse.up()
    await eventually(async () => {
      const named = (await scrubber.getAttribute('aria-valuetext')) ?? ''
      const place = await window.getByRole('heading', { level: 1 }).innerText()
      const [month, year] = place.split(' ')
      assert.ok(named.includes(month ?? '?') && named.endsWith(year ?? '?'), `${named} in ${place}`)
      assert.ok(
        await window
          .getByRole('heading', { level: 3, name: named.slice(0, -5) })
          .first()
          .isVisible(),
      )
    })
    await scrubber.press('End')
    await eventually(async () => assert.equal(await atBottom(window), true))
    await scrubber.press('Home')
  })

  test('the wheel with Ctrl and the slider change the size of the photos, and the place stays', async () => {
    await goToDate(window, '2008-10-22')
    const tile = window.getByRole('button', { name: /^DSCN0010\.jpg/ })
    const before = (await tile.boundingBox())?.height ?? 0
    await tile.hover()
    await window.keyboard.down('Control')
    await window.mouse.wheel(0, 100)
    await window.keyboard.up('Control')
    await eventually(async () => assert.ok(((await tile.boundingBox())?.height ?? before) < before))
    await window.getByRole('slider', { name: 'Photo size' }).press('ArrowRight')
    await eventually(async () => assert.ok(((await tile.boundingBox())?.height ?? 0) >= before - 1))
  })

  test('scrolling draws what comes into view, and leaves what stays alone', async () => {
    await goToDate(window, '2008-10-22')
    await setSize(app, 720, 540)
    const zoom = window.getByRole('slider', { name: 'Photo size' })
    const before = (await zoom.getAttribute('aria-valuenow')) ?? ''
    await zoom.press('End')
    const redrawn = await window.evaluate(async () => {
      const tilesNow = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-tile]')]
      const again: string[] = []
      let left = 0
      for (let step = 0; step < 8; step += 1) {
        const before = new Map(tilesNow().map((tile) => [tile.dataset['tile'], tile]))
        document.querySelector('[role="group"][aria-busy]')?.scrollBy(0, 300)
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
        const after = tilesNow()
        left += [...before.values()].filter((tile) => !after.includes(tile)).length
        for (const tile of after) {
          const id = tile.dataset['tile']
          if (before.has(id) && before.get(id) !== tile) again.push(id ?? '')
        }
      }
      return { again, left }
    })
    assert.ok(redrawn.left > 3, 'tiles leave at the top')
    assert.deepEqual(redrawn.again, [])
    await zoom.press('Home')
    for (let level = 0; level < Number(before); level += 1) await zoom.press('ArrowRight')
    await setSize(app, 1280, 860)
  })

  test('photos are chosen by click, range, day and rectangle', async () => {
    await goToDate(window, '2008-10-22')
    const tiles = window.getByRole('button', { name: /^DSCN00\d\d\.jpg/ })
    await tiles.nth(0).hover()
    await window
      .getByRole('checkbox', { name: /^Select DSCN/ })
      .first()
      .click()
    await chosen(window, 1)
    await tiles.nth(3).click({ modifiers: ['Shift'] })
    await chosen(window, 4)
    await tiles.nth(1).click()
    await chosen(window, 3)
    await window.keyboard.press('Escape')
    await window.getByRole('heading', { level: 1 }).waitFor()
    await window.getByRole('heading', { name: 'Wed, 22 October' }).hover()
    await window.getByRole('checkbox', { name: 'Select all of Wed, 22 October' }).click()
    await chosen(window, await tiles.count())
    await window.keyboard.press('Escape')
    const first = await tiles.nth(0).boundingBox()
    const second = await tiles.nth(1).boundingBox()
    assert.ok(first && second)
    await window.mouse.move(first.x + 30, first.y + 30)
    await window.mouse.down()
    await window.mouse.move(second.x + 30, second.y + 60, { steps: 6 })
    await window.mouse.up()
    await chosen(window, 2)
    await assertAccessible(window)
    await window.keyboard.press('Escape')
  })

  test('a selection says what it weighs, and becomes favourites with a way back', async () => {
    await goToDate(window, '2008-10-22')
    const hearts = (): Promise<number> => window.locator('[data-tile] svg.lucide-heart').count()
    const before = await hearts()
    await window.getByRole('button', { name: /^DSCN0010\.jpg/ }).focus()
    await window.keyboard.press('Space')
    await window.keyboard.press('Shift+ArrowRight')
    await window.getByText(/^2 selected/).waitFor()
    await window.getByText(/^\d+(\.\d)? (KB|MB)$/).waitFor()
    await window.getByRole('button', { name: 'Favourite' }).click()
    await window.getByText('2 photos are now favourites.').waitFor()
    await eventually(async () => assert.equal(await hearts(), before + 2))
    await window.getByRole('button', { name: 'Undo' }).click()
    await eventually(async () => assert.equal(await hearts(), before))
    await window.keyboard.press('Escape')
    await window.getByRole('heading', { level: 1 }).waitFor()
  })

  test('photos move to the trash in place, and undo brings them back', async () => {
    const { total } = await daysOf(window)
    const tile = window.getByRole('button', { name: /^DSCN0010\.jpg/ })
    await tile.focus()
    await window.keyboard.press('Space')
    await chosen(window, 1)
    await window.keyboard.press('Delete')
    await window.getByText('1 photo was moved to the trash.').waitFor()
    await tile.waitFor({ state: 'detached' })
    assert.equal((await daysOf(window)).total, total - 1)
    await window.getByRole('button', { name: 'Undo' }).click()
    await tile.waitFor()
    assert.equal((await daysOf(window)).total, total)
  })

  test('keys alone walk, choose a range, a day and everything', async () => {
    await goToDate(window, '2008-10-22')
    await window.getByRole('button', { name: /^DSCN0010\.jpg/ }).focus()
    await window.keyboard.press('Shift+ArrowLeft')
    await window.keyboard.press('Shift+ArrowLeft')
    await chosen(window, 3)
    await window.keyboard.press('Escape')
    await window.keyboard.press('Control+a')
    await chosen(window, await window.getByRole('button', { name: /^DSCN00\d\d\.jpg/ }).count())
    await window.keyboard.press('Control+a')
    await chosen(window, (await daysOf(window)).total)
    await window.keyboard.press('Escape')
  })

  test('new photos appear in place, and what is looked at does not move', async () => {
    await goToDate(window, '2008-10-22')
    const tile = window.getByRole('button', { name: /^DSCN0010\.jpg/ })
    const before = await tile.boundingBox()
    const fresh = join(stateDir, 'fresh')
    await photoTakenYearsAgo(`${fresh}.jpg`, 1, 4)
    const { total } = await daysOf(window)
    await window.evaluate(
      (path) =>
        fetch('coffer://vault/api/v1/imports', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ paths: [path] }),
        }).then(() => undefined),
      `${fresh}.jpg`,
    )
    await eventually(async () => assert.equal((await daysOf(window)).total, total + 1))
    await window
      .getByRole('link', { name: 'Timeline' })
      .getByText(String(total + 1))
      .waitFor()
    await window.waitForTimeout(700)
    assert.deepEqual(await tile.boundingBox(), before)
  })
})

async function chosen(window: Page, count: number): Promise<void> {
  await window.getByRole('toolbar').getByText(`${count} selected`, { exact: true }).waitFor()
}

async function goToDate(window: Page, date: string): Promise<void> {
  await window.getByRole('button', { name: 'Go to date' }).click()
  await window.getByLabel('Date', { exact: true }).fill(date)
  await window.keyboard.press('Enter')
  await window.getByRole('button', { name: /^DSCN0010\.jpg/ }).waitFor()
  await window.waitForTimeout(400)
  // The day that was gone to has the focus.
  await window.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.startsWith('DSCN'))
}

function atBottom(window: Page): Promise<boolean> {
  return window.evaluate(() => {
    const grid = document.querySelector('[aria-label="Photos by day"]')
    return grid !== null && grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 2
  })
}

/** A photo of this very day, some years ago. */
async function photoTakenYearsAgo(path: string, years: number, hour = 12): Promise<void> {
  const now = new Date()
  const pad = (value: number): string => String(value).padStart(2, '0')
  const day = `${now.getFullYear() - years}:${pad(now.getMonth() + 1)}:${pad(now.getDate())}`
  await sharp({ create: { width: 640, height: 480, channels: 3, background: { r: 40 * hour, g: 90, b: 120 } } })
    .withExif({ IFD2: { DateTimeOriginal: `${day} ${pad(hour)}:00:00` } })
    .jpeg()
    .toFile(path)
}
