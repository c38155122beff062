import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, setSize, type RunningApp } from './electron.ts'

const takesPictures = process.env['COFFER_SCREENSHOTS'] === '1'

/** Pictures for the documentation, at two sizes and in both themes. */
export async function picture(app: RunningApp, name: string, only?: 'light' | 'dark'): Promise<void> {
  if (!takesPictures) return
  const folder = join(root, 'docs', 'screenshots')
  mkdirSync(folder, { recursive: true })
  for (const [width, height] of [
    [1440, 900],
    [1000, 700],
  ] as const) {
    await setSize(app, width, height)
    for (const colorScheme of only ? [only] : (['light', 'dark'] as const)) {
      await app.window.emulateMedia({ colorScheme })
      await app.window.waitForTimeout(350)
      const path = join(folder, `${name}-${width}-${colorScheme}.jpg`)
      await app.window.screenshot({ path, type: 'jpeg', quality: 82 })
    }
  }
  await app.window.emulateMedia({ colorScheme: 'light' })
  await setSize(app, 1280, 860)
}
