/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { startApp, type RunningApp } from './electron.ts'
import { listsOfManyStops, whatDoesNotFit } from './reachable.ts'
import {
  closeAll,
  emptyApp,
  fillEverything,
  firstScreens,
  lastScreens,
  screens,
  type FullApp,
  type Language,
  type Screen,
} from './screens.ts'
import { withSamples } from './vault.ts'

interface View {
  readonly width: number
  readonly height: number
  readonly zoom: number
  /** Of the usual size, in percent. */
  readonly text: number
}

const usual: View = { width: 1440, height: 900, zoom: 1, text: 100 }
/** The smallest window, two usual ones, and the smallest with larger text in the two ways people have it. */
const smallest: View = { width: 720, height: 540, zoom: 1, text: 100 }
const enlarged: View = { ...smallest, zoom: 1.25 }
const views = {
  // German words are the longer ones.
  de: [smallest, { ...usual, width: 1000, height: 700 }, usual, { ...smallest, text: 125 }, enlarged],
  en: [smallest, usual, enlarged],
} as const

async function show(app: RunningApp, { width, height, zoom, text }: View): Promise<void> {
  await app.electron.evaluate(
    ({ BrowserWindow }, to) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.webContents.setZoomFactor(to.zoom)
      window?.setContentSize(to.width, to.height)
    },
    { width, height, zoom },
  )
  await app.window.waitForFunction((wanted) => Math.abs(innerWidth - wanted) <= 1, width / zoom)
  await app.window.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text)
  await app.window.waitForTimeout(150)
}

describe('the window fits', { ...withSamples, timeout: 900_000 }, () => {
  for (const language of ['en', 'de'] as const satisfies readonly Language[]) {
    test(`on every screen at every size, with fifty albums, and each list is one tab stop: ${language}`, async () => {
      const stateDir = await mkdtemp(join(tmpdir(), 'coffer-fits-'))
      const app = await startApp({ stateDir, language })
      const faults: string[] = []
      const walk = async (full: FullApp, all: readonly Screen[]): Promise<void> => {
        const only = process.env['COFFER_SCREEN']
        for (const screen of all) {
          if (only !== undefined && !only.split(',').some((each) => screen.name.startsWith(each))) continue
          await show(app, usual)
          await screen.open(full)
          faults.push(...(await listsOfManyStops(app.window)).map((fault) => `${screen.name}: ${fault}`))
          for (const view of views[language]) {
            await show(app, view)
            const where = `${screen.name}, ${view.width}×${view.height}, zoom ${view.zoom}, text ${view.text} %`
            faults.push(...(await whatDoesNotFit(app.window)).map((fault) => `${where}: ${fault}`))
          }
          await show(app, usual)
          await closeAll(full)
        }
      }
      try {
        const empty = emptyApp(app, stateDir, language)
        await walk(empty, firstScreens)
        const full = await fillEverything(empty, language)
        await walk(full, [...screens, ...lastScreens])
      } finally {
        await app.electron.close()
        await rm(stateDir, { recursive: true, force: true })
      }
      assert.deepEqual(faults, [])
    })
  }
})
