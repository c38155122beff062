import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import type { Database } from '../../main/engine/database/index.ts'
import { allowedFunctions } from '../../main/engine/database/sql/functions.ts'
import { openFresh } from '../../main/engine/database/migrate/fresh.ts'
import { newestOf, readMigrations } from '../../main/engine/database/migrate/migrations.ts'
import { locationOf } from '../../main/engine/database/location.ts'
import { record } from '../../main/engine/objects/index.ts'
import { recordChanges } from '../../main/engine/changes/index.ts'
import { codeOf, engine, newVault, temporaryFolder } from '../database/support.ts'

// Room set aside in every vault would be most of what these tests write.
process.env['COFFER_MIN_FREE_MB'] ??= '4'

/** Ways to reach `pg_sleep`, `age(xid)` and their like; PostgreSQL knows many names for one function. */
const reaching = [
  `select pg_sleep(0)`,
  `select pg_catalog.pg_sleep(0)`,
  `select "pg_catalog"."pg_sleep"(0)`,
  `select PG_SLEEP(0)`,
  `select U&"pg\\005fsleep"(0)`,
  `select U&"pg!005fsleep" uescape '!' (0)`,
  `select/**/pg_sleep/**/(/*)*/0)`,
  `select pg_sleep(0) from vault.media`,
  `select 1 where pg_sleep(0) is null`,
  `select 1 order by pg_sleep(0)::text`,
  `select count(*) group by pg_sleep(0)::text`,
  `select count(*) having pg_sleep(0)::text = ''`,
  `select count(*) filter (where pg_sleep(0)::text = '')`,
  `select sum(1) over (order by pg_sleep(0)::text)`,
  `select sum(1) over w from (select 1) x window w as (partition by pg_sleep(0)::text)`,
  `select case when true then pg_sleep(0)::text end`,
  `select coalesce(pg_sleep(0)::text, '')`,
  `select array[pg_sleep(0)::text]`,
  `select row(pg_sleep(0))`,
  `select (array[1, 2])[length(pg_sleep(0)::text)]`,
  `select 1 limit length(pg_sleep(0)::text)`,
  `select 1 offset length(pg_sleep(0)::text)`,
  `values (pg_sleep(0)::text)`,
  `with a as (select pg_sleep(0)) select 1 from a`,
  `with recursive a(n) as (select 1 union all select length(pg_sleep(0)::text) from a) select 1 from a`,
  `select (select pg_sleep(0)::text)`,
  `select exists (select pg_sleep(0))`,
  `select 1 = any (select length(pg_sleep(0)::text))`,
  `select * from pg_sleep(0)`,
  `select * from rows from (pg_sleep(0), generate_series(1, 2)) x`,
  `select * from (values (1)) v(n), lateral (select pg_sleep(n)) l`,
  `select * from (values (1)) v(n) join (select 2 as m) w on pg_sleep(0)::text = ''`,
  `select 1 union select length(pg_sleep(0)::text)`,
  `select format('%s', variadic array[pg_sleep(0)::text])`,
  `select make_interval(secs => length(pg_sleep(0)::text))`,
  `select json_object('a': pg_sleep(0)::text)`,
  `select json_value('{}', '$.a' default pg_sleep(0)::text on empty)`,
  `select grouping(n) from (select pg_sleep(0)::text as n) x group by rollup (n)`,
  `select age('3'::xid)`,
  `select age(cast('3' as xid))`,
  `select age(xid '3')`,
  `select age(v.x) from (values ('3'::text::xid)) v(x)`,
  `select mxid_age('3'::xid)`,
  `select '3'::xid = '3'::xid`,
  `select '(0,1)'::tid = '(0,1)'::tid`,
  `select currtid2('vault.media', '(0,1)'::tid)`,
  `select pg_logical_emit_message(false, 'x', 'y')`,
  `select pg_logical_emit_message(false, 'x', '\\x00'::bytea)`,
  `select query_to_xml('select 1', true, true, '')`,
  `select table_to_xml('vault.media', true, true, '')`,
  `select schema_to_xml('vault', true, true, '')`,
  `select database_to_xml(true, true, '')`,
  `select cursor_to_xml('x', 1, true, true, '')`,
  `select * from ts_stat('select 1')`,
  `select ts_rewrite('a'::tsquery, 'select 1')`,
  `select pg_current_xact_id()`,
  `select pg_current_wal_lsn()`,
  `select txid_current()`,
  `select pg_backend_pid()`,
  `select current_setting('is_superuser')`,
  `select set_config('role', 'postgres', true)`,
  `select nextval('core.audit_log_id_seq')`,
  `select setval('core.audit_log_id_seq', 1)`,
  `select currval('core.audit_log_id_seq')`,
  `select lastval()`,
  `select pg_get_serial_sequence('core.audit_log', 'id')`,
  `select pg_read_file('PG_VERSION')`,
  `select pg_ls_dir('.')`,
  `select pg_stat_file('.')`,
  `select lo_creat(1)`,
  `select pg_reload_conf()`,
  `select pg_terminate_backend(1)`,
  `select pg_cancel_backend(1)`,
  `select pg_advisory_lock(1)`,
  `select pg_try_advisory_xact_lock(1)`,
  `select pg_notify('x', 'y')`,
  `select pg_export_snapshot()`,
  `select pg_relation_size('vault.media')`,
  `select pg_stat_get_live_tuples('vault.media'::regclass)`,
  `select pg_xact_commit_timestamp('3'::xid)`,
  `select binary_upgrade_set_next_pg_type_oid('3'::oid)`,
  `select setseed(0.5)`,
  `select core.chain_audit()`,
  `select core.forget_in_audit('ann')`,
  `select read.retag(array[]::uuid[])`,
  `select xmlelement(name x)`,
  `select xpath('/a', '<a/>'::xml)`,
  `select * from vault.media tablesample system (10)`,
  `select ctid from vault.media`,
  `select m.xmin from vault.media m`,
  `select U&"\\0063tid" from vault.media`,
  `select max(cmin::text) from vault.media`,
  `select 1 from vault.media order by ctid`,
  `select * from vault.media for update`,
]

/** What a person may well ask; the allow-list must not be in the way. */
const harmless = [
  `select count(*), sum(size), max(taken_local), avg(rating) from vault.media where deleted_at is null`,
  `select date_trunc('month', taken_local) as month, count(*) from vault.media group by 1 order by 1 desc limit 12`,
  `select camera_model, percentile_cont(0.5) within group (order by iso) from vault.media group by camera_model`,
  `select filename, metadata -> 'exif' ->> 'Make', jsonb_path_query_first(metadata, '$.tags[0]') from vault.media
     where metadata @> '{"tags": []}' or metadata ? 'tags' or filename ilike '%img%' or filename ~* '^dsc'`,
  `select a.name, count(l.id) from vault.albums a left join core.links l on l.from_object_id = a.id and l.link_type = 'contains'
     group by a.id, a.name having count(l.id) >= 0`,
  `select extract(year from taken_at at time zone 'Europe/Berlin')::int, to_char(taken_local, 'FMMonth YYYY'), taken_at::date,
     taken_at - interval '1 day', age(taken_at), now() - created_at from vault.media`,
  `select rank() over (partition by media_type order by size desc), lag(size) over w, row_number() over w from vault.media
     window w as (order by size rows between 1 preceding and current row)`,
  `select * from hypernet.media`,
  `select * from hypernet.active_links`,
  `select * from trove.public_posts`,
  `select * from orbital.groups`,
  `select m.* from hypernet.media m join hypernet.links l on l.to_object_id = m.id where l.link_type = 'duplicate_of'`,
  `select table_schema, table_name, column_name, data_type from information_schema.columns where table_schema = 'vault'`,
  `select n.nspname, c.relname, obj_description(c.oid, 'pg_class') from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'vault'`,
  `select word_similarity('foo', filename), filename % 'foo', search @@ websearch_to_tsquery('simple', 'foo'),
     ts_headline('simple', filename, to_tsquery('simple', 'foo')) from vault.media`,
  `with recursive months(m) as (select date '2024-01-01' union all select (m + interval '1 month')::date from months where m < date '2024-12-01')
     select m, count(v.id) from months left join vault.media v on v.taken_local >= m and v.taken_local < m + interval '1 month' group by m order by m`,
  `select json_agg(row_to_json(x)), array_agg(x.a order by x.b desc), string_agg(x.a::text, ', '), jsonb_object_agg(x.a, x.b)
     from (values (1, 'x'), (2, 'y')) x(a, b)`,
  `select encode(sha256('x'), 'hex'), md5('x'), upper('ß'), lpad('7', 3, '0'), regexp_replace('abc', 'b', 'x'), format('%s-%I', 1, 'a'),
     split_part('a,b', ',', 2), left('abc', 2), 'a' || 'b', 'abc' like 'a%', greatest(1, 2), nullif(1, 1), random() < 2, gen_random_uuid() is null`,
  `select unnest(array[1, 2]), generate_series(1, 3), (array[1, 2, 3])[2:3], 2 = any (array[1, 2]), array[1] || 2, cardinality(array[1])`,
  `select 1::text, '1'::int, 1.5::numeric(4, 1), true::int, '{"a": 1}'::jsonb, '2024-01-01'::date, 'x'::varchar(3), b'101'::int,
     inet '10.0.0.1' << inet '10.0.0.0/8', int4range(1, 5) @> 3, point(1, 2) <-> point(3, 4)`,
  `select tableoid::regclass, pg_typeof(size), pg_size_pretty(size), version() from vault.media`,
  `select current_user, current_date, current_timestamp, localtime, session_user`,
  `select ctid_like, xmin_like from (values ('ctid', 'xmin')) v(ctid_like, xmin_like) where ctid_like <> 'U&'`,
]

test('no way of naming it reaches a function that is not allowed, and what is harmless runs', async (t) => {
  const { database, users } = await newVault(t, 'ann')
  const [ann] = users
  for (const text of reaching) {
    assert.equal(await codeOf(database.runUserSql(ann, text)), 'sql-refused', text)
  }
  for (const text of harmless) await assert.doesNotReject(database.runUserSql(ann, text), text)
})

/** Allowed functions that are not the same for the same arguments; each was looked at. */
const changing = [
  'array_sample',
  'array_shuffle',
  'clock_timestamp',
  'gen_random_uuid',
  'random',
  'timeofday',
  'uuidv4',
  'uuidv7',
]

test('what is allowed changes nothing, reads no state of the server, and runs no text', async (t) => {
  const version = newestOf(await readMigrations())
  const connection = await openFresh(locationOf(temporaryFolder(t), 'pglite'), version, { isSynced: false })
  t.onTestFinished(() => connection.kill())
  const allowed = [...(await allowedFunctions(connection))]
  assert.ok(allowed.length > 1500, `only ${allowed.length}`)
  const { rows } = await connection.query(
    `select p.proname as name, p.provolatile as volatility, p.prosecdef as "isDefiner", l.lanname as language
     from pg_proc p join pg_language l on l.oid = p.prolang where p.oid = any ($1::oid[])`,
    [allowed],
  )
  const found = rows as { name: string; volatility: string; isDefiner: boolean; language: string }[]
  const named = (test: (each: (typeof found)[number]) => boolean): string[] =>
    [...new Set(found.filter(test).map((each) => each.name))].toSorted()
  assert.deepEqual(
    named((each) => each.volatility === 'v').filter((name) => !changing.includes(name)),
    [],
  )
  assert.deepEqual(
    named((each) => each.isDefiner),
    [],
  )
  // Of those that begin as the server's own do, only what tells of the catalogue and of types.
  assert.deepEqual(
    named((each) => /^(pg_|lo_|txid|xid|current_setting|set_|inet_client|inet_server|has_|.*_to_xml)/.test(each.name)),
    [
      'has_any_column_privilege',
      'has_column_privilege',
      'has_schema_privilege',
      'has_table_privilege',
      'pg_column_size',
      'pg_get_constraintdef',
      'pg_get_expr',
      'pg_get_indexdef',
      'pg_get_viewdef',
      'pg_size_bytes',
      'pg_size_pretty',
      'pg_table_is_visible',
      'pg_type_is_visible',
      'pg_typeof',
      'set_bit',
      'set_byte',
      'set_masklen',
    ],
  )
})

/** Statements that would keep a processor, the memory or the disk busy until somebody ends them. */
const endless = [
  `select count(*) from generate_series(1, 1000000000)`,
  `select generate_series(1, 1000000000)`,
  `select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b`,
  `with recursive r(n) as (select 1 union all select n + 1 from r) select max(n) from r`,
  `with recursive r(t) as (select 'x' union all select t || t from r) select max(length(t)) from r`,
  `select repeat('x', 1000000000)`,
  `select length(repeat(repeat('x', 10000), 100000))`,
  `select array_fill(1, array[100000000])`,
  `select array_agg(i) from generate_series(1, 100000000) i`,
  `select string_agg(md5(i::text), '') from generate_series(1, 10000000) i`,
  `select i from generate_series(1, 100000000) i order by md5(i::text)`,
  `select repeat('a', 300) || 'c' ~ '^(.+)(.+)(.+)(.+)\\1\\2\\3\\4$'`,
  `select 10::numeric ^ 100000 * factorial(20000) > 0 from generate_series(1, 100000)`,
  `select factorial(100000)`,
  `select repeat('x', 3000000) from generate_series(1, 1000)`,
  `select jsonb_agg(i) from generate_series(1, 100000000) i`,
  `select lpad('', 500000000, 'x')`,
]

test('a statement that would never end ends soon, and nobody waits for it', { timeout: 400_000 }, async (t) => {
  const { database, users } = await newVault(t, 'ann')
  const [ann] = users
  await database.runUserSql(ann, 'select 1')
  for (const text of endless) {
    const startedMs = performance.now()
    const over = new AbortController()
    const ended = codeOf(database.runUserSql(ann, text)).finally(() => over.abort())
    let slowestMs = 0
    while (!over.signal.aborted) {
      const askedMs = performance.now()
      await database.write(ann, (tx) => tx.query('select count(*) from vault.media'))
      slowestMs = Math.max(slowestMs, performance.now() - askedMs)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    assert.equal(await ended, 'sql-failed', text)
    const tookMs = performance.now() - startedMs
    assert.ok(tookMs < 15_000, `${text} took ${tookMs} ms`)
    assert.ok(slowestMs < 3000, `somebody waited ${slowestMs} ms for ${text}`)
  }
  assert.deepEqual(
    (await database.health()).filter(({ code }) => code !== 'disk-full'),
    [],
  )
  assert.deepEqual((await database.runUserSql(ann, 'select 1')).rows, [[1]])
})

test('what was committed before a statement is seen by it, while others go on writing', async (t) => {
  const { database, users } = await newVault(t, 'ann')
  const [ann] = users
  let written = 0
  const stop = new AbortController()
  const writing = (async () => {
    while (!stop.signal.aborted) {
      await database.write(ann, (tx) =>
        tx.execute(
          `insert into vault.albums (user_id, name, description) select $1, n, repeat(n, 500) from unnest($2::text[]) n`,
          [ann, Array.from({ length: 20 }, (_, index) => `album ${written + index}`)],
        ),
      )
      written += 20
      if (written % 200 === 0) await database.maintain('checkpoint')
    }
  })()
  for (let round = 0; round < 4; round += 1) {
    const least = written
    const { rows } = await database.runUserSql(
      ann,
      `select count(*), count(distinct name), max(length(description)), (select count(*) from core.objects) from vault.albums`,
    )
    const [count = 0, distinct, , objects] = rows[0] as number[]
    assert.ok(count >= least, `${count} of ${least} were seen`)
    assert.equal(count % 20, 0, 'half a transaction was seen')
    assert.deepEqual([distinct, objects], [count, count])
  }
  stop.abort()
  await writing
})

/** Everything that numbers things, as one person sees it. */
async function numbersOf(database: Database, user: string): Promise<unknown> {
  const { rows } = await database.runUserSql(
    user,
    `select (select json_agg(seq order by seq) from meta.changes), (select json_agg(id order by id) from meta.import_items),
            (select json_agg(number order by number) from core.audit_log)`,
  )
  return rows[0]
}

test('no number of one person tells what another does', async (t) => {
  const { database, users } = await newVault(t, 'ann', 'ben')
  const [ann, ben = ''] = users
  const work = (user: string): Promise<void> =>
    database.asService(async (tx) => {
      const run = await tx.one<{ id: string }>(
        `insert into meta.imports (user_id, paths) values ($1, '[]') returning id`,
        [user],
      )
      await tx.execute(
        `insert into meta.import_items (import_id, user_id, path, root) select $1, $2, 'p' || n, '/' from generate_series(1, 3) n
         on conflict do nothing`,
        [run?.id, user],
      )
      await recordChanges(tx, user, [{ noun: 'media', objectId: null, kind: 'changed' }])
      await record(tx, { userId: user, action: 'imports.started', change: 'added' })
    })
  await work(ben)
  const before = await numbersOf(database, ben)
  assert.deepEqual(before, [[1, 2], [1, 2, 3], [1]])
  for (let round = 0; round < 5; round += 1) await work(ann)
  assert.deepEqual(await numbersOf(database, ben), before)
  await work(ben)
  assert.deepEqual(await numbersOf(database, ben), [
    [1, 2, 3, 4],
    [1, 1, 2, 2, 3, 3],
    [1, 2],
  ])
})

test('a statement leaves nothing behind', { skip: engine !== 'pglite' }, async (t) => {
  const { dir, database, users } = await newVault(t, 'ann')
  await database.runUserSql(users[0], 'select 1')
  assert.equal((await readdir(join(dir, 'scratch'))).length, 1)
  await database.close()
  assert.deepEqual(await readdir(join(dir, 'scratch')), [])
})
