/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertAccessible } from './accessibility.ts'
import { drop, startAgain, startApp, type RunningApp } from './electron.ts'
import { enginePid } from './engine-pid.ts'
import { picture } from './pictures.ts'
import { copyPictures, daysOf, eventually, importEnds, withSamples } from './vault.ts'

describe('the app in its window', withSamples, () => {
  let stateDir = ''
  let pictures = ''
  let app: RunningApp

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-app-'))
    pictures = await copyPictures(stateDir)
    app = await startApp({ stateDir })
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('a first start makes a vault and says what happens to photos', async () => {
    const { window } = app
    await window.getByText('copied, never changed').waitFor()
    await assertAccessible(window)
    await picture(app, 'welcome')
    await window.getByRole('button', { name: 'Create vault' }).click()
    await window.getByText('Nothing here yet.').waitFor()
    await assertAccessible(window)
    await picture(app, 'empty')
  })

  test('a folder dropped on the window is counted first, then imported', async () => {
    const { window } = app
    await drop(app, [pictures])
    await window.getByText(/\d+ files · \d+ new · 0 already here · \d+ unsupported/).waitFor()
    await assertAccessible(window)
    await picture(app, 'import-sheet')
    await window.getByRole('button', { name: 'Import', exact: true }).click()
    await importEnds(window)
    assert.ok((await daysOf(window)).total > 90)
  })

  test('every photo stands on the day its camera says', async () => {
    const { window } = app
    const { items: days } = await daysOf(window)
    const dated = days.map((each) => each.day).filter((day) => day !== null)
    assert.deepEqual(dated, dated.toSorted().toReversed())
    // DSCN0010 and its neighbours were taken in Arezzo on this day.
    assert.ok(dated.includes('2008-10-22'))
    await goToDate(window, '2008-10-22')
    await window
      .getByRole('button', { name: /^DSCN00\d\d\.jpg, Wednesday,? 22 October 2008/i })
      .first()
      .waitFor()
    await assertAccessible(window)
    await picture(app, 'timeline')
  })

  test('a photo opens large, arrows go on, and closing returns to its tile', async () => {
    const { window } = app
    const tile = window.getByRole('button', { name: /^DSCN0010\.jpg/ })
    await tile.click()
    await window.getByRole('dialog', { name: /DSCN0010/ }).waitFor()
    await window.keyboard.press('i')
    await window.getByText('SHA-256').waitFor()
    await assertAccessible(window)
    await picture(app, 'viewer')
    await window.keyboard.press('ArrowRight')
    await window.getByRole('dialog', { name: /^Viewer: (?!DSCN0010)\S/ }).waitFor()
    await window.keyboard.press('ArrowLeft')
    await window.getByRole('dialog', { name: /DSCN0010/ }).waitFor()
    await window.evaluate(() => {
      const seen = { flying: 0 }
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes) if (node instanceof HTMLImageElement) seen.flying += 1
      }).observe(document.body, { childList: true })
      Object.assign(globalThis, { seen })
    })
    await window.keyboard.press('Escape')
    await window.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.startsWith('DSCN0010'))
    // The picture flies back to its tile, and nothing of it stays.
    await window.waitForFunction(() => document.querySelectorAll('body > img').length === 0)
    assert.equal(await window.evaluate(() => (globalThis as unknown as { seen: { flying: number } }).seen.flying), 1)
  })

  test('the import report names what was not added and why', async () => {
    const { window } = app
    await window.getByRole('link', { name: 'Imports' }).click()
    await window.locator('main li a').first().click()
    await window.getByRole('heading', { name: 'Finished' }).waitFor()
    await window.getByRole('heading', { name: /Not supported/ }).waitFor()
    await assertAccessible(window)
    await picture(app, 'import-report')
    await window.getByRole('link', { name: 'Timeline' }).click()
  })

  test('the window keeps working when the engine is killed', async () => {
    const { window } = app
    const before = await daysOf(window)
    const killed = enginePid(app.electron.process().pid ?? 0)
    process.kill(killed, 'SIGKILL')
    await eventually(async () => assert.deepEqual(await daysOf(window), before), 15_000)
    await window.getByRole('heading', { level: 2 }).first().waitFor()
    assert.notEqual(enginePid(app.electron.process().pid ?? 0), killed)
  })

  test('a second start hands its files to the window that is there, and ends', async () => {
    const { window, electron } = app
    assert.equal(await startAgain(stateDir, [pictures]), 0)
    await window.getByRole('dialog', { name: 'Import from Pictures' }).waitFor()
    await window.getByText(/0 new · \d+ already here/).waitFor()
    await window.keyboard.press('Escape')
    assert.equal(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length), 1)
  })

  test('a link to a place in the window leads there, and any other nowhere', async () => {
    const { window } = app
    assert.equal(await startAgain(stateDir, ['coffer://open/activity']), 0)
    await window.getByRole('heading', { level: 1, name: 'Activity' }).waitFor()
    for (const link of ['coffer://vault/api/v1/trash', 'coffer://open/../../trash', 'coffer://open/trash?x'])
      assert.equal(await startAgain(stateDir, [link]), 0)
    assert.equal(await window.getByRole('heading', { level: 1 }).innerText(), 'Activity')
    await window.getByRole('link', { name: 'Timeline' }).click()
  })

  test('nothing leads out of the window', async () => {
    const { window, electron } = app
    const address = window.url()
    const opened = await window.evaluate(() => open('https://example.org/') === null)
    await window.evaluate(() => location.assign('https://example.org/'))
    await window.evaluate(() => location.assign('coffer://vault/api/v1/status'))
    const permission = await window.evaluate(async () => Notification.requestPermission())
    const hasNode = await window.evaluate(() => 'require' in globalThis || 'process' in globalThis)
    const inlineRuns = await window.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.planted = true'
      document.body.append(script)
      return 'planted' in globalThis
    })
    await window.waitForTimeout(300)
    const windows = await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    assert.deepEqual(
      { address: window.url(), opened, permission, hasNode, inlineRuns, windows },
      { address, opened: true, permission: 'denied', hasNode: false, inlineRuns: false, windows: 1 },
    )
  })

  test('after quitting and starting again everything is still there', async () => {
    const before = await daysOf(app.window)
    const pid = enginePid(app.electron.process().pid ?? 0)
    await app.electron.close()
    assert.throws(() => process.kill(pid, 0), 'the engine ends with the app')
    app = await startApp({ stateDir, theme: 'dark' })
    await app.window.getByRole('heading', { level: 2 }).first().waitFor()
    assert.deepEqual(await daysOf(app.window), before)
    await goToDate(app.window, '2008-10-22')
    await picture(app, 'timeline', 'dark')
  })
})

/** Goes to a date as a person would. */
async function goToDate(window: Page, date: string): Promise<void> {
  await window.getByRole('button', { name: 'Go to date' }).click()
  await window.getByLabel('Date', { exact: true }).fill(date)
  await window.keyboard.press('Enter')
  await window.waitForTimeout(600)
}
