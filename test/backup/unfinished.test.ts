import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import { listSnapshots } from '../../main/engine/backup/index.ts'
import { readVaultFile, writeVaultFile } from '../../main/engine/database/index.ts'
import { verifyLibrary } from '../../main/engine/library/index.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { coffer, spawnCoffer } from '../support/coffer.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { passphrase, vaultWithRepository, type BackedUpVault } from './support.ts'

async function originalsIn(dir: string): Promise<string[]> {
  const names = await readdir(join(dir, 'users'), { recursive: true, withFileTypes: true }).catch(() => [])
  return names
    .filter((each) => each.isFile() && each.parentPath.includes('/media'))
    .map((each) => join(each.parentPath, each.name))
    .toSorted()
}

/** A backup, and the words that restore it into a folder. */
async function backedUp(t: TestContext, photos: number): Promise<{ vault: BackedUpVault; restore: string[] }> {
  const vault = await vaultWithRepository(t, photos)
  await vault.backup()
  const key = join(vault.folder, 'passphrase.txt')
  await writeFile(key, passphrase)
  return { vault, restore: ['backup', 'restore', vault.repositoryDir, '--passphrase-file', key, '--to'] }
}

/** Kills a restore as soon as `count` originals are there; true when it was not over by then. */
async function killed(command: readonly string[], to: string, count: number): Promise<boolean> {
  const child = spawnCoffer(command)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const over = new AbortController()
  void ended.finally(() => over.abort())
  while (!over.signal.aborted && (await originalsIn(to)).length < count) await pause(1)
  child.kill('SIGKILL')
  return (await ended) === null
}

async function problemsOf(dir: string): Promise<number> {
  await using engine = startEngine({ stateDir: null })
  const { database } = await engine.open(dir)
  const [user = ''] = await readdir(join(dir, 'users'))
  const report = await verifyLibrary({ database, vaultDir: dir, userId: user, quick: false })
  // Thumbnails are not in the backup and made again.
  return [...report.missing, ...report.damaged].filter(({ path }) => path.includes('/media/')).length
}

test('a restore that was killed says so, is not made a new vault, and goes on where it was', async (t) => {
  const { vault, restore } = await backedUp(t, 30)
  const to = join(vault.folder, 'restored')
  assert.ok(await killed([...restore, to], to, 1), 'the restore was over before it could be killed')
  const before = await originalsIn(to)
  assert.deepEqual((await readVaultFile(to))?.making, {
    kind: 'restore',
    from: vault.repositoryDir,
    snapshot: (await listSnapshots(vault.repository)).snapshots[0]?.name,
  })
  for (const command of [
    ['init', to],
    ['status', '--vault', to],
    ['--vault', to, 'import', vault.source],
  ]) {
    const answer = await coffer(['--json', ...command])
    const { error } = answer.json<{ error: { code: string; message: string } }>()
    assert.deepEqual([answer.code, error.code], [1, 'vault-unfinished'], command.join(' '))
    assert.match(error.message, /backup restore/, command.join(' '))
    assert.ok(error.message.includes(to))
  }
  assert.deepEqual(await originalsIn(to), before)
  const first = before[0] ?? ''
  const kept = await stat(first)
  const again = await coffer([...restore, to])
  assert.equal(again.code, 0, again.stderr)
  if (before.length > 1) assert.equal((await stat(first)).ino, kept.ino, 'what was there was restored once more')
  assert.equal((await readVaultFile(to))?.state, 'ready')
  assert.equal((await readVaultFile(to))?.making, undefined)
  assert.equal(await problemsOf(to), 0)
})

test('a restore of another snapshot takes over a killed one, and leaves nothing of it', async (t) => {
  const { vault, restore } = await backedUp(t, 12)
  const to = join(vault.folder, 'restored')
  assert.ok(await killed([...restore, to], to, 1), 'the restore was over before it could be killed')
  await settledFile(join(vault.folder, 'later.jpg'), await jpeg(2000))
  await vault.import({ paths: [join(vault.folder, 'later.jpg')] })
  const odd = join(to, 'users', 'nobody', 'media', 'left.jpg')
  await cp(join(vault.folder, 'later.jpg'), odd)
  await vault.backup()
  assert.equal((await coffer([...restore, to])).code, 0)
  assert.ok(!existsSync(odd))
  assert.equal((await originalsIn(to)).length, 14)
  assert.equal(await problemsOf(to), 0)
})

test('a file of a killed restore that is only half there is brought whole', async (t) => {
  const { vault, restore } = await backedUp(t, 6)
  const to = join(vault.folder, 'restored')
  assert.equal((await coffer([...restore, to])).code, 0)
  const [one = '', two = ''] = await originalsIn(to)
  const file = await readVaultFile(to)
  assert.ok(file)
  const snapshot = (await listSnapshots(vault.repository)).snapshots[0]?.name ?? ''
  await writeVaultFile(to, {
    ...file,
    state: 'creating',
    making: { kind: 'restore', from: vault.repositoryDir, snapshot },
  })
  const bytes = await readFile(one)
  await writeFile(one, bytes.subarray(0, bytes.length / 2))
  await rm(two)
  assert.equal((await coffer([...restore, to])).code, 0)
  assert.deepEqual(await readFile(one), bytes)
  assert.equal(await problemsOf(to), 0)
})

test('a vault whose making was interrupted is made again, unless there is something in it', async (t) => {
  const { vault } = await backedUp(t, 1)
  const dir = join(vault.folder, 'new')
  assert.equal((await coffer(['init', dir])).code, 0)
  const file = await readVaultFile(dir)
  assert.ok(file)
  const unfinish = (): Promise<void> => writeVaultFile(dir, { ...file, state: 'creating', making: { kind: 'new' } })
  await unfinish()
  const half = (await coffer(['--json', 'status', '--vault', dir])).json<{ error: { code: string; message: string } }>()
  assert.equal(half.error.code, 'vault-unfinished')
  assert.match(half.error.message, /Make it again/)
  // It holds a person by now, who may have written something.
  assert.equal((await coffer(['--vault', dir, 'import', vault.source])).code, 1)
  await writeVaultFile(dir, file)
  assert.equal((await coffer(['--vault', dir, 'import', join(vault.source, 'photo 0.jpg')])).code, 0)
  const before = await originalsIn(dir)
  await unfinish()
  const refused = (await coffer(['--json', 'init', dir])).json<{ error: { code: string; message: string } }>()
  assert.equal(refused.error.code, 'vault-unfinished')
  assert.match(refused.error.message, /Nothing was changed/)
  await rm(join(dir, 'users'), { recursive: true })
  const rows = (await coffer(['--json', 'init', dir])).json<{ error: { code: string; message: string } }>()
  assert.equal(rows.error.code, 'vault-unfinished')
  assert.match(rows.error.message, /its database holds something/)
  await writeVaultFile(dir, file)
  const status = (await coffer(['--json', 'status', '--vault', dir])).json<{ media: number }>()
  assert.equal(status.media, before.length)
})
