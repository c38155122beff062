import assert from 'node:assert/strict'
import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'vitest'
import { connect, type Connection } from '../../main/engine/database/connection/connection.ts'
import { unpackImage } from '../../main/engine/database/migrate/image.ts'
import { openDatabase } from '../../main/engine/database/index.ts'
import { applyMigrations, readMigrations, revertMigrations } from '../../main/engine/database/migrate/migrations.ts'
import { atEnd, base, codeOf, engine, newVault, prepareImage, reopen, temporaryFolder } from './support.ts'

const schemas = `('core', 'vault', 'read', 'meta', 'ingest', 'circles', 'hypernet', 'trove', 'orbital')`

/** Everything the schema says, as text: two databases with the same answer have the same schema. */
const fingerprint = `
  select 'column' as kind, table_schema || '.' || table_name || '.' || column_name as name,
    concat_ws(' ', data_type, is_nullable, column_default, generation_expression, identity_generation) as text
    from information_schema.columns where table_schema in ${schemas}
  union all select 'index', schemaname || '.' || indexname, indexdef from pg_indexes where schemaname in ${schemas}
  union all select 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
    from pg_constraint where connamespace::regnamespace::text in ${schemas}
  union all select 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
  union all select 'policy', schemaname || '.' || tablename || '.' || policyname,
    concat_ws(' ', roles::text, cmd, qual, with_check) from pg_policies where schemaname in ${schemas}
  union all select 'function', oid::regprocedure::text, pg_get_functiondef(oid) || coalesce(proacl::text, '')
    from pg_proc where pronamespace::regnamespace::text in ${schemas}
  union all select 'grant', oid::regclass::text,
    (select string_agg(a::text, ' ' order by a::text) from unnest(relacl) a) || relrowsecurity || relforcerowsecurity
    from pg_class where relnamespace::regnamespace::text in ${schemas} and relkind in ('r', 'v')
  union all select 'columns granted', attrelid::regclass || '.' || attname, attacl::text from pg_attribute
    where attacl is not null and attrelid::regclass::text ~ '^(core|vault|ingest|circles|read|meta)[.]'
  union all select 'view', schemaname || '.' || viewname, definition from pg_views where schemaname in ${schemas}
  union all select 'option', oid::regclass::text, reloptions::text from pg_class
    where reloptions is not null and relnamespace::regnamespace::text in ${schemas}
  union all select 'comment', c.oid::regclass || '.' || d.objsubid, d.description from pg_description d
    join pg_class c on c.oid = d.objoid and d.classoid = 'pg_class'::regclass where c.relnamespace::regnamespace::text in ${schemas}
  union all select 'set_config', 'public', (select proacl::text from pg_proc where oid = 'set_config(text,text,boolean)'::regprocedure)
  order by 1, 2, 3`

async function schemaOf(connection: Connection): Promise<string[]> {
  const { rows } = await connection.query(fingerprint)
  return (rows as { kind: string; name: string; text: string }[]).map((row) => `${row.kind} ${row.name}: ${row.text}`)
}

test('the prepared database has the schema of the migrations, and up, down, up ends where it began', async (t) => {
  await prepareImage()
  const [fresh, prepared] = [temporaryFolder(t), temporaryFolder(t)]
  const migrations = await readMigrations()
  await unpackImage(prepared)
  const image = await connect({ dataDir: join(prepared, 'database'), mayInitialise: false })
  const imageSchema = await schemaOf(image)
  await image.kill()
  const made = await connect({ engine, dataDir: join(fresh, base), mayInitialise: true })
  atEnd(t, () => made.kill())
  await applyMigrations(made, migrations)
  const first = await schemaOf(made)
  assert.ok(first.length > 500)
  assert.deepEqual(imageSchema, first)
  await revertMigrations(made, 0)
  const { rows } = await made.query(`select relname from pg_class where relnamespace::regnamespace::text in ${schemas}
    and relkind = 'r' union all select nspname from pg_namespace where nspname in ${schemas} and nspname <> 'meta'`)
  assert.deepEqual(rows, [{ relname: 'migrations' }])
  await applyMigrations(made, migrations)
  assert.deepEqual(await schemaOf(made), first)
})

test('every schema, table and column has a comment', async (t) => {
  const { database } = await newVault(t)
  const silent = await database.asService((tx) =>
    tx.query(`
      select c.oid::regclass || coalesce('.' || a.attname, '') as name
      from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind = 'r' and c.relnamespace::regnamespace::text in ${schemas}
        and (obj_description(c.oid, 'pg_class') is null or col_description(c.oid, a.attnum) is null)
      union all select nspname from pg_namespace where nspname in ${schemas} and obj_description(oid, 'pg_namespace') is null`),
  )
  assert.deepEqual(silent, [])
})

/** A copy of the shipped migrations that a test may add to; used while the test runs. */
async function ownMigrations(t: TestContext): Promise<string> {
  const resources = temporaryFolder(t)
  await cp(resolve(import.meta.dirname, '../../migrations'), join(resources, 'migrations'), { recursive: true })
  process.env['COFFER_RESOURCES'] = resources
  atEnd(t, () => void delete process.env['COFFER_RESOURCES'])
  return join(resources, 'migrations')
}

/** The number leaves a gap, as two features written beside each other may. */
async function addMigration(folder: string, up: string, down = 'select 1;'): Promise<number> {
  const version = Math.max(...(await readdir(folder)).map((name) => Number(name.slice(0, 4)))) + 5
  const file = join(folder, `${String(version).padStart(4, '0')}-more.sql`)
  await writeFile(file, `-- More.\n\n-- migrate:up\n${up}\n-- migrate:down\n${down}\n`)
  return version
}

test('a vault is brought up to date when it is opened, with the old database kept until the next open', async (t) => {
  const { dir, database } = await newVault(t)
  const first = (await database.info()).schemaVersion
  await database.close()
  const version = await addMigration(
    await ownMigrations(t),
    `create table vault.more (x int);`,
    `drop table vault.more;`,
  )
  const opened = await reopen(t, dir)
  assert.equal((await opened.info()).schemaVersion, version)
  const old = `${base}.before-${String(version).padStart(4, '0')}`
  assert.ok((await readdir(dir)).includes(old))
  await opened.rollback(version - 1)
  assert.equal((await opened.info()).schemaVersion, first)
  assert.deepEqual(await opened.migrate(), { from: first, to: version })
  await opened.close()
  const again = await reopen(t, dir)
  const left = (await readdir(dir)).filter((name) => name.includes('.') && !name.startsWith('vault.'))
  assert.deepEqual(left.sort(), ['database.ballast', `${base}.facts.json`])
  assert.deepEqual(await again.health(), [])
})

test('stepping back over tables with rows in them leaves a vault that opens', async (t) => {
  const { dir, database, users } = await newVault(t)
  const [ann] = users
  const now = (await database.info()).schemaVersion
  await database.write(ann, async (tx) => {
    const rows = await tx.query<{ id: string }>(
      `insert into vault.notes (user_id, body) values ($1, 'one'), ($1, 'two') returning id`,
      [ann],
    )
    await tx.execute(`update vault.notes set body = 'three'`)
    await tx.execute(
      `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type)
       values ($1, $2, 'note', $3, 'note', 'related_to')`,
      [ann, rows[0]?.id, rows[1]?.id],
    )
    await tx.execute(`insert into vault.albums (user_id, name) values ($1, 'kept')`, [ann])
  })
  await database.rollback(9)
  assert.equal((await database.info()).schemaVersion, 9)
  await database.close()
  const opened = await reopen(t, dir)
  assert.deepEqual([(await opened.info()).schemaVersion, await opened.health()], [now, []])
  const left = await opened.read(ann, (tx) =>
    tx.one(`select (select count(*) from vault.notes) as notes, (select count(*) from core.links) as links,
      (select count(*) from vault.albums) as albums, (select count(*) from core.objects) as objects`),
  )
  assert.deepEqual(left, { notes: 0, links: 0, albums: 1, objects: 1 })
})

test('a migration that fails leaves the vault as it was', async (t) => {
  const { dir, database } = await newVault(t)
  const before = (await database.info()).schemaVersion
  await database.close()
  const folder = await ownMigrations(t)
  await addMigration(folder, `create table vault.more (x int); select 1 / 0;`)
  assert.equal(await codeOf(openDatabase({ vaultDir: dir })), 'migration-failed')
  delete process.env['COFFER_RESOURCES']
  const opened = await reopen(t, dir)
  assert.equal((await opened.info()).schemaVersion, before)
  assert.deepEqual(await opened.asService((tx) => tx.query(`select username from core.users`)), [{ username: 'ann' }])
})

test('a migration that removes rows is taken back', async (t) => {
  const { dir, database } = await newVault(t)
  await database.close()
  const folder = await ownMigrations(t)
  await addMigration(folder, `delete from core.users;`)
  assert.equal(await codeOf(openDatabase({ vaultDir: dir })), 'migration-failed')
  delete process.env['COFFER_RESOURCES']
  const opened = await reopen(t, dir)
  assert.deepEqual(await opened.asService((tx) => tx.query(`select username from core.users`)), [{ username: 'ann' }])
})

test('a change of schema that was interrupted is undone; half a copy is ignored', async (t) => {
  const { dir, database } = await newVault(t)
  await database.close()
  await mkdir(join(dir, `${base}.snapshot.part`))
  await rename(join(dir, base), join(dir, `${base}.snapshot`))
  await mkdir(join(dir, base))
  const opened = await reopen(t, dir)
  assert.deepEqual(await opened.asService((tx) => tx.query(`select username from core.users`)), [{ username: 'ann' }])
})

test('edited migrations, newer vaults and other line ends', async (t) => {
  const { dir, database } = await newVault(t)
  await database.close()
  const folder = await ownMigrations(t)
  const [first = '', ...others] = await readdir(folder).then((names) => names.sort())
  const text = await readFile(join(folder, first), 'utf8')
  await writeFile(join(folder, first), text.replaceAll('\n', '\r\n'))
  await (await openDatabase({ vaultDir: dir })).close()
  await writeFile(join(folder, first), `${text}-- edited\n`)
  assert.equal(await codeOf(openDatabase({ vaultDir: dir })), 'migration-edited')
  await writeFile(join(folder, first), text)
  await rename(join(folder, others.at(-1) ?? ''), join(folder, 'not-now'))
  assert.equal(await codeOf(openDatabase({ vaultDir: dir })), 'vault-newer')
})
