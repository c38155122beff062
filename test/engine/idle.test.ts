import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { mock } from 'node:test'
import { type TestContext, test } from 'vitest'
import { setImmediate as nextTurn, setTimeout as realPause } from 'node:timers/promises'
import type { BackupRun, NewBackupAnswer, WatchedFolder } from '../../main/contract/index.ts'
import { startEngine, type Engine } from '../../main/engine/engine.ts'
import { vaultOver, type TestVault } from '../support/engine.ts'
import { temporaryFolder } from '../support/folders.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

const minute = 60_000
const passphrase = 'correct horse battery staple'
const storeKey = 'ab'.repeat(32)

interface IdleVault extends TestVault {
  readonly backupId: string
  readonly camera: string
}

/** A vault with photos, a folder that is watched and a backup that runs every day; all was done that there was to do. */
async function idleVault(t: TestContext, keys: { readonly storeKey?: string }): Promise<IdleVault> {
  const folder = await temporaryFolder(t)
  const dir = join(folder, 'vault')
  const camera = join(folder, 'camera')
  await mkdir(camera)
  for (const number of [1, 2]) await settledFile(join(camera, `${number}.jpg`), await jpeg(number))
  const engine = startEngine({ stateDir: null, isWatching: true, ...keys })
  t.onTestFinished(() => engine.close())
  await engine.create(dir, { username: 'ann' })
  const vault = vaultOver(engine, dir, folder)
  await vault.ask('POST', '/watched-folders', { path: camera })
  await engine.vault().watching?.settled()
  await engine.vault().jobs.settled()
  const input = { path: join(folder, 'usb'), passphrase }
  const { backup } = (await vault.ask<NewBackupAnswer>('POST', '/backups', input)).body
  for (const kind of ['create', 'prove']) {
    await vault.ask('POST', `/backups/${backup.id}/runs`, { kind })
    await engine.vault().jobs.settled()
  }
  await engine.close()
  return { ...vault, backupId: backup.id, camera }
}

/** The same vault, opened on a clock that only `pass` moves. */
async function reopened(
  t: TestContext,
  { dir, folder }: IdleVault,
  keys: { readonly storeKey?: string },
): Promise<TestVault> {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.now() })
  t.onTestFinished(() => mock.timers.reset())
  const engine = startEngine({ stateDir: null, isWatching: true, ...keys })
  t.onTestFinished(() => engine.close())
  await engine.open(dir)
  return vaultOver(engine, dir, folder)
}

/** Lets time pass, and waits until all is done that this has begun. */
async function pass(engine: Engine, ms: number): Promise<void> {
  const { watching, jobs } = engine.vault()
  for (let left = ms; left > 0; left -= 1000) {
    mock.timers.tick(Math.min(left, 1000))
    await nextTurn()
  }
  const settled = watching?.settled().then(() => 'settled' as const)
  const moment = (): Promise<'moment'> => realPause(1, 'moment' as const)
  while ((await Promise.race([settled, moment()])) === 'moment') mock.timers.tick(10)
  await jobs.settled()
}

/** Lets everything be done that opening and the first minutes bring, and the checkpoint that follows when nobody wants the database. */
async function comeToRest(engine: Engine): Promise<void> {
  await pass(engine, 5 * minute)
  await uses(engine)
  await pass(engine, 6 * minute)
}

/** How often the database was asked for anything so far; asking that is one time more. */
async function uses(engine: Engine): Promise<number> {
  return (await engine.vault().database.figures()).uses
}

async function runsOf(vault: TestVault, id: string): Promise<string[]> {
  const { items } = await vault.get<{ items: BackupRun[] }>(`/backups/${id}/runs`)
  return items.map((run) => `${run.kind} ${run.status}`)
}

/** When the one watched folder was looked at last, as people are told. */
async function lookedAt(vault: TestVault): Promise<number> {
  const { items } = await vault.get<{ items: WatchedFolder[] }>('/watched-folders')
  return Date.parse(items[0]?.lastScanAt ?? '')
}

/** Waits until a backup has had one more run; the test's own time limit ends a wait in vain. */
async function untilRun(vault: TestVault, id: string, before: readonly string[]): Promise<void> {
  while ((await runsOf(vault, id)).length === before.length) {
    // What it waits for on the way passes too.
    mock.timers.tick(10)
    await nextTurn()
  }
  await vault.engine.vault().jobs.settled()
}

test('an open vault asks its database nothing while nothing happens, and does what is due when its time comes', async (t) => {
  const made = await idleVault(t, { storeKey })
  const vault = await reopened(t, made, { storeKey })
  const { engine } = vault
  await comeToRest(engine)
  const before = await uses(engine)
  await pass(engine, 30 * minute)
  assert.equal(await uses(engine), before + 1)
  assert.ok(Date.now() - (await lookedAt(vault)) <= 10 * minute, 'it was looked at all the same')

  const ran = await runsOf(vault, made.backupId)
  await engine.vault().database.asService(async (tx) => {
    await tx.execute(`update meta.backups set last_saved_at = now() - interval '1 day' + interval '2 minutes'`)
    tx.announce('backups')
  })
  await pass(engine, minute + 1000)
  assert.deepEqual(await runsOf(vault, made.backupId), ran, 'it is not due yet')
  await engine.vault().database.asService(async (tx) => {
    await tx.execute(`update meta.backups set last_saved_at = now() - interval '1 day' - interval '1 second'`)
  })
  await pass(engine, 2 * minute)
  await untilRun(vault, made.backupId, ran)
  const again = await runsOf(vault, made.backupId)
  assert.deepEqual(again, ['create done', ...ran])

  // A computer that slept for two days finds out within about a minute.
  await engine
    .vault()
    .database.asService((tx) => tx.execute(`update meta.backups set last_saved_at = now() - interval '2 days'`))
  const now = Date.now.bind(Date)
  const clock = mock.method(Date, 'now', () => now() + 2 * 24 * 60 * minute)
  t.onTestFinished(() => clock.mock.restore())
  await pass(engine, minute + 1000)
  await untilRun(vault, made.backupId, again)
  assert.deepEqual(await runsOf(vault, made.backupId), ['create done', ...again])

  const looked = await lookedAt(vault)
  await engine.close()
  const closed = startEngine({ stateDir: null })
  t.onTestFinished(() => closed.close())
  await closed.open(vault.dir)
  assert.equal(
    await lookedAt(vaultOver(closed, vault.dir, vault.folder)),
    looked,
    'it is stored when the vault is closed',
  )
})

test('a due backup that waits for its passphrase or its drive asks the database nothing either', async (t) => {
  const made = await idleVault(t, {})
  const vault = await reopened(t, made, {})
  const { engine } = vault
  await engine.vault().database.asService(async (tx) => {
    await tx.execute(`update meta.backups set last_saved_at = null`)
    tx.announce('backups')
  })
  await comeToRest(engine)
  const before = await uses(engine)
  await pass(engine, 10 * minute)
  assert.equal(await uses(engine), before + 1)
  await vault.ask('POST', `/backups/${made.backupId}/snapshots`, { passphrase })
  const ran = await runsOf(vault, made.backupId)
  await pass(engine, minute + 1000)
  await untilRun(vault, made.backupId, ran)
  assert.deepEqual(await runsOf(vault, made.backupId), ['create done', ...ran], 'the key is there now')
})
