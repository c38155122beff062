import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { createDatabase, openDatabase } from '../../main/engine/database/index.ts'
import { connectNative } from '../../main/engine/database/connection/native.ts'
import { startServer } from '../../main/engine/database/connection/server.ts'
import { addUser, atEnd, codeOf, startProgram, temporaryFolder } from './support.ts'

const isRoot = process.getuid?.() === 0

async function postmaster(dir: string): Promise<{ pid: number; socketDir: string }> {
  const [pid = '', , , , socketDir = ''] = (await readFile(join(dir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  return { pid: Number(pid), socketDir }
}

test('a server that dies is started again, and what was acknowledged is there', async (t) => {
  const dir = temporaryFolder(t)
  const database = await createDatabase({ vaultDir: dir, engine: 'embedded' })
  atEnd(t, () => database.close())
  const ann = await addUser(database, 'ann')
  const { pid, socketDir } = await postmaster(dir)
  process.kill(pid, 'SIGKILL')
  // What is asked in between fails with a word for it, or finds the next server already.
  const ask = () => database.read(ann, (tx) => tx.one('select 1'))
  while ((await postmaster(dir).catch(() => null))?.pid === pid) {
    const code = await codeOf(ask())
    assert.ok(code === 'nothing was thrown' || code === 'database-stopped', String(code))
  }
  assert.deepEqual(await database.read(ann, (tx) => tx.query('select username from core.users')), [{ username: 'ann' }])
  assert.deepEqual(await database.health(), [])
  const next = await postmaster(dir)
  assert.notEqual(next.pid, pid)
  assert.ok(!existsSync(socketDir))
  await database.close()
  assert.ok(
    !existsSync(join(dir, 'postgres', 'postmaster.pid')) && !existsSync(next.socketDir),
    'it stops with the vault',
  )
})

test('an engine that is killed takes its server along, and the vault opens with all that was saved', async (t) => {
  const dir = temporaryFolder(t)
  const made = await createDatabase({ vaultDir: dir, engine: 'embedded' })
  const ann = await addUser(made, 'ann')
  await made.close()
  const engine = startProgram(t, 'writer-program.ts', dir, ann)
  await engine.said('saved 20')
  const { pid } = await postmaster(dir)
  await engine.killHard()
  const saved = engine.lines.filter((line) => line.startsWith('saved')).length
  const database = await openDatabase({ vaultDir: dir })
  atEnd(t, () => database.close())
  assert.notEqual((await postmaster(dir)).pid, pid)
  const found = await database.asService((tx) => tx.one<{ n: number }>('select count(*) as n from vault.albums'))
  assert.ok((found?.n ?? 0) >= saved)
})

test('a database written again on a server holds its rows and nothing that was removed', async (t) => {
  const dir = temporaryFolder(t)
  const database = await createDatabase({ vaultDir: dir, engine: 'embedded' })
  atEnd(t, () => database.close())
  const ann = await addUser(database, 'ann')
  const { pid } = await postmaster(dir)
  await database.rebuild()
  assert.notEqual((await postmaster(dir)).pid, pid)
  assert.deepEqual(await database.read(ann, (tx) => tx.query('select username from core.users')), [{ username: 'ann' }])
  await database.close()
  const again = await openDatabase({ vaultDir: dir })
  atEnd(t, () => again.close())
  assert.equal((await again.info()).engine, 'embedded')
})

test('over TCP a server asks for its password', async (t) => {
  const dataDir = join(temporaryFolder(t), 'postgres')
  const server = await startServer({ dataDir, mayInitialise: true, isOverTcp: true })
  atEnd(t, () => server.stop())
  assert.match(server.reach.password ?? '', /^[0-9a-f]{48}$/)
  const wrong = { ...server.reach, password: 'no', database: 'postgres', ssl: false }
  assert.equal(await codeOf(connectNative('embedded', wrong)), '28P01')
  const connection = await connectNative('embedded', { ...wrong, ...server.reach })
  assert.deepEqual((await connection.query('select 1 as x')).rows, [{ x: 1 }])
  await connection.close()
})

test('a folder without its database is refused, not made again', async (t) => {
  const dataDir = join(temporaryFolder(t), 'postgres')
  assert.equal(await codeOf(startServer({ dataDir, mayInitialise: false })), 'database-damaged')
  assert.ok(!existsSync(dataDir))
})

test('root has to name a user, and one that may pass through', { skip: !isRoot }, async (t) => {
  const folder = temporaryFolder(t)
  const dataDir = join(folder, 'vault', 'postgres')
  const name = process.env['COFFER_POSTGRES_USER']
  atEnd(t, () => (process.env['COFFER_POSTGRES_USER'] = name))
  process.env['COFFER_POSTGRES_USER'] = ''
  assert.equal(await codeOf(startServer({ dataDir, mayInitialise: true })), 'database-refused')
  process.env['COFFER_POSTGRES_USER'] = 'no-such-user'
  assert.equal(await codeOf(startServer({ dataDir, mayInitialise: true })), 'database-refused')
})
