/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { root, startApp, type RunningApp } from './electron.ts'
import { closeAll, emptyApp, fillEverything, screens, type FullApp } from './screens.ts'
import { eventually, withSamples } from './vault.ts'

/** Fields for text within a dialog that only stand there until a button is pressed. */
const typedInto =
  'input:is([type="text"], [type="password"], [type="number"], :not([type])):not([role="combobox"]:not([data-keeps])), textarea'

describe('what is typed', { ...withSamples, timeout: 400_000 }, () => {
  let stateDir = ''
  let app: RunningApp
  let window: Page
  let full: FullApp

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-typed-'))
    app = await startApp({ stateDir })
    window = app.window
    full = await fillEverything(emptyApp(app, stateDir, 'en'), 'en')
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('in a dialog is asked about before it goes, in every dialog', async () => {
    const asked: string[] = []
    for (const screen of screens) {
      if (/^viewer|^erase|^jump/.test(screen.name)) continue
      await screen.open(full)
      const dialog = window.locator('[data-dialog]').last()
      const fields = (await dialog.count()) === 0 ? [] : await dialog.locator(typedInto).all()
      for (const field of fields) {
        const isNumber = (await field.getAttribute('type')) === 'number'
        await field.click()
        await field.fill(isNumber ? '7' : 'typed by hand')
        // A field of figures takes fewer letters.
        const text = await field.inputValue()
        assert.notEqual(text, '', screen.name)
        for (const leave of ['Escape', 'Cancel']) {
          const cancel = dialog.getByRole('button', { name: 'Cancel' })
          if (leave === 'Cancel' && (await cancel.count()) === 0) continue
          if (leave === 'Cancel') await cancel.click()
          else await window.keyboard.press('Escape')
          await dialog.getByText('Discard your changes?').waitFor({ timeout: 3000 })
          await dialog.getByRole('button', { name: 'Keep editing' }).click()
          assert.equal(await field.inputValue(), text, screen.name)
          assert.ok(await field.evaluate((element) => element === document.activeElement), screen.name)
        }
        asked.push(screen.name)
      }
      if (fields.length > 0) {
        await window.keyboard.press('Escape')
        await dialog.getByRole('button', { name: 'Discard' }).click()
        await dialog.waitFor({ state: 'detached' })
      }
      await closeAll(full)
    }
    assert.ok(new Set(asked).size >= 11, asked.join(', '))
  })

  test('a dialog in which nothing was typed goes at once', async () => {
    await window.evaluate(() => (location.hash = '#/albums'))
    await window.getByRole('button', { name: 'New album' }).click()
    await window.getByLabel('Name', { exact: true }).click()
    await window.keyboard.press('Escape')
    await window.locator('[data-dialog]').waitFor({ state: 'detached' })
  })

  test('keys that lead to another screen leave a dialog alone', async () => {
    await window.getByRole('button', { name: 'New album' }).click()
    await window.getByLabel('Name', { exact: true }).fill('Typed')
    await window.getByRole('button', { name: 'Create album' }).focus()
    await window.keyboard.press('g')
    await window.keyboard.press('t')
    await window.keyboard.press('Control+f')
    assert.equal(await window.getByLabel('Name', { exact: true }).inputValue(), 'Typed')
    await window.keyboard.press('Escape')
    await window.getByRole('button', { name: 'Discard' }).click()
  })

  test('a caption saves itself however it is left: by Esc, by moving on, by closing, by a pause', async () => {
    await window.evaluate(() => (location.hash = '#/timeline'))
    await window.locator('[data-tile]').nth(2).click()
    await window.keyboard.press('i')
    const panel = window.getByRole('complementary', { name: 'Information' })
    const ways: Readonly<Record<string, () => Promise<unknown>>> = {
      'by Esc': () => window.keyboard.press('Escape'),
      'by moving on': () => window.getByRole('button', { name: 'Next', exact: true }).click(),
      'by the filmstrip': () => strip(window).nth(3).click(),
      'by a press beside it': () => panel.getByText('SHA-256').click(),
      'by closing the panel': () => window.getByRole('button', { name: 'Information' }).click(),
    }
    for (const [way, leave] of Object.entries(ways)) {
      const id = await window.getByRole('dialog', { name: /Viewer/ }).getAttribute('aria-label')
      await edit(panel)
      await panel.getByRole('textbox', { name: 'Caption' }).fill(`left ${way}`)
      await leave()
      await eventually(async () => assert.ok((await captions()).includes(`left ${way}`), `${way} of ${id}`))
      if (way === 'by closing the panel') await window.keyboard.press('i')
    }
    await edit(panel)
    await panel.getByRole('textbox', { name: 'Caption' }).fill('still being typed')
    await eventually(async () => assert.ok((await captions()).includes('still being typed')))
    await panel.getByRole('textbox', { name: 'Caption' }).fill('and its end')
    await window.keyboard.press('Escape')
    await panel.getByText('and its end').waitFor()
    // All of it is one change.
    await window.keyboard.press('Control+z')
    await eventually(async () => assert.ok(!(await captions()).some((text) => /typed|end/.test(text ?? ''))))
    await window.keyboard.press('Escape')
  })

  test('a date saves itself when it is left, and can be taken back', async () => {
    await window.locator('[data-tile]').nth(2).click()
    await window.keyboard.press('e')
    const panel = window.getByRole('complementary', { name: 'Information' })
    await panel.getByLabel('Local date and time').fill('1999-12-31T23:59:58')
    await strip(window).nth(4).click()
    await window.getByText('The date was changed.').waitFor()
    await window.keyboard.press('Control+z')
    await window.getByText('Undone: Date and time').waitFor()
    const { items } = (await full.ask('GET', 'timeline')) as { items: { taken_local: string | null }[] }
    assert.ok(items.every((each) => each.taken_local?.startsWith('1999') !== true))
    await window.keyboard.press('Escape')
    await window.keyboard.press('Escape')
  })

  test('a tag that was typed goes on with Done', async () => {
    await window.locator('[data-tile]').nth(1).focus()
    await window.keyboard.press('Space')
    await window.keyboard.press('t')
    await window.getByRole('combobox').fill('Only typed')
    await window.getByRole('button', { name: 'Done' }).click()
    await window.getByText('1 photo now has the tag “Only typed”.').waitFor()
    await window.keyboard.press('Escape')
  })

  test('is still there on a screen one comes back to', async () => {
    await window.evaluate(() => (location.hash = '#/settings'))
    await window.getByLabel('Export to').fill('~/Everything')
    await window.evaluate(() => (location.hash = '#/timeline'))
    await window.locator('[data-tile]').first().waitFor()
    await window.evaluate(() => (location.hash = '#/settings'))
    assert.equal(await window.getByLabel('Export to').inputValue(), '~/Everything')
  })

  test('goes through the fields that know how to keep it, everywhere', async () => {
    const folder = join(root, 'renderer')
    const fields = /^components\/(TextField|TextArea|Picker|SearchField)\.tsx$/
    const own: string[] = []
    for (const file of await readdir(folder, { recursive: true })) {
      const path = file.replaceAll('\\', '/')
      if (!path.endsWith('.tsx') || fields.test(path)) continue
      const source = await readFile(join(folder, file), 'utf8')
      for (const [tag] of source.matchAll(/<(?:input|textarea)\b[^>]*>/g)) {
        if (!/type="(?:checkbox|radio|submit)"/.test(tag)) own.push(`${path}: ${tag}`)
      }
    }
    assert.deepEqual(own, [])
  })

  async function captions(): Promise<readonly (string | null)[]> {
    const { items } = (await full.ask('GET', 'timeline')) as { items: { id: string }[] }
    const all = await Promise.all(items.map(({ id }) => full.ask('GET', `media/${id}`)))
    return all.map((each) => each['description'] as string | null)
  }
})

async function edit(panel: Locator): Promise<void> {
  await panel
    .getByRole('button', { name: 'Add a caption…' })
    .or(panel.getByRole('button', { name: 'Edit caption' }))
    .click()
}

function strip(window: Page): Locator {
  return window.getByRole('group', { name: 'Nearby photos' }).getByRole('button')
}
