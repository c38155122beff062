import assert from 'node:assert/strict'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Backup, BackupRun, NewBackupAnswer, VaultState } from '../../main/contract/index.ts'
import { checkRepository, openRepository, startBackupSchedule } from '../../main/engine/backup/index.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { coffer } from '../support/coffer.ts'
import { startEngineProcess } from '../support/engine-process.ts'
import { temporaryFolder } from '../support/folders.ts'
import { vaultOver, type TestVault } from '../support/engine.ts'
import { isOnBattery } from '../../main/engine/base/power.ts'
import { tellsOfPower } from '../support/power.ts'
import { never, passphrase, vaultWithRepository } from './support.ts'

async function withBackup(t: TestContext, photos: number): Promise<TestVault & { repo: string; id: string }> {
  const vault = await vaultWithRepository(t, photos)
  const repo = join(vault.folder, 'usb', 'coffer')
  const { body } = await vault.ask<NewBackupAnswer>('POST', '/backups', { path: repo, passphrase })
  return { ...vault, repo, id: body.backup.id }
}

const shown = (vault: TestVault, id: string): Promise<Backup> => vault.get<Backup>(`/backups/${id}`)

async function runsOf(vault: TestVault, id: string): Promise<string[]> {
  const { items: runs } = await vault.get<{ items: BackupRun[] }>(`/backups/${id}/runs`)
  return runs.map((run) => `${run.kind} ${run.status}`)
}

test('a paused backup stays paused over a restart, and goes on when it is resumed', async (t) => {
  const vault = await withBackup(t, 3)
  const { id } = vault
  assert.equal((await vault.ask('POST', `/backups/${id}/pause`)).status, 409, 'there is nothing to pause yet')
  await vault.ask('POST', `/backups/${id}/runs`, {})
  assert.equal((await vault.ask('POST', `/backups/${id}/pause`)).status, 200)
  const paused = await shown(vault, id)
  assert.deepEqual([paused.running, paused.waitsFor, paused.paused !== null], [null, null, true])
  await vault.engine.close()

  const engine = startEngine({ stateDir: null })
  t.onTestFinished(() => engine.close())
  await engine.open(vault.dir)
  const again = vaultOver(engine, vault.dir, vault.folder)
  const { backup, jobs } = engine.vault()
  await jobs.settled()
  const schedule = startBackupSchedule(backup)
  await schedule.lookNow()
  await schedule.close()
  await jobs.settled()
  assert.deepEqual(await runsOf(again, id), ['create paused'], 'neither the restart nor the schedule goes on with it')

  const locked = await again.ask<{ code: string }>('POST', `/backups/${id}/resume`)
  assert.equal(locked.body.code, 'backup-wrong-key', 'the key of the session is gone with the session')
  await again.ask('POST', `/backups/${id}/snapshots`, { passphrase })
  const resumed = await again.ask<Backup>('POST', `/backups/${id}/resume`)
  assert.deepEqual([resumed.status, resumed.body.paused], [200, null])
  await jobs.settled()
  assert.deepEqual(await runsOf(again, id), ['create done'])
  const found = await checkRepository(await openRepository(vault.repo, { passphrase }), {
    readData: true,
    signal: never,
  })
  assert.deepEqual([found.snapshots, found.damage, found.lost], [1, [], []])
})

test('a paused backup is stopped for good, or goes on when a backup is asked for', async (t) => {
  const vault = await withBackup(t, 1)
  const { id } = vault
  const { jobs } = vault.engine.vault()
  await vault.ask('POST', `/backups/${id}/runs`, {})
  await vault.ask('POST', `/backups/${id}/pause`)
  assert.equal((await vault.ask<Backup>('POST', `/backups/${id}/cancel`)).body.paused, null)
  assert.equal((await vault.ask('POST', `/backups/${id}/resume`)).status, 409)
  await vault.ask('POST', `/backups/${id}/runs`, {})
  await vault.ask('POST', `/backups/${id}/pause`)
  assert.equal((await vault.ask('POST', `/backups/${id}/runs`, {})).status, 202)
  await jobs.settled()
  assert.deepEqual(await runsOf(vault, id), ['create done', 'create cancelled'])
})

test('a due backup says what it waits for, and begins when nothing stands in its way', async (t) => {
  const vault = await withBackup(t, 1)
  const { id, repo } = vault
  const { backup, jobs, database } = vault.engine.vault()
  let isBusy = true
  const schedule = startBackupSchedule({ ...backup, isBusy: () => isBusy })
  t.onTestFinished(() => schedule.close())
  assert.equal((await shown(vault, id)).waitsFor, 'soon')
  await rename(repo, `${repo} gone`)
  assert.equal((await shown(vault, id)).waitsFor, 'away')
  isBusy = false
  await schedule.lookNow()
  await jobs.settled()
  assert.deepEqual(await runsOf(vault, id), [], 'a drive that is away is no failure')
  await rename(`${repo} gone`, repo)
  isBusy = true
  await schedule.lookNow()
  await jobs.settled()
  assert.deepEqual(await runsOf(vault, id), [])
  isBusy = false
  await schedule.lookNow()
  await jobs.settled()
  assert.deepEqual(await runsOf(vault, id), ['create done'])
  assert.equal((await shown(vault, id)).waitsFor, null)

  // The clock was a year ahead when it was saved and proven, and is right again.
  await database.asService((tx) =>
    tx.execute(
      `update meta.backups set last_saved_at = now() + interval '1 year', last_proven_at = now() + interval '1 year'`,
    ),
  )
  assert.equal((await shown(vault, id)).waitsFor, 'soon')
  await schedule.lookNow()
  await jobs.settled()
  await schedule.lookNow()
  await jobs.settled()
  assert.deepEqual(await runsOf(vault, id), ['prove done', 'create done', 'create done'])
  const { lastSavedAt, lastProvenAt } = await shown(vault, id)
  for (const at of [lastSavedAt, lastProvenAt]) assert.ok(Date.parse(at ?? '') <= Date.now())

  backup.keys.clear()
  await database.asService((tx) => tx.execute(`update meta.backups set last_saved_at = null`))
  assert.equal((await shown(vault, id)).waitsFor, 'key')
  const edited = await vault.ask<Backup>('PATCH', `/backups/${id}`, { isEnabled: false, withThumbnails: true })
  assert.deepEqual([edited.body.waitsFor, edited.body.withThumbnails], [null, true], 'nothing waits that is not to run')
})

test('news of the computer that comes with the greeting is heard', { skip: tellsOfPower }, async (t) => {
  const folder = await temporaryFolder(t)
  const vault = join(folder, 'vault')
  await coffer(['init', vault])
  const engine = await startEngineProcess(vault, folder, {}, { onBattery: true })
  t.onTestFinished(() => engine.kill())
  while ((await engine.ask<VaultState>('GET', '/vault')).state !== 'ready') await nextTurn()
  const input = { path: join(folder, 'repository'), passphrase }
  const { backup } = await engine.ask<NewBackupAnswer>('POST', '/backups', input)
  assert.equal(backup.waitsFor, 'battery')
  engine.child.stdin?.write('{"onBattery":false}\nnot for this engine\n')
  const now = async (): Promise<Backup> => engine.ask<Backup>('GET', `/backups/${backup.id}`)
  while ((await now()).waitsFor !== 'soon') await nextTurn()
})

test('battery is told from mains', async (t) => {
  const folder = await temporaryFolder(t)
  const supply = async (name: string, type: string, online: string): Promise<void> => {
    await mkdir(join(folder, name), { recursive: true })
    await writeFile(join(folder, name, 'type'), `${type}\n`)
    await writeFile(join(folder, name, 'online'), `${online}\n`)
  }
  assert.equal(await isOnBattery(null, join(folder, 'none')), false)
  assert.equal(await isOnBattery(true, join(folder, 'none')), true, 'where the system tells only the app')
  await supply('BAT0', 'Battery', '1')
  assert.equal(await isOnBattery(null, folder), false, 'a computer that tells of no mains is not held up')
  await supply('AC', 'Mains', '0')
  assert.equal(await isOnBattery(null, folder), true)
  await supply('AC', 'Mains', '1')
  assert.equal(await isOnBattery(true, folder), false, 'the system itself knows better')
})
