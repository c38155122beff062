import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, lstat, mkdir, readFile, readdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import type { VaultState } from '../../main/contract/index.ts'
import {
  createDatabase,
  lockVault,
  openDatabase,
  readVaultFile,
  writeVaultFile,
} from '../../main/engine/database/index.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { coffer } from '../support/coffer.ts'
import { vaultOver, type TestVault } from '../support/engine.ts'
import { temporaryFolder } from '../support/folders.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { codeOf, startProgram } from '../database/support.ts'

// Room set aside in every vault would be most of what these tests write.
process.env['COFFER_MIN_FREE_MB'] ??= '4'

// PostgreSQL refuses root; any other user of this computer will do.
if (process.getuid?.() === 0) process.env['COFFER_POSTGRES_USER'] ??= 'nobody'

/** A folder the server's user may pass through, where it has one of its own. */
async function openFolder(t: TestContext): Promise<string> {
  const folder = await temporaryFolder(t)
  await chmod(folder, 0o711)
  return folder
}

/** A vault with one photo, closed, as it would come from another computer: with all but this one's seal. */
async function foreignVault(t: TestContext): Promise<{ dir: string; folder: string }> {
  const folder = await openFolder(t)
  const dir = join(folder, 'vault')
  const engine = startEngine({ stateDir: join(folder, 'other computer') })
  await engine.create(dir, { username: 'ann' })
  const vault = vaultOver(engine, dir, folder)
  await settledFile(join(folder, 'photo.jpg'), await jpeg(1))
  await vault.import({ paths: [join(folder, 'photo.jpg')] })
  await engine.close()
  return { dir, folder }
}

/** Opens it on this computer, whose engine remembers what it is told in a folder of the test. */
async function opened(t: TestContext, dir: string, folder: string): Promise<TestVault> {
  const engine = startEngine({ stateDir: join(folder, 'this computer'), isWatching: true })
  t.onTestFinished(() => engine.close())
  await engine.open(dir)
  return vaultOver(engine, dir, folder)
}

test('a vault from another computer opens with less until it is trusted, and the trust is remembered', async (t) => {
  const { dir, folder } = await foreignVault(t)
  const vault = await opened(t, dir, folder)
  const state = await vault.get<Extract<VaultState, { state: 'ready' }>>('/vault')
  assert.equal(state.isTrusted, false)
  const { problems } = await vault.get<{ problems: { code: string }[] }>('/status')
  assert.ok(problems.some(({ code }) => code === 'vault-untrusted'))
  // Its own photos are there all the same.
  const [photo] = (await vault.get<{ items: { id: string }[] }>('/timeline?limit=1')).items
  assert.equal((await vault.raw('GET', `/media/${photo?.id}/original`)).status, 200)
  const trusted = await vault.ask<{ isTrusted: boolean }>('POST', '/vault/trust')
  assert.deepEqual([trusted.status, trusted.body.isTrusted], [200, true])
  await vault.engine.close()
  const again = await opened(t, dir, folder)
  assert.equal((await again.get<{ isTrusted: boolean }>('/vault')).isTrusted, true)
  await again.engine.close()
  // A copy of the seal of one vault is worth nothing in another, nor on another computer.
  const other = await foreignVault(t)
  await cp(join(dir, 'vault.seal'), join(other.dir, 'vault.seal'))
  assert.equal((await (await opened(t, other.dir, folder)).get<{ isTrusted: boolean }>('/vault')).isTrusted, false)
})

test('the command line trusts a vault where it is told to', async (t) => {
  const { dir } = await foreignVault(t)
  const messages = async (...more: string[]): Promise<string[]> => {
    const answer = await coffer(['status', '--json', '--vault', dir, ...more])
    return answer.json<{ problems: { code: string }[] }>().problems.map(({ code }) => code)
  }
  assert.deepEqual(await messages(), ['vault-untrusted'])
  assert.deepEqual(await messages('--trust'), [])
  assert.deepEqual(await messages(), [])
})

/** A PGlite vault of this computer that says its database is somewhere else. */
async function saysAnotherEngine(t: TestContext, engine: 'embedded' | 'external'): Promise<string> {
  const dir = join(await openFolder(t), 'vault')
  await mkdir(dir)
  await (await createDatabase({ vaultDir: dir })).close()
  const file = await readVaultFile(dir)
  assert.ok(file)
  await writeVaultFile(dir, { ...file, engine })
  return dir
}

test('no server is reached that this computer has not used for the vault before', async (t) => {
  const dir = await saysAnotherEngine(t, 'external')
  let calls = 0
  const server = createServer((socket) => {
    calls += 1
    socket.destroy()
  }).listen(0, '127.0.0.1')
  t.onTestFinished(() => void server.close())
  await new Promise((ready) => server.once('listening', ready))
  const { port } = server.address() as { port: number }
  await writeFile(join(dir, 'external.json'), JSON.stringify({ url: `postgres://me@127.0.0.1:${port}/x` }))
  assert.equal(await codeOf(openDatabase({ vaultDir: dir })), 'vault-untrusted')
  assert.equal(calls, 0)
  assert.equal(await codeOf(openDatabase({ vaultDir: dir, trust: true })), 'database-unreachable')
  assert.ok(calls > 0)
})

/** A vault on a server of its own, made here; what it says is trusted unless the seal goes. */
async function embeddedVault(t: TestContext): Promise<string> {
  const dir = join(await openFolder(t), 'vault')
  await mkdir(dir)
  await (await createDatabase({ vaultDir: dir, engine: 'embedded' })).close()
  return dir
}

test('a server of a strange folder is not started; a trusted one runs with our configuration only', async (t) => {
  const dir = await embeddedVault(t)
  const data = join(dir, 'postgres')
  const marks = join(dir, '..', 'marks')
  await mkdir(marks)
  await chmod(marks, 0o777)
  const mark = (name: string): string => `touch '${join(marks, name)}'`
  const hostile = [
    `restore_command = '${mark('restore').replaceAll("'", "''")}'`,
    `archive_mode = on`,
    `archive_command = '${mark('archive').replaceAll("'", "''")}'`,
    `recovery_end_command = '${mark('end').replaceAll("'", "''")}'`,
    `archive_cleanup_command = '${mark('cleanup').replaceAll("'", "''")}'`,
    `shared_preload_libraries = 'no_such_library'`,
    `session_preload_libraries = 'no_such_library'`,
    `listen_addresses = '*'`,
    `log_directory = '${marks}'`,
    `logging_collector = on`,
    `data_directory = '${marks}'`,
    `hba_file = '${join(marks, 'hba')}'`,
    `include_if_exists = '${join(marks, 'more.conf')}'`,
    `include_dir = '${marks}'`,
    `ssl = on`,
    `ssl_passphrase_command = '${mark('ssl').replaceAll("'", "''")}'`,
  ].join('\n')
  await writeFile(join(marks, 'more.conf'), hostile)
  const spoil = async (): Promise<void> => {
    for (const name of ['postgresql.conf', 'postgresql.auto.conf']) await writeFile(join(data, name), hostile)
    await writeFile(join(data, 'pg_hba.conf'), 'host all all 0.0.0.0/0 trust\nlocal all all trust\n')
    for (const name of ['recovery.signal', 'standby.signal']) await writeFile(join(data, name), '')
  }
  await spoil()
  await rm(join(dir, 'vault.seal'))
  assert.equal(await codeOf(openDatabase({ vaultDir: dir })), 'vault-untrusted')
  assert.ok(!existsSync(join(data, 'postmaster.pid')))
  const database = await openDatabase({ vaultDir: dir, trust: true })
  const shown = await database.asOwner((tx) =>
    tx.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name in ('restore_command', 'archive_mode', 'shared_preload_libraries',
         'session_preload_libraries', 'listen_addresses', 'logging_collector', 'ssl') order by 1`,
    ),
  )
  assert.deepEqual(Object.fromEntries(shown.map(({ name, setting }) => [name, setting])), {
    archive_mode: 'off',
    listen_addresses: '',
    logging_collector: 'off',
    restore_command: '',
    session_preload_libraries: '',
    shared_preload_libraries: '',
    ssl: 'off',
  })
  await database.close()
  assert.doesNotMatch(await readFile(join(data, 'pg_hba.conf'), 'utf8'), /0\.0\.0\.0/)
  assert.ok(!existsSync(join(data, 'recovery.signal')) && !existsSync(join(data, 'standby.signal')))
  assert.deepEqual(await readdir(marks), ['more.conf'])
  // What a backup program leaves names other folders; it is no vault of ours.
  for (const name of ['backup_label', 'tablespace_map']) {
    await writeFile(join(data, name), '16384 /tmp\n')
    assert.equal(await codeOf(openDatabase({ vaultDir: dir })), 'database-refused', name)
    await rm(join(data, name))
  }
})

test('postmaster.pid of a strange folder stops no process and removes no folder', async (t) => {
  const dir = await embeddedVault(t)
  const victim = join(await temporaryFolder(t), 'coffer-pg-victim')
  await mkdir(victim)
  await writeFile(join(victim, 'letter.txt'), 'dear')
  const other = startProgram(t, 'lock-program.ts', await temporaryFolder(t))
  await other.said('locked')
  // As a server's own note: pid, folder, start, port, socket folder, address, key, state.
  const listening = createServer().listen(join(victim, '.s.PGSQL.5432'))
  t.onTestFinished(() => void listening.close())
  const note = [other.child.pid, join(dir, 'postgres'), 1, 5432, victim, '', '', 'ready'].join('\n')
  await writeFile(join(dir, 'postgres', 'postmaster.pid'), note)
  const database = await openDatabase({ vaultDir: dir })
  assert.equal((await database.info()).engine, 'embedded')
  await database.close()
  assert.equal(await readFile(join(victim, 'letter.txt'), 'utf8'), 'dear')
  assert.ok(other.child.exitCode === null && other.child.signalCode === null)
})

const linkedNames = [
  'vault.json',
  'vault.lock',
  'vault.lock.json',
  'vault.lock.json.new',
  'vault.seal',
  'database',
  'database.facts.json',
  'database.ballast',
  'database.snapshot',
  'database/pg_wal',
  'database/PG_VERSION',
  'database/pg_tblspc/16384',
  'logs',
  'logs/engine.log',
  'scratch',
  'users',
  'users/*',
  'users/*/incoming',
  'users/*/media',
  'users/*/thumbnails',
]

/** Puts something in the place of a part of a vault while `work` runs. */
async function inPlaceOf(path: string, put: (isFolder: boolean) => unknown, work: () => Promise<void>): Promise<void> {
  const aside = `${path} aside`
  const facts = await lstat(path).catch(() => null)
  if (facts) await rename(path, aside)
  try {
    await put(facts?.isDirectory() ?? false)
    await work()
  } finally {
    await rm(path, { recursive: true, force: true })
    if (facts) await rename(aside, path)
  }
}

async function refusalOf(dir: string, folder: string): Promise<unknown> {
  await using engine = startEngine({ stateDir: join(folder, 'this computer') })
  return await codeOf(engine.open(dir))
}

test('no link of a strange vault is followed, whatever it stands for', async (t) => {
  const { dir, folder } = await foreignVault(t)
  const [user = ''] = await readdir(join(dir, 'users'))
  const victim = join(folder, 'home')
  await mkdir(join(victim, 'sub'), { recursive: true })
  for (const file of ['letter.txt', 'sub/deep.txt']) await writeFile(join(victim, file), 'dear')
  for (const template of linkedNames) {
    const name = template.replace('*', user)
    await inPlaceOf(
      join(dir, name),
      (isFolder) => symlink(isFolder ? victim : join(victim, 'letter.txt'), join(dir, name)),
      async () => assert.equal(await refusalOf(dir, folder), 'path-outside', name),
    )
    assert.deepEqual(
      (await readdir(victim, { recursive: true })).toSorted(),
      ['letter.txt', 'sub', 'sub/deep.txt'],
      name,
    )
    assert.equal(await readFile(join(victim, 'letter.txt'), 'utf8'), 'dear', name)
  }
  assert.equal(await refusalOf(dir, folder), 'nothing was thrown')
})

test('a pipe where a file should be is refused, not waited for', { skip: process.platform === 'win32' }, async (t) => {
  const { dir, folder } = await foreignVault(t)
  const [user = ''] = await readdir(join(dir, 'users'))
  for (const name of ['vault.seal', 'vault.lock.json', `users/${user}/incoming`, 'database/postgresql.conf']) {
    await inPlaceOf(
      join(dir, name),
      () => execFileSync('mkfifo', [join(dir, name)]),
      async () => assert.equal(await refusalOf(dir, folder), 'path-outside', name),
    )
  }
})

test('notes in incoming remove nothing outside of the vault', async (t) => {
  const { dir, folder } = await foreignVault(t)
  const [user = ''] = await readdir(join(dir, 'users'))
  const letter = join(folder, 'letter.txt')
  await writeFile(letter, 'dear')
  const owner = '00000000-0000-7000-8000-000000000000'
  const places = [
    '../letter.txt',
    '../../letter.txt',
    letter,
    `users/../../letter.txt`,
    `users/${user}/../../../letter.txt`,
    'vault.json',
  ]
  await mkdir(join(dir, 'users', user, 'incoming'), { recursive: true })
  await writeFile(
    join(dir, 'users', user, 'incoming', 'intent-00000000-0000-7000-8000-000000000001.json'),
    JSON.stringify(places.map((to) => ({ owner, to }))),
  )
  await opened(t, dir, folder)
  assert.equal(await readFile(letter, 'utf8'), 'dear')
  assert.ok(existsSync(join(dir, 'vault.json')))
})

test('what a strange database tells to do is not done by itself', async (t) => {
  const { dir, folder } = await foreignVault(t)
  const [autostart, secrets] = [join(folder, 'autostart'), join(folder, 'secrets')]
  await mkdir(autostart)
  await mkdir(secrets)
  await settledFile(join(secrets, 'passport.jpg'), await jpeg(2))
  const database = await openDatabase({ vaultDir: dir })
  await database.asOwner(async (tx) => {
    const user = await tx.one<{ id: string }>('select id from core.users')
    const media = await tx.one<{ id: string }>('select id from vault.media')
    await tx.execute(`update vault.media set filename = 'evil.desktop'`)
    const job = `insert into meta.jobs (kind, user_id, payload) values ($1, $2, $3::jsonb)`
    await tx.execute(job, ['export', user?.id, JSON.stringify({ path: autostart, ids: [media?.id] })])
    await tx.execute(job, ['export', user?.id, JSON.stringify({ path: join(folder, 'new'), since: null })])
    const run = await tx.one<{ id: string }>(
      `insert into meta.imports (user_id, status, paths) values ($1, 'running', $2::jsonb) returning id`,
      [user?.id, JSON.stringify([secrets])],
    )
    await tx.execute(job, ['import', user?.id, JSON.stringify({ importId: run?.id })])
    await tx.execute(`insert into meta.watched_folders (user_id, path) values ($1, $2)`, [user?.id, secrets])
  })
  await database.close()
  const vault = await opened(t, dir, folder)
  await vault.engine.vault().jobs.settled()
  assert.deepEqual(await readdir(autostart), [])
  assert.ok(!existsSync(join(folder, 'new')))
  assert.equal((await vault.get<{ media: number }>('/status')).media, 1)
  assert.equal(vault.engine.vault().watching, null)
})

/** Rows that lead out of the vault, in every way a path can; `{outside}` is a real file that is not the vault's. */
const strayPaths = [
  '{outside}',
  '/etc/passwd',
  '../secret.txt',
  'users/../../secret.txt',
  'users/{user}/media/../../../../secret.txt',
  'users/{user}/media/link.txt',
  'users/{user}/media/linked/secret.txt',
  'vault.json',
  'logs/engine.log',
  'users/{user}/media/pipe',
  'users//{user}',
  'users/{user}/./media',
  '',
  'users/',
]

test('no row of a strange database shows, copies or removes a file outside of the vault', async (t) => {
  const { dir, folder } = await foreignVault(t)
  const outside = join(folder, 'secret.txt')
  await writeFile(outside, 'the secret')
  const [user = ''] = await readdir(join(dir, 'users'))
  const media = join(dir, 'users', user, 'media')
  await symlink(outside, join(media, 'link.txt'))
  await symlink(folder, join(media, 'linked'))
  if (process.platform !== 'win32') execFileSync('mkfifo', [join(media, 'pipe')])
  const hash = '3bdd3f0fbc01dbcbbbb6d4a9b9d7e6d3e6b7ce4a7c2a0e7a6cd2b3a2f4e7f6d5'
  const database = await openDatabase({ vaultDir: dir })
  const ids = await database.asOwner(async (tx) => {
    const made: string[] = []
    for (const storage of ['vault', 'reference']) {
      for (const [number, template] of strayPaths.entries()) {
        const path = template.replace('{outside}', outside).replace('{user}', user)
        const row = await tx.one<{ id: string }>(
          `insert into vault.media (user_id, filename, media_type, mime_type, size, file_path, storage, hash, thumbnail_generated)
           values ($1, $2, 'photo', 'image/jpeg', 10, $3, $4, $5, true) returning id`,
          [
            user,
            `${storage} ${number}.jpg`,
            path,
            storage,
            hash.replace(/..$/, `${storage === 'vault' ? 'a' : 'b'}${number.toString(16)}`),
          ],
        )
        made.push(row?.id ?? '')
      }
    }
    return made
  })
  await database.close()
  const vault = await opened(t, dir, folder)
  for (const id of ids) {
    for (const path of [`/media/${id}/original`, `/media/${id}/thumbnails/grid`, `/thumbnails?size=grid&ids=${id}`]) {
      const answer = await vault.raw('GET', path)
      assert.doesNotMatch(
        answer.body,
        /the secret|root:|formatVersion/,
        `${path} of ${strayPaths[ids.indexOf(id) % strayPaths.length]}`,
      )
    }
  }
  // Pictures, too: a link where one should be.
  const [first = ''] = ids
  await mkdir(join(dir, 'users', user, 'thumbnails', first.slice(-2)), { recursive: true })
  await symlink(outside, join(dir, 'users', user, 'thumbnails', first.slice(-2), `${first}.grid`))
  assert.doesNotMatch((await vault.raw('GET', `/media/${first}/thumbnails/grid`)).body, /the secret/)
  assert.doesNotMatch((await vault.raw('GET', `/thumbnails?size=grid&ids=${first}`)).body, /the secret/)
  const checked = await vault.ask<{ missing: { id: string }[]; damaged: unknown[] }>('POST', '/verify')
  assert.equal(checked.status, 200)
  assert.deepEqual(checked.body.damaged, [])
  assert.ok(ids.every((id) => checked.body.missing.some((each) => each.id === id)))
  // Deleted for good, they take nothing along.
  assert.equal((await vault.ask('POST', '/trash', { ids })).status < 500, true)
  for (const id of ids) await vault.ask('DELETE', `/media/${id}`)
  await vault.ask('DELETE', '/trash')
  await vault.engine.vault().jobs.settled()
  assert.equal(await readFile(outside, 'utf8'), 'the secret')
  assert.ok(existsSync(join(dir, 'vault.json')))
})

test('a file that is only indexed in place is read in a vault of this computer, and nowhere else', async (t) => {
  const folder = await openFolder(t)
  const dir = join(folder, 'vault')
  const mine = startEngine({ stateDir: join(folder, 'mine') })
  await mine.create(dir, { username: 'ann' })
  const vault = vaultOver(mine, dir, folder)
  await settledFile(join(folder, 'kept elsewhere.jpg'), await jpeg(3))
  await vault.import({ paths: [join(folder, 'kept elsewhere.jpg')], reference: true })
  const [photo] = (await vault.get<{ items: { id: string }[] }>('/timeline?limit=1')).items
  const original = `/media/${photo?.id}/original`
  assert.equal((await vault.raw('GET', original)).status, 200)
  await mine.close()
  const theirs = await opened(t, dir, folder)
  const refused = await theirs.ask<{ code: string }>('GET', original)
  assert.deepEqual([refused.status, refused.body.code], [403, 'vault-untrusted'])
  await theirs.ask('POST', '/vault/trust')
  assert.equal((await theirs.raw('GET', original)).status, 200)
})

test('a second engine is kept out although somebody removed the lock files', async (t) => {
  const { dir, folder } = await foreignVault(t)
  const engine = startEngine({ stateDir: join(folder, 'this computer') })
  t.onTestFinished(() => engine.close())
  await engine.open(dir)
  for (const name of await readdir(dir)) if (name.startsWith('vault.lock')) await unlink(join(dir, name))
  assert.equal(await codeOf(lockVault(dir)), 'vault-locked')
  assert.equal(await startProgram(t, 'lock-program.ts', dir).said('refused'), 'refused vault-locked')
  await engine.close()
  await (await lockVault(dir)).release()
})

test('a journal beside the lock is not played back', async (t) => {
  const { dir, folder } = await foreignVault(t)
  const letter = join(folder, 'letter.txt')
  await writeFile(letter, 'dear')
  // The end of a hot journal of SQLite that names another one, which is removed once it has been played back.
  const name = Buffer.from(letter)
  const sum = name.reduce((total, byte) => total + byte, 0)
  const magic = Buffer.from([0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7])
  const header = Buffer.alloc(512)
  magic.copy(header)
  header.writeUInt32BE(1, 16)
  header.writeUInt32BE(512, 20)
  header.writeUInt32BE(4096, 24)
  const tail = Buffer.alloc(4 + name.length + 8)
  tail.writeUInt32BE(0x40000000 / 4096 + 1, 0)
  name.copy(tail, 4)
  tail.writeUInt32BE(name.length, 4 + name.length)
  tail.writeUInt32BE(sum, 8 + name.length)
  await writeFile(join(dir, 'vault.lock'), Buffer.alloc(8192, 1))
  await writeFile(join(dir, 'vault.lock-journal'), Buffer.concat([header, tail, magic]))
  const lock = await lockVault(dir)
  await lock.release()
  assert.equal(await readFile(letter, 'utf8'), 'dear')
  assert.ok(!existsSync(join(dir, 'vault.lock-journal')))
})
