import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { differences, sumTables, type Sums } from '../../main/engine/database/copy/checksums.ts'
import { connectExternal } from '../../main/engine/database/connection/external.ts'
import {
  createDatabase,
  moveDatabase,
  openDatabase,
  readVaultFile,
  type Database,
} from '../../main/engine/database/index.ts'
import { openLocation, locationOf } from '../../main/engine/database/location.ts'
import { needsTools, postgres } from '../backup/postgres.ts'
import { addUser, codeOf, prepareImage, temporaryFolder } from './support.ts'

/** Values that are spelled in more than one way somewhere: if any text differed between engines, its sum would. */
async function fill(database: Database): Promise<string> {
  const ann = await addUser(database, 'ann')
  await addUser(database, 'Łucja')
  await database.write(ann, async (tx) => {
    await tx.execute(
      `insert into vault.albums (user_id, name, description, metadata)
       select $1, 'album ' || n, case when n % 3 = 0 then null else 'tab' || chr(9) || 'line' || chr(10) || '\\N “Łódź” 😀' end,
         jsonb_build_object('n', n, 'x', n / 7.0, 'deep', jsonb_build_array(null, true, 1e30, 'ß'))
       from generate_series(1, 700) n`,
      [ann],
    )
    await tx.execute(
      `insert into vault.notes (user_id, body) select $1, repeat('word ', n) from generate_series(1, 50) n`,
      [ann],
    )
    await tx.execute(
      `insert into vault.media (user_id, filename, media_type, mime_type, size, file_path, hash, storage, taken_at, taken_local, latitude, longitude)
       select $1, 'IMG_' || n || '.jpg', 'photo', 'image/jpeg', n, 'users/x/' || n, encode(sha256(n::text::bytea), 'hex'), 'vault',
         timestamptz '2024-06-15 12:00+02' + make_interval(secs => n / 3.0), timestamp '2024-06-15 12:00', 47 + n / 7.0, n / 11.0
       from generate_series(1, 20) n`,
      [ann],
    )
  })
  return ann
}

async function newFilled(t: TestContext): Promise<{ dir: string; ann: string }> {
  await prepareImage()
  const dir = temporaryFolder(t)
  await using database = await createDatabase({ vaultDir: dir })
  return { dir, ann: await fill(database) }
}

async function sumsOf(dir: string): Promise<Sums> {
  const file = await readVaultFile(dir)
  const connection = await openLocation(locationOf(dir, file?.engine ?? 'pglite'))
  try {
    return await sumTables(connection)
  } finally {
    await connection.close()
  }
}

/** Opens the vault as the app would and looks at a little of it. */
async function albumsOf(dir: string, ann: string): Promise<{ engine: string; albums: number }> {
  const database = await openDatabase({ vaultDir: dir })
  try {
    const seen = await database.read(ann, (tx) => tx.one<{ n: number }>(`select count(*) as n from vault.albums`))
    assert.deepEqual(await database.health(), [])
    return { engine: (await database.info()).engine, albums: seen?.n ?? 0 }
  } finally {
    await database.close()
  }
}

test('a vault moves to a server of its own and back, and holds the same', async (t) => {
  const { dir, ann } = await newFilled(t)
  const before = await sumsOf(dir)
  assert.ok(Object.values(before).reduce((total, each) => total + each.rows, 0) > 1500)
  const there = await moveDatabase({ vaultDir: dir, to: { engine: 'embedded' } })
  assert.deepEqual([there.from, there.to, there.kept], ['pglite', 'embedded', 'until-opened'])
  assert.deepEqual(differences(before, await sumsOf(dir)), [])
  assert.ok(existsSync(join(dir, 'database', 'PG_VERSION')), 'the old one is kept until the new one has opened')
  assert.deepEqual(await albumsOf(dir, ann), { engine: 'embedded', albums: 700 })
  assert.ok(!existsSync(join(dir, 'database')))
  assert.equal(await codeOf(moveDatabase({ vaultDir: dir, to: { engine: 'embedded' } })), 'conflict')
  const database = await openDatabase({ vaultDir: dir })
  await database.write(ann, (tx) => tx.execute(`insert into vault.albums (user_id, name) values ($1, 'new')`, [ann]))
  await database.write(ann, (tx) =>
    tx.execute(`update vault.notes set metadata = metadata || '{"n": 1.50}' where body = 'word '`),
  )
  await database.close()
  const changed = differences(before, await sumsOf(dir))
  assert.ok(changed.includes('vault.albums') && changed.includes('vault.notes') && !changed.includes('vault.media'))
  await moveDatabase({ vaultDir: dir, to: { engine: 'pglite' } })
  assert.deepEqual(await albumsOf(dir, ann), { engine: 'pglite', albums: 701 })
})

test('a move that is stopped leaves the vault as it was', async (t) => {
  const { dir, ann } = await newFilled(t)
  for (const at of ['copying', 'verifying']) {
    const stopping = new AbortController()
    const move = moveDatabase({
      vaultDir: dir,
      to: { engine: 'embedded' },
      signal: stopping.signal,
      onStep: (step) => void (step === at && stopping.abort()),
    })
    assert.equal(await codeOf(move), 'cancelled', at)
    assert.ok(!existsSync(join(dir, 'postgres')) && !existsSync(join(dir, 'postgres.moving')), at)
  }
  assert.deepEqual(await albumsOf(dir, ann), { engine: 'pglite', albums: 700 })
})

test('a move that is killed leaves one whole database, and can be done again', async (t) => {
  const { dir, ann } = await newFilled(t)
  const before = await sumsOf(dir)
  const engines: string[] = []
  for (const [step, ms] of [
    ['copying', 300],
    ['copying', 1500],
    ['verifying', 0],
    ['switching', 30],
  ] as const) {
    const mover = spawn(
      process.execPath,
      ['--no-warnings', join(import.meta.dirname, 'move-program.ts'), dir, 'embedded', step, String(ms)],
      { stdio: 'inherit' },
    )
    await once(mover, 'exit')
    assert.deepEqual(differences(before, await sumsOf(dir)), [], `killed at ${step}`)
    const { engine, albums } = await albumsOf(dir, ann)
    assert.equal(albums, 700)
    engines.push(engine)
    if (engine === 'embedded') await moveDatabase({ vaultDir: dir, to: { engine: 'pglite' } })
  }
  assert.equal(engines[2], 'pglite')
  await moveDatabase({ vaultDir: dir, to: { engine: 'embedded' } })
  assert.deepEqual(await albumsOf(dir, ann), { engine: 'embedded', albums: 700 })
})

test('a vault moves to a server elsewhere and back', needsTools, async (t) => {
  const { dir, ann } = await newFilled(t)
  const psql = await postgres(t)
  const host = encodeURIComponent(`/tmp/coffer-pg-${process.pid}`)
  const address = (user: string, database: string, password = ''): string =>
    `postgres://${user}${password === '' ? '' : `:${password}`}@localhost/${database}?host=${host}`
  const to = (user: string, database: string, password?: string) =>
    moveDatabase({ vaultDir: dir, to: { engine: 'external', address: address(user, database, password) } })
  psql(['-qc', 'create role plain login'])
  psql(['-qc', `create database latin encoding 'LATIN1' locale 'C' template template0`])
  psql(['-qc', 'create table mine (x int)'])
  const before = await sumsOf(dir)

  assert.equal(await codeOf(to('postgres', 'missing')), 'database-refused')
  assert.equal(await codeOf(to('plain', 'coffer')), 'database-refused')
  assert.equal(await codeOf(to('postgres', 'latin')), 'database-refused')
  assert.equal(await codeOf(to('postgres', 'coffer')), 'database-not-empty')
  const nobody = { engine: 'external', address: 'postgres://me:hunter2@127.0.0.1:1/x?password=hunter3' } as const
  await assert.rejects(moveDatabase({ vaultDir: dir, to: nobody }), (error) => {
    assert.ok(error instanceof Error && 'code' in error)
    assert.equal(error.code, 'database-unreachable')
    assert.doesNotMatch(JSON.stringify([error.message, error.stack, error.cause, Object.entries(error)]), /hunter/)
    return true
  })
  assert.deepEqual(await albumsOf(dir, ann), { engine: 'pglite', albums: 700 })

  psql(['-qc', 'drop table mine'])
  const stopping = new AbortController()
  const stopped = moveDatabase({
    vaultDir: dir,
    to: { engine: 'external', address: address('postgres', 'coffer') },
    signal: stopping.signal,
    onStep: (step) => void (step === 'verifying' && stopping.abort()),
  })
  assert.equal(await codeOf(stopped), 'cancelled')
  const mover = spawn(
    process.execPath,
    [
      '--no-warnings',
      join(import.meta.dirname, 'move-program.ts'),
      dir,
      address('postgres', 'coffer'),
      'verifying',
      '0',
    ],
    { stdio: 'inherit' },
  )
  await once(mover, 'exit')
  assert.deepEqual(await albumsOf(dir, ann), { engine: 'pglite', albums: 700 })

  const moved = await to('postgres', 'coffer', 'hunter2')
  assert.deepEqual([moved.from, moved.to, moved.kept], ['pglite', 'external', 'until-opened'])
  assert.deepEqual(differences(before, await sumsOf(dir)), [])
  assert.deepEqual(await albumsOf(dir, ann), { engine: 'external', albums: 700 })
  assert.ok(!existsSync(join(dir, 'database')))
  assert.match(psql(['-Atc', 'select count(*) from vault.albums']), /^700\n$/)
  assert.doesNotMatch(await readFile(join(dir, 'vault.json'), 'utf8'), /hunter|postgres:/)
  assert.equal((await stat(join(dir, 'external.json'))).mode & 0o777, 0o600)

  const open = await openDatabase({ vaultDir: dir })
  assert.equal(await codeOf(connectExternal(address('postgres', 'coffer'))), 'vault-locked')
  await open.write(ann, (tx) => tx.execute(`insert into vault.albums (user_id, name) values ($1, 'new')`, [ann]))
  await open.rebuild()
  await open.rollback(22)
  assert.equal((await open.info()).schemaVersion, 22)
  await open.migrate()
  // Somebody restarts the server's sessions: the next question is answered all the same.
  psql(['-qc', `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'coffer'`])
  await open.read(ann, (tx) => tx.one('select 1')).catch(() => {})
  assert.deepEqual(await open.read(ann, (tx) => tx.one('select 1 as x')), { x: 1 })
  await open.close()

  const back = await moveDatabase({ vaultDir: dir, to: { engine: 'pglite' } })
  assert.equal(back.kept, 'on-server')
  assert.deepEqual(await albumsOf(dir, ann), { engine: 'pglite', albums: 701 })
  assert.ok(!existsSync(join(dir, 'external.json')))
  assert.equal(await codeOf(to('postgres', 'coffer')), 'database-not-empty')
  await writeFile(
    join(dir, 'vault.json'),
    (await readFile(join(dir, 'vault.json'), 'utf8')).replace('pglite', 'external'),
  )
  assert.equal(await codeOf(openDatabase({ vaultDir: dir })), 'vault-damaged')
})
