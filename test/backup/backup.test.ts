import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import type { RestoreState, SnapshotAlbums, TimelinePage } from '../../main/contract/index.ts'
import {
  checkRepository,
  forgetSnapshots,
  listSnapshots,
  openRepository,
  proveSnapshot,
  prune,
  restoreFiles,
  restoreVault,
} from '../../main/engine/backup/index.ts'
import { openDatabase } from '../../main/engine/database/index.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { vaultOver } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { never, passphrase, vaultWithRepository } from './support.ts'

const signal = never

async function hashesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const hashes = await Promise.all(
    files.map(async (entry) =>
      createHash('sha256')
        .update(await readFile(join(entry.parentPath, entry.name)))
        .digest('hex'),
    ),
  )
  return hashes.toSorted()
}

test('a vault is backed up, checked, proven and restored equal', async (t) => {
  const vault = await vaultWithRepository(t, 12)
  const album = await vault.ask<{ id: string }>('POST', '/albums', { name: 'Kept “together”' })
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  await vault.ask('POST', `/albums/${album.body.id}/media`, { ids: tiles.slice(0, 3).map((tile) => tile.id) })
  const first = await vault.backup()
  assert.deepEqual([first.files, first.problems], [13, []])
  const second = await vault.backup()
  assert.ok(second.addedBytes < 100_000, `nothing is stored twice (${second.addedBytes} bytes)`)

  const opened = await openRepository(vault.repositoryDir, { passphrase })
  const checked = await checkRepository(opened, { readData: true, signal })
  assert.deepEqual([checked.snapshots, checked.damage, checked.lost], [2, [], []])
  const proven = await proveSnapshot(opened, { signal })
  assert.deepEqual([proven.files, proven.problems], [13, []])

  const to = join(vault.folder, 'restored')
  const restored = await restoreVault(opened, to, { signal })
  assert.deepEqual([restored.files, restored.lost], [13, []])
  const engine = startEngine({ stateDir: null })
  t.onTestFinished(() => engine.close())
  await engine.open(to)
  const again = vaultOver(engine, to, vault.folder)
  assert.deepEqual((await again.get<TimelinePage>('/timeline/tiles')).items.length, 13)
  const [kept] = (await again.get<{ items: { name: string; mediaCount: number }[] }>('/albums/overview')).items
  assert.deepEqual([kept?.name, kept?.mediaCount], ['Kept “together”', 3])
  const media = await readdir(join(vault.dir, 'users'))
  const folder = join('users', media[0] ?? '', 'media')
  assert.deepEqual(await hashesIn(join(to, folder)), await hashesIn(join(vault.dir, folder)))
  await assert.rejects(restoreVault(opened, to, { signal }), { code: 'vault-not-empty' })
})

test('some photos are restored under their own names', async (t) => {
  const vault = await vaultWithRepository(t, 4)
  await vault.backup()
  const to = join(vault.folder, 'some')
  await restoreFiles(vault.repository, to, ['photo 1.jpg', 'LARGE.jpg'], { signal })
  await restoreFiles(vault.repository, to, ['photo 1.jpg'], { signal })
  assert.deepEqual((await readdir(to)).toSorted(), ['large.jpg', 'photo 1 (2).jpg', 'photo 1.jpg'])
  assert.deepEqual(await readFile(join(to, 'large.jpg')), await readFile(join(vault.source, 'large.jpg')))
  await assert.rejects(restoreFiles(vault.repository, to, ['nothing'], { signal }), { code: 'not-found' })
})

test('albums and photos of a moment are chosen and restored where no vault is open', async (t) => {
  const vault = await vaultWithRepository(t, 4)
  const album = await vault.ask<{ id: string }>('POST', '/albums', { name: 'By the lake' })
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  const two = tiles.filter((tile) => tile.filename !== 'large.jpg').slice(0, 2)
  await vault.ask('POST', `/albums/${album.body.id}/media`, { ids: two.map((tile) => tile.id) })
  const { snapshot } = await vault.backup()
  await vault.engine.close()

  const engine = startEngine({ stateDir: null })
  t.onTestFinished(() => engine.close())
  const elsewhere = vaultOver(engine, vault.dir, vault.folder)
  const from = { path: vault.repositoryDir, passphrase, snapshot }
  const listed = await elsewhere.ask<SnapshotAlbums>('POST', '/restore/albums', from)
  assert.deepEqual(listed.body.items, [{ id: album.body.id, name: 'By the lake', files: 2 }])
  const wrong = await elsewhere.ask<{ code: string }>('POST', '/restore/albums', { ...from, passphrase: 'wrong one' })
  assert.equal(wrong.body.code, 'backup-wrong-key')

  const to = join(vault.folder, 'some')
  const started = await elsewhere.ask<RestoreState>('POST', '/restore', {
    ...from,
    to,
    only: [album.body.id, 'large.jpg'],
  })
  assert.deepEqual([started.status, started.body.isVault], [202, false])
  await engine.restorer.settled()
  assert.deepEqual([engine.restorer.state().status, engine.restorer.state().files], ['done', 3])
  const names = [...two.map((tile) => tile.filename), 'large.jpg']
  assert.deepEqual((await readdir(to)).toSorted(), names.toSorted())
  await elsewhere.ask('POST', '/restore', { ...from, to, only: ['nothing of that name'] })
  await engine.restorer.settled()
  assert.equal(engine.restorer.state().problem, 'No photo or album in this snapshot has that name.')
})

test('a passphrase opens it, another does not, and it can be changed without touching the data', async (t) => {
  const vault = await vaultWithRepository(t, 1)
  await vault.backup()
  await assert.rejects(openRepository(vault.repositoryDir, { passphrase: 'wrong one' }), { code: 'backup-wrong-key' })
  await assert.rejects(openRepository(join(vault.folder, 'camera'), { passphrase }), { code: 'backup-not-found' })
  await assert.rejects(openRepository(join(vault.folder, 'gone'), { passphrase }), { code: 'backup-unreachable' })
  const other = await openRepository(vault.repositoryDir, { identities: [vault.repository.identity] })
  assert.equal(other.id, vault.repository.id)
})

test('nothing in a repository shows names, sizes or dates, and every file is named by its bytes', async (t) => {
  const vault = await vaultWithRepository(t, 5)
  await vault.ask('POST', '/albums', { name: 'Planted album name' })
  await vault.backup()
  const entries = (await readdir(vault.repositoryDir, { recursive: true, withFileTypes: true })).filter((each) =>
    each.isFile(),
  )
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path)
    for (const planted of [
      'Planted album name',
      'photo 1.jpg',
      'large.jpg',
      'DateTimeOriginal',
      vault.repository.identity,
    ]) {
      assert.ok(!bytes.includes(planted), `${entry.name} shows ${planted}`)
    }
    if (entry.name === 'README.txt') continue
    assert.ok(bytes.subarray(0, 21).equals(Buffer.from('age-encryption.org/v1')), entry.name)
    assert.equal((await stat(path)).mtimeMs, Date.UTC(2000, 0, 1))
    if (entry.name.length !== 68) continue
    assert.equal(createHash('sha256').update(bytes).digest('hex'), entry.name.slice(0, 64))
    if (path.includes('/data/')) assert.ok(bytes.length % 65_552 < 400, 'packs are filled up')
  }
})

test('damaged and vanished originals are named, and the rest is safe', async (t) => {
  const vault = await vaultWithRepository(t, 6)
  const rows = await vault.engine
    .vault()
    .database.asService((tx) =>
      tx.query<{ filename: string; file_path: string }>(
        `select filename, file_path from vault.media order by filename`,
      ),
    )
  const pathOf = (name: string): string => join(vault.dir, rows.find((row) => row.filename === name)?.file_path ?? '')
  const changed = await readFile(pathOf('photo 1.jpg'))
  changed[100] = (changed[100] ?? 0) ^ 1
  await writeFile(pathOf('photo 1.jpg'), changed)
  const large = await readFile(pathOf('large.jpg'))
  large[9_000_000] = (large[9_000_000] ?? 0) ^ 1
  await writeFile(pathOf('large.jpg'), large)
  await rm(pathOf('photo 2.jpg'))
  const result = await vault.backup()
  assert.deepEqual(result.problems.map((each) => each.reason).toSorted(), ['damaged', 'damaged', 'missing'])
  assert.equal(result.files, 4)
  const proven = await proveSnapshot(vault.repository, { signal })
  assert.deepEqual(proven.problems, [])
  assert.deepEqual(await readdir(join(vault.repositoryDir, 'tmp')), [])
})

test('every damaged or missing file is found, and a restore never gives wrong bytes', async (t) => {
  const vault = await vaultWithRepository(t, 8)
  await vault.backup()
  await settledFile(join(vault.source, 'later.jpg'), await jpeg(500))
  await vault.import({ paths: [vault.source] })
  await vault.backup()
  const files = (await readdir(vault.repositoryDir, { recursive: true, withFileTypes: true }))
    .filter((each) => each.isFile() && each.name.length === 68)
    .map((each) => join(each.parentPath, each.name))
  const originals = new Set(await hashesIn(vault.source))
  for (const [index, path] of files.entries()) {
    const bytes = await readFile(path)
    const spots = [0, 30, 200, bytes.length >> 1, bytes.length - 1]
    for (const at of spots) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ 0x10
      await writeFile(path, flipped)
      const { damage } = await checkRepository(vault.repository, { readData: true, signal })
      assert.ok(damage.length > 0, `${path} at ${at}`)
    }
    await writeFile(path, bytes.subarray(0, bytes.length - 7))
    const cut = await checkRepository(vault.repository, { readData: true, signal })
    assert.ok(cut.damage.length > 0, `${path} cut`)
    const flipped = Buffer.from(bytes)
    flipped[bytes.length >> 1] = (flipped[bytes.length >> 1] ?? 0) ^ 0x10
    await writeFile(path, flipped)
    const to = join(vault.folder, `restored ${index}`)
    await restoreVault(vault.repository, to, { signal }).catch((error: { code?: string }) => {
      assert.ok(['backup-damaged', 'snapshot-not-found'].includes(error.code ?? ''), error.code ?? 'no code')
    })
    const got = await hashesIn(join(to, 'users')).catch(() => [])
    for (const hash of got) assert.ok(originals.has(hash), `${path} gave bytes that were never kept`)
    await writeFile(path, bytes)
  }
  assert.deepEqual((await checkRepository(vault.repository, { readData: true, signal })).damage, [])
})

test('forget and prune free what nothing needs, and never the last snapshot', async (t) => {
  const vault = await vaultWithRepository(t, 3)
  const first = await vault.backup()
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  const large = tiles.find((tile) => tile.filename === 'large.jpg')?.id ?? ''
  await vault.ask('POST', '/media/trash', { ids: [large] })
  await vault.ask('POST', '/trash/purge', { ids: [large] })
  const second = await vault.backup()
  assert.deepEqual(await prune(vault.repository), { removedPacks: 0, removedBytes: 0, keptPacks: 2 })
  assert.deepEqual((await forgetSnapshots(vault.repository, { names: [first.snapshot] })).left, 1)
  await assert.rejects(forgetSnapshots(vault.repository, { names: [second.snapshot] }), { code: 'conflict' })
  const pruned = await prune(vault.repository)
  assert.deepEqual([pruned.removedPacks, pruned.keptPacks, pruned.removedBytes > 17_000_000], [1, 1, true])
  assert.deepEqual((await proveSnapshot(vault.repository, { signal })).problems, [])
  assert.equal((await listSnapshots(vault.repository)).snapshots.length, 1)
})

test('a snapshot of an older schema is proven and restored under the newer one', async (t) => {
  const vault = await vaultWithRepository(t, 2)
  const { database } = vault.engine.vault()
  const { schemaVersion } = await database.info()
  await database.rollback(schemaVersion - 1)
  await vault.backup()
  assert.deepEqual((await proveSnapshot(vault.repository, { signal })).problems, [])
  const to = join(vault.folder, 'restored')
  assert.deepEqual((await restoreVault(vault.repository, to, { signal })).lost, [])
  await using restored = await openDatabase({ vaultDir: to })
  assert.equal((await restored.info()).schemaVersion, schemaVersion)
})
