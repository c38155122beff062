/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startApp, type RunningApp } from './electron.ts'
import { enginePid } from './engine-pid.ts'
import { picture } from './pictures.ts'
import { copyPictures, daysOf, eventually, fillVault, withSamples } from './vault.ts'

const sentence = 'Coffer’s engine stopped and is being restarted. Your photos are safe.'

describe('an engine that goes', { ...withSamples, timeout: 180_000 }, () => {
  let stateDir = ''
  let app: RunningApp

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-away-'))
    app = await startApp({ stateDir })
    await fillVault(app, stateDir, await copyPictures(stateDir, 'jpg/gps'))
    // When the note comes and goes, by the clock of the page.
    await app.window.evaluate((text) => {
      const seen: string[] = []
      Object.assign(globalThis, { seen })
      const look = (): void => {
        const isThere = document.body.innerText.includes(text)
        if (isThere !== (seen.at(-1) === 'there')) seen.push(isThere ? 'there' : 'gone')
      }
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    }, sentence)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  const pid = (): number => enginePid(app.electron.process().pid ?? 0)
  const seen = (): Promise<readonly string[]> =>
    app.window.evaluate(() => (globalThis as unknown as { seen: readonly string[] }).seen)
  /** Ends every engine there is until the window has said so: one that is back at once is not worth a word. */
  const endUntilSaid = async (times: number): Promise<void> => {
    await eventually(async () => {
      if ((await seen()).filter((each) => each === 'there').length >= times) return
      try {
        process.kill(pid(), 'SIGKILL')
      } catch {
        // None has been started again yet.
      }
      throw new Error('the window has not said that its engine is away')
    }, 60_000)
  }

  test('is said in a sentence that goes by itself, and everything goes on', async () => {
    const { window } = app
    const before = await daysOf(window)
    await endUntilSaid(1)
    await picture(app, 'engine-away')
    await eventually(async () => assert.equal((await seen()).at(-1), 'gone'), 60_000)
    assert.deepEqual(await daysOf(window), before)
    await window.locator('[data-tile]').first().focus()
    await window.keyboard.press('f')
    await window.getByText('1 photo is now a favourite.').waitFor()
  })

  test('does not take what is being typed with it', async () => {
    const { window } = app
    await window.locator('[data-tile]').first().click()
    await window.keyboard.press('i')
    const panel = window.getByRole('complementary', { name: 'Information' })
    await panel.getByRole('button', { name: 'Add a caption…' }).click()
    await panel.getByRole('textbox', { name: 'Caption' }).pressSequentially('Typed while ')
    await endUntilSaid(2)
    await panel.getByRole('textbox', { name: 'Caption' }).pressSequentially('it was away')
    await eventually(async () => assert.equal((await seen()).at(-1), 'gone'), 60_000)
    assert.equal(await panel.getByRole('textbox', { name: 'Caption' }).inputValue(), 'Typed while it was away')
    await window.keyboard.press('Escape')
    await panel.getByText('Typed while it was away').waitFor()
  })
})
