import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { cp, lstat, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import {
  createBackup,
  openRepository,
  restoreArchive,
  restoreFiles,
  restoreVault,
  type Repository,
} from '../../main/engine/backup/index.ts'
import { createArchive } from '../../main/engine/backup/create/archive.ts'
import { fileWriter } from '../../main/engine/backup/pack/direct-file.ts'
import { writeIndex } from '../../main/engine/backup/repository/catalogue.ts'
import { decrypted, partsIn, partsOf, textOf, writeSnapshot } from '../../main/engine/backup/create/snapshot.ts'
import { tarEnd, tarHeader, tarPadding } from '../../main/engine/backup/pack/tar.ts'
import { readVaultFile } from '../../main/engine/database/index.ts'
import { openFresh } from '../../main/engine/database/migrate/fresh.ts'
import { loadRows } from '../../main/engine/database/copy/load.ts'
import { newestOf, readMigrations } from '../../main/engine/database/migrate/migrations.ts'
import { locationOf } from '../../main/engine/database/location.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { ageSealer } from '../../main/engine/keys/index.ts'
import { codeOf } from '../database/support.ts'
import { never, passphrase, vaultWithRepository, type BackedUpVault } from '../backup/support.ts'
import { vaultOver } from '../support/engine.ts'
import { temporaryFolder } from '../support/folders.ts'
import { step } from '../support/step.ts'

// Room set aside in every vault would be most of what these tests write.
process.env['COFFER_MIN_FREE_MB'] ??= '4'

const signal = never

/** A whole dump whose rows begin with these lines. */
async function* dumpOf(...lines: readonly string[]): AsyncGenerator<readonly string[]> {
  yield ['-- Coffer', 'begin;', '-- migration 1', 'create table public.owned ();', '', '-- rows', ...lines, 'commit;']
}

const refusedLines: readonly (readonly string[])[] = [
  [`select pg_catalog.setval('core.audit_log_id_seq', 1, true); create table public.owned ();`],
  [`select pg_catalog.setval('core.audit_log_id_seq', (select 1), true);`],
  [`select pg_catalog.setval('core.audit_log_id_seq'::regclass, 1, true);`],
  [`select pg_catalog.setval('core.no_such_seq', 1, true);`],
  [`select pg_catalog.setval('x'); create table public.owned (); --', 1, true);`],
  [`select pg_catalog.pg_read_file('/etc/passwd');`],
  [`truncate vault.media cascade; create table public.owned ();`],
  [`truncate pg_catalog.pg_proc cascade;`],
  [`truncate public.nothing cascade;`],
  [`truncate vault.media, (select 1) cascade;`],
  [`copy pg_catalog.pg_authid (rolname) from stdin;`, 'evil', '\\.'],
  [`copy vault.media (id) from program 'id';`],
  [`copy vault.media (id) from '/etc/passwd';`],
  [`copy vault.media from stdin;`, '\\.'],
  [`copy vault.media (no_such_column) from stdin;`, 'x', '\\.'],
  [`copy vault.media (id) from stdin with (format csv);`, '\\.'],
  [`copy vault.media (id, (select 1)) from stdin;`, '\\.'],
  [`copy "vault"."media" (id) from stdin; create table public.owned ();`],
  [`set local session_replication_role = replica; create table public.owned ();`],
  [`set session authorization postgres;`],
  [`alter system set archive_command = 'id';`],
  [`do $$ begin create table public.owned (); end $$;`],
  [`create table public.owned ();`],
  [`\\! touch owned`],
  [`\\copy vault.media from '/etc/passwd'`],
  [`COMMIT;`],
  [`commit; create table public.owned ();`],
  [`commit;`, `create table public.owned ();`],
  ['insert into core.users (username) values (1);'],
]

test('no line of a dump is run: what is no row of a known table is refused', async (t) => {
  const vaultDir = await temporaryFolder(t)
  const version = newestOf(await readMigrations())
  const connection = await openFresh(locationOf(vaultDir, 'pglite'), version, { isSynced: false })
  t.onTestFinished(() => connection.kill())
  const owned = async (): Promise<unknown> =>
    (await connection.query(`select to_regclass('public.owned') is not null as owned`)).rows[0]
  for (const lines of refusedLines) {
    assert.equal(await codeOf(loadRows(connection, dumpOf(...lines))), 'backup-damaged', lines.join(' '))
    assert.deepEqual(await owned(), { owned: false }, lines.join(' '))
  }
  // The schema of a dump is passed over, whatever it says; what dumps do say is understood.
  const tables = await loadRows(
    connection,
    dumpOf(
      'truncate vault.tags, core.users cascade;',
      'set local session_replication_role = replica;',
      'copy core.users (username) from stdin;',
      'ann; drop table core.users; --',
      '\\.',
      '',
      '-- sequences',
      `select pg_catalog.setval('core.audit_log_id_seq', 77, true);`,
      '',
    ),
  )
  assert.deepEqual(tables, ['core.users'])
  assert.deepEqual((await connection.query('select username from core.users')).rows, [
    { username: 'ann; drop table core.users; --' },
  ])
  assert.deepEqual(await owned(), { owned: false })
})

/** The parts of a snapshot as text, in their order. */
async function partsIntoText(parts: ReturnType<typeof partsIn>): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for await (const part of parts) found.set(part.name, await textOf(part))
  return found
}

/** Writes a snapshot as somebody who holds the key of the repository could: with other parts. */
async function forged(
  repository: Repository,
  name: string,
  change: (parts: Map<string, string>) => void,
): Promise<string> {
  const parts = await partsIntoText(partsOf(repository, name))
  change(parts)
  return (
    await writeSnapshot(
      repository,
      [...parts].map(([part, text]) => ({ name: part, bytes: Buffer.from(text) })),
    )
  ).name
}

function edited(parts: Map<string, string>, name: string, edit: (text: string) => string): void {
  const before = parts.get(name) ?? ''
  const after = edit(before)
  assert.notEqual(after, before, `${name} was not changed`)
  parts.set(name, after)
}

test('a writer that is given up leaves what was there before it', async (t) => {
  const folder = await temporaryFolder(t)
  const [mine, link] = [join(folder, 'mine.txt'), join(folder, 'link.txt')]
  await writeFile(mine, 'a letter of mine')
  await symlink(mine, link)
  for (const path of [mine, link]) {
    for (const bytes of [5, 3 << 20]) {
      const writer = fileWriter(path)
      assert.throws(() => {
        writer.write(Buffer.alloc(bytes))
        writer.finish()
      }, /EEXIST/)
      writer.abandon()
      assert.equal(await readFile(path, 'utf8'), 'a letter of mine')
    }
  }
})

const strayPaths = (outside: string): readonly string[] => [
  outside,
  '/etc/passwd',
  '../stray.jpg',
  'users/../../stray.jpg',
  'users/./stray.jpg',
  'users//stray.jpg',
  'stray.jpg',
  'vault.json',
  'database/PG_VERSION',
  'users/',
  '',
]

/** A single-file backup with other entries, sealed to the same key. */
async function forgedArchive(
  vault: BackedUpVault,
  file: string,
  change: (entries: [string, Buffer][]) => [string, Buffer][],
): Promise<void> {
  const { identity, recipient } = vault.repository
  const { database, log } = vault.engine.vault()
  const plain = `${file}.plain`
  await createArchive({ vaultDir: vault.dir, database, log }, plain, [recipient], { signal })
  const entries: [string, Buffer][] = []
  for await (const part of partsIn(decrypted(plain, { identities: [identity] }))) {
    const chunks: Buffer[] = []
    for await (const chunk of part.chunks) chunks.push(chunk)
    entries.push([part.name, Buffer.concat(chunks)])
  }
  const sealer = await ageSealer([recipient])
  const pieces: Buffer[] = [sealer.head]
  const take = (bytes: Buffer): void => void pieces.push(Buffer.from(bytes))
  let written = 0
  for (const [name, bytes] of change(entries)) {
    for (const piece of [tarHeader(name, bytes.length), bytes, tarPadding(bytes.length)]) {
      written += piece.length
      sealer.update(piece, take)
    }
  }
  sealer.update(tarEnd(written, 512), take)
  sealer.final(take)
  await writeFile(file, Buffer.concat(pieces))
}

test('a backup that somebody forged who holds its key', async (t) => {
  const vault = await vaultWithRepository(t, 2)
  const { snapshot } = await vault.backup()

  await step('a snapshot writes nothing outside of the folder it is restored into', async () => {
    const outside = join(vault.folder, 'stray.jpg')
    for (const [number, path] of strayPaths(outside).entries()) {
      const name = await forged(vault.repository, snapshot, (parts) =>
        edited(parts, 'files.jsonl', (text) => text.replace(/"path":"[^"]*"/, `"path":${JSON.stringify(path)}`)),
      )
      const to = join(vault.folder, `restored ${number}`)
      const code = await codeOf(restoreVault(vault.repository, to, { signal, snapshot: name }))
      assert.equal(code, 'path-outside', path)
      assert.ok(!existsSync(outside), path)
    }
  })

  await step('records of a snapshot that are not what they should be are damage, not a crash', async () => {
    const wrong: Readonly<Record<string, (parts: Map<string, string>) => void>> = {
      'a number for a hash': (parts) =>
        edited(parts, 'files.jsonl', (text) => text.replace(/"sha256":"\w+"/, '"sha256":1')),
      'no id': (parts) => edited(parts, 'files.jsonl', (text) => text.replace(/"mediaId":"[^"]+"/, '"mediaId":"x"')),
      'no line': (parts) => parts.set('files.jsonl', 'null\n'),
      'no JSON': (parts) => parts.set('files.jsonl', '{"a\n'),
      'an album of nothing': (parts) => parts.set('albums.jsonl', '{"id":1}\n'),
      'a vault without an id': (parts) =>
        edited(parts, 'vault.json', (text) => text.replace(/"id": "[^"]+"/, '"id": "../x"')),
      'no vault': (parts) => void parts.delete('vault.json'),
      'a dump cut short': (parts) => edited(parts, 'database.sql', (text) => text.slice(0, text.length / 2)),
    }
    for (const [what, change] of Object.entries(wrong)) {
      const name = await forged(vault.repository, snapshot, change)
      const to = join(vault.folder, `restored ${what}`)
      assert.equal(await codeOf(restoreVault(vault.repository, to, { signal, snapshot: name })), 'backup-damaged', what)
    }
  })

  await step('a restored vault shows no file of this computer, does nothing by itself, and is PGlite', async () => {
    const secret = join(vault.folder, 'secret.txt')
    await writeFile(secret, 'the secret')
    const { database } = vault.engine.vault()
    await database.asOwner(async (tx) => {
      const user = await tx.one<{ id: string }>('select id from core.users')
      await tx.execute(`insert into meta.jobs (kind, user_id, payload) values ('export', $1, $2::jsonb)`, [
        user?.id,
        JSON.stringify({ path: join(vault.folder, 'autostart'), since: null }),
      ])
      await tx.execute(`update meta.jobs set status = 'done'`)
      await tx.execute(`insert into meta.imports (user_id, status, paths) values ($1, 'paused', $2::jsonb)`, [
        user?.id,
        JSON.stringify([vault.folder]),
      ])
    })
    const name = await forged(vault.repository, snapshot, (parts) => {
      let nth = 0
      edited(parts, 'database.sql', (text) =>
        text
          .replaceAll(
            /\tusers\/[0-9a-f-]+\/media\/[^\t]+\t(?=vault\t)/g,
            () => `\t${nth++ === 0 ? secret : '../secret.txt'}\t`,
          )
          .replace(`${secret}\tvault\t`, `${secret}\treference\t`)
          .replaceAll(/(\texport\t.*)\tdone\t/g, '$1\tqueued\t'),
      )
      // So that no listed original puts the path right.
      parts.set('files.jsonl', '')
      edited(parts, 'vault.json', (text) => text.replace('"engine": "pglite"', '"engine": "embedded"'))
    })
    const to = join(vault.folder, 'without files')
    await restoreVault(vault.repository, to, { signal, snapshot: name })
    assert.equal((await readVaultFile(to))?.engine, 'pglite')
    const engine = startEngine({ stateDir: null, isWatching: true })
    t.onTestFinished(() => engine.close())
    await engine.open(to)
    const restored = vaultOver(engine, to, vault.folder)
    await engine.vault().jobs.settled()
    assert.ok(!existsSync(join(vault.folder, 'autostart')))
    const { items: photos } = await restored.get<{ items: { id: string }[] }>('/timeline?limit=9')
    assert.equal(photos.length, 3)
    for (const { id } of photos) {
      const answer = await restored.raw('GET', `/media/${id}/original`)
      assert.equal(answer.status, 404)
      assert.doesNotMatch(answer.body, /the secret/)
    }
    const imports = await restored.get<{ items: { status: string }[] }>('/imports')
    assert.ok(imports.items.every(({ status }) => status === 'done' || status === 'cancelled'))
  })

  await step('the way back of a migration is this program’s, whatever the backup says', async () => {
    const name = await forged(vault.repository, snapshot, (parts) =>
      edited(parts, 'database.sql', (text) => {
        const at = text.indexOf('copy meta.migrations ')
        const end = text.indexOf('\n\\.', at)
        const rows = text.slice(at, end).replaceAll(/^(\d+\t.*)$/gm, (row) => {
          const cells = row.split('\t')
          cells[3] = 'create table public.owned ();'
          return cells.join('\t')
        })
        return text.slice(0, at) + rows + text.slice(end)
      }),
    )
    const to = join(vault.folder, 'way back')
    await restoreVault(vault.repository, to, { signal, snapshot: name })
    const engine = startEngine({ stateDir: null })
    t.onTestFinished(() => engine.close())
    const { database } = await engine.open(to)
    const { schemaVersion } = await database.info()
    const older = (await readMigrations()).filter((each) => each.version < schemaVersion)
    await database.rollback(newestOf(older))
    assert.deepEqual(await database.asOwner((tx) => tx.one(`select to_regclass('public.owned') as owned`)), {
      owned: null,
    })
  })

  await step('a single file writes nothing that it does not list, and nothing outside', async () => {
    const { folder } = vault
    const paths = ['../stray.jpg', '/tmp/coffer-stray.jpg', 'users/../../stray.jpg', 'vault.json', 'users/stray.jpg']
    for (const [number, path] of paths.entries()) {
      const file = join(folder, `forged ${number}.tar.age`)
      await forgedArchive(vault, file, (entries) => [
        ...entries.slice(0, -1),
        [path, Buffer.from('stray')],
        ...entries.slice(-1),
      ])
      const to = join(folder, `from file ${number}`)
      const ways = { identities: [vault.repository.identity] }
      const code = await codeOf(restoreArchive(file, ways, to, { signal }))
      assert.equal(code, 'backup-damaged', path)
      assert.ok(!existsSync(join(folder, 'stray.jpg')) && !existsSync('/tmp/coffer-stray.jpg'), path)
      assert.ok(!existsSync(join(to, 'users', 'stray.jpg')), path)
    }
  })

  await step('originals restored by name take no place outside, and none of another file', async () => {
    const name = await forged(vault.repository, snapshot, (parts) =>
      edited(parts, 'files.jsonl', (text) => text.replace('"filename":"photo 0.jpg"', '"filename":"../../stray.jpg"')),
    )
    const to = join(vault.folder, 'some')
    await mkdir(to)
    await writeFile(join(to, 'large.jpg'), 'a letter of mine')
    await symlink(join(vault.folder, 'nowhere.jpg'), join(to, 'large (2).jpg'))
    const { identity } = vault.repository
    const repository = await openRepository(vault.repositoryDir, { identities: [identity] })
    const files = await restoreFiles(repository, to, ['large.jpg', '../../stray.jpg'], { signal, snapshot: name })
    assert.equal(files.files, 2)
    assert.ok(!existsSync(join(vault.folder, 'stray.jpg')) && !existsSync(join(vault.folder, 'nowhere.jpg')))
    assert.equal(await readFile(join(to, 'large.jpg'), 'utf8'), 'a letter of mine')
    assert.ok((await lstat(join(to, 'large (2).jpg'))).isSymbolicLink())
    assert.equal((await readdir(to)).length, 4)
  })

  await step('an index that names no pack is damaged, and all is found without it', async () => {
    const { repository } = vault
    for (const pack of ['../../../etc/passwd', '/etc/passwd', 'x', '']) {
      await writeIndex(repository, [{ pack, size: 1, entries: [['a'.repeat(64), 1]] }])
    }
    const to = join(vault.folder, 'without index')
    const restored = await restoreVault(repository, to, { signal, snapshot })
    assert.deepEqual([restored.files, restored.lost], [3, []])
  })

  await step('a folder of the backup that is a link sweeps nothing elsewhere', async () => {
    const home = join(vault.folder, 'home')
    await mkdir(home)
    await writeFile(join(home, 'letter.txt'), 'dear')
    for (const name of ['tmp', 'data', 'index', 'snapshots', 'keys']) {
      const copy = join(vault.folder, 'stick')
      await rm(copy, { recursive: true, force: true })
      await cp(vault.repositoryDir, copy, { recursive: true })
      await rm(join(copy, name), { recursive: true })
      await symlink(home, join(copy, name))
      assert.equal(await codeOf(openRepository(copy, { passphrase })), 'path-outside', name)
      assert.deepEqual(await readdir(home), ['letter.txt'], name)
    }
    // Exchanged while it is in use.
    await rm(join(vault.repositoryDir, 'tmp'), { recursive: true })
    await symlink(home, join(vault.repositoryDir, 'tmp'))
    const { database, log } = vault.engine.vault()
    await codeOf(createBackup({ vaultDir: vault.dir, database, log }, vault.repository, { signal }))
    assert.deepEqual(await readdir(home), ['letter.txt'])
  })

  await step('a folder with links is not restored into', async () => {
    const [to, home] = [join(vault.folder, 'to'), join(vault.folder, 'home')]
    await mkdir(join(home, 'database'), { recursive: true })
    await writeFile(join(home, 'database', 'letter.txt'), 'dear')
    await mkdir(to)
    const file = await readVaultFile(vault.dir)
    const making = { kind: 'restore', from: '/x', snapshot: 'other' }
    await writeFile(join(to, 'vault.json'), JSON.stringify({ ...file, state: 'creating', making }))
    for (const name of ['database', 'users', 'logs']) {
      await symlink(join(home, 'database'), join(to, name))
      const code = await codeOf(restoreVault(vault.repository, to, { signal, snapshot }))
      assert.equal(code, name === 'users' ? 'nothing was thrown' : 'path-outside', name)
      assert.deepEqual(await readdir(join(home, 'database')), ['letter.txt'], name)
      await rm(join(to, name), { recursive: true, force: true })
    }
  })
})
