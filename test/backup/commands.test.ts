import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import type {
  ActivityPage,
  Backup,
  BackupRun,
  NewBackupAnswer,
  RestoreState,
  SnapshotList,
  Status,
  TimelinePage,
} from '../../main/contract/index.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { coffer } from '../support/coffer.ts'
import { testVault, vaultOver, type TestVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { passphrase } from './support.ts'

async function ended(vault: TestVault, id: string, runId: string): Promise<BackupRun> {
  for (;;) {
    const { items: runs } = await vault.get<{ items: BackupRun[] }>(`/backups/${id}/runs`)
    const run = runs.find((each) => each.id === runId)
    if (run && run.status !== 'running') return run
    await pause(20)
  }
}

async function withPhotos(t: Parameters<typeof testVault>[0]): Promise<TestVault & { source: string; repo: string }> {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera.jpg')
  await settledFile(source, await jpeg(1))
  await vault.import({ paths: [source] })
  return { ...vault, source, repo: join(vault.folder, 'usb', 'coffer') }
}

test('a backup is set up, run, checked, proven and restored over the API', async (t) => {
  const vault = await withPhotos(t)
  const bad = await vault.ask<{ code: string }>('POST', '/backups', { path: join(vault.dir, 'inside'), passphrase })
  assert.equal(bad.body.code, 'path-inside-vault')
  assert.equal((await vault.ask('POST', '/backups', { path: vault.repo, passphrase: 'short' })).status, 400)
  const made = await vault.ask<NewBackupAnswer>('POST', '/backups', {
    path: vault.repo,
    passphrase,
    withRecoveryKey: true,
  })
  assert.equal(made.status, 201)
  assert.match(made.body.recoveryKey ?? '', /^AGE-SECRET-KEY-1/)
  const { id } = made.body.backup
  const run = async (input: object): Promise<BackupRun> => {
    const started = await vault.ask<BackupRun>('POST', `/backups/${id}/runs`, input)
    assert.equal(started.status, 202)
    return ended(vault, id, started.body.id)
  }
  const created = await run({})
  assert.deepEqual([created.status, created.problem, created.result['files']], ['done', null, 1])
  const checked = await run({ kind: 'check', readData: true })
  assert.deepEqual([checked.status, checked.result['damage']], ['done', []])
  assert.equal((await run({ kind: 'prove' })).status, 'done')
  const backup = await vault.get<Backup>(`/backups/${id}`)
  assert.ok(backup.lastSavedAt !== null && backup.lastProvenAt !== null && backup.hasKey && backup.isReachable)
  assert.equal((await vault.get<Status>('/status')).lastBackup, backup.lastSavedAt)
  const wrong = await vault.ask<{ code: string }>('POST', `/backups/${id}/runs`, { passphrase: 'not this one' })
  assert.deepEqual([wrong.status, wrong.body.code], [403, 'backup-wrong-key'])

  // Another engine, without a vault: a first start on another computer, with the printed key.
  const other = startEngine({ stateDir: null })
  t.onTestFinished(() => other.close())
  const elsewhere = vaultOver(other, '', vault.folder)
  const key = { path: vault.repo, identity: made.body.recoveryKey }
  const { items: snapshots } = (await elsewhere.ask<SnapshotList>('POST', '/restore/snapshots', key)).body
  assert.deepEqual(
    snapshots.map((each) => each.files),
    [1],
  )
  const to = join(vault.folder, 'restored')
  assert.equal((await elsewhere.ask<RestoreState>('POST', '/restore', { ...key, to })).status, 202)
  let state = await elsewhere.get<RestoreState>('/restore')
  while (state.status === 'running') {
    await pause(20)
    state = await elsewhere.get<RestoreState>('/restore')
  }
  assert.deepEqual([state.status, state.lost, state.problem], ['done', [], null])
  await elsewhere.ask('POST', '/vault/open', { path: to })
  await other.vault().jobs.settled()
  const [tile] = (await elsewhere.get<TimelinePage>('/timeline/tiles')).items
  const headers = { 'x-coffer-secret': other.secret }
  const picture = await other.fetch(new Request(`http://coffer/api/v1/media/${tile?.id}/thumbnails/grid`, { headers }))
  assert.equal(picture.status, 200, 'thumbnails are made again')
  await picture.arrayBuffer()
  const { items: entries } = await vault.get<ActivityPage>('/activity')
  assert.ok(entries.some((entry) => entry.action === 'backups.create'))
  assert.ok(!JSON.stringify(await readFile(join(vault.dir, 'logs', 'engine.log'), 'utf8')).includes(passphrase))
})

test('the key store opens a backup after a restart; without it the passphrase is asked for', async (t) => {
  const vault = await withPhotos(t)
  await vault.engine.close()
  const storeKey = randomBytes(32).toString('hex')
  const open = async (given: { storeKey?: string }): Promise<TestVault> => {
    const engine = startEngine({ stateDir: null, ...given })
    t.onTestFinished(() => engine.close())
    await engine.open(vault.dir)
    return vaultOver(engine, vault.dir, vault.folder)
  }
  const first = await open({ storeKey })
  const { body } = await first.ask<NewBackupAnswer>('POST', '/backups', { path: vault.repo, passphrase })
  const { id } = body.backup
  await first.engine.close()
  const second = await open({ storeKey })
  const started = await second.ask<BackupRun>('POST', `/backups/${id}/runs`, {})
  assert.equal((await ended(second, id, started.body.id)).status, 'done')
  await second.engine.close()
  const otherKey = randomBytes(32).toString('hex')
  const third = await open({ storeKey: otherKey })
  assert.equal((await third.get<Backup>(`/backups/${id}`)).hasKey, false)
  assert.equal((await third.ask('POST', `/backups/${id}/runs`, {})).status, 403)
  const given = await third.ask<BackupRun>('POST', `/backups/${id}/runs`, { passphrase })
  assert.equal((await ended(third, id, given.body.id)).status, 'done')
  await third.engine.close()
  const fourth = await open({ storeKey: otherKey })
  assert.equal((await fourth.get<Backup>(`/backups/${id}`)).hasKey, true, 'what was typed is kept for the next start')
  // The drive is unplugged.
  await rename(join(vault.folder, 'usb'), join(vault.folder, 'unplugged'))
  const gone = await fourth.ask<{ code: string }>('POST', `/backups/${id}/runs`, {})
  assert.deepEqual([gone.status, gone.body.code], [503, 'backup-unreachable'])
  assert.equal((await fourth.get<Backup>(`/backups/${id}`)).isReachable, false)
})

test('the command line backs up, lists, checks, proves, restores, forgets and prunes', async (t) => {
  const vault = await withPhotos(t)
  await vault.engine.close()
  const file = join(vault.folder, 'passphrase.txt')
  await writeFile(file, `${passphrase}\n`)
  const run = (...args: string[]) =>
    coffer(['--json', '--vault', vault.dir, 'backup', ...args, '--passphrase-file', file])
  const created = (await run('create', vault.repo)).json<{
    snapshot: string
    files: number
    addedBytes: number
    seconds: number
    bytes: number
  }>()
  assert.equal(created.files, 1)
  assert.equal((await run('create', vault.repo)).code, 0)
  const listed = (await run('list', vault.repo)).json<{ snapshots: SnapshotList['items'] }>()
  assert.deepEqual([listed.snapshots.length, listed.snapshots[1]?.snapshot], [2, created.snapshot])
  assert.equal((await run('check', vault.repo, '--read-data')).code, 0)
  assert.equal((await run('check', vault.repo, '--sample', '50%')).code, 0)
  assert.equal((await run('prove', vault.repo)).json<{ files: number }>().files, 1)
  const to = join(vault.folder, 'out')
  assert.equal((await run('restore', vault.repo, '--to', to)).json<{ files: number }>().files, 1)
  const verified = (await coffer(['--json', '--vault', to, 'verify'])).json<{
    checked: number
    damaged: object[]
    orphans: object[]
  }>()
  assert.deepEqual([verified.checked, verified.damaged, verified.orphans], [1, [], []])
  const some = join(vault.folder, 'some')
  assert.equal((await run('restore', vault.repo, '--to', some, '--only', 'camera.jpg')).code, 0)
  assert.deepEqual(await readFile(join(some, 'camera.jpg')), await readFile(vault.source))
  assert.equal((await run('restore', vault.repo, '--to', to)).code, 1)
  assert.equal((await run('forget', vault.repo, '--snapshot', created.snapshot)).json<{ left: number }>().left, 1)
  assert.equal((await run('prune', vault.repo)).code, 0)
  const small = (await run('create', vault.repo, '--thumbnails')).json<{ addedBytes: number }>()
  const original = (await run('create', vault.repo, '--no-thumbnails')).json<{ addedBytes: number }>()
  assert.ok(small.addedBytes > original.addedBytes + 5000, 'the small pictures of one original')
  const packsOf = async (): Promise<string[]> =>
    (await readdir(join(vault.repo, 'data'), { recursive: true })).toSorted()
  const before = await packsOf()
  const next = join(vault.folder, 'next.txt')
  await writeFile(next, 'another horse battery\n')
  assert.equal((await run('passphrase', vault.repo, '--new-passphrase-file', next)).code, 0)
  assert.equal((await run('list', vault.repo)).code, 1, 'the old one opens it no more')
  assert.equal((await coffer(['backup', 'list', vault.repo, '--passphrase-file', next])).code, 0)
  assert.equal(
    (await coffer(['backup', 'passphrase', vault.repo, '--passphrase-file', next, '--new-passphrase-file', file])).code,
    0,
  )
  assert.deepEqual(await packsOf(), before)
  const without = await coffer(['--json', 'backup', 'list', vault.repo])
  assert.deepEqual([without.code, without.json<{ error: { code: string } }>().error.code], [2, 'wrong-usage'])
  // A byte of each pack changes: the check says so with exit code 3.
  const { packs } = (await run('check', vault.repo)).json<{ packs: number }>()
  assert.equal(packs, 2)
  for (const name of (await packsOf()).filter((each) => each.endsWith('.age'))) {
    const pack = join(vault.repo, 'data', name)
    const bytes = await readFile(pack)
    bytes[400] = (bytes[400] ?? 0) ^ 1
    await writeFile(pack, bytes)
  }
  const damaged = await run('check', vault.repo, '--read-data')
  const { lost } = damaged.json<{ lost: { snapshot: string }[] }>()
  assert.deepEqual([damaged.code, lost.length], [3, 3], 'the one original, out of each snapshot')
})

test('what a backup could not save is told until a backup goes well, whatever a check says', async (t) => {
  const vault = await withPhotos(t)
  const { backup } = (await vault.ask<NewBackupAnswer>('POST', '/backups', { path: vault.repo, passphrase })).body
  const run = async (kind: string): Promise<string | null> => {
    const started = await vault.ask<BackupRun>('POST', `/backups/${backup.id}/runs`, { kind })
    await ended(vault, backup.id, started.body.id)
    return (await vault.get<Backup>(`/backups/${backup.id}`)).problem
  }
  const row = await vault.engine
    .vault()
    .database.asService((tx) => tx.one<{ path: string }>(`select file_path as path from vault.media`))
  const original = join(vault.dir, row?.path ?? '')
  await rename(original, `${original}.away`)
  assert.match((await run('create')) ?? '', /missing or damaged/)
  assert.match((await run('check')) ?? '', /missing or damaged/)
  assert.match((await run('prune')) ?? '', /missing or damaged/)
  await rename(`${original}.away`, original)
  assert.equal(await run('create'), null)
})
