import assert from 'node:assert/strict'
import { test } from 'vitest'
import { addUser } from '../support.ts'
import { people } from './support.ts'
import { step } from '../../support/step.ts'

test('Orbital: circles hold ciphertext for their members alone', async (t) => {
  const p = await people(t)
  const { ann, ben } = p
  const carl = await addUser(p.database, 'carl')
  const group = '0198c0de-0000-7000-8000-000000000001'
  const member = `insert into circles.members (group_id, user_id, encrypted_group_key, role) values ($1, $2, 'sealed', $3)`
  await p.as(
    ann,
    `insert into circles.groups (id, encrypted_name, created_by, invite_code) values ($1, 'c2VhbGVk', $2, 'AbCd1234')`,
    [group, ann],
  )
  await p.as(ann, member, [group, ann, 'leader'])
  await p.as(ann, member, [group, ben, 'member'])
  const thread = await p.id(
    ben,
    `insert into circles.threads (group_id, author_id, encrypted_title, encrypted_body) values ($1, $2, 't', 'b') returning id`,
    [group, ben],
  )
  const reply = `insert into circles.replies (thread_id, author_id, encrypted_body) values ($1, $2, 'r') returning id`
  const attach = `insert into circles.attachments (thread_id, author_id, encrypted_metadata, storage_url, encryption_iv, size_bytes)
    values ($1, $2, 'm', 'relay/1', 'aXY=', $3) returning id`
  await p.as(ann, reply, [thread, ann])
  const file = await p.id(ben, attach, [thread, ben, 1000])
  const views = ['groups', 'members', 'threads', 'replies', 'media', 'group_quotas']
  const counts = async (user: string) =>
    Promise.all(views.map(async (view) => (await p.as(user, `select * from ${view}`, [], 'orbital')).length))

  await step('members read their group; others do not learn that it exists', async () => {
    assert.deepEqual(await counts(ann), [1, 2, 1, 1, 1, 1])
    assert.deepEqual(await counts(ben), [1, 2, 1, 1, 1, 1])
    assert.deepEqual(await counts(carl), [0, 0, 0, 0, 0, 0])
  })
  await step('anyone who is no member can neither join by themself nor write', async () => {
    assert.equal(await p.refused(carl, member, [group, carl, 'member']), '42501')
    assert.equal(await p.refused(carl, member, [group, carl, 'leader']), '42501')
    assert.equal(await p.refused(carl, reply, [thread, carl]), '42501')
    assert.equal(await p.refused(ben, member, [group, carl, 'member']), '42501')
    assert.equal(await p.refused(ben, reply, [thread, ann]), '42501')
    assert.equal((await p.as(carl, `delete from circles.threads returning id`)).length, 0)
    assert.equal((await p.as(ben, `delete from circles.replies returning id`)).length, 0)
  })
  await step('a code to join is eight letters or digits, once', async () => {
    const add = `insert into circles.groups (encrypted_name, created_by, invite_code) values ('x', $1, $2)`
    assert.equal(await p.refused(ann, add, [ann, 'short']), '23514')
    assert.equal(await p.refused(ann, add, [ann, 'AbCd1234']), '23505')
    assert.equal(await p.refused(ann, add, [ben, 'ZZZZ0000']), '42501')
  })
  await step('who fetched which file is told once', async () => {
    const fetched = `insert into circles.attachment_downloads (attachment_id, user_id) values ($1, $2)`
    await p.as(ann, fetched, [file, ann])
    assert.equal(await p.refused(ann, fetched, [file, ann]), '23505')
    assert.equal(await p.refused(carl, fetched, [file, carl]), '42501')
    assert.equal((await p.as(ben, `select * from media_downloads where media_id = $1`, [file], 'orbital')).length, 1)
  })
  await step('the quota starts with the group, counts its files and refuses one too many', async () => {
    const quota = () =>
      p.as(ann, `select total_bytes, media_count, max_bytes, max_media_count from group_quotas`, [], 'orbital')
    assert.deepEqual(await quota(), [
      { total_bytes: 1000, media_count: 1, max_bytes: 10_737_418_240, max_media_count: 100 },
    ])
    assert.equal(await p.refused(ben, attach, [thread, ben, 10_737_418_240]), '23514')
    const second = await p.id(ben, attach, [thread, ben, 500])
    await p.as(ben, `delete from circles.attachments where id = $1`, [second])
    assert.deepEqual((await quota())[0], {
      total_bytes: 1000,
      media_count: 1,
      max_bytes: 10_737_418_240,
      max_media_count: 100,
    })
    const [week] = await p.as<{ days: number }>(
      ann,
      `select extract(day from expires_at - uploaded_at)::integer as days from media`,
      [],
      'orbital',
    )
    assert.equal(week?.days, 7)
    const doomed = await p.id(
      ann,
      `insert into circles.threads (group_id, author_id, encrypted_title, encrypted_body) values ($1, $2, 't', 'b') returning id`,
      [group, ann],
    )
    await p.as(ann, attach, [doomed, ann, 70])
    await p.as(ann, `delete from circles.threads where id = $1`, [doomed])
    assert.deepEqual((await quota())[0], {
      total_bytes: 1000,
      media_count: 1,
      max_bytes: 10_737_418_240,
      max_media_count: 100,
    })
  })
  await step('no index of Orbital repeats a key', async () => {
    const twice = await p.service(
      `select a.indexrelid::regclass::text as name from pg_index a join pg_index b on b.indrelid = a.indrelid
         and b.indexrelid <> a.indexrelid and (b.indisunique or b.indexrelid < a.indexrelid)
         and a.indkey::text = b.indkey::text and a.indpred is null and b.indpred is null and not a.indisunique
       where a.indrelid in (select oid from pg_class where relnamespace = 'circles'::regnamespace)`,
    )
    assert.deepEqual(twice, [])
  })
  await step('the monitoring queries say what they are about', async () => {
    const used = await p.owner(
      `select schemaname, relname, indexrelname, idx_scan, idx_tup_read, idx_tup_fetch from pg_stat_user_indexes
       where schemaname = 'circles' order by idx_scan desc`,
    )
    assert.ok(used.length > 10)
    const sizes = await p.owner(
      `select schemaname, tablename, pg_size_pretty(pg_total_relation_size(schemaname || '.' || tablename)) as size
       from pg_tables where schemaname = 'circles' order by pg_total_relation_size(schemaname || '.' || tablename) desc`,
    )
    assert.equal(sizes.length, 9)
  })
  await step('an author who goes leaves what they wrote, under their name', async () => {
    await p.service(`delete from core.users where id = $1`, [ben])
    const left = await p.as(
      ann,
      `select author_id, author_name from circles.threads union all select author_id, author_name
      from circles.attachments`,
    )
    assert.deepEqual(left, [
      { author_id: null, author_name: 'ben' },
      { author_id: null, author_name: 'ben' },
    ])
  })
  await step('a group outlives who made it, and its oldest member leads it then', async () => {
    await p.as(ann, member, [group, carl, 'member'])
    await p.service(`delete from core.users where id = $1`, [ann])
    const seen = await p.as(
      carl,
      `select g.created_by, m.role, (select count(*) from circles.threads) as threads from circles.groups g
       join circles.members m on m.group_id = g.id`,
    )
    assert.deepEqual(seen, [{ created_by: null, role: 'leader', threads: 1 }])
  })
})
