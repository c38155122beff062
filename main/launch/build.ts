import { existsSync } from 'node:fs'
import { rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { binOf, finish, newestChange, root, runNode } from './checkout.ts'

interface Part {
  readonly name: string
  readonly sources: readonly string[]
  readonly result: string
  build(): Promise<number>
}

const shared = ['package.json', 'main/contract']

const parts: readonly Part[] = [
  {
    name: 'window',
    sources: [...shared, 'electron.vite.config.ts', 'main/index.ts', 'main/shell', 'preload', 'renderer'],
    result: 'out/renderer/index.html',
    build: () => runNode([binOf('electron-vite'), 'build', '--logLevel', 'warn']),
  },
  {
    name: 'engine',
    sources: [...shared, 'main/engine'],
    result: 'out/engine/index.js',
    async build() {
      // The build adds files; one that was renamed away must not linger.
      for (const folder of ['out/engine', 'out/contract'])
        await rm(join(root, folder), { recursive: true, force: true })
      return runNode([binOf('vite'), 'build', '--config', 'main/engine/vite.config.ts', '--logLevel', 'warn'])
    },
  },
  {
    name: 'database image',
    sources: ['migrations', 'main/engine/database', 'node_modules/@electric-sql/pglite/package.json'],
    result: 'build/database-image.tgz',
    build: () =>
      existsSync(join(root, 'main/engine/database/build-image.ts'))
        ? runNode(['--disable-warning=ExperimentalWarning', 'main/engine/database/build-image.ts'])
        : Promise.resolve(0),
  },
]

/** Builds what is missing or older than its sources; everything when asked to. */
export async function build(options: { readonly everything: boolean }): Promise<number> {
  for (const part of parts) {
    const isFresh = newestChange([part.result]) > newestChange(part.sources)
    if (isFresh && !options.everything) continue
    process.stderr.write(`Building the ${part.name} …\n`)
    const code = await part.build()
    if (code !== 0) return code
    // A step that found nothing to do leaves its result as old as it was.
    const now = new Date()
    await utimes(join(root, part.result), now, now)
  }
  return 0
}

if (import.meta.main) await finish(() => build({ everything: true }))
