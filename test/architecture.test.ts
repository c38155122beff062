import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { test } from 'vitest'
import { parseSync } from 'oxc-parser'
import { importsOf, sources } from './support/imports.ts'

const root = resolve(import.meta.dirname, '..')

/** Rooms of the engine by line; a room may import the rooms below it that its entry names. */
const ground = ['database', 'files', 'media', 'keys', 'places', 'platforms']
const first = ['objects', 'jobs', 'changes']
const library = ['library', 'accounts']
const upper = ['albums', 'intake', 'posts', 'archive', 'sync', 'watch', 'backup', 'export', 'search']
/** What opens a vault, makes one, and sees to one that is closed. */
const vaults = ['open-vault.ts', 'create-vault.ts', 'closed-vault.ts']
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  // Which vaults are this computer's own is sealed with a key.
  database: ['keys'],
  files: [],
  media: [],
  keys: [],
  places: [],
  // What posts are read from; it knows neither files nor rows.
  platforms: [],
  changes: ['database'],
  jobs: ['database'],
  objects: ['database', 'changes'],
  library: [...ground, ...first],
  accounts: [...ground, ...first],
  albums: ['library', 'objects', 'changes', 'database'],
  intake: [...ground, ...first, 'library', 'albums'],
  posts: ['platforms', 'objects', 'changes', 'database'],
  archive: ['platforms', 'posts', 'intake', 'library', 'files', 'objects', 'changes', 'jobs', 'database'],
  sync: ['platforms', 'posts', 'intake', 'library', ...ground, ...first],
  backup: ['keys', 'files', 'library', 'jobs', 'changes', 'objects', 'database'],
  export: ['files', 'library', 'albums', 'intake', 'jobs', 'changes', 'objects', 'database'],
  search: ['library', 'objects', 'changes', 'database', 'places'],
  watch: ['intake', 'files', 'changes', 'objects', 'jobs', 'database'],
  api: [...ground, ...first, ...library, ...upper],
  'engine.ts': ['api', ...vaults, 'accounts', 'backup', 'database', 'keys', 'library'],
  'create-vault.ts': ['api', 'open-vault.ts', 'accounts', 'database', 'files'],
  'closed-vault.ts': ['open-vault.ts', 'accounts', 'database', 'files'],
  // It knows no room above those that every vault stands on; `rooms.ts` knows them all.
  'open-vault.ts': ['api', 'rooms.ts', 'changes', 'jobs', 'database', 'files', 'media'],
  'rooms.ts': [...ground, ...first, ...library, ...upper, 'api'],
  'index.ts': ['engine.ts'],
  // A backup is read and restored where no engine runs, and should not wait for one to load.
  cli: ['engine.ts', 'backup'],
}
/** Ciphers and password hashing belong to `keys`; plain digests and random ids are nobody's secret. */
const harmlessCrypto = new Set(['createHash', 'Hash', 'hash', 'randomBytes', 'randomUUID'])

/** What is wrong with one file's imports, each in a sentence. */
function violations(file: string, text: string): string[] {
  const found: string[] = []
  const place = file.split('/')
  for (const { from, names } of importsOf(file, text)) {
    const say = (why: string): void => void found.push(`${file} imports ${from}: ${why}`)
    const target = from.startsWith('.')
      ? relative(root, resolve(root, dirname(file), from))
          .split(sep)
          .join('/')
      : null
    const path = target?.split('/') ?? []
    if (from === 'electron' && place[1] !== 'shell' && file !== 'main/index.ts' && place[0] !== 'preload') {
      say('only the shell and the preload know Electron')
    }
    if (
      from === 'node:crypto' &&
      place[0] === 'main' &&
      place[2] !== 'keys' &&
      names.some((name) => !harmlessCrypto.has(name))
    ) {
      say('only keys touches ciphers')
    }
    if (place[0] === 'renderer') {
      if (from.startsWith('node:')) say('the renderer has no Node')
      if (target && path[0] !== 'renderer' && !target.startsWith('main/contract/') && target !== 'preload/api.ts') {
        say('the renderer knows the contract and itself')
      }
      if (target && place[1] === 'screens' && path[1] === 'screens' && path[2] !== place[2])
        say('no screen imports another')
      if (target && ['components', 'data', 'style'].includes(place[1] ?? '') && path[1] === 'screens')
        say('screens stand above components')
    }
    if (place[0] === 'main' && place[1] === 'contract' && from !== 'zod' && path[1] !== 'contract')
      say('the contract imports only zod')
    if (target && place[0] === 'main' && place[1] === 'shell' && path[1] === 'engine')
      say('the shell speaks to the engine over its socket')
    if (target && place[0] === 'main' && place[1] === 'engine') {
      if (path[0] !== 'main' || !['engine', 'contract'].includes(path[1] ?? ''))
        say('the engine knows the contract and itself')
      const room = place[2] ?? ''
      const other = path[2] ?? ''
      if (path[1] === 'engine' && other !== room && other !== 'base') {
        if (!(mayImport[room] ?? []).includes(other)) say(`${room} may not import ${other}`)
        const isEntry = path.length === 3 || path.at(-1) === 'index.ts'
        if (!isEntry) say('a room is entered through its index.ts')
      }
    }
  }
  return found
}

test('every import follows the table', () => {
  const files = [...sources('main'), ...sources('preload'), ...sources('renderer')]
  assert.ok(files.length > 80, `only ${files.length} files were read`)
  let imports = 0
  const found = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    imports += importsOf(file, text).length
    return violations(file, text)
  })
  assert.ok(imports > 300, `only ${imports} imports were read`)
  assert.deepEqual(found, [])
})

/** The files that start as threads or processes of their own, once or several times each. */
const ownThreads = [
  'main/engine/backup/pack/pack-thread.ts',
  'main/engine/database/connection/worker.ts',
  'main/engine/keys/strength-thread.ts',
  'main/engine/media/child.ts',
  'main/engine/media/watch.ts',
]

/** Every file and package that a file loads when it starts, with the file that asks for it. */
function loadedBy(entry: string): Map<string, string> {
  const loaded = new Map([[entry, entry]])
  const ahead = [entry]
  for (let file = ahead.pop(); file !== undefined; file = ahead.pop()) {
    const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'))
    const asked = [
      ...module.staticImports
        .filter(({ entries }) => entries.length === 0 || entries.some((each) => !each.isType))
        .map((each) => each.moduleRequest.value),
      ...module.staticExports.flatMap((each) =>
        each.entries.flatMap((entry) => (entry.moduleRequest && !entry.isType ? [entry.moduleRequest.value] : [])),
      ),
    ]
    for (const from of asked) {
      const found = from.startsWith('.')
        ? relative(root, resolve(root, dirname(file), from))
            .split(sep)
            .join('/')
        : from
      if (loaded.has(found)) continue
      loaded.set(found, file)
      if (from.startsWith('.')) ahead.push(found)
    }
  }
  return loaded
}

test('threads load neither the schemas nor the server: each would cost memory and time once more', () => {
  for (const entry of ownThreads) {
    const loaded = loadedBy(entry)
    assert.ok(loaded.size > 1, `${entry} loads nothing`)
    for (const heavy of ['zod', 'hono', 'main/contract/index.ts']) {
      assert.equal(loaded.get(heavy), undefined, `${entry} loads ${heavy}`)
    }
  }
})

test('planted violations are caught', () => {
  const planted: [string, string][] = [
    ['main/engine/files/x.ts', `import { createDatabase } from '../database/index.ts'`],
    ['main/engine/media/x.ts', `import type { Database } from '../database/index.ts'`],
    ['main/engine/objects/x.ts', `export { startJobs } from '../jobs/index.ts'`],
    ['main/engine/library/x.ts', `const api = await import('../api/index.ts')`],
    ['main/engine/api/x.ts', `import { takeIn } from '../files/take-in.ts'`],
    ['main/engine/library/x.ts', `import { createCipheriv } from 'node:crypto'`],
    ['main/engine/library/x.ts', `import { app } from 'electron'`],
    ['main/shell/x.ts', `import { startEngine } from '../engine/engine.ts'`],
    ['main/contract/x.ts', `import { readFile } from 'node:fs/promises'`],
    ['renderer/components/x.tsx', `import { readFile } from 'node:fs/promises'`],
    ['renderer/components/x.tsx', `import { Timeline } from '../screens/timeline/timeline.tsx'`],
    ['renderer/screens/viewer/x.tsx', `import { Timeline } from '../timeline/timeline.tsx'`],
    ['main/engine/open-vault.ts', `import { room } from './backup/index.ts'`],
    ['renderer/data/x.ts', `import { openVault } from '../../main/engine/open-vault.ts'`],
  ]
  for (const [file, text] of planted) assert.notDeepEqual(violations(file, text), [], `not caught: ${file}: ${text}`)
})
