import assert from 'node:assert/strict'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import { codeOf, newVault, reopen, startProgram } from './support.ts'

const countAlbums = `select count(*) as n, count(distinct name) as names from vault.albums`

test('a writer killed at any moment loses nothing that was acknowledged', async (t) => {
  const { dir, database, users } = await newVault(t)
  await database.close()
  let before = 0
  for (const ms of [300, 650, 1100]) {
    const writer = startProgram(t, 'writer-program.ts', dir, users[0])
    await writer.said('saved 1')
    await pause(ms)
    await writer.killHard()
    const saved = writer.lines.filter((line) => line.startsWith('saved')).length
    const opened = await reopen(t, dir)
    const found = await opened.read(users[0], (tx) => tx.one<{ n: number }>(countAlbums))
    assert.ok(found && found.n >= before + saved, `${found?.n} rows of ${before + saved}`)
    assert.ok(found.n <= before + saved + 1, 'at most the one under way')
    assert.deepEqual(await opened.health(), [])
    before = found.n
    await opened.close()
  }
})

test('a database that panics is started again by itself, with all that was saved', { timeout: 300_000 }, async (t) => {
  const { dir, database, users } = await newVault(t)
  const [user] = users
  await database.write(user, (tx) => tx.execute(`insert into vault.albums (user_id, name) values ($1, 'kept')`, [user]))
  const log = join(dir, 'database', 'pg_wal')
  await rename(log, `${log}.away`)
  // Fills the log segment; the next one cannot be made, which PostgreSQL answers with a PANIC.
  const filling = database.asService((tx) =>
    tx.execute(
      `insert into vault.albums (user_id, name, description)
       select $1, 'lost', (select string_agg(md5(n::text || i), '') from generate_series(1, 50) i) from generate_series(1, 30000) n`,
      [user],
    ),
  )
  assert.equal(await codeOf(filling), 'database-stopped')
  await rename(`${log}.away`, log)
  const names = await database.read(user, (tx) => tx.query(`select name from vault.albums`))
  assert.deepEqual(names, [{ name: 'kept' }])
})

test('a statement that never ends is ended, and the next one is answered', { timeout: 300_000 }, async (t) => {
  const { connect } = await import('../../main/engine/database/connection/connection.ts')
  const { dir, database } = await newVault(t)
  await database.close()
  const connection = await connect({ dataDir: join(dir, 'database'), mayInitialise: false })
  const endless = connection.query(`select count(*) from generate_series(1, 1000000000000)`, [], { maxMs: 300 })
  assert.equal(await codeOf(endless), 'database-stopped')
  assert.equal((await connection.stopped).retry, 'later')
  assert.equal(await codeOf(connection.exec('select 1')), 'database-stopped')
})
