import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, cp, lstat, mkdir, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { exported, exportedWell } from '../export/support.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

// Room set aside in every vault would be most of what these tests write.
process.env['COFFER_MIN_FREE_MB'] ??= '4'

/** A vault of two photos, its export, and a home with a letter that nothing may touch. */
async function exportedVault(t: TestContext): Promise<{ vault: TestVault; dir: string; home: string }> {
  const vault = await testVault(t)
  const camera = join(vault.folder, 'camera')
  await mkdir(camera)
  for (const number of [1, 2]) await settledFile(join(camera, `photo ${number}.jpg`), await jpeg(number))
  await vault.import({ paths: [camera] })
  const dir = join(vault.folder, 'export')
  await exportedWell(vault, dir)
  const home = join(vault.folder, 'home')
  await mkdir(join(home, 'sub'), { recursive: true })
  for (const path of ['letter.txt', 'sub/deep.txt']) await writeFile(join(home, path), 'dear')
  return { vault, dir, home }
}

async function homeIsUntouched(home: string, what: string): Promise<void> {
  assert.deepEqual((await readdir(home, { recursive: true })).toSorted(), ['letter.txt', 'sub', 'sub/deep.txt'], what)
  for (const path of ['letter.txt', 'sub/deep.txt'])
    assert.equal(await readFile(join(home, path), 'utf8'), 'dear', what)
}

test('places in a tampered list of an export lead nowhere', async (t) => {
  const { vault, dir, home } = await exportedVault(t)
  const list = join(dir, 'data', 'files.jsonl')
  const lines = (await readFile(list, 'utf8')).trim().split('\n')
  const paths = [
    '../home/photo.jpg',
    join(home, 'photo.jpg'),
    'originals/../../home/photo.jpg',
    'originals/./photo.jpg',
    'originals//photo.jpg',
    'originals/',
    '',
    'coffer-export.json',
    'data/media.jsonl',
  ]
  for (const path of paths) {
    await writeFile(list, lines.map((line) => JSON.stringify({ ...JSON.parse(line), path })).join('\n'))
    const done = await exported(vault, dir)
    assert.equal(done.status, 'done', `${path}: ${done.problem}`)
    await homeIsUntouched(home, path)
    const kept = (await readFile(list, 'utf8')).trim().split('\n')
    for (const line of kept)
      assert.match((JSON.parse(line) as { path: string }).path, /^originals\/\d{4}\/\d\d\/photo [^/]+$/)
  }
})

/** Names at which an export writes, and what a stranger may have put there instead. */
const written = [
  'coffer-export.json.part',
  'README.txt',
  'README.txt.part',
  'index.html.part',
  'data',
  'data/media.jsonl.part',
  'data/files.jsonl.part',
  'data/schema.json',
  'tables',
  'tables/vault.media.csv.part',
  'browse',
  'browse/data',
  'browse/data/index.js',
  'browse/pictures',
  'originals',
  'originals/2024',
  'originals/2024/06',
]

test('an export into a folder with links writes through none of them', async (t) => {
  const { vault, dir, home } = await exportedVault(t)
  const copy = join(vault.folder, 'copy')
  for (const name of written) {
    for (const target of ['letter.txt', 'sub', 'nothing here']) {
      await rm(copy, { recursive: true, force: true })
      await cp(dir, copy, { recursive: true })
      await rm(join(copy, name), { recursive: true, force: true })
      await mkdir(dirname(join(copy, name)), { recursive: true })
      await symlink(join(home, target), join(copy, name))
      const done = await exported(vault, copy)
      await homeIsUntouched(home, `${name} → ${target}`)
      assert.ok(!existsSync(join(home, 'nothing here')), name)
      // A file in the way is replaced; a folder that is a link is said.
      if (done.status === 'failed') assert.match(done.problem ?? '', /is a link/, name)
      else assert.ok(!(await lstat(join(copy, name)).catch(() => null))?.isSymbolicLink(), `${name} is still a link`)
    }
  }
})

test('originals that became links in an export are written again, not through them', async (t) => {
  const { vault, dir, home } = await exportedVault(t)
  const [photo = ''] = (await readdir(join(dir, 'originals'), { recursive: true })).filter((path) =>
    path.endsWith('.jpg'),
  )
  const place = join(dir, 'originals', photo)
  for (const name of ['letter.txt', 'sub']) {
    await rm(place)
    await symlink(join(home, name), place)
    const before = await stat(join(home, name))
    assert.equal((await exported(vault, dir)).status, 'done')
    assert.ok((await lstat(place)).isFile())
    assert.equal((await stat(join(home, name))).mtimeMs, before.mtimeMs)
    await homeIsUntouched(home, name)
  }
  // Copies of a selection as well, whatever lies where they go.
  const [{ id } = { id: '' }] = (await vault.get<{ items: { id: string }[] }>('/timeline?limit=1')).items
  const selection = join(vault.folder, 'selection')
  await mkdir(selection)
  await symlink(join(home, 'letter.txt'), join(selection, `.${id}.part`))
  await exportedWell(vault, selection, { ids: [id] })
  await homeIsUntouched(home, 'selection')
})

test('an import of a tampered export reads nothing outside of it', async (t) => {
  const { dir, home } = await exportedVault(t)
  const vault = await testVault(t)
  for (const name of ['coffer-export.json', 'data/files.jsonl', 'data/media.jsonl', 'data/albums.jsonl', 'data']) {
    const copy = join(vault.folder, `stick ${name.replace('/', ' ')}`)
    await cp(dir, copy, { recursive: true })
    // The description of the photos of another folder, which may not be taken for that of these.
    const isFolder = (await stat(join(copy, name))).isDirectory()
    await cp(join(dir, name), join(home, 'moved'), { recursive: true })
    await rm(join(copy, name), { recursive: true })
    await symlink(join(home, 'moved'), join(copy, name))
    const done = await vault.import({ paths: [copy] })
    assert.ok(['done', 'failed'].includes(done.status), `${name}: ${done.status}`)
    assert.ok(isFolder || (await lstat(join(copy, name))).isSymbolicLink())
    await rm(join(home, 'moved'), { recursive: true })
    await homeIsUntouched(home, name)
  }
})

test('a pipe in an export is not waited for', { skip: process.platform === 'win32' }, async (t) => {
  const { dir } = await exportedVault(t)
  const vault = await testVault(t)
  for (const name of ['coffer-export.json', 'data/files.jsonl', 'data/media.jsonl', 'data/tags.jsonl']) {
    const copy = join(vault.folder, `stick ${name.replace('/', ' ')}`)
    await cp(dir, copy, { recursive: true })
    await rm(join(copy, name))
    execFileSync('mkfifo', [join(copy, name)])
    const done = await vault.import({ paths: [copy] })
    assert.notEqual(done.status, 'running', name)
  }
})

test('lines of an export that are no lines cost only themselves', async (t) => {
  const { dir } = await exportedVault(t)
  const vault = await testVault(t)
  await appendFile(
    join(dir, 'data', 'media.jsonl'),
    `{"a":${'['.repeat(100_000)}\n\0\n${'x'.repeat(5 << 20)}\n[]\nnull\n`,
  )
  const done = await vault.import({ paths: [dir] })
  assert.deepEqual([done.status, done.added], ['done', 2])
})

test('an export is for its owner’s eyes', { skip: process.platform === 'win32' }, async (t) => {
  const { dir } = await exportedVault(t)
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const { mode } = await stat(join(entry.parentPath, entry.name))
    assert.equal(mode & 0o777, entry.isDirectory() ? 0o700 : 0o600, join(entry.parentPath, entry.name))
  }
  assert.equal((await stat(dir)).mode & 0o777, 0o700)
})
