import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import type { ArchiveState, NewArchive, RestoreState } from '../../main/contract/index.ts'
import { restoreArchive } from '../../main/engine/backup/index.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { coffer, spawnCoffer } from '../support/coffer.ts'
import { vaultOver, type TestVault } from '../support/engine.ts'
import { needsTools, postgres, readable } from './postgres.ts'
import { never, passphrase, vaultWithRepository } from './support.ts'

async function archived(vault: TestVault, input: NewArchive): Promise<ArchiveState> {
  const started = await vault.ask<ArchiveState>('POST', '/backup-file', input)
  if (started.status !== 202) throw new Error(JSON.stringify(started.body))
  for (;;) {
    const now = await vault.get<ArchiveState>('/backup-file')
    if (now.status !== 'running') return now
    await pause(10)
  }
}

async function hashesOfVault(vault: TestVault): Promise<{ path: string; hash: string }[]> {
  return vault.engine
    .vault()
    .database.asService((tx) =>
      tx.query<{ path: string; hash: string }>(`select file_path as path, hash from vault.media order by file_path`),
    )
}

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
}

test('one encrypted file is restored with age, tar and psql alone', needsTools, async (t) => {
  const vault = await vaultWithRepository(t, 5)
  await vault.ask('POST', '/albums', { name: 'Łódź' })
  const key = join(vault.folder, 'key.txt')
  execFileSync('age-keygen', ['-o', key], { stdio: 'ignore' })
  const file = join(vault.folder, 'all.tar.age')
  const made = await archived(vault, { path: file, identity: await readFile(key, 'utf8') })
  assert.deepEqual([made.status, made.result?.files, made.result?.problems], ['done', 6, []])
  assert.equal(made.result?.addedBytes, (await stat(file)).size)
  const hand = join(vault.folder, 'by hand')
  await mkdir(hand)
  execFileSync('sh', ['-ec', `age -d -i '${key}' '${file}' | tar -x`], { cwd: hand })
  for (const { path, hash } of await hashesOfVault(vault)) assert.equal(await hashOf(join(hand, path)), hash)
  const end = JSON.parse(await readFile(join(hand, 'end.json'), 'utf8')) as unknown
  assert.deepEqual(end, { files: 6, missing: [] })
  const psql = await postgres(t)
  psql(['-v', 'ON_ERROR_STOP=1', '-q', '-f', await readable(join(hand, 'database.sql'))])
  assert.equal(psql(['-Atc', 'select count(*) from vault.media']).trim(), '6')
  assert.equal(psql(['-Atc', 'select name from vault.albums']).trim(), 'Łódź')
})

test('a file to a passphrase is restored by Coffer, and from the first screen', async (t) => {
  const vault = await vaultWithRepository(t, 4)
  const file = join(vault.folder, 'all.tar.age')
  const secret = join(vault.folder, 'secret.txt')
  await writeFile(secret, `${passphrase}\n`)
  const rows = await hashesOfVault(vault)
  await vault.engine.close()
  const made = await coffer(['--vault', vault.dir, '--json', 'backup', 'export', file, '--passphrase-file', secret])
  assert.equal(made.code, 0, made.stdout)
  const answer = made.json<Record<string, unknown>>()
  assert.deepEqual([answer['files'], answer['file'], typeof answer['snapshot']], [5, file, 'string'])

  const to = join(vault.folder, 'restored')
  const run = await coffer(['--json', 'backup', 'restore', file, '--to', to, '--passphrase-file', secret])
  assert.equal(run.code, 0, run.stdout)
  for (const { path, hash } of rows) assert.equal(await hashOf(join(to, path)), hash)
  const status = (await coffer(['--vault', to, '--json', 'status'])).json<{ media: number }>()
  assert.equal(status.media, 5)

  const engine = startEngine({ stateDir: null })
  t.onTestFinished(() => engine.close())
  const fresh = vaultOver(engine, '', vault.folder)
  const wrong = await fresh.ask<{ code: string }>('POST', '/restore', {
    path: file,
    passphrase: 'not this one',
    to: `${to}2`,
  })
  assert.equal(wrong.body.code, 'backup-wrong-key')
  const list = await fresh.ask<{ items: { files: number }[] }>('POST', '/restore/snapshots', {
    path: file,
    passphrase,
  })
  assert.equal(list.body.items[0]?.files, 5)
  await fresh.ask('POST', '/restore', { path: file, passphrase, to: `${to}2` })
  await engine.restorer.settled()
  assert.deepEqual((await fresh.get<RestoreState>('/restore')).status, 'done')
})

test('it replaces nothing, stays out of the vault, and needs exactly one way in', async (t) => {
  const vault = await vaultWithRepository(t, 1)
  const codeOf = async (input: NewArchive): Promise<string> =>
    (await vault.ask<{ code: string }>('POST', '/backup-file', input)).body.code
  const file = join(vault.folder, 'letter.tar.age')
  await writeFile(file, 'mine')
  assert.equal(await codeOf({ path: file, passphrase }), 'backup-exists')
  assert.equal(await readFile(file, 'utf8'), 'mine')
  assert.equal(await codeOf({ path: join(vault.dir, 'x.tar.age'), passphrase }), 'path-inside-vault')
  assert.equal(await codeOf({ path: join(vault.folder, 'no', 'x.tar.age'), passphrase }), 'backup-unreachable')
  assert.equal(await codeOf({ path: join(vault.folder, 'x.tar.age') }), 'bad-request')
  assert.equal(await codeOf({ path: join(vault.folder, 'x.tar.age'), passphrase: 'short' }), 'weak-password')
  assert.equal(await codeOf({ path: join(vault.folder, 'x.tar.age'), recipients: ['age1nonsense'] }), 'bad-request')
  await vault.engine.close()
  const run = await coffer(['--vault', vault.dir, '--json', 'backup', 'export', join(vault.folder, 'y.tar.age')])
  assert.equal(run.code, 2)
})

test('a damaged original is left out and named; every cut of the file is noticed', async (t) => {
  const vault = await vaultWithRepository(t, 3)
  const rows = await hashesOfVault(vault)
  const [first, second] = rows
  await appendFile(join(vault.dir, first?.path ?? ''), 'rot')
  await rm(join(vault.dir, second?.path ?? ''))
  const file = join(vault.folder, 'all.tar.age')
  const made = await archived(vault, { path: file, passphrase })
  assert.deepEqual(made.result?.problems.map((each) => each.reason).toSorted(), ['damaged', 'missing'])
  const restored = await restoreArchive(file, { passphrase }, join(vault.folder, 'to'), { signal: never })
  assert.deepEqual([restored.files, restored.lost.length], [2, 2])
  const bytes = await readFile(file)
  for (const share of [0.1, 0.5, 0.999]) {
    const cut = join(vault.folder, 'cut.tar.age')
    await writeFile(cut, bytes.subarray(0, Math.floor(bytes.length * share)))
    await assert.rejects(restoreArchive(cut, { passphrase }, join(vault.folder, `cut ${share}`), { signal: never }), {
      code: 'backup-damaged',
    })
  }
})

test('killed while it is written, it leaves no file of that name, and the next run makes it', async (t) => {
  const vault = await vaultWithRepository(t, 20)
  await vault.engine.close()
  const secret = join(vault.folder, 'secret.txt')
  await writeFile(secret, passphrase)
  const file = join(vault.folder, 'all.tar.age')
  const args = ['--vault', vault.dir, '--json', 'backup', 'export', file, '--passphrase-file', secret]
  const child = spawnCoffer(args)
  const ended = new Promise((done) => child.once('exit', done))
  while (!(await readdir(vault.folder)).includes('all.tar.age.part') && child.exitCode === null) await pause(2)
  child.kill('SIGKILL')
  await ended
  assert.ok(!(await readdir(vault.folder)).includes('all.tar.age'))
  const run = await coffer(args)
  assert.equal(run.code, 0, run.stdout)
  assert.ok(!(await readdir(vault.folder)).includes('all.tar.age.part'))
})
