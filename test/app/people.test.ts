/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertAccessible } from './accessibility.ts'
import { chooseInMenu, startApp, type RunningApp } from './electron.ts'
import { enginePid } from './engine-pid.ts'
import { picture } from './pictures.ts'
import { copyPictures, eventually, fillVault, withSamples } from './vault.ts'

const mine = 'a lamp, a ladder, a lake'
const bens = 'four quiet green chairs'

describe('several people in one vault', withSamples, () => {
  let stateDir = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-people-'))
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    app = await startApp({ stateDir })
    window = app.window
    await fillVault(app, stateDir, pictures)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('without a password nothing can be locked, and the window says what is missing', async () => {
    await chooseInMenu(app, 'Lock')
    await window.getByText('Set a password first.').waitFor()
    await window.getByText('Anyone at this computer can open your photos.').waitFor()
  })

  test('the first password is measured while it is typed, and anyone who sets it goes on', async () => {
    await window.getByRole('button', { name: 'Set password…' }).click()
    const dialog = window.getByRole('dialog', { name: 'Your password' })
    await dialog.getByLabel('New password').fill('passwordpassword')
    await dialog.getByText('Very easy to guess.').waitFor()
    await dialog.getByLabel('New password').fill('too short')
    await dialog.getByText('At least twelve characters.').waitFor()
    await dialog.getByLabel('New password').fill(mine)
    await dialog.getByText('Very good.').waitFor()
    assert.equal(await dialog.getByRole('button', { name: 'Set password' }).isDisabled(), true)
    await dialog.getByLabel('Repeat password').fill(mine)
    await assertAccessible(window)
    await dialog.getByRole('button', { name: 'Set password' }).click()
    await window.getByText('Your password is set.').waitFor()
    await window.getByRole('button', { name: /Signed in as/ }).waitFor()
    await window.getByRole('link', { name: 'Timeline' }).click()
    await picturesShow(window)
  })

  test('the menu locks it: nothing stays on screen, and nothing answers', async () => {
    const image = await window.evaluate(() => {
      const id = document.querySelector<HTMLElement>('[data-tile]')?.dataset['tile'] ?? ''
      return `coffer://vault/api/v1/media/${id}/thumbnails/grid`
    })
    assert.equal(await window.evaluate(async (url) => (await fetch(url)).status, image), 200)
    await chooseInMenu(app, 'Lock')
    await window.getByLabel('Password', { exact: true }).waitFor()
    assert.equal(await window.evaluate(() => document.querySelectorAll('img, canvas').length), 0)
    for (const path of [image, 'coffer://vault/api/v1/timeline/days', 'coffer://vault/api/v1/events']) {
      assert.equal(await window.evaluate(async (url) => (await fetch(`${url}?again`)).status, path), 401, path)
    }
    await assertAccessible(window)
    await picture(app, 'sign-in')
    await window.getByLabel('Password', { exact: true }).fill('not this one at all')
    await window.getByRole('button', { name: 'Open' }).click()
    await window.getByText('The password is incorrect.').waitFor()
    await window.getByLabel('Password', { exact: true }).fill(mine)
    await window.keyboard.press('Enter')
    await picturesShow(window)
  })

  test('a restarted engine asks nobody for their password again', async () => {
    process.kill(enginePid(app.electron.process().pid ?? 0), 'SIGKILL')
    await eventually(async () => {
      const days = await window.evaluate(async () => (await fetch('coffer://vault/api/v1/timeline/days')).status)
      assert.equal(days, 200)
    }, 30_000)
  })

  test('another person has a library of their own, and does not look after the vault', async () => {
    await window.keyboard.press('?')
    await window.getByRole('button', { name: 'Add a person…' }).click()
    const dialog = window.getByRole('dialog', { name: 'Add a person' })
    await dialog.getByLabel('Name').fill('ben')
    await dialog.getByLabel('New password').fill(bens)
    await dialog.getByLabel('Repeat password').fill(bens)
    await dialog.getByLabel('Limit (GB)').fill('2')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await window.getByText('ben can now sign in.').waitFor()
    await window.getByText('0 bytes of 2 GB').waitFor()
    await assertAccessible(window)
    await window.getByRole('button', { name: 'Add a person…' }).scrollIntoViewIfNeeded()
    await picture(app, 'people')
    await window.getByRole('button', { name: /Signed in as/ }).click()
    await window.getByRole('menuitem', { name: 'Switch person' }).click()
    await window.getByRole('heading', { name: 'Who is signing in?' }).waitFor()
    await assertAccessible(window)
    await window.getByRole('button', { name: 'ben' }).click()
    await window.getByLabel('Password', { exact: true }).fill(bens)
    await window.keyboard.press('Enter')
    await window.getByRole('button', { name: 'Signed in as ben' }).waitFor()
    await window.getByRole('link', { name: 'Timeline' }).click()
    await window.getByText('Nothing here yet.').waitFor()
    await window.keyboard.press('?')
    await window.getByText('Your originals take 0 bytes of 2 GB.').waitFor()
    assert.equal(await window.getByRole('button', { name: 'Add a person…' }).count(), 0)
    await window.getByRole('link', { name: 'Backups' }).click()
    await window.getByText('Backups are set up by the administrator of this vault.').waitFor()
  })

  test('the log tells each person of their own sign-ins, and can be narrowed to them', async () => {
    await window.getByRole('link', { name: 'Activity' }).click()
    await window.getByText('You signed in.').first().waitFor()
    await window.getByRole('button', { name: 'Imports', exact: true }).click()
    await window.getByText('No activity of this kind yet.').waitFor()
    await window.getByRole('button', { name: 'Sign-ins and people' }).click()
    await window.getByText(/added you to this vault\./).waitFor()
    await assertAccessible(window)
  })

  test('when nobody touches anything for long enough, it locks itself', async () => {
    await window.evaluate(() => {
      const real = Date.now
      Date.now = () => real() + 16 * 60_000
    })
    await window.getByLabel('Password', { exact: true }).waitFor()
    await window.getByRole('heading', { name: 'ben' }).waitFor()
  })
})

async function picturesShow(window: Page): Promise<void> {
  await window.waitForFunction(() => document.querySelector('canvas[data-loaded="true"]') !== null)
}
