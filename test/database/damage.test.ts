import assert from 'node:assert/strict'
import { cp, mkdir, open, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import { createDatabase, openDatabase } from '../../main/engine/database/index.ts'
import { readVaultFile, writeVaultFile } from '../../main/engine/database/safety/vault-file.ts'
import { addUser, atEnd, codeOf, newVault, reopen, startProgram } from './support.ts'

test('a database without PG_VERSION is refused, not replaced by an empty one', async (t) => {
  const { dir, database } = await newVault(t)
  await database.close()
  const version = join(dir, 'database', 'PG_VERSION')
  const text = await readFile(version)
  await rm(version)
  assert.equal(await codeOf(openDatabase({ vaultDir: dir })), 'database-damaged')
  await writeFile(version, text)
  const opened = await reopen(t, dir)
  assert.deepEqual(await opened.asService((tx) => tx.query(`select username from core.users`)), [{ username: 'ann' }])
})

test('a cut control file is refused', async (t) => {
  const { dir, database } = await newVault(t)
  await database.close()
  await truncate(join(dir, 'database', 'global', 'pg_control'), 100)
  assert.equal(await codeOf(openDatabase({ vaultDir: dir })), 'database-damaged')
})

test('a missing table file is refused', async (t) => {
  const { dir, database, users } = await newVault(t)
  await database.write(users[0], (tx) =>
    tx.execute(`insert into vault.albums (user_id, name) select $1, 'a' || n from generate_series(1, 500) n`, [
      users[0],
    ]),
  )
  const file = await database.asOwner((tx) =>
    tx.one<{ path: string }>(`select pg_relation_filepath('vault.albums') as path`),
  )
  await database.close()
  await truncate(join(dir, 'database', file?.path ?? ''), 8192)
  assert.equal(await codeOf(openDatabase({ vaultDir: dir })), 'database-damaged')
})

test('a kill while the server notes its process does not lock the vault for ever', async (t) => {
  const { dir, database } = await newVault(t)
  await database.close()
  await writeFile(join(dir, 'database', 'postmaster.pid'), '')
  const opened = await reopen(t, dir)
  assert.deepEqual(await opened.asService((tx) => tx.query(`select username from core.users`)), [{ username: 'ann' }])
})

test('deleting rows and then crashing is not taken for a loss', async (t) => {
  const { dir, database, users } = await newVault(t, 'ann', 'ben')
  await database.write(users[0], (tx) =>
    tx.execute(`insert into vault.albums (user_id, name) select $1, 'a' || n from generate_series(1, 50) n`, [
      users[0],
    ]),
  )
  await database.maintain('checkpoint')
  await database.asService((tx) => tx.execute(`delete from core.users where id = $1`, [users[0]]))
  // A copy of the files as they are now is what a kill leaves behind.
  const crashed = join(dir, 'crashed')
  await mkdir(crashed)
  for (const name of ['database', 'database.facts.json', 'vault.json']) {
    await cp(join(dir, name), join(crashed, name), { recursive: true })
  }
  const opened = await reopen(t, crashed)
  assert.deepEqual(await opened.asService((tx) => tx.query(`select username from core.users`)), [{ username: 'ben' }])
  assert.deepEqual(
    (await opened.health()).filter((problem) => problem.code !== 'disk-full'),
    [],
  )
})

test('acknowledged rows behind a damaged log are reported', async (t) => {
  const { dir, database, users } = await newVault(t)
  await database.close()
  const writer = startProgram(t, 'writer-program.ts', dir, users[0], '200')
  await writer.said('done')
  // The position of the log is noted every two seconds.
  await pause(3000)
  await writer.killHard()
  const facts = JSON.parse(await readFile(join(dir, 'database.facts.json'), 'utf8')) as { acknowledged: string }
  const position = Number(facts.acknowledged)
  const segment = Math.floor(position / (16 << 20))
  const name = `00000001${Math.floor(segment / 256)
    .toString(16)
    .padStart(8, '0')}${(segment % 256).toString(16).padStart(8, '0')}`
  const log = await open(join(dir, 'database', 'pg_wal', name.toUpperCase()), 'r+')
  await log.write(Buffer.alloc(512, 0xff), 0, 512, (position % (16 << 20)) - 20_000)
  await log.close()
  const opened = await reopen(t, dir)
  const found = await opened.asService((tx) => tx.one<{ n: number }>(`select count(*) as n from vault.albums`))
  assert.ok(found && found.n < 200, 'rows are gone indeed')
  assert.deepEqual(
    (await opened.health()).map((problem) => problem.code),
    ['database-damaged'],
  )
})

test('an empty database beside a full media folder is refused', async (t) => {
  const { dir, database } = await newVault(t)
  await database.close()
  const options = { vaultDir: dir, mediaFolderHasFiles: async () => true }
  assert.equal(await codeOf(openDatabase(options)), 'database-empty')
})

test('the database of another vault is refused', async (t) => {
  const [one, two] = [await newVault(t), await newVault(t)]
  await one.database.close()
  await two.database.close()
  await rm(join(one.dir, 'database'), { recursive: true })
  await cp(join(two.dir, 'database'), join(one.dir, 'database'), { recursive: true })
  assert.equal(await codeOf(openDatabase({ vaultDir: one.dir })), 'database-damaged')
})

test('an interrupted creation is begun again; a finished vault is not made again', async (t) => {
  const { dir, database } = await newVault(t)
  await database.close()
  assert.equal(await codeOf(createDatabase({ vaultDir: dir })), 'vault-exists')
  const file = await readVaultFile(dir)
  assert.ok(file)
  await writeVaultFile(dir, { ...file, state: 'creating' })
  assert.equal(await codeOf(openDatabase({ vaultDir: dir })), 'vault-unfinished')
  const again = await createDatabase({ vaultDir: dir })
  atEnd(t, () => again.close())
  await addUser(again, 'ben')
  assert.deepEqual(await again.asService((tx) => tx.query(`select username from core.users`)), [{ username: 'ben' }])
})
