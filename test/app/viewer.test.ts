/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { assertAccessible } from './accessibility.ts'
import { startApp, type RunningApp } from './electron.ts'
import { picture } from './pictures.ts'
import { copyPictures, daysOf, eventually, fillVault, recording, withSamples } from './vault.ts'

describe('the viewer', withSamples, () => {
  let stateDir = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-viewer-'))
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    await sharp({ create: { width: 4000, height: 3000, channels: 3, background: 'teal' } })
      .withExif({ IFD2: { DateTimeOriginal: '2020:05:05 12:00:00' } })
      .jpeg()
      .toFile(join(pictures, 'large.jpg'))
    const frames = Buffer.concat([Buffer.alloc(64 * 64 * 3, 40), Buffer.alloc(64 * 64 * 3, 200)])
    await sharp(frames, { raw: { width: 64, height: 128, channels: 3, pageHeight: 64 } })
      .gif({ delay: [100, 100] })
      .toFile(join(pictures, 'moving.gif'))
    await copyFile(recording, join(pictures, 'clip.mp4'))
    await sharp({ create: { width: 300, height: 200, channels: 3, background: 'tan' } })
      .withExif({ IFD2: { DateTimeOriginal: '2012:08:00 00:00:00' } })
      .jpeg()
      .toFile(join(pictures, 'album.jpg'))
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('moving pictures move, and a recording plays or says that it cannot', async () => {
    await window.getByRole('button', { name: /^moving\.gif/ }).click()
    await window.getByRole('dialog', { name: 'Viewer: moving.gif' }).waitFor()
    await eventually(async () => {
      const src = await window.getByRole('img', { name: 'moving.gif' }).last().getAttribute('src')
      assert.match(src ?? '', /original$/)
    })
    await window.keyboard.press('Escape')
    await window.getByRole('button', { name: /^clip\.mp4/ }).click()
    await window.getByRole('dialog', { name: 'Viewer: clip.mp4' }).waitFor()
    await window.waitForFunction(() => {
      const video = document.querySelector('video')
      return video ? video.currentTime > 0 : document.body.textContent.includes('cannot be played here')
    })
    await window.keyboard.press('Escape')
  })

  test('a photo of which only the month is known says no more', async () => {
    await window.getByRole('heading', { name: 'August 2012', level: 3 }).waitFor()
    await window.getByRole('button', { name: 'album.jpg, August 2012' }).click()
    const viewer = window.getByRole('dialog', { name: 'Viewer: album.jpg' })
    await viewer.waitFor()
    await window.keyboard.press('i')
    await viewer.getByText('August 2012', { exact: true }).waitFor()
    assert.equal(await viewer.getByText('12:00').count(), 0)
    await window.keyboard.press('i')
    await window.keyboard.press('Escape')
  })

  test('zooms to the original’s own pixels at the pointer, pans within limits and back', async () => {
    await window.getByRole('button', { name: /^large\.jpg/ }).click()
    await window.getByRole('dialog', { name: 'Viewer: large.jpg' }).waitFor()
    assert.equal(await shownSource(window), 'viewer')
    const stage = await window.getByRole('img', { name: 'large.jpg' }).boundingBox()
    assert.ok(stage)
    await window.mouse.dblclick(stage.x + stage.width / 4, stage.y + stage.height / 4)
    await window.getByText('100%').waitFor()
    await eventually(async () => assert.equal(await shownSource(window), 'original'))
    // The picture grows for a moment.
    await eventually(async () => {
      const drawn = await window.getByRole('img', { name: 'large.jpg' }).boundingBox()
      assert.ok(drawn && Math.abs(drawn.width * (await window.evaluate(() => devicePixelRatio)) - 4000) < 4)
    })
    await window.mouse.move(600, 400)
    await window.mouse.down()
    await window.mouse.move(5000, 4000, { steps: 4 })
    await window.mouse.up()
    const panned = await window.getByRole('img', { name: 'large.jpg' }).boundingBox()
    assert.ok(panned && panned.x <= 1, 'an edge comes to the edge and no further')
    await window.keyboard.press('z')
    await window.getByText('100%').waitFor({ state: 'detached' })
  })

  test('rotates, walks by keys and filmstrip', async () => {
    const before = await window.getByRole('img', { name: 'large.jpg' }).boundingBox()
    await window.keyboard.press('r')
    await eventually(async () => {
      const turned = await window.getByRole('img', { name: 'large.jpg' }).boundingBox()
      assert.ok(before && turned && turned.height > turned.width && before.width > before.height)
    })
    await window.mouse.move(500, 300)
    await strip(window, /^DSCN/).click()
    await window.getByRole('dialog', { name: /Viewer: DSCN/ }).waitFor()
    const label = await window.getByRole('dialog', { name: /Viewer/ }).getAttribute('aria-label')
    await window.keyboard.press('ArrowRight')
    await window.getByRole('dialog', { name: /Viewer: DSCN/ }).waitFor()
    await window.keyboard.press('ArrowLeft')
    await window.getByRole('dialog', { name: label ?? '' }).waitFor()
  })

  test('tells where every fact and file comes from, and shows files and imports', async () => {
    await window.keyboard.press('i')
    await window
      .getByText('camera clock, zone from GPS · certain')
      .or(window.getByText(/zone from GPS · /))
      .waitFor()
    await app.electron.evaluate(({ shell }) => {
      const seen = globalThis as { shownPath?: string }
      shell.showItemInFolder = (path) => {
        seen.shownPath = path
      }
    })
    await window.getByRole('button', { name: 'Show in folder' }).click()
    await eventually(async () => {
      const path = await app.electron.evaluate(() => (globalThis as { shownPath?: string }).shownPath)
      assert.match(path ?? '', /DSCN\d+\.jpg$/)
    })
    await assertAccessible(window)
    await window.getByRole('link', { name: 'Open the import it came from' }).click()
    await window.getByRole('heading', { name: 'Finished' }).waitFor()
    await window.goBack()
    await window.getByRole('dialog', { name: /Viewer/ }).waitFor()
  })

  test('lets the date, the caption and the rating be put right, and undone', async () => {
    const panel = window.getByRole('complementary', { name: 'Information' })
    await strip(window, /^DSCN/).click()
    await window.getByRole('dialog', { name: /Viewer: DSCN/ }).waitFor()
    await window.keyboard.press('e')
    await window.keyboard.press('Escape')
    const shown = await panel.getByText(/October 2008/).textContent()
    await window.keyboard.press('e')
    await panel.getByLabel('Local date and time').fill('2001-02-03T04:05:06')
    await panel.getByLabel('Time zone').selectOption('UTC+05:30')
    await assertAccessible(window)
    await picture(app, 'viewer-edit')
    await window.keyboard.press('Escape')
    await panel.getByText(/3 February 2001 at 04:05/).waitFor()
    await window.keyboard.press('Control+z')
    await window.getByText('Undone: Date and time').waitFor()
    await panel.getByText(shown ?? '').waitFor()
    await window.keyboard.press('e')
    await panel.getByLabel('Local date and time').fill('2001-02-03T04:05:06')
    await panel.getByLabel('Time zone').selectOption('UTC+05:30')
    await panel.getByRole('button', { name: 'Done' }).click()
    await panel.getByText(/3 February 2001 at 04:05/).waitFor()
    await panel.getByText('UTC+05:30').waitFor()
    await panel.getByText('set by you · certain').waitFor()
    await window.getByRole('button', { name: 'Previous', exact: true }).waitFor()
    await window.getByRole('button', { name: 'Next', exact: true }).waitFor({ state: 'detached' })
    await window.getByRole('button', { name: 'Undo' }).click()
    await panel.getByText(shown ?? '').waitFor()

    await panel.getByRole('button', { name: 'Add a caption…' }).click()
    await panel.getByLabel('Caption', { exact: true }).fill('The tower of the town hall,\nseen from the square')
    await window.keyboard.press('Control+Enter')
    await panel.getByText('The tower of the town hall').waitFor()
    await window.keyboard.press('4')
    await window.getByText('Rated 4 stars.').waitFor()
    await panel.getByRole('radio', { name: '4 stars', checked: true }).waitFor()
    await panel.getByRole('radio', { name: '2 stars' }).click()
    await panel.getByRole('radio', { name: '2 stars', checked: true }).waitFor()
    await assertAccessible(window)
    await picture(app, 'viewer-info')
    await panel.getByRole('radio', { name: '2 stars' }).click()
    await window.getByText('The rating was removed.').waitFor()
    assert.equal(await panel.getByRole('radio', { checked: true }).count(), 0)
    await window.getByRole('dialog', { name: /Viewer/ }).focus()
  })

  test('keeps a favourite, copies the picture and runs a slideshow', async () => {
    const label = await window.getByRole('dialog', { name: /Viewer/ }).getAttribute('aria-label')
    await window.keyboard.press('f')
    await window.getByRole('button', { name: 'Favourite', pressed: true }).waitFor()
    await window.getByRole('button', { name: 'Copy picture' }).click()
    await window.getByText('The picture is on the clipboard.').waitFor()
    await window.keyboard.press('s')
    await window.waitForFunction(
      (name) => document.querySelector('[role="dialog"][aria-modal="true"]')?.getAttribute('aria-label') !== name,
      label,
      { timeout: 8000 },
    )
    await window.keyboard.press('Escape')
    await window.getByRole('button', { name: 'Start slideshow' }).waitFor()
  })

  test('moves to the trash and goes on to the next photo', async () => {
    const { total } = await daysOf(window)
    const dialog = window.getByRole('dialog', { name: /Viewer/ })
    const label = await dialog.getAttribute('aria-label')
    await window.keyboard.press('Delete')
    await window.getByText('1 photo was moved to the trash.').waitFor()
    assert.notEqual(await dialog.getAttribute('aria-label'), label)
    assert.equal((await daysOf(window)).total, total - 1)
    await window.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })
})

/** A photo in the filmstrip. */
function strip(window: Page, name: RegExp): Locator {
  return window.getByRole('group', { name: 'Nearby photos' }).getByRole('button', { name }).first()
}

/** Which of its pictures stands for the photo. */
function shownSource(window: Page): Promise<string | undefined> {
  return window
    .getByRole('img', { name: 'large.jpg' })
    .last()
    .getAttribute('src')
    .then((src) => src?.split('/').at(-1))
}
