import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, setSize, type RunningApp } from './electron.ts'

export const takesPictures = process.env['COFFER_SCREENSHOTS'] === '1'
const sizes = [
  { width: 1440, height: 900 },
  { width: 1000, height: 700 },
  { width: 720, height: 540 },
] as const

/** Pictures to look at, at three sizes and in both themes; those the documentation shows are the gallery that git keeps. */
export async function picture(app: RunningApp, name: string, only?: 'light' | 'dark'): Promise<void> {
  if (!takesPictures) return
  for (const { width, height } of sizes) {
    await setSize(app, width, height)
    for (const colorScheme of only ? [only] : (['light', 'dark'] as const)) {
      await app.window.emulateMedia({ colorScheme })
      await app.window.waitForTimeout(350)
      await app.window.screenshot({ path: placeOf(`${name}-${width}-${colorScheme}.jpg`), type: 'jpeg', quality: 82 })
    }
  }
  await app.window.emulateMedia({ colorScheme: 'light' })
  await setSize(app, 1280, 860)
}

/** Where a picture goes: into the gallery if a page shows it, else into a folder that git ignores. */
export function placeOf(file: string): string {
  const pages = ['README.md', 'docs/design.md'].map((page) => readFileSync(join(root, page), 'utf8'))
  const isShown = pages.some((text) => text.includes(`screenshots/${file}`))
  const folder = join(root, isShown ? 'docs/screenshots' : 'out/screenshots')
  mkdirSync(folder, { recursive: true })
  return join(folder, file)
}
