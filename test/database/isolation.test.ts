import assert from 'node:assert/strict'
import { test } from 'vitest'
import { SqlError, type Writer } from '../../main/engine/database/index.ts'
import { record } from '../../main/engine/objects/index.ts'
import { codeOf, newVault } from './support.ts'

const album = `insert into vault.albums (user_id, name) values ($1, $2)`

test('people see and change their own rows only', async (t) => {
  const { database, users } = await newVault(t, 'ann', 'ben')
  const [ann, ben = ''] = users
  await database.write(ann, (tx) => tx.execute(album, [ann, 'of ann']))
  assert.equal(await codeOf(database.write(ben, (tx) => tx.execute(album, [ann, 'forged']))), '42501')
  assert.equal(await database.write(ben, (tx) => tx.execute(`update vault.albums set name = 'taken'`)), 0)
  const seen = (user: string) => database.read(user, (tx) => tx.query(`select name from vault.albums`))
  assert.deepEqual([await seen(ann), await seen(ben)], [[{ name: 'of ann' }], []])
  assert.deepEqual(await database.read(ben, (tx) => tx.query(`select username from core.users`)), [{ username: 'ben' }])
  assert.equal(await codeOf(database.read(ann, (tx) => tx.query(`select password_hash from core.users`))), '42501')
  assert.equal(await codeOf(database.write(ann, (tx) => tx.execute(`update core.users set is_admin = true`))), '42501')
  assert.equal(await codeOf(database.asService((tx) => tx.execute(`delete from core.audit_log`))), '42501')
})

test('every table of a person has row-level security that binds its owner too', async (t) => {
  const { database } = await newVault(t)
  const open = await database.asService((tx) =>
    tx.query(
      `select c.oid::regclass::text as name from pg_class c
       where c.relkind = 'r' and c.relnamespace in ('core'::regnamespace, 'vault'::regnamespace, 'read'::regnamespace,
         'meta'::regnamespace, 'ingest'::regnamespace, 'circles'::regnamespace) and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`,
    ),
  )
  assert.deepEqual(open, [
    { name: 'core.link_types' },
    { name: 'core.platforms' },
    { name: 'meta.migrations' },
    { name: 'meta.vault_key' },
  ])
})

const escapes: Record<string, string> = {
  'reset role': 'sql-refused',
  '/* select */ reset role': 'sql-refused',
  'set role postgres': 'sql-refused',
  'set session authorization postgres': 'sql-refused',
  commit: 'sql-refused',
  'select 1; reset role': 'sql-refused',
  [`select set_config('role', 'postgres', true)`]: 'sql-refused',
  [`select set_config('app.current_user_id', gen_random_uuid()::text, true)`]: 'sql-refused',
  [`select pg_catalog.query_to_xml('reset role', true, true, '')`]: 'sql-refused',
  [`select query_to_xml('select set_config(''role'', ''postgres'', true)', true, true, '')`]: 'sql-refused',
  [`select * from ts_stat('select set_config(''role'', ''postgres'', true)')`]: 'sql-refused',
  [`do $$ begin perform 1; end $$`]: 'sql-refused',
  [`copy (select 1) to '/tmp/out'`]: 'sql-refused',
  [`explain analyze delete from vault.albums`]: 'sql-refused',
  [`select pg_read_file('PG_VERSION')`]: 'sql-refused',
  [`select pg_ls_dir('.')`]: 'sql-refused',
  [`select lo_import('/etc/passwd')`]: 'sql-refused',
  [`with gone as (update vault.albums set name = 'x' returning 1) select * from gone`]: 'sql-refused',
  [`with s as (update pg_settings set setting = 'postgres' where name = 'role' returning 1) select * from s`]:
    'sql-failed',
  'select * into temp stolen from vault.albums': 'sql-refused',
  'select rolpassword from pg_authid': 'sql-refused',
  'select password_hash from core.users': 'sql-refused',
  'select * from meta.jobs': 'sql-refused',
  'select * from meta.migrations': 'sql-refused',
  'select * from meta.row_ledger': 'sql-refused',
  'select ctid from vault.albums': 'sql-refused',
  'select xmin, a.* from vault.albums a': 'sql-refused',
  [`select U&"\\0063tid" from vault.albums`]: 'sql-refused',
  'select id from core.audit_log': 'sql-refused',
  'select failed_sign_ins from core.users': 'sql-refused',
  'select * from core.refresh_tokens': 'sql-refused',
  'select reltuples, relpages from pg_class': 'sql-refused',
  'select * from pg_class': 'sql-refused',
  'select * from pg_stat_user_tables': 'sql-refused',
  'select * from pg_stat_activity': 'sql-refused',
  'select * from pg_statio_all_tables': 'sql-refused',
  'select * from pg_statistic': 'sql-refused',
  'select * from pg_locks': 'sql-refused',
  [`select pg_stat_get_live_tuples('vault.albums'::regclass)`]: 'sql-refused',
  [`select pg_relation_size('vault.albums')`]: 'sql-refused',
  [`select pg_total_relation_size('vault.albums')`]: 'sql-refused',
  'select pg_database_size(current_database())': 'sql-refused',
  [`select pg_relation_filepath('vault.albums')`]: 'sql-refused',
  'select pg_current_wal_lsn()': 'sql-refused',
  'select pg_current_xact_id()': 'sql-refused',
  'select txid_current()': 'sql-refused',
  'select pg_current_snapshot()': 'sql-refused',
  'select * from pg_control_checkpoint()': 'sql-refused',
  [`select last_value from core.audit_log_id_seq`]: 'sql-refused',
  [`select nextval('core.audit_log_id_seq')`]: 'sql-refused',
  [`select pg_sequence_last_value('core.audit_log_id_seq')`]: 'sql-refused',
  'select pg_sleep(30)': 'sql-refused',
  'select pg_advisory_lock(1)': 'sql-refused',
  [`select pg_notify('x', 'y')`]: 'sql-refused',
  [`select lo_from_bytea(0, 'x')`]: 'sql-refused',
  [`select lo_put(1, 0, 'x')`]: 'sql-refused',
  [`select * from pg_largeobject`]: 'sql-refused',
  [`select pg_read_binary_file('PG_VERSION')`]: 'sql-refused',
  [`select pg_stat_file('PG_VERSION')`]: 'sql-refused',
  [`select core.chain_audit()`]: 'sql-refused',
  [`select core.count_storage()`]: 'sql-refused',
  [`select core.register_objects()`]: 'sql-refused',
  [`call core.protect('vault.albums')`]: 'sql-refused',
  [`execute steal`]: 'sql-refused',
  [`prepare steal as select 1`]: 'sql-refused',
  [`declare c cursor for select 1`]: 'sql-refused',
  [`copy vault.albums to stdout`]: 'sql-refused',
  [`lock table vault.albums`]: 'sql-refused',
  [`listen x`]: 'sql-refused',
  [`select set_config('row_security', 'off', true)`]: 'sql-refused',
  'select 1 / 0': 'sql-failed',
  'select nothing from nowhere': 'sql-failed',
  '': 'sql-refused',
}

test('statements that would leave the role are refused, and the next statement is still bound', async (t) => {
  const { database, users } = await newVault(t, 'ann', 'ben')
  const [ann, ben = ''] = users
  await database.write(ann, (tx) => tx.execute(album, [ann, 'of ann']))
  for (const [text, code] of Object.entries(escapes)) {
    assert.equal(await codeOf(database.runUserSql(ben, text)), code, text)
    const after = await database.runUserSql(ben, 'select current_user::text, (select count(*) from vault.albums)')
    assert.deepEqual(after.rows, [['app_user', 0]], `after ${text}`)
  }
})

// Left out: pg_cursors, which tells the time of the statement itself.
test('no table or view shows one person what another does, not even that it is something', async (t) => {
  const { database, users } = await newVault(t, 'ann', 'ben')
  const [ann, ben = ''] = users
  const readable = await database.asService((tx) =>
    tx.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'v', 'm', 'p') and has_schema_privilege('app_user', n.oid, 'usage')
         and (has_table_privilege('app_user', c.oid, 'select') or has_any_column_privilege('app_user', c.oid, 'select'))
         and c.oid <> 'pg_cursors'::regclass
       order by 1`,
    ),
  )
  assert.ok(readable.length > 120, `only ${readable.length} were found`)
  const columns = `select coalesce(string_agg(quote_ident(attname), ', ' order by attnum), '') from pg_catalog.pg_attribute
    where attrelid = '%'::regclass and attnum > 0 and not attisdropped and has_column_privilege('%', attnum, 'select')`
  const all = async (): Promise<Map<string, string>> => {
    const seen = new Map<string, string>()
    for (const { name } of readable) {
      const list = String((await database.runUserSql(ben, columns.replaceAll('%', name))).rows[0]?.[0])
      const text = `select coalesce(string_agg(x::text, ' ' order by x::text), '') from (select ${list} from ${name}) x`
      const answer = await database.runUserSql(ben, text).then(
        ({ rows }) => String(rows[0]?.[0]),
        (error: { code?: string }) => String(error.code),
      )
      seen.set(name, answer)
    }
    return seen
  }
  const before = await all()
  for (let n = 0; n < 50; n += 1) {
    await database.write(ann, async (tx) => {
      await tx.execute(album, [ann, `of ann ${n}`])
      await record(tx, { userId: ann, action: 'albums.created', change: 'added' })
    })
  }
  await database.maintain('vacuum')
  await database.maintain('analyze')
  const after = await all()
  assert.deepEqual(
    [...after].filter(([name, text]) => text !== before.get(name)).map(([name]) => name),
    [],
  )
})

test('an id that is taken by another person cannot be told from one that is free', async (t) => {
  const { database, users } = await newVault(t, 'ann', 'ben')
  const [ann, ben = ''] = users
  const made = await database.write(ann, (tx) => tx.one<{ id: string }>(`${album} returning id`, [ann, 'of ann']))
  const named = async (id: string | undefined): Promise<unknown> => {
    const link = `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type)
      values ($1, $2, 'album', $3, 'album', 'related_to')`
    const own = await database.write(ben, (tx) => tx.one<{ id: string }>(`${album} returning id`, [ben, 'of ben']))
    return codeOf(database.write(ben, (tx) => tx.execute(link, [ben, own?.id, id])))
  }
  assert.equal(await named(made?.id), await named('00000000-0000-7000-8000-000000000000'))
})

test('a statement of a person answers columns and rows', async (t) => {
  const { database, users } = await newVault(t)
  const answer = await database.runUserSql(users[0], `-- who\n(select 1 as a, 'x' as a) union all values (2, 'y')`)
  assert.deepEqual(answer, {
    columns: ['a', 'a'],
    rows: [
      [1, 'x'],
      [2, 'y'],
    ],
  })
})

test('a second transaction inside a transaction is refused at once; one that outlives it is not', async (t) => {
  const { database, users } = await newVault(t)
  const [ann] = users
  const nested = database.write(ann, () => database.read(ann, (tx) => tx.query('select 1')))
  await assert.rejects(nested, /inside a transaction/)
  await assert.rejects(
    database.write(ann, () => database.info()),
    /inside a transaction/,
  )
  let later: Promise<unknown> = Promise.resolve()
  await database.write(ann, async () => {
    later = new Promise((resolve) => setTimeout(resolve, 50)).then(() =>
      database.read(ann, (tx) => tx.one('select 1 as x')),
    )
  })
  assert.deepEqual(await later, { x: 1 })
})

test('a transaction whose failure was swallowed is not taken for saved', async (t) => {
  const { database, users } = await newVault(t)
  const [ann] = users
  const write = database.write(ann, async (tx) => {
    await tx.execute(album, [ann, 'kept?'])
    await tx.execute('select 1 / 0').catch(() => {})
  })
  assert.equal(await codeOf(write), '22012')
  await database.write(ann, async (tx) => {
    await tx.execute(album, [ann, 'saved'])
    await tx.execute('savepoint here')
    await tx.execute('select 1 / 0').catch(() => {})
    await tx.execute('rollback to savepoint here')
  })
  assert.deepEqual(await database.read(ann, (tx) => tx.query('select name from vault.albums')), [{ name: 'saved' }])
})

test('what a callback throws comes out as it is, and its rows do not stay', async (t) => {
  const { database, users } = await newVault(t)
  const [ann] = users
  const mine = new Error('mine')
  let lent: Writer | undefined
  const write = database.write(ann, async (tx) => {
    lent = tx
    await tx.execute(album, [ann, 'gone'])
    throw mine
  })
  await assert.rejects(write, (error) => error === mine)
  assert.deepEqual(await database.read(ann, (tx) => tx.query('select name from vault.albums')), [])
  await assert.rejects(async () => lent?.query('select 1'), /after it ended/)
  assert.equal(await codeOf(database.read(ann, (tx) => tx.query(`insert into vault.tags default values`))), '25006')
})

test('errors of the database carry neither the statement nor its parameters', async (t) => {
  const { database, users } = await newVault(t)
  const secret = 'a very private caption'
  const failing = database.write(users[0], (tx) => tx.execute(`select $1::text, 1 / 0`, [secret]))
  await assert.rejects(failing, (error) => {
    assert.ok(error instanceof SqlError)
    assert.doesNotMatch(JSON.stringify([Object.entries(error), error.stack, error.message]), /private|select/)
    return true
  })
})

test('values come back in the shapes the rooms expect', async (t) => {
  const { database, users } = await newVault(t)
  const row = await database.write(users[0], (tx) =>
    tx.one(
      `select '2024-06-15T18:30:00.25+02'::timestamptz as at, '2024-06-15 18:30:00.25'::timestamp as wall,
         '2024-06-15'::date as day, 9007199254740991::bigint as big, $1::jsonb as json, $2::bytea as bytes, 1.5::numeric as n`,
      [{ a: [1] }, new Uint8Array([1, 2])],
    ),
  )
  assert.deepEqual(row, {
    at: '2024-06-15T16:30:00.25Z',
    wall: '2024-06-15T18:30:00.25',
    day: '2024-06-15',
    big: 9007199254740991,
    json: { a: [1] },
    bytes: new Uint8Array([1, 2]),
    n: 1.5,
  })
  await assert.rejects(
    database.read(users[0], (tx) => tx.query('select 9007199254740993::bigint')),
    /does not fit/,
  )
  assert.deepEqual(await database.read(users[0], (tx) => tx.one('select 1 as x')), { x: 1 })
})
