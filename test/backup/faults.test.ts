import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, renameSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mock } from 'node:test'
import { test } from 'vitest'
import { promisify } from 'node:util'
import {
  checkRepository,
  createBackup,
  createRepository,
  forgetSnapshots,
  listSnapshots,
  openRepository,
  proveSnapshot,
  prune,
  restoreVault,
} from '../../main/engine/backup/index.ts'
import { never, passphrase, vaultWithRepository } from './support.ts'

const signal = never
const run = promisify(execFile)

interface SmallDrive extends AsyncDisposable {
  readonly folder: string
  grow(megabytes: number): Promise<unknown>
}

/** A drive of a few megabytes; null where this user may not make one. */
async function smallDrive(megabytes: number): Promise<SmallDrive | null> {
  const folder = await mkdtemp(join(tmpdir(), 'coffer-drive-'))
  const mount = (options: string): Promise<unknown> => run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder])
  const isMounted = await mount(`size=${megabytes}m`).then(
    () => true,
    () => false,
  )
  if (!isMounted) {
    await rm(folder, { recursive: true })
    return null
  }
  return {
    folder,
    grow: (to) => mount(`remount,size=${to}m`),
    async [Symbol.asyncDispose]() {
      await run('umount', [folder])
      await rm(folder, { recursive: true })
    },
  }
}

test('a drive that is full is named; the backup stays valid and goes on when there is room', async (t) => {
  await using drive = await smallDrive(8)
  if (!drive) return t.skip('making a small drive needs the rights to mount one')
  const { folder } = drive
  const vault = await vaultWithRepository(t, 3)
  const repository = await createRepository(join(folder, 'coffer'), { passphrase })
  const { database, log } = vault.engine.vault()
  const backUp = () => createBackup({ vaultDir: vault.dir, database, log }, repository, { signal })
  await assert.rejects(backUp(), { code: 'disk-full', retry: 'later' })
  const half = await checkRepository(repository, { readData: true, signal })
  assert.deepEqual([half.snapshots, half.damage], [0, []])
  assert.ok(!existsSync(join(folder, 'coffer', 'writer.lock')))
  await drive.grow(64)
  assert.equal((await backUp()).files, 4)
  assert.deepEqual(await readdir(join(folder, 'coffer', 'tmp')), [])
  assert.deepEqual((await proveSnapshot(repository, { signal })).problems, [])
})

test('a drive that goes away in the middle is named, is not made again elsewhere, and goes on when it is back', async (t) => {
  const vault = await vaultWithRepository(t, 3)
  const { repository, repositoryDir } = vault
  const away = `${repositoryDir} elsewhere`
  const { database, log } = vault.engine.vault()
  let isGone = false
  const backUp = () =>
    createBackup({ vaultDir: vault.dir, database, log }, repository, {
      signal,
      onProgress({ phase }) {
        if (phase !== 'originals' || isGone) return
        isGone = true
        renameSync(repositoryDir, away)
      },
    })
  await assert.rejects(backUp(), { code: 'backup-unreachable', retry: 'later' })
  assert.ok(isGone)
  assert.ok(!existsSync(repositoryDir), 'nothing is written where the drive was')
  await assert.rejects(openRepository(repositoryDir, { passphrase }), { code: 'backup-unreachable' })
  renameSync(away, repositoryDir)
  assert.deepEqual((await checkRepository(repository, { readData: true, signal })).damage, [])
  assert.equal((await backUp()).files, 4)
  assert.deepEqual((await checkRepository(repository, { readData: true, signal })).lost, [])
})

test('a clock that is set back changes neither which snapshot is the newest nor what stays', async (t) => {
  const vault = await vaultWithRepository(t, 1)
  const { repository } = vault
  const realMs = Date.now()
  const dayMs = 86_400_000
  mock.timers.enable({ apis: ['Date'], now: realMs })
  t.onTestFinished(() => mock.timers.reset())
  const at = async (ms: number): Promise<string> => {
    mock.timers.setTime(ms)
    return (await vault.backup()).snapshot
  }
  const order = async (): Promise<string[]> => (await listSnapshots(repository)).snapshots.map((each) => each.name)
  const first = await at(realMs - 2 * dayMs)
  const second = await at(realMs)
  const back = await at(realMs - 400 * dayMs)
  assert.deepEqual(await order(), [back, second, first])
  const keep = { daily: 1, weekly: 0, monthly: 0 }
  assert.deepEqual(
    (await forgetSnapshots(repository, { keep })).forgotten,
    [],
    'nothing is old while the clock is behind',
  )
  assert.deepEqual((await prune(repository)).removedPacks, 0)
  assert.equal((await restoreVault(repository, join(vault.folder, 'restored'), { signal })).snapshot, back)
  const right = await at(realMs + 1000)
  assert.deepEqual(await order(), [right, back, second, first])
  assert.deepEqual((await forgetSnapshots(repository, { keep })).forgotten.toSorted(), [back, first].toSorted())
  assert.deepEqual(await order(), [right, second], 'the day before this second stays')
})

test('two writers exclude each other', async (t) => {
  const vault = await vaultWithRepository(t, 1)
  const other = await openRepository(vault.repositoryDir, { identities: [vault.repository.identity] })
  const { database, log } = vault.engine.vault()
  const seen: unknown[] = []
  await createBackup({ vaultDir: vault.dir, database, log }, vault.repository, {
    signal,
    onProgress: ({ phase }) => {
      if (phase !== 'database') return
      seen.push(prune(other).catch((error: { code: string }) => error.code))
      seen.push(forgetSnapshots(other, { names: [] }).catch((error: { code: string }) => error.code))
    },
  })
  assert.deepEqual(await Promise.all(seen), ['backup-locked', 'backup-locked'])
  assert.equal((await prune(other)).keptPacks, 2)
})
