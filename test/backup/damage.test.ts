import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { cp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import type { Backup, BackupRun, NewBackupAnswer } from '../../main/contract/index.ts'
import {
  addKey,
  checkRepository,
  listSnapshots,
  openRepository,
  proveSnapshot,
  prune,
  removeRepositoryKey,
  restoreVault,
  setPassphrase,
} from '../../main/engine/backup/index.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { never, passphrase, vaultWithRepository } from './support.ts'

const signal = never

async function filesIn(dir: string, kind: string): Promise<string[]> {
  const entries = await readdir(join(dir, kind), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** One bit, at a place between 0 and 1 of the file. */
async function flip(path: string, at = Math.random()): Promise<void> {
  const bytes = await readFile(path)
  const place = Math.min(bytes.length - 1, Math.floor(bytes.length * at))
  bytes[place] = (bytes[place] ?? 0) ^ (1 << Math.floor(Math.random() * 8))
  await writeFile(path, bytes)
}

for (const finder of ['check', 'proof', 'sample of the next run'] as const) {
  test(`what a ${finder} finds damaged counts as absent, and the next run writes it again`, async (t) => {
    const vault = await vaultWithRepository(t, 4)
    const { repository, repositoryDir } = vault
    await vault.backup()
    const hurt = await filesIn(repositoryDir, 'data')
    assert.equal(hurt.length, 2)
    for (const each of hurt) await flip(each, 0.5)
    if (finder === 'check') {
      const found = await checkRepository(repository, { readData: true, signal })
      assert.deepEqual([found.damage.length, found.lost.length], [2, 5])
      const quick = await checkRepository(repository, { signal })
      assert.deepEqual([quick.damage.length, quick.lost.length], [2, 5], 'what was found is remembered')
    } else if (finder === 'proof') {
      assert.notDeepEqual((await proveSnapshot(repository, { signal })).problems, [])
    }
    const first = await vault.backup()
    assert.ok(first.mended > 0)
    const second = await vault.backup()
    assert.deepEqual([first.mended + second.mended, second.problems], [5, []])
    const after = await checkRepository(repository, { readData: true, signal })
    assert.deepEqual([after.damage, after.lost], [[], []])
    assert.deepEqual((await proveSnapshot(repository, { signal })).problems, [])
    assert.equal((await prune(repository)).removedPacks, 2)
    assert.deepEqual(await readdir(join(repositoryDir, 'damaged')), [])
    assert.deepEqual((await checkRepository(repository, { readData: true, signal })).damage, [])
  })
}

test('a pack that a failing cable made look damaged is whole again when it is read whole', async (t) => {
  const vault = await vaultWithRepository(t, 2)
  const { repository, repositoryDir } = vault
  await vault.backup()
  const [pack = ''] = await filesIn(repositoryDir, 'data')
  const bytes = await readFile(pack)
  await flip(pack)
  assert.equal((await checkRepository(repository, { readData: true, signal })).damage.length, 1)
  await writeFile(pack, bytes)
  assert.deepEqual((await checkRepository(repository, { readData: true, signal })).damage, [])
  assert.equal((await vault.backup()).mended, 0)
})

test('what is whole in a damaged pack is still read, and no pruning removes it', async (t) => {
  const vault = await vaultWithRepository(t, 1)
  const { repository, repositoryDir, source } = vault
  for (let number = 1; number <= 6; number += 1) {
    const bytes = Buffer.concat([await jpeg(number), randomBytes(200_000)])
    await settledFile(join(source, `photo ${number}.jpg`), bytes)
  }
  await vault.import({ paths: [source] })
  await vault.backup()
  const [first = '', second = ''] = await filesIn(repositoryDir, 'data')
  const isFirst = (await stat(first)).size < (await stat(second)).size
  await flip(isFirst ? first : second, 0.8)
  assert.equal((await checkRepository(repository, { readData: true, signal })).lost.length, 7)
  assert.equal((await prune(repository)).removedPacks, 0)
  const restored = await restoreVault(repository, join(vault.folder, 'restored'), { signal })
  assert.ok(restored.lost.length > 0 && restored.files > 4, `${restored.files} of 8`)
})

test('an index that is damaged or gone is no loss: packs say what is in them', async (t) => {
  for (const how of ['damaged', 'gone'] as const) {
    const vault = await vaultWithRepository(t, 3)
    const { repository, repositoryDir } = vault
    await vault.backup()
    for (const path of await filesIn(repositoryDir, 'index')) await (how === 'gone' ? rm(path) : flip(path))
    const found = await checkRepository(repository, { signal })
    assert.deepEqual([found.damage.length, found.lost], [how === 'gone' ? 0 : 1, []], how)
    const restored = await restoreVault(repository, join(vault.folder, 'restored'), { signal })
    assert.deepEqual([restored.files, restored.lost], [4, []])
    const packs = await filesIn(repositoryDir, 'data')
    const next = await vault.backup()
    assert.deepEqual([next.mended, await filesIn(repositoryDir, 'data')], [0, packs], 'nothing is written twice')
    const after = await checkRepository(repository, { readData: true, signal })
    assert.deepEqual([after.damage, after.lost], [[], []])
    assert.equal((await prune(repository)).removedPacks, 0)
  }
})

test('no bit of repository.age or of a key locks anybody out, and it is mended when a key is at hand', async (t) => {
  const vault = await vaultWithRepository(t, 1)
  const { repository, repositoryDir: dir } = vault
  const { recoveryKey } = await addKey(repository, { kind: 'recovery' })
  await vault.backup()
  const small = ['repository.age', 'keys/passphrase.age', 'keys/recovery.age']
  const whole = await Promise.all(small.map((name) => readFile(join(dir, name))))
  const bytesNow = () => Promise.all(small.map((name) => readFile(join(dir, name))))
  for (const at of [0, 0.3, 0.6, 0.999]) {
    for (const name of small) await flip(join(dir, name), at)
    await openRepository(dir, at < 0.5 ? { passphrase } : { identities: [recoveryKey ?? ''] })
    assert.deepEqual(await bytesNow(), whole, `flipped at ${at}`)
  }
  for (const copy of await filesIn(dir, 'copies')) await flip(copy)
  await openRepository(dir, { passphrase })
  await vault.backup()
  await writeFile(join(dir, 'repository.age'), '')
  await rm(join(dir, 'repository.age'))
  await writeFile(join(dir, 'keys', 'passphrase.age'), Buffer.alloc(0))
  await openRepository(dir, { passphrase })
  assert.deepEqual(await bytesNow(), whole)
})

test('a repository of before gets its second copies with the next backup', async (t) => {
  const vault = await vaultWithRepository(t, 1)
  const { repositoryDir: dir } = vault
  await rm(join(dir, 'copies'), { recursive: true })
  await vault.backup()
  await flip(join(dir, 'repository.age'), 0.1)
  await flip(join(dir, 'keys', 'passphrase.age'), 0.1)
  assert.equal((await openRepository(dir, { passphrase })).id, vault.repository.id)
})

test('a way in that is replaced or removed leaves no second copy that opens', async (t) => {
  const vault = await vaultWithRepository(t, 1)
  const { repository, repositoryDir: dir } = vault
  const { recoveryKey } = await addKey(repository, { kind: 'recovery' })
  await setPassphrase(repository, 'another battery, staple and horse')
  await assert.rejects(openRepository(dir, { passphrase }), { code: 'backup-wrong-key' })
  await openRepository(dir, { passphrase: 'another battery, staple and horse' })
  await removeRepositoryKey(repository, 'recovery')
  await openRepository(dir, { passphrase: 'another battery, staple and horse' })
  await assert.rejects(openRepository(dir, { identities: [recoveryKey ?? ''] }), { code: 'backup-wrong-key' })
  // Somebody who takes the file away by hand means it too.
  await addKey(repository, { kind: 'recovery' })
  await rm(join(dir, 'keys', 'recovery.age'))
  await openRepository(dir, { passphrase: 'another battery, staple and horse' })
  assert.deepEqual(await readdir(join(dir, 'keys')), ['passphrase.age'])
})

test('a snapshot under the name of another is named as damaged and not restored', async (t) => {
  const vault = await vaultWithRepository(t, 1)
  const { repository, repositoryDir: dir } = vault
  const old = await vault.backup()
  const newest = await vault.backup()
  const place = (name: string): string => join(dir, 'snapshots', `${name}.age`)
  await rm(place(newest.snapshot))
  await cp(place(old.snapshot), place(newest.snapshot))
  await rm(place(old.snapshot))
  const fresh = await openRepository(dir, { passphrase })
  const { snapshots, damaged } = await listSnapshots(fresh, { names: true })
  assert.deepEqual([snapshots.length, damaged.map((each) => each.name)], [0, [newest.snapshot]])
  await assert.rejects(restoreVault(fresh, join(vault.folder, 'restored'), { signal }), { code: 'backup-damaged' })
  assert.equal((await checkRepository(repository, { readData: true, signal })).damage.length, 1)
})

test('a repository that is older than the vault remembers is said to be so', async (t) => {
  const vault = await vaultWithRepository(t, 1)
  const repo = join(vault.folder, 'usb')
  const { body } = await vault.ask<NewBackupAnswer>('POST', '/backups', { path: repo, passphrase })
  const { id } = body.backup
  const run = async (kind: string): Promise<BackupRun | undefined> => {
    await vault.ask('POST', `/backups/${id}/runs`, { kind })
    await vault.engine.vault().jobs.settled()
    return (await vault.get<{ items: BackupRun[] }>(`/backups/${id}/runs`)).items[0]
  }
  await run('create')
  await cp(repo, `${repo} of before`, { recursive: true })
  await run('create')
  assert.equal((await run('check'))?.problem, null)
  await rename(repo, `${repo} of now`)
  await rename(`${repo} of before`, repo)
  for (const kind of ['check', 'prove', 'create']) {
    const done = await run(kind)
    assert.equal(done?.status, 'done')
    assert.match(done.problem ?? '', /is gone\. It was removed/, kind)
  }
  assert.match((await vault.get<Backup>(`/backups/${id}`)).problem ?? '', /is gone/)
  const numbers = (await listSnapshots(await openRepository(repo, { passphrase }))).snapshots.map(
    (each) => each.about.number,
  )
  assert.deepEqual(numbers, [3, 1], 'a number is never given twice')
  assert.equal((await run('create'))?.problem, null)
})
