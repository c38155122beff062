import assert from 'node:assert/strict'
import { test } from 'vitest'
import { testVault } from '../support/engine.ts'

interface Health {
  readonly database: {
    readonly engine: string
    readonly sizeBytes: number
    readonly tables: { name: string; bytes: number; rows: number; deadRows: number }[]
    readonly unusedIndexes: { name: string; bytes: number }[]
    readonly connections: number
  }
  readonly jobs: { queued: number; running: number; failed: number; parked: number; oldest: string | null }
  readonly problems: { code: string; message: string }[]
}

test('health tells sizes, tidiness and stored work; the doctor counts again what was made wrong', async (t) => {
  const vault = await testVault(t)
  const before = await vault.get<Health>('/health')
  assert.deepEqual(
    [before.database.engine, before.jobs, before.problems],
    ['pglite', { queued: 0, running: 0, failed: 0, parked: 0, oldest: null }, []],
  )
  assert.ok(before.database.sizeBytes > 1_000_000 && before.database.connections >= 1)
  assert.ok(before.database.tables.some((each) => each.name === 'vault.media' && each.bytes > 0))
  await vault.engine.vault().database.asService(async (tx) => {
    await tx.execute(`insert into vault.albums (user_id, name) select id, 'A' from core.users`)
    await tx.execute('reset role')
    await tx.execute(`update vault.albums set media_count = 7`)
    await tx.execute(`insert into meta.jobs (kind, status) values ('nothing', 'failed')`)
  })
  assert.equal((await vault.get<Health>('/health')).jobs.failed, 1)
  const first = await vault.ask<{ repaired: string[]; problems: object[] }>('POST', '/doctor')
  assert.deepEqual(first.body, { repaired: ['Corrected counts: photos per album.'], problems: [] })
  assert.deepEqual((await vault.ask('POST', '/doctor')).body, { repaired: [], problems: [] })
})
