import assert from 'node:assert/strict'
import { test } from 'vitest'
import { people } from './support.ts'
import { step } from '../../support/step.ts'

test('links keep their promises in the database itself', async (t) => {
  const p = await people(t)
  const { ann, ben } = p
  const [a, b, theirs] = [await p.media(ann), await p.media(ann), await p.media(ben)]
  const related = (from: string, to: string) => p.link(ann, ['media', from], ['media', to], 'related_to')

  await step('another person’s object cannot be linked to, and looks like one that is not there', async () => {
    await assert.rejects(related(a, theirs), { code: '23503' })
    await assert.rejects(related(a, '00000000-0000-7000-8000-000000000000'), { code: '23503' })
  })
  await step('an object cannot be linked to itself, under any type', async () => {
    await assert.rejects(related(a, a), { code: '23514' })
    await assert.rejects(p.link(ann, ['media', a], ['album', a], 'related_to'), { code: '23514' })
  })
  await step('an object cannot be named with a type it has not', async () => {
    await assert.rejects(p.link(ann, ['note', a], ['media', b], 'related_to'), { code: '23503' })
  })
  await step('a link is there once, in whichever direction a symmetric one is given', async () => {
    await related(b, a)
    await assert.rejects(related(a, b), { code: '23505' })
    const [row] = await p.as<{ low: boolean }>(
      ann,
      `select from_object_id < to_object_id as low from core.links where link_type = 'related_to'`,
    )
    assert.deepEqual(row, { low: true })
  })
  await step('unknown types are refused; a new one is a row', async () => {
    const friends = () => p.link(ann, ['media', a], ['media', b], 'pairs_with')
    await assert.rejects(friends(), { code: '23503' })
    assert.equal(
      await p.refusedService(`insert into core.link_types values ('pairs_with', '{}', '{}', false, false, 'x')`),
      '42501',
    )
    await p.database.asService(async (tx) => {
      await tx.execute('reset role')
      await tx.execute(
        `insert into core.link_types values ('pairs_with', '{media}', '{media}', false, false, 'paired with')`,
      )
    })
    await friends()
    await assert.rejects(p.link(ann, ['album', await p.album(ann)], ['media', b], 'pairs_with'), { code: '23514' })
  })
  await step('deleting an object for good takes its links along and leaves the other end', async () => {
    await p.service(`delete from vault.media where id = $1`, [b])
    const left = await p.as<object>(
      ann,
      `select (select count(*) from core.links where from_object_id = $1 or to_object_id = $1) as links,
         (select count(*) from vault.media where id = $2) as other`,
      [b, a],
    )
    assert.deepEqual(left, [{ links: 0, other: 1 }])
  })
  await step('every owned table is in the registry, one object each', async () => {
    const untracked = await p.service(
      `select a.attrelid::regclass::text as name from pg_attribute a join pg_class c on c.oid = a.attrelid
       where a.attname = 'deleted_at' and c.relkind = 'r' and c.relnamespace::regnamespace::text in ('core', 'vault')
         and c.oid not in ('core.users'::regclass, 'core.links'::regclass)
         and not exists (select 1 from pg_trigger g where g.tgrelid = c.oid and g.tgname = 'register_insert')`,
    )
    assert.deepEqual(untracked, [])
  })
  await step('references between objects stay within one person', async () => {
    const doc = `insert into vault.documents (user_id, title, media_id) values ($1, 'Passport', $2)`
    assert.equal(await p.refused(ann, doc, [ann, theirs]), '23503')
    assert.equal(await p.refused(ann, doc, [ann, '00000000-0000-7000-8000-000000000000']), '23503')
    await p.as(ann, doc, [ann, a])
    const unguarded = await p.service<{ name: string }>(
      `select k.conrelid::regclass || '.' || a.attname as name from pg_constraint k
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
       where k.contype = 'f' and cardinality(k.conkey) = 1 and k.confrelid::regclass::text ~ '^(core.integrations|vault[.])'
         and k.conrelid::regclass::text ~ '^(core|vault)[.]' and k.conrelid <> 'vault.media_sources'::regclass
         and not exists (select 1 from pg_trigger g where g.tgrelid = k.conrelid and g.tgname = 'own_' || a.attname)`,
    )
    assert.deepEqual(unguarded, [])
  })
})
