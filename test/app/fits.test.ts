/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { startApp, type RunningApp } from './electron.ts'
import { whatDoesNotFit } from './reachable.ts'
import { closeAll, fillEverything, screens, type Language } from './screens.ts'
import { withSamples } from './vault.ts'

/** The smallest window, two usual ones, and the smallest with larger text in the two ways people have it. */
const views = [
  { width: 720, height: 540, zoom: 1, text: 100 },
  { width: 1000, height: 700, zoom: 1, text: 100 },
  { width: 1440, height: 900, zoom: 1, text: 100 },
  { width: 720, height: 540, zoom: 1, text: 125 },
  { width: 720, height: 540, zoom: 1.25, text: 100 },
  { width: 1440, height: 900, zoom: 1.25, text: 125 },
] as const

async function show(app: RunningApp, { width, height, zoom, text }: (typeof views)[number]): Promise<void> {
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
    test(`with fifty albums, at every size, on every screen: ${language}`, async () => {
      const stateDir = await mkdtemp(join(tmpdir(), 'coffer-fits-'))
      const app = await startApp({ stateDir, language })
      const faults: string[] = []
      try {
        const full = await fillEverything(app, stateDir, language)
        const only = process.env['COFFER_SCREEN']
        for (const screen of screens) {
          if (only !== undefined && !only.split(',').some((each) => screen.name.startsWith(each))) continue
          await show(app, views[2])
          await screen.open(full)
          for (const view of views) {
            await show(app, view)
            const where = `${screen.name}, ${view.width}×${view.height}, zoom ${view.zoom}, text ${view.text} %`
            faults.push(...(await whatDoesNotFit(app.window)).map((fault) => `${where}: ${fault}`))
          }
          await show(app, views[2])
          await closeAll(full)
        }
      } finally {
        await app.electron.close()
        await rm(stateDir, { recursive: true, force: true })
      }
      assert.deepEqual(faults, [])
    })
  }
})
