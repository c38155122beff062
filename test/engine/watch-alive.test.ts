import assert from 'node:assert/strict'
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import type { Import, TimelinePage, WatchedFolder } from '../../main/contract/index.ts'
import { startWatching } from '../../main/engine/watch/index.ts'
import { watchTree, type TreeEvents } from '../../main/engine/watch/tree.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { busyLog } from '../support/busy-log.ts'
import { temporaryFolder } from '../support/folders.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

async function names(vault: TestVault): Promise<string[]> {
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles?limit=2000')
  return tiles.map((tile) => tile.filename).toSorted()
}

/** Waits until the timeline holds exactly these; the test's own time limit ends a wait in vain. */
async function untilNames(vault: TestVault, wanted: readonly string[]): Promise<void> {
  while (JSON.stringify(await names(vault)) !== JSON.stringify(wanted.toSorted())) await pause(50)
}

async function folderOf(vault: TestVault): Promise<WatchedFolder> {
  const { items: folders } = await vault.get<{ items: WatchedFolder[] }>('/watched-folders')
  const [folder] = folders
  assert.ok(folder)
  return folder
}

async function untilStatus(vault: TestVault, status: string): Promise<void> {
  while ((await folderOf(vault)).status !== status) await pause(50)
}

async function watched(t: TestContext): Promise<{ vault: TestVault; source: string }> {
  const vault = await testVault(t)
  const source = join(vault.folder, 'Pictures')
  await mkdir(source)
  return { vault, source }
}

/** What the system does not report comes in with a look every ten minutes: less than that is soon, however busy the machine. */
const soonMs = 8 * 60_000
const soon = { timeout: 9 * 60_000 }

async function comesSoon(vault: TestVault, wanted: readonly string[]): Promise<void> {
  const startedAt = performance.now()
  await untilNames(vault, wanted)
  assert.ok(performance.now() - startedAt < soonMs, 'it came only with a look at everything')
}

test(
  'links through files, to nowhere, to themselves and to the folder do not deafen a watched folder',
  soon,
  async (t) => {
    const { vault, source } = await watched(t)
    await mkdir(join(source, 'sub'))
    await writeFile(join(source, 'a.txt'), 'x')
    await symlink('a.txt/x', join(source, 'bad'))
    await symlink('nowhere', join(source, 'dangling'))
    await symlink('loop', join(source, 'loop'))
    for (const name of ['self1', 'self2', 'sub/up']) await symlink(name === 'sub/up' ? '..' : '.', join(source, name))
    await settledFile(join(source, '1.jpg'), await jpeg(1))
    await vault.ask('POST', '/watched-folders', { path: source })
    await untilNames(vault, ['1.jpg'])
    await vault.engine.vault().watching?.settled()
    await settledFile(join(source, '2.jpg'), await jpeg(2))
    await settledFile(join(source, 'sub', '3.jpg'), await jpeg(3))
    await comesSoon(vault, ['1.jpg', '2.jpg', '3.jpg'])
    // A link that comes later leads to nothing new, and does not bring the same files in by another path.
    await symlink('.', join(source, 'self3'))
    await settledFile(join(source, '4.jpg'), await jpeg(4))
    await comesSoon(vault, ['1.jpg', '2.jpg', '3.jpg', '4.jpg'])
    await vault.engine.vault().watching?.settled()
    await vault.engine.vault().jobs.settled()
    const { items: imports } = await vault.get<{ items: Import[] }>('/imports')
    assert.equal(
      imports.reduce((sum, each) => sum + each.added + each.duplicates, 0),
      4,
      'each file was handed over once',
    )
    assert.equal((await folderOf(vault)).problem, null)
  },
)

test('each real folder is watched once, links are not followed, and what is made below is heard of', async (t) => {
  const root = await temporaryFolder(t)
  for (const folder of ['a/b/c', 'd', 'skipped/e']) await mkdir(join(root, folder), { recursive: true })
  for (const [name, to] of [
    ['self1', '.'],
    ['a/self2', '..'],
    ['link', 'd'],
  ] as const)
    await symlink(to, join(root, name))
  const heard = new Set<string>()
  const events: TreeEvents = {
    onPath: (path) => heard.add(path),
    onEnd: (reason) => assert.fail(reason),
    isIgnored: (path) => path.startsWith(join(root, 'skipped')),
  }
  const tree = await watchTree(root, events)
  try {
    if (process.platform === 'linux') assert.equal(tree.size(), 5, 'the folder, a, a/b, a/b/c and d')
    const until = async (path: string): Promise<void> => {
      while (!heard.has(join(root, path))) await pause(10)
    }
    await writeFile(join(root, 'a/b/c/deep.jpg'), 'x')
    await until('a/b/c/deep.jpg')
    await mkdir(join(root, 'new/folder'), { recursive: true })
    await until('new')
    if (process.platform === 'linux') while (tree.size() < 7) await pause(10)
    await writeFile(join(root, 'new/folder/late.jpg'), 'x')
    await until('new/folder/late.jpg')
    await rename(join(root, 'new'), join(root, 'moved'))
    await until('moved')
    if (process.platform === 'linux') while (tree.size() !== 7) await pause(10)
    await pause(50)
    await writeFile(join(root, 'moved/folder/again.jpg'), 'x')
    await until('moved/folder/again.jpg')
    await rm(join(root, 'moved'), { recursive: true })
    if (process.platform === 'linux') while (tree.size() > 5) await pause(10)
    await writeFile(join(root, 'skipped/e/unseen.jpg'), 'x')
    await writeFile(join(root, 'last.jpg'), 'x')
    await until('last.jpg')
    assert.deepEqual(
      [...heard].filter((path) => /skipped|self|link/.test(path)),
      [],
    )
  } finally {
    tree.close()
  }
})

test(
  'a folder exchanged at the same path is taken up, and one that is missing is said so, by itself',
  soon,
  async (t) => {
    const { vault, source } = await watched(t)
    await settledFile(join(source, '1.jpg'), await jpeg(1))
    await vault.ask('POST', '/watched-folders', { path: source })
    await untilNames(vault, ['1.jpg'])
    await vault.engine.vault().watching?.settled()
    // Another drive at the same path: nothing tells of it but the folder itself.
    await rename(source, join(vault.folder, 'other drive'))
    await mkdir(source)
    await settledFile(join(source, '2.jpg'), await jpeg(2))
    await comesSoon(vault, ['1.jpg', '2.jpg'])
    await settledFile(join(source, '3.jpg'), await jpeg(3))
    await comesSoon(vault, ['1.jpg', '2.jpg', '3.jpg'])
    await vault.engine.vault().watching?.settled()
    const goneAt = performance.now()
    await rename(source, join(vault.folder, 'away'))
    await untilStatus(vault, 'missing')
    assert.ok(performance.now() - goneAt < soonMs)
    assert.equal((await folderOf(vault)).problem?.code, 'folder-missing')
    await settledFile(join(vault.folder, 'away', '4.jpg'), await jpeg(4))
    await rename(join(vault.folder, 'away'), source)
    await comesSoon(vault, ['1.jpg', '2.jpg', '3.jpg', '4.jpg'])
    await untilStatus(vault, 'active')
    assert.equal((await folderOf(vault)).problem, null)
  },
)

test('a log that is written to all the time holds nothing up in a watched folder', soon, async (t) => {
  const { vault, source } = await watched(t)
  const log = await busyLog(join(source, 'server.log'), 50)
  try {
    await settledFile(join(source, '1.jpg'), await jpeg(1))
    await vault.ask('POST', '/watched-folders', { path: source })
    await comesSoon(vault, ['1.jpg'])
    await settledFile(join(source, '2.jpg'), await jpeg(2))
    await comesSoon(vault, ['1.jpg', '2.jpg'])
    const isAnyRunning = async (): Promise<boolean> => {
      const { items: imports } = await vault.get<{ items: Import[] }>('/imports')
      return imports.some((each) => each.status === 'running')
    }
    const startedAt = performance.now()
    while (await isAnyRunning()) await pause(20)
    assert.ok(performance.now() - startedAt < soonMs)
  } finally {
    await log.stop()
  }
})

test(
  'a system that does not begin to report, or has no room for more, is not waited for, and the folder says so',
  soon,
  async (t) => {
    const { vault, source } = await watched(t)
    await settledFile(join(source, '1.jpg'), await jpeg(1))
    await vault.engine.vault().watching?.close()
    const { intake } = vault.engine.vault()
    const ways = {
      'folder-silent': { watchTree: () => new Promise<never>(() => {}), maxStartMs: 50 },
      'folder-too-large': {
        watchTree: async (_root: string, events: TreeEvents) => {
          events.onEnd('limit')
          return { size: () => 0, close: () => {} }
        },
      },
    }
    await vault.ask('POST', '/watched-folders', { path: source })
    let number = 1
    for (const [code, means] of Object.entries(ways)) {
      const watching = await startWatching(intake, means)
      while ((await folderOf(vault)).problem?.code !== code) await pause(20)
      assert.deepEqual((await folderOf(vault)).problem?.details, { seconds: 20 })
      await untilNames(
        vault,
        Array.from({ length: number }, (_, at) => `${at + 1}.jpg`),
      )
      await watching.settled()
      await watching.close()
      number += 1
      await settledFile(join(source, `${number}.jpg`), await jpeg(number))
    }
  },
)
