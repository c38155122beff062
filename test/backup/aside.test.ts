import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import type { BackupRun, NewBackupAnswer, TimelinePage } from '../../main/contract/index.ts'
import { createBackup, proveSnapshot } from '../../main/engine/backup/index.ts'
import type { Database } from '../../main/engine/database/index.ts'
import { startEngineProcess, type EngineProcess } from '../support/engine-process.ts'
import { testVault } from '../support/engine.ts'
import { makeLarge } from '../support/large-database.ts'
import { never, passphrase, vaultWithRepository } from './support.ts'

/** The same database, whose dumps stand still after their first part until they are let go. */
function heldAtDump(database: Database): { database: Database; begun: Promise<void>; release: () => void } {
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const held: Database = {
    ...database,
    snapshot: (fn) =>
      database.snapshot((tx) =>
        fn({
          ...tx,
          dump: (write) =>
            tx.dump(async (part) => {
              begun.resolve()
              await release.promise
              await write(part)
            }),
        }),
      ),
  }
  return { database: held, begun: begun.promise, release: () => release.resolve() }
}

test('a page of the timeline is answered while a backup dumps, and what comes meanwhile is in the next one', async (t) => {
  const vault = await vaultWithRepository(t, 2)
  const open = vault.engine.vault()
  await makeLarge(open.database)
  const { database, begun, release } = heldAtDump(open.database)
  let isOver = false
  const backup = createBackup({ vaultDir: vault.dir, database, log: open.log }, vault.repository, {
    signal: never,
  }).finally(() => (isOver = true))
  await begun
  const page = await vault.get<TimelinePage>('/timeline/tiles?limit=10')
  assert.equal(page.items.length, 3)
  const [tile] = page.items
  assert.ok(tile)
  await vault.ask('POST', '/albums', { name: 'made meanwhile' })
  assert.ok(!isOver)
  release()
  const made = await backup
  assert.deepEqual([made.files, made.problems], [3, []])
  assert.deepEqual((await proveSnapshot(vault.repository, { signal: never })).problems, [])
  assert.deepEqual((await vault.backup()).files, 3)
})

test('what is deleted for good while a backup dumps is in that backup, and goes when it has ended', async (t) => {
  const vault = await vaultWithRepository(t, 2)
  const open = vault.engine.vault()
  await makeLarge(open.database)
  const { database, begun, release } = heldAtDump(open.database)
  const backup = createBackup({ vaultDir: vault.dir, database, log: open.log }, vault.repository, { signal: never })
  await begun
  const originals = () => storedOriginals(vault.dir)
  assert.equal((await originals()).length, 3)
  const { items } = await vault.get<TimelinePage>('/timeline/tiles?limit=10')
  const ids = items.map((each) => each.id)
  await vault.ask('POST', '/media/trash', { ids })
  const purged = await vault.ask('POST', '/trash/purge', { ids })
  assert.ok(purged.status < 300, JSON.stringify(purged.body))
  release()
  const made = await backup
  assert.deepEqual([made.files, made.problems], [3, []])
  assert.deepEqual((await proveSnapshot(vault.repository, { signal: never })).problems, [])
  await open.jobs.settled()
  assert.deepEqual(await originals(), [])
})

/** Originals that lie in a vault, small pictures not counted. */
async function storedOriginals(vaultDir: string): Promise<string[]> {
  const found = await readdir(join(vaultDir, 'users'), { recursive: true, withFileTypes: true })
  return found.filter((each) => each.isFile() && each.parentPath.includes('/media')).map((each) => each.name)
}

function scratchOf(vaultDir: string): string[] {
  const scratch = join(vaultDir, 'scratch')
  return existsSync(scratch) ? readdirSync(scratch) : []
}

async function readyEngine(t: { onTestFinished(work: () => unknown): void }, vault: string, state: string) {
  const engine = await startEngineProcess(vault, state)
  t.onTestFinished(() => engine.kill())
  while ((await engine.ask<{ state: string }>('GET', '/vault')).state !== 'ready') await pause(20)
  return engine
}

/** The runs of a backup, once none goes on. */
async function endedRuns(engine: EngineProcess, id: string): Promise<BackupRun[]> {
  for (;;) {
    const { items } = await engine.ask<{ items: BackupRun[] }>('GET', `/backups/${id}/runs`)
    if (items.every((run) => run.status !== 'running')) return items
    await pause(20)
  }
}

test('an engine that is killed while it clones or dumps leaves nothing, and the backup goes on', async (t) => {
  const vault = await testVault(t)
  await vault.ask('POST', '/albums', { name: 'kept' })
  await makeLarge(vault.engine.vault().database)
  await vault.engine.close()
  const state = join(vault.folder, 'state')
  /** Each is there for the first time at another moment: the clone has begun, is whole, is open, is being read. */
  const moments = ['PG_VERSION', 'global/pg_control', 'postmaster.pid', null]
  let id = ''
  for (const moment of moments) {
    const engine = await readyEngine(t, vault.dir, state)
    if (id === '') {
      const path = join(vault.folder, 'backup')
      const made = await engine.ask<NewBackupAnswer>('POST', '/backups', { path, passphrase, isEnabled: false })
      id = made.backup.id
    } else await endedRuns(engine, id)
    await engine.ask('POST', `/backups/${id}/runs`, { passphrase })
    const isThere = (): boolean => {
      const names = scratchOf(vault.dir)
      const clone = names.find((name) => name.startsWith('dump-'))
      const backup = names.find((name) => name.startsWith('backup-'))
      return moment === null
        ? backup !== undefined && existsSync(join(vault.dir, 'scratch', backup, 'database.sql'))
        : clone !== undefined && existsSync(join(vault.dir, 'scratch', clone, 'database', moment))
    }
    while (!isThere()) await pause(1)
    await engine.kill()
  }
  const engine = await readyEngine(t, vault.dir, state)
  await endedRuns(engine, id)
  const { id: runId } = await engine.ask<BackupRun>('POST', `/backups/${id}/runs`, { passphrase })
  const run = (await endedRuns(engine, id)).find((each) => each.id === runId)
  assert.deepEqual([run?.status, run?.problem], ['done', null])
  assert.deepEqual(
    scratchOf(vault.dir).filter((name) => /^(dump|backup)-/.test(name)),
    [],
  )
  const { items } = await engine.ask<{ items: { name: string }[] }>('GET', '/albums')
  assert.deepEqual(
    items.map((each) => each.name),
    ['kept'],
  )
  assert.equal(await engine.stop(), 0)
})
