import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertAccessible } from './accessibility.ts'
import { startApp, type RunningApp } from './electron.ts'
import { picture } from './pictures.ts'
import { copyPictures, daysOf, fillVault, withSamples } from './vault.ts'

describe('the trash', withSamples, () => {
  let stateDir = ''
  let app: RunningApp
  let window: Page
  let total = 0

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-trash-'))
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
    total = (await daysOf(window)).total
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('says that it is empty and what it is for', async () => {
    await window.getByRole('link', { name: 'Trash' }).click()
    await window.getByText('The trash is empty.').waitFor()
    await assertAccessible(window)
  })

  test('holds what was thrown away, with the days it has left, and gives it back', async () => {
    await window.getByRole('link', { name: 'Timeline' }).click()
    await window.getByRole('button', { name: /^DSCN0010\.jpg/ }).focus()
    await window.keyboard.press('Control+a')
    await window.keyboard.press('Control+a')
    await window.getByText(`${total} selected`).waitFor()
    await window.getByRole('button', { name: 'Move to trash' }).click()
    await window.getByText('Nothing here yet.').waitFor()
    await window.getByRole('link', { name: `Trash ${total}` }).click()
    await window.getByText('30 days').first().waitFor()
    await picture(app, 'trash')
    await window.getByRole('button', { name: /^DSCN0010\.jpg/ }).click()
    await assertAccessible(window)
    await window.getByRole('button', { name: 'Restore' }).click()
    await window.getByText('1 photo is back.').waitFor()
    assert.equal((await daysOf(window)).total, 1)
  })

  test('deletes permanently only after asking, some or all', async () => {
    await window
      .getByRole('button', { name: /^DSCN00/ })
      .first()
      .focus()
    await window.keyboard.press('Space')
    await window.keyboard.press('Delete')
    await window.getByRole('dialog', { name: 'Delete permanently?' }).waitFor()
    await assertAccessible(window)
    await window.keyboard.press('Escape')
    await window.getByRole('dialog', { name: 'Delete permanently?' }).waitFor({ state: 'detached' })
    await window.keyboard.press('Escape')
    await window.getByRole('button', { name: 'Empty trash…' }).click()
    await window.getByRole('button', { name: `Delete ${total - 1} photos permanently` }).click()
    await window.getByText('The trash is empty.').waitFor()
    assert.equal((await daysOf(window)).total, 1)
  })

  test('holds albums, notes and tags beside photos, gives them back, and empties all of it', async () => {
    const ask = (method: string, path: string, body?: object): Promise<{ id: string }> =>
      window.evaluate(
        async ([verb, address, text]) => {
          const answer = await fetch(`coffer://vault/api/v1${address}`, {
            method: verb,
            ...(text !== null && { body: text, headers: { 'content-type': 'application/json' } }),
          })
          return answer.status === 204 ? {} : await answer.json()
        },
        [method, path, body ? JSON.stringify(body) : null] as const,
      ) as Promise<{ id: string }>
    for (const [path, body] of [
      ['/albums', { name: 'Lake Garda' }],
      ['/notes', { title: 'Packing list', body: '' }],
      ['/tags', { name: 'Blurred' }],
    ] as const) {
      const { id } = await ask('POST', path, body)
      await ask('DELETE', `${path}/${id}`)
    }
    const items = window.getByRole('list', { name: 'Other items in the trash' })
    await items.getByRole('listitem').nth(2).waitFor()
    assert.deepEqual(await items.getByRole('checkbox').count(), 3)
    await picture(app, 'trash-objects')
    await assertAccessible(window)

    await items.getByRole('button', { name: 'Restore Packing list' }).click()
    await window.getByText('1 item is back.').waitFor()
    await items.getByText('Packing list').waitFor({ state: 'detached' })
    await window.keyboard.press('Control+z')
    await items.getByText('Packing list').waitFor()

    await items.getByRole('checkbox', { name: /^Lake Garda/ }).click()
    await window.keyboard.press('Delete')
    await window.getByRole('button', { name: 'Delete 1 item permanently' }).click()
    await items.getByText('Lake Garda').waitFor({ state: 'detached' })

    await window.getByRole('link', { name: 'Timeline' }).click()
    await window.getByRole('button', { name: /^DSCN0010\.jpg/ }).focus()
    await window.keyboard.press('Space')
    await window.getByRole('button', { name: 'Move to trash' }).click()
    await window.getByRole('link', { name: 'Trash 1' }).click()
    await window.getByRole('button', { name: '2 other items' }).click()
    await items.getByText('Blurred').waitFor()
    await assertAccessible(window)
    await window.getByRole('button', { name: 'Empty trash…' }).click()
    await window.getByRole('button', { name: 'Delete all permanently' }).click()
    await window.getByText('The trash is empty.').waitFor()
  })
})
