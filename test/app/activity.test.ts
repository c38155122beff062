/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertAccessible } from './accessibility.ts'
import { startApp, type RunningApp } from './electron.ts'
import { picture } from './pictures.ts'
import { copyPictures, eventually, fillVault, withSamples } from './vault.ts'

describe('the activity', withSamples, () => {
  let stateDir = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-activity-'))
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    await mkdir(join(stateDir, 'Camera'))
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('tells what was done in words, the last first, while it happens', async () => {
    await window.getByRole('link', { name: 'Activity' }).click()
    await window.getByRole('heading', { name: 'Today' }).waitFor()
    await window.getByText('An import was started from ~/Pictures.').waitFor()
    const folder = await call(window, 'POST', 'watched-folders', { path: join(stateDir, 'Camera') })
    const { items } = await call(window, 'GET', 'timeline/tiles?limit=3')
    const ids = items?.map((tile) => tile.id) ?? []
    const album = await call(window, 'POST', 'albums', { name: 'Arezzo', media_ids: ids })
    for (const id of ids) await call(window, 'PATCH', `media/${id}`, { is_favorite: true })
    await call(window, 'POST', 'media/trash', { ids: ids.slice(0, 2) })
    await call(window, 'POST', 'media/restore', { ids: ids.slice(0, 2) })
    await call(window, 'DELETE', `albums/${album.id}`)
    await call(window, 'POST', `albums/${album.id}/restore`)
    await call(window, 'DELETE', `watched-folders/${folder.id}`)
    await eventually(async () =>
      assert.deepEqual(await sentences(window), [
        'Coffer stopped watching a folder.',
        'The album “Arezzo” was restored.',
        'The album “Arezzo” was deleted. Its photos were kept.',
        '2 photos were restored from the trash.',
        '2 photos were moved to the trash.',
        'Photos were changed 3 times (favourite).',
        'The album “Arezzo” was created.',
        'Coffer started watching a folder.',
        'An import was started from ~/Pictures.',
        'This vault was created.',
      ]),
    )
    await assertAccessible(window)
    await picture(app, 'activity')
  })

  test('leads to the album and to the import', async () => {
    await window.getByRole('link', { name: /“Arezzo” was created/ }).click()
    await window.getByRole('heading', { level: 1, name: 'Arezzo' }).waitFor()
    await window.goBack()
    await window.getByRole('link', { name: /An import was started/ }).click()
    await window.getByRole('heading', { name: 'Finished' }).waitFor()
  })

  test('goes on as far back as one scrolls', async () => {
    for (let index = 0; index < 130; index += 1) await call(window, 'POST', 'albums', { name: `Album ${index}` })
    await window.keyboard.press('g')
    await window.keyboard.press('v')
    await window.getByText('The album “Album 129” was created.').waitFor()
    await window.getByRole('region', { name: 'Activity' }).focus()
    await eventually(async () => {
      await window.keyboard.press('End')
      await window.getByText('An import was started from ~/Pictures.').waitFor({ timeout: 500 })
    })
    assert.equal((await sentences(window)).length, 140)
  })
})

function sentences(window: Page): Promise<readonly string[]> {
  return window
    .locator('main li')
    .evaluateAll((all) => all.map((line) => line.querySelector('span > span, a > span')?.textContent ?? ''))
}

interface Answer {
  readonly id?: string
  readonly items?: readonly { readonly id: string }[]
}

function call(window: Page, method: string, path: string, body?: unknown): Promise<Answer> {
  return window.evaluate(
    async ({ to, how, text }) => {
      const answer = await fetch(`coffer://vault/api/v1/${to}`, {
        method: how,
        ...(text !== null && { headers: { 'content-type': 'application/json' }, body: text }),
      })
      if (!answer.ok) throw new Error(`${how} ${to}: ${answer.status}`)
      return answer.status === 204 ? {} : ((await answer.json()) as Answer)
    },
    { to: path, how: method, text: body === undefined ? null : JSON.stringify(body) },
  )
}
