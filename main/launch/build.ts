import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
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

/** Builds what is missing, older than its sources or was interrupted; everything when asked to. */
export async function build(options: { readonly everything: boolean }): Promise<number> {
  const stale = parts.filter((part) => {
    const isWhole = existsSync(join(root, part.result)) && newestChange([doneMark(part)]) > newestChange(part.sources)
    return options.everything || !isWhole
  })
  // A step that is interrupted may say that all went well.
  let isStopped = false
  const stop = (): void => void (isStopped = true)
  process.once('SIGINT', stop).once('SIGTERM', stop)
  for (const [index, part] of stale.entries()) {
    process.stderr.write(`Step ${index + 1} of ${stale.length}: building the ${part.name} …\n`)
    await rm(join(root, doneMark(part)), { force: true })
    const code = await part.build()
    if (code !== 0 || isStopped) return code || 130
    // Last of all: a build that was stopped leaves files that look whole.
    await mkdir(join(root, marks), { recursive: true })
    await writeFile(join(root, doneMark(part)), '')
  }
  process.off('SIGINT', stop).off('SIGTERM', stop)
  return 0
}

const marks = 'out/built'

function doneMark(part: Part): string {
  return `${marks}/${part.name.replaceAll(' ', '-')}`
}

if (import.meta.main) await finish(() => build({ everything: true }))
