import assert from 'node:assert/strict'
import { appendFile, mkdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { once } from 'node:events'
import { test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import type { Album, Import, Media, TimelinePage, WatchedFolder } from '../../main/contract/index.ts'
import { coffer, spawnCoffer } from '../support/coffer.ts'
import { testVault, vaultOver, type TestVault } from '../support/engine.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

async function names(vault: TestVault): Promise<string[]> {
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles?limit=2000')
  return tiles.map((tile) => tile.filename).toSorted()
}

/** Waits until the timeline holds exactly these; the test's own time limit ends a wait in vain. */
async function untilNames(vault: TestVault, wanted: readonly string[]): Promise<void> {
  const isThere = async (): Promise<boolean> => JSON.stringify(await names(vault)) === JSON.stringify(wanted.toSorted())
  while (!(await isThere())) await pause(50)
}

async function allDone(vault: TestVault): Promise<void> {
  await vault.engine.vault().watching?.settled()
  await vault.engine.vault().jobs.settled()
}

async function folderOf(vault: TestVault): Promise<WatchedFolder> {
  const { items: folders } = await vault.get<{ items: WatchedFolder[] }>('/watched-folders')
  assert.equal(folders.length, 1)
  const [folder] = folders
  assert.ok(folder)
  return folder
}

test('what is in a watched folder comes in, and what arrives later too', { timeout: 300_000 }, async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'Pictures')
  await mkdir(join(source, 'trip'), { recursive: true })
  await settledFile(join(source, 'a.jpg'), await jpeg(1))
  await settledFile(join(source, 'skip.tmp.jpg'), await jpeg(2))
  const added = await vault.ask<WatchedFolder>('POST', '/watched-folders', {
    path: source,
    ignore: ['*.tmp.jpg', 'cache/**'],
  })
  assert.deepEqual([added.status, added.body.path, added.body.status], [201, source, 'active'])
  await untilNames(vault, ['a.jpg'])
  await settledFile(join(source, 'trip', 'b.jpg'), await jpeg(3))
  await mkdir(join(source, 'new', 'deep'), { recursive: true })
  await settledFile(join(source, 'new', 'deep', 'c.jpg'), await jpeg(4))
  await mkdir(join(source, 'cache'))
  await settledFile(join(source, 'cache', 'd.jpg'), await jpeg(5))
  await untilNames(vault, ['a.jpg', 'b.jpg', 'c.jpg'])
  // A file that grows is taken once, when it is whole.
  const whole = await jpeg(6, { width: 800, height: 600 })
  for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 5)) {
    await appendFile(join(source, 'e.jpg'), whole.subarray(at, at + Math.ceil(whole.length / 5)))
    await pause(300)
  }
  await untilNames(vault, ['a.jpg', 'b.jpg', 'c.jpg', 'e.jpg'])
  await allDone(vault)
  const { items: imports } = await vault.get<{ items: Import[] }>('/imports')
  assert.deepEqual(
    imports.map((each) => [each.paths[0], each.damaged + each.failed]),
    imports.map(() => [source, 0]),
  )
  assert.equal((await folderOf(vault)).files, 4)
})

test('renamed and moved files stay the same photos, with their albums', { timeout: 300_000 }, async (t) => {
  const vault = await testVault(t)
  for (const reference of [false, true]) {
    const source = join(vault.folder, reference ? 'in place' : 'copied')
    await mkdir(source)
    const number = reference ? 10 : 11
    await settledFile(join(source, `${number}.jpg`), await jpeg(number))
    const before = await names(vault)
    const { body: folder } = await vault.ask<WatchedFolder>('POST', '/watched-folders', { path: source, reference })
    await untilNames(vault, [...before, `${number}.jpg`])
    const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
    const id = tiles.find((tile) => tile.filename === `${number}.jpg`)?.id ?? ''
    const album = await vault.ask<Album>('POST', '/albums', { name: 'Mine', mediaIds: [id] })
    await vault.ask('PATCH', `/media/${id}`, { description: 'A caption' })
    await mkdir(join(source, 'sorted'))
    const moved = join(source, 'sorted', 'renamed.jpg')
    await rename(join(source, `${number}.jpg`), moved)
    const now = async (): Promise<Media> => vault.get<Media>(`/media/${id}`)
    while (!(await now()).sources.some((each) => each.path === moved)) await pause(50)
    await allDone(vault)
    assert.deepEqual(await names(vault), [...before, `${number}.jpg`].toSorted())
    assert.equal((await now()).description, 'A caption')
    assert.equal((await vault.get<Album>(`/albums/${album.body.id}`)).mediaCount, 1)
    const original = await vault.ask('GET', `/media/${id}`)
    assert.equal(original.status, 200)
    const bytes = await vault.engine.fetch(
      new Request(`http://coffer/api/v1/media/${id}/original`, { headers: { 'x-coffer-secret': vault.engine.secret } }),
    )
    assert.equal(bytes.status, 200, 'the bytes are found where they are now')
    await bytes.arrayBuffer()
    await vault.ask('DELETE', `/watched-folders/${folder.id}`)
  }
})

test('a photo that was trashed or deleted for good does not come back by itself', { timeout: 300_000 }, async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'Pictures')
  await mkdir(source)
  for (const number of [1, 2, 3]) await settledFile(join(source, `${number}.jpg`), await jpeg(number))
  await vault.ask('POST', '/watched-folders', { path: source })
  await untilNames(vault, ['1.jpg', '2.jpg', '3.jpg'])
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  const idOf = (name: string): string => tiles.find((tile) => tile.filename === name)?.id ?? ''
  await vault.ask('POST', '/media/trash', { ids: [idOf('1.jpg'), idOf('2.jpg')] })
  await vault.ask('POST', '/trash/purge', { ids: [idOf('2.jpg')] })
  await rename(join(source, '1.jpg'), join(source, 'one.jpg'))
  await rename(join(source, '2.jpg'), join(source, 'two.jpg'))
  await settledFile(join(source, '4.jpg'), await jpeg(4))
  await untilNames(vault, ['3.jpg', '4.jpg'])
  await allDone(vault)
  assert.deepEqual(await names(vault), ['3.jpg', '4.jpg'])
  // A person who imports them asks for them.
  await vault.import({ paths: [source] })
  assert.deepEqual(await names(vault), ['1.jpg', '3.jpg', '4.jpg', 'two.jpg'])
})

test('a drive that vanishes is said, trashes nothing, and is taken up again', { timeout: 300_000 }, async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'drive')
  await mkdir(source)
  await settledFile(join(source, '1.jpg'), await jpeg(1))
  await vault.ask('POST', '/watched-folders', { path: source })
  await untilNames(vault, ['1.jpg'])
  await rename(source, join(vault.folder, 'unplugged'))
  await vault.engine.vault().watching?.refresh()
  const untilStatus = async (status: string): Promise<void> => {
    while ((await folderOf(vault)).status !== status) await pause(50)
  }
  await untilStatus('missing')
  assert.equal((await folderOf(vault)).problem?.code, 'folder-missing')
  assert.deepEqual(await names(vault), ['1.jpg'])
  await settledFile(join(vault.folder, 'unplugged', '2.jpg'), await jpeg(2))
  await rename(join(vault.folder, 'unplugged'), source)
  await untilNames(vault, ['1.jpg', '2.jpg'])
  await untilStatus('active')
  // The empty folder of an unmounted drive is no empty folder.
  await unlink(join(source, '1.jpg'))
  await unlink(join(source, '2.jpg'))
  await vault.ask('PATCH', `/watched-folders/${(await folderOf(vault)).id}`, { ignore: ['x'] })
  await untilStatus('missing')
  assert.deepEqual(await names(vault), ['1.jpg', '2.jpg'])
})

test(
  'watching survives a restart, can be paused, and takes up what changed meanwhile',
  { timeout: 300_000 },
  async (t) => {
    const vault = await testVault(t)
    const source = join(vault.folder, 'Pictures')
    await mkdir(source)
    await settledFile(join(source, '1.jpg'), await jpeg(1))
    const { body } = await vault.ask<WatchedFolder>('POST', '/watched-folders', { path: source })
    await untilNames(vault, ['1.jpg'])
    await vault.engine.close()
    await settledFile(join(source, '2.jpg'), await jpeg(2))
    const engine = startEngine({ stateDir: null, isWatching: true })
    t.onTestFinished(() => engine.close())
    await engine.open(vault.dir)
    const again = vaultOver(engine, vault.dir, vault.folder)
    await untilNames(again, ['1.jpg', '2.jpg'])
    await again.ask('PATCH', `/watched-folders/${body.id}`, { status: 'paused' })
    await settledFile(join(source, '3.jpg'), await jpeg(3))
    await engine.vault().watching?.settled()
    assert.equal((await folderOf(again)).status, 'paused')
    assert.deepEqual(await names(again), ['1.jpg', '2.jpg'])
    await again.ask('PATCH', `/watched-folders/${body.id}`, { status: 'active' })
    await untilNames(again, ['1.jpg', '2.jpg', '3.jpg'])
    const { items: imports } = await again.get<{ items: Import[] }>('/imports')
    assert.ok(
      imports.every((each) => each.seen === 1),
      'nothing that was seen is handed over again',
    )
  },
)

test('folders that would swallow the vault, overlap or are none are refused', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'Pictures')
  await mkdir(join(source, 'inner'), { recursive: true })
  await symlink(vault.dir, join(vault.folder, 'link'))
  await writeFile(join(vault.folder, 'file.txt'), 'x')
  const codeOf = async (path: string): Promise<string> =>
    (await vault.ask<{ code: string }>('POST', '/watched-folders', { path })).body.code
  assert.equal(await codeOf(join(vault.dir, 'logs')), 'path-inside-vault')
  assert.equal(await codeOf(join(vault.folder, 'link')), 'path-inside-vault')
  assert.equal(await codeOf(vault.folder), 'path-around-vault')
  assert.equal(await codeOf(join(vault.folder, 'file.txt')), 'bad-request')
  assert.equal(await codeOf(join(vault.folder, 'nothing')), 'file-missing')
  assert.equal(await codeOf('relative'), 'bad-request')
  await vault.ask('POST', '/watched-folders', { path: source })
  assert.equal(await codeOf(source), 'already-watched')
  assert.equal(await codeOf(join(source, 'inner')), 'already-watched')
})

test('the command line adds, lists, runs and removes', { timeout: 300_000 }, async (t) => {
  const vault = await testVault(t)
  await vault.engine.close()
  const source = join(vault.folder, 'Pictures')
  await mkdir(source)
  await settledFile(join(source, '1.jpg'), await jpeg(1))
  const run = (...args: string[]) => coffer(['--json', '--vault', vault.dir, ...args])
  assert.equal((await run('watch', 'add', source)).json<WatchedFolder>().path, source)
  const child = spawnCoffer(['--vault', vault.dir, 'watch', 'run'])
  t.onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  while (!said.includes('1 new')) await pause(50)
  child.kill('SIGINT')
  assert.deepEqual(await once(child, 'exit'), [0, null])
  assert.deepEqual(
    (await run('watch', 'list')).json<WatchedFolder[]>().map((each) => each.files),
    [1],
  )
  assert.equal((await run('watch', 'remove', source)).code, 0)
  assert.deepEqual((await run('watch', 'list')).json(), [])
  assert.equal((await run('watch', 'remove', source)).code, 1)
  await rm(source, { recursive: true })
})
