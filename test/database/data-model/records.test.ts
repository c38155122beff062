import assert from 'node:assert/strict'
import { test } from 'vitest'
import { rows } from './rows.ts'
import { people } from './support.ts'
import { step } from '../../support/step.ts'

test('every personal table keeps its rows to its person', async (t) => {
  const p = await people(t)
  const { ann, ben } = p
  for (const [table, { fields, word, kind }] of Object.entries(rows)) {
    await step(table, async () => {
      const names = ['user_id', ...Object.keys(fields)].join(', ')
      const insert = `insert into ${table} (${names}) select ${names} from jsonb_populate_record(null::${table}, $1::jsonb) returning id`
      const id = await p.id(ann, insert, [JSON.stringify({ user_id: ann, ...fields })])
      assert.equal(await p.refused(ben, insert, [JSON.stringify({ user_id: ann, ...fields })]), '42501')
      assert.deepEqual(await p.as(ben, `select id from ${table} where id = $1`, [id]), [])
      assert.deepEqual(await p.as(ben, `update ${table} set deleted_at = now() where id = $1 returning id`, [id]), [])
      assert.equal(await p.refused(ann, `delete from ${table} where id = $1`, [id]), '42501')
      const registered = `select type, user_id from core.objects where id = $1`
      assert.deepEqual(await p.as(ann, registered, [id]), [{ type: kind, user_id: ann }])
      assert.deepEqual(await p.as(ben, registered, [id]), [])
      const find = async (user: string) =>
        (await p.as<{ id: string }>(user, `select id from read.search($1, null, 50)`, [word])).map((row) => row.id)
      if (word !== null) {
        assert.deepEqual(await find(ann), [id])
        assert.deepEqual(await find(ben), [])
      }
      const [touched] = await p.as<{ later: boolean }>(
        ann,
        `update ${table} set metadata = '{"custom":{"a":1}}' where id = $1 returning updated_at > created_at as later`,
        [id],
      )
      assert.deepEqual(touched, { later: true })
      await p.service(`delete from ${table} where id = $1`, [id])
      assert.deepEqual(await p.as(ann, registered, [id]), [])
      const [ledger] = await p.service<{ left: number }>(
        `select added - removed as left from meta.row_ledger where user_id = $1 and table_name = $2`,
        [ann, table],
      )
      assert.deepEqual(ledger, { left: 0 })
    })
  }
  await step('a share opens one object of its person and goes with it', async () => {
    const [mine, theirs] = [await p.album(ann), await p.album(ben)]
    const share = `insert into core.share_links (user_id, object_id, object_type, token_hash, max_uses) values ($1, $2, 'album', $3, 1) returning id`
    await p.as(ann, share, [ann, mine, 'a'.repeat(64)])
    assert.equal(await p.refused(ann, share, [ann, theirs, 'b'.repeat(64)]), '23503')
    assert.equal(await p.refused(ann, `update core.share_links set used = 2`), '23514')
    await p.service(`delete from vault.albums where id = $1`, [mine])
    assert.deepEqual(await p.as(ann, `select id from core.share_links`), [])
  })
  await step('a task may be part of another, never of itself', async () => {
    const task = `insert into vault.tasks (user_id, title, parent_task_id) values ($1, 'x', $2) returning id`
    const top = await p.id(ann, task, [ann, null])
    const part = await p.id(ann, task, [ann, top])
    const circle = `update vault.tasks set parent_task_id = $2 where id = $1`
    assert.equal(await p.refused(ann, circle, [top, part]), '23514')
    assert.equal(await p.refused(ann, circle, [top, top]), '23514')
    assert.equal(await p.refused(ben, task, [ben, top]), '23503')
  })
  await step('what a person changes leaves a version nobody can alter; what Coffer notes does not', async () => {
    const id = await p.id(ann, `insert into vault.notes (user_id, body) values ($1, 'one') returning id`, [ann])
    await p.as(ann, `update vault.notes set body = 'two' where id = $1`, [id])
    await p.as(ann, `update vault.notes set source_platform = 'x' where id = $1`, [id])
    const history = `select version, before, after, changed_by from meta.object_versions where object_id = $1`
    assert.deepEqual(await p.as(ann, history, [id]), [
      { version: 1, before: { body: 'one' }, after: { body: 'two' }, changed_by: ann },
    ])
    assert.deepEqual(await p.as(ben, history, [id]), [])
    assert.equal(await p.refused(ann, `delete from meta.object_versions`), '42501')
    assert.equal(await p.refused(ann, `update meta.object_versions set after = '{}'`), '42501')
  })
  await step('very long texts can be kept and found by their beginning', async () => {
    const words = Array.from({ length: 400_000 }, (_, number) => `w${number}`).join(' ')
    await p.as(ann, `insert into vault.notes (user_id, title, body) values ($1, 'Long', $2)`, [ann, words])
    assert.equal((await p.as(ann, `select id from read.search('w17', null, 5)`)).length, 1)
  })
})

test('search ranks, forgives and keeps to its person', async (t) => {
  const p = await people(t)
  const { ann, ben } = p
  const note = (user: string, title: string, body: string) =>
    p.id(user, `insert into vault.notes (user_id, title, body) values ($1, $2, $3) returning id`, [user, title, body])
  const inTitle = await note(ann, 'Vacation plans', 'by train')
  const inBody = await note(ann, 'Train', 'for the vacation')
  const theirs = await note(ben, 'Vacation', 'by train')
  const find = async (user: string, query: string, kinds: string[] | null = null) =>
    (await p.as<{ id: string }>(user, `select id from read.search($1, $2::text[], 50)`, [query, kinds])).map(
      (row) => row.id,
    )
  assert.deepEqual(await find(ann, 'vacation'), [inTitle, inBody])
  assert.deepEqual(await find(ann, 'vacat'), [inTitle, inBody], 'the word being typed')
  assert.deepEqual(await find(ann, 'vacaton plans'), [inTitle], 'a slip')
  assert.deepEqual(await find(ann, '"by train"'), [inTitle])
  assert.deepEqual(await find(ann, 'train -plans'), [inBody])
  assert.deepEqual(await find(ben, 'vacation'), [theirs])
  assert.deepEqual(await find(ann, 'vacation', ['album']), [])
  for (const odd of ['', '  ', '&', `'`, ':*', '!!!', '\\', '%', '🌅']) assert.deepEqual(await find(ann, odd), [], odd)
  const named = await p.media(ann, { filename: 'IMG_7919-Glacier.v2.jpg', description: 'z@x.org took it' })
  for (const part of ['IMG_79', 'glacier', 'IMG_7919-Glacier.v2.jpg', '7919', 'z@x.org', 'glacier -sea']) {
    assert.deepEqual(await find(ann, part), [named], part)
  }
  const tag = await p.id(ann, `insert into vault.tags (user_id, name) values ($1, 'Sunset') returning id`, [ann])
  const photo = await p.media(ann)
  await p.link(ann, ['media', photo], ['tag', tag], 'tagged_with')
  assert.deepEqual((await find(ann, 'sunset')).sort(), [tag, photo].sort())
  const nobody = await p.service(`select * from pg_proc where oid = 'read.search(text,text[],integer)'::regprocedure
    and has_function_privilege('app_service', oid, 'execute')`)
  assert.deepEqual(nobody, [])
  assert.deepEqual(await p.as(p.ben, `select type from read.entries where user_id = $1`, [ann]), [])
})
