import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'vitest'
import { startEngine } from '../../main/engine/engine.ts'
import { readVaultFile } from '../../main/engine/database/index.ts'
import { readMigrations } from '../../main/engine/database/migrate/migrations.ts'
import { coffer } from '../support/coffer.ts'
import { vaultOver } from '../support/engine.ts'
import { temporaryFolder } from '../support/folders.ts'

interface Info {
  readonly schemaVersion: number
}
interface Failure {
  readonly error: { readonly code: string; readonly message: string }
}

test('a schema that was stepped back stays so until it is brought up to date on purpose', async (t) => {
  const dir = join(await temporaryFolder(t), 'vault')
  const ask = async <T>(...args: string[]): Promise<{ code: number | null; answer: T }> => {
    const run = await coffer(['--json', '--vault', dir, ...args])
    return { code: run.code, answer: run.json<T>() }
  }
  assert.equal((await coffer(['init', dir])).code, 0)
  const { answer: now } = await ask<Info>('database', 'info')
  // Versions may have gaps.
  const back = (await readMigrations()).at(-4)?.version ?? 0
  assert.deepEqual((await ask<Info>('database', 'rollback', String(back))).answer.schemaVersion, back)
  assert.equal((await readVaultFile(dir))?.heldAt, back)
  for (const command of ['status', 'doctor', 'status']) {
    const { code, answer } = await ask<Failure>(command)
    assert.deepEqual([code, answer.error.code], [1, 'database-held'], command)
    assert.match(answer.error.message, /coffer database migrate/)
  }
  // The window says the same, and brings it up to date when somebody asks.
  await using engine = startEngine({ stateDir: null })
  await engine.reopen(dir)
  const state = engine.state()
  assert.match(state.state === 'none' ? (state.problem ?? '') : '', /stepped back to schema/)
  await engine.close()
  const { code, answer } = await ask<{ from: number; to: number }>('database', 'migrate')
  assert.deepEqual([code, answer], [0, { from: back, to: now.schemaVersion }])
  assert.equal((await readVaultFile(dir))?.heldAt, undefined)
  assert.equal((await ask('status')).code, 0)
  assert.deepEqual((await ask('database', 'migrate')).answer, { from: now.schemaVersion, to: now.schemaVersion })
})

test('a step back closes an open vault for everybody; opening it with leave brings it forward', async (t) => {
  const folder = await temporaryFolder(t)
  const dir = join(folder, 'vault')
  await using engine = startEngine({ stateDir: null })
  await engine.create(dir, { username: 'ann' })
  const vault = vaultOver(engine, dir, folder)
  const { schemaVersion } = await vault.get<Info>('/database')
  const before = (await readMigrations()).at(-2)?.version ?? 0
  // Before the first there is nothing that could hold what people keep.
  assert.equal((await vault.ask('POST', '/database/rollback', { to: 0 })).status, 400)
  const stepped = await vault.ask<Info>('POST', '/database/rollback', { to: before })
  assert.deepEqual([stepped.status, stepped.body.schemaVersion], [200, before])
  assert.equal(engine.state().state, 'none')
  assert.equal((await vault.ask<{ code: string }>('POST', '/vault/open', { path: dir })).body.code, 'database-held')
  assert.equal((await vault.ask('POST', '/vault/open', { path: dir, migrate: true })).status, 200)
  assert.equal((await vault.get<Info>('/database')).schemaVersion, schemaVersion)
})
