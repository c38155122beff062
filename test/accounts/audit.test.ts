import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { connect } from '../../main/engine/database/connection/connection.ts'
import { record, verifyAudit } from '../../main/engine/objects/index.ts'
import { codeOf, newVault, reopen } from '../database/support.ts'
import { testVault } from '../support/engine.ts'

async function withLog(t: TestContext) {
  const made = await newVault(t, 'ann', 'ben')
  const [ann, ben = ''] = made.users
  const say = (user: string) =>
    made.database.write(user, (tx) =>
      record(tx, { userId: user, action: 'albums.created', change: 'added', details: { name: 'ä “x”' } }),
    )
  for (let n = 0; n < 5; n += 1) {
    await say(ann)
    if (n < 3) await say(ben)
  }
  return { ...made, ann, ben, verdict: (user: string) => made.database.read(user, (tx) => verifyAudit(tx, user)) }
}

test('each log is whole, and numbered without telling of the other', async (t) => {
  const { database, ann, ben, verdict } = await withLog(t)
  assert.deepEqual(await verdict(ann), { entries: 5, brokenAt: null })
  assert.deepEqual(await verdict(ben), { entries: 3, brokenAt: null })
  const numbers = await database.read(ben, (tx) => tx.query(`select number from core.audit_log order by number`))
  assert.deepEqual(numbers, [{ number: 1 }, { number: 2 }, { number: 3 }])
})

test('no role of the app changes or removes a line, or makes up its place in the chain', async (t) => {
  const { database, ann } = await withLog(t)
  for (const sql of [
    `update core.audit_log set action = 'x'`,
    `delete from core.audit_log`,
    `truncate core.audit_log`,
    `update core.audit_heads set entries = 0`,
    `delete from core.audit_heads`,
  ]) {
    assert.equal(await codeOf(database.asService((tx) => tx.execute(sql))), '42501', sql)
    assert.equal(await codeOf(database.write(ann, (tx) => tx.execute(sql))), '42501', sql)
  }
  const forged = `insert into core.audit_log (user_id, action, number, hash) values ($1, 'x', 1, 'x')`
  assert.equal(await codeOf(database.write(ann, (tx) => tx.execute(forged, [ann]))), '42501')
})

test('a line that was changed, taken out, put in or cut off is found', async (t) => {
  const { dir, database, ann, ben } = await withLog(t)
  await database.close()
  const mine = `chain = '${ann}'`
  for (const [sql, brokenAt] of [
    [`update core.audit_log set action = 'media.trashed' where ${mine} and number = 3`, 3],
    [`update core.audit_log set details = '{"name": "y"}' where ${mine} and number = 2`, 2],
    [`update core.audit_log set created_at = created_at - interval '1 day' where ${mine} and number = 1`, 1],
    [`update core.audit_log set outcome = 'failed' where ${mine} and number = 4`, 4],
    [`delete from core.audit_log where ${mine} and number = 3`, 4],
    [`delete from core.audit_log where ${mine} and number = 5`, 5],
    [`delete from core.audit_log where ${mine}`, 5],
    [`delete from core.audit_heads where ${mine}`, 5],
  ] as const) {
    const raw = await connect({ dataDir: join(dir, 'database'), mayInitialise: false })
    await raw.exec(`create table if not exists public.kept_log as select * from core.audit_log;
      create table if not exists public.kept_heads as select * from core.audit_heads; ${sql}`)
    await raw.close()
    const opened = await reopen(t, dir)
    const verdict = await opened.read(ann, (tx) => verifyAudit(tx, ann))
    assert.equal(verdict.brokenAt, brokenAt, sql)
    assert.deepEqual(await opened.read(ben, (tx) => verifyAudit(tx, ben)), { entries: 3, brokenAt: null })
    await opened.close()
    const back = await connect({ dataDir: join(dir, 'database'), mayInitialise: false })
    await back.exec(`begin; set local session_replication_role = replica; delete from core.audit_log; delete from core.audit_heads;
      insert into core.audit_log overriding system value select * from public.kept_log;
      insert into core.audit_heads select * from public.kept_heads; commit; drop table public.kept_log, public.kept_heads`)
    await back.close()
  }
})

test('a closed account leaves its lines and the chains of others whole', async (t) => {
  const { database, ann, ben, verdict } = await withLog(t)
  await database.asService((tx) => tx.execute(`delete from core.users where id = $1`, [ben]))
  assert.deepEqual(await verdict(ann), { entries: 5, brokenAt: null })
  assert.deepEqual(await database.asService((tx) => verifyAudit(tx, ben)), { entries: 3, brokenAt: null })
})

test('a line says from where and with which program something was done', async (t) => {
  const vault = await testVault(t)
  await vault.ask('POST', '/albums', { name: 'One' })
  const headers = { 'x-coffer-secret': vault.engine.secret, 'content-type': 'application/json' }
  await vault.engine.fetch(
    new Request('http://coffer/api/v1/albums', {
      method: 'POST',
      headers: { ...headers, 'user-agent': 'Script/1', 'x-coffer-address': '127.0.0.1' },
      body: JSON.stringify({ name: 'Two' }),
    }),
  )
  const lines = await vault.engine
    .vault()
    .database.asService((tx) =>
      tx.query(
        `select host(ip_address) as address, user_agent as agent from core.audit_log where action = 'albums.created' order by id`,
      ),
    )
  assert.deepEqual(lines, [
    { address: null, agent: 'api' },
    { address: '127.0.0.1', agent: 'Script/1' },
  ])
})
