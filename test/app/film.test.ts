/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { assertAccessible } from './accessibility.ts'
import { noteOpened, startApp, type RunningApp } from './electron.ts'
import { picture } from './pictures.ts'
import { eventually, fillVault, recording, withSamples } from './vault.ts'

const sentence = 'Coffer cannot play this type of video. It is kept as it was; another program may be able to play it.'

describe('films', { ...withSamples, timeout: 180_000 }, () => {
  let stateDir = ''
  let app: RunningApp

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-film-'))
    const films = join(stateDir, 'Films')
    await mkdir(films)
    await cp(recording, join(films, 'plays.mp4'))
    // MPEG-4 part 2 with sound: no browser decodes the picture.
    await cp(join(dirname(recording), 'sample_mpeg4.mp4'), join(films, 'old.mp4'))
    // The same film, its picture in a codec nobody has.
    const bytes = await readFile(recording)
    const at = bytes.indexOf('avc1', bytes.indexOf('stsd'))
    assert.ok(at > 0)
    bytes.write('zzz1', at)
    await writeFile(join(films, 'strange.mp4'), bytes)
    app = await startApp({ stateDir })
    await fillVault(app, stateDir, films)
    await noteOpened(app)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  for (const name of ['old.mp4', 'strange.mp4']) {
    test(`whose picture cannot be decoded are no blank page: ${name}`, async () => {
      const { window, electron } = app
      await window.locator(`[data-tile][aria-label*="${name}"]`).click()
      await window.getByText(sentence).waitFor()
      assert.equal(await window.locator('video').count(), 0, 'nothing that sounds stays')
      await assertAccessible(window)
      await picture(app, `film-${name}`)
      await electron.evaluate(() => Object.assign(globalThis, { openedPath: '' }))
      await window.getByRole('button', { name: 'Open in another program' }).click()
      await eventually(async () => {
        const path = await electron.evaluate(() => (globalThis as { openedPath?: string }).openedPath ?? '')
        assert.ok(path.endsWith('.mp4'), path)
      })
      await window.keyboard.press('Escape')
    })
  }

  test('that can be decoded play', async () => {
    const { window } = app
    await window.locator('[data-tile][aria-label*="plays.mp4"]').click()
    await eventually(async () =>
      assert.ok(
        await window.locator('video').evaluate((video) => {
          const { currentTime, videoWidth } = video as HTMLVideoElement
          return currentTime > 0 && videoWidth > 0
        }),
      ),
    )
    assert.equal(await window.getByText(sentence).count(), 0)
  })
})
