import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { test } from 'vitest'
import { objectTypeNames } from '../../main/contract/index.ts'
import { recount } from '../../main/engine/library/index.ts'
import { timelineEntries } from '../../main/engine/objects/index.ts'
import { step } from '../support/step.ts'
import { rows } from './data-model/rows.ts'
import { people, type People } from './data-model/support.ts'

/** Types without entries, and why. */
const without: Readonly<Record<string, string>> = {
  media: 'has its words and its order in its own table',
  integration: 'a connection, not something a person looks for',
  share_link: 'opens something else',
  device: 'a computer',
  notification: 'says something once',
  profile_attribute: 'a fact about the person',
  link: 'joins two others',
}

const all = `select type, object_id, title, at, local_at, utc_offset_minutes, date_precision, weight, search::text
  from read.entries order by type, object_id`

/** Puts a row into a table; returns its id. */
function insert(p: People, table: string, fields: Readonly<Record<string, unknown>>): Promise<string> {
  const given = { user_id: p.ann, ...fields }
  const names = Object.keys(given).join(', ')
  return p.id(
    p.ann,
    `insert into ${table} (${names}) select ${names} from jsonb_populate_record(null::${table}, $1::jsonb) returning id`,
    [JSON.stringify(given)],
  )
}

/** What the timeline says of an object. */
async function placeOf(p: People, id: string): Promise<unknown> {
  const [row] = await p.as<{ place: string }>(
    p.ann,
    `select concat_ws(' ', local_at, utc_offset_minutes, date_precision, nullif(weight, 1)) as place
     from read.timeline where object_id = $1`,
    [id],
  )
  return row?.place
}

test('every type is found and stands in the timeline, or is on the list of those that are not', async (t) => {
  const p = await people(t)
  const kept = await p.service<{ type: string }>(
    `select replace(proname, '_entries', '') as type from pg_proc
     where pronamespace = 'read'::regnamespace and prorettype = 'read.entries'::regtype and proretset`,
  )
  const types = kept.map(({ type }) => type)
  assert.deepEqual([...types, ...Object.keys(without)].toSorted(), [...objectTypeNames].toSorted())
  const triggers = await p.service<{ type: string }>(
    `select convert_from(substring(tgargs from 1 for length(tgargs) - 1), 'UTF8') as type
     from pg_trigger where tgfoid = 'read.keep_entries'::regproc group by 1 having count(*) = 3`,
  )
  assert.deepEqual(triggers.map(({ type }) => type).toSorted(), types.toSorted())
})

test('entries follow whatever happens to the rows they are of', async (t) => {
  const p = await people(t)
  const tables = Object.entries(rows).filter(([, { kind }]) => without[kind] === undefined)
  const move = fc.record({
    table: fc.constantFrom(...tables),
    what: fc.constantFrom('add', 'trash', 'restore', 'change', 'purge'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 5, maxLength: 25 }), async (moves) => {
      for (const { table, what } of moves) {
        const [name, { fields }] = table
        if (what === 'add') {
          const unique = name === 'vault.tags' || name === 'vault.social_accounts'
          if (unique && (await p.as(p.ann, `select id from ${name}`)).length > 0) continue
          await insert(p, name, fields)
        }
        if (what === 'trash') await p.as(p.ann, `update ${name} set deleted_at = now()`)
        if (what === 'restore') await p.as(p.ann, `update ${name} set deleted_at = null`)
        if (what === 'change') {
          const [first = ''] = Object.keys(fields).filter((field) =>
            ['title', 'subject', 'body', 'display_name', 'name', 'handle', 'memo', 'place_name'].includes(field),
          )
          if (first !== '') await p.service(`update ${name} set ${first} = 'otherwise'`)
        }
        if (what === 'purge') await p.service(`delete from ${name} where deleted_at is not null`)
      }
      const kept = await p.owner(all)
      await p.owner(`select read.fill_entries()`)
      assert.deepEqual(kept, await p.owner(all))
    }),
    { numRuns: 12, seed: Number(process.env['COFFER_SEED'] ?? 7) },
  )
  assert.deepEqual(await recount(p.database), [])
  await insert(p, 'vault.notes', { body: 'lost' })
  await p.owner(`update read.entries set title = 'wrong' where title = 'lost'`)
  assert.deepEqual(await recount(p.database), ['entries of search and timeline'])
  assert.deepEqual(await recount(p.database), [])
  await p.service(`delete from core.users where id = $1`, [p.ann])
  assert.deepEqual(await p.owner(`select type from read.entries where user_id = '${p.ann}'`), [])
})

test('a time is that of the wall clock where it was, as far as it is known', async (t) => {
  const p = await people(t)
  const said: readonly (readonly [string, string, Record<string, unknown>, string | undefined])[] = [
    [
      'a mail of half past eleven at night in Tokyo',
      'vault.emails',
      { subject: 'late', sent_at: '2026-01-01T14:30:00Z', utc_offset_minutes: 540 },
      '2026-01-01 23:30:00 540',
    ],
    [
      'a mail of a machine',
      'vault.emails',
      { subject: 'list', received_at: '2026-01-01T14:30:00Z', metadata: { list_id: 'x' } },
      '2026-01-01 14:30:00 0',
    ],
    ['a mail without any time', 'vault.emails', { subject: 'never' }, undefined],
    [
      'a day of a calendar, in no zone',
      'vault.calendar_events',
      { title: 'May Day', starts_at: '2026-05-01T00:00:00Z', all_day: true, tz: 'Asia/Tokyo' },
      '2026-05-01 00:00:00 day',
    ],
    [
      'an event in a zone, in summer',
      'vault.calendar_events',
      { title: 'Concert', starts_at: '2026-07-01T18:00:00Z', tz: 'Europe/Berlin' },
      '2026-07-01 20:00:00 120',
    ],
    [
      'an event in a zone nobody knows',
      'vault.calendar_events',
      { title: 'Call', starts_at: '2026-07-01T18:00:00Z', tz: 'No/Where' },
      '2026-07-01 18:00:00 0',
    ],
    [
      'a paper by the day it was issued',
      'vault.documents',
      { title: 'Passport', issued_at: '2020-03-01', happened_at: '2026-01-01T00:00:00Z' },
      '2020-03-01 00:00:00 day',
    ],
    [
      'a note of ten years ago',
      'vault.notes',
      { body: 'x', happened_at: '2016-06-15T12:00:00Z', date_precision: 'month' },
      '2016-06-15 12:00:00 month',
    ],
    ['a note of which nobody knows when', 'vault.notes', { body: 'x', happened_at: null }, undefined],
    [
      'a task by when it was done, else due',
      'vault.tasks',
      { title: 'x', due_at: '2026-02-01T00:00:00Z', completed_at: '2026-01-31T20:00:00Z' },
      '2026-01-31 20:00:00',
    ],
  ]
  for (const [name, table, fields, place] of said) {
    await step(name, async () => assert.equal(await placeOf(p, await insert(p, table, fields)), place))
  }
  await step('a note has its own dates, which editing moves on and marking does not', async () => {
    const id = await insert(p, 'vault.notes', {
      body: 'one',
      happened_at: '2016-01-01T00:00:00Z',
      edited_at: '2017-01-01T00:00:00Z',
    })
    const edited = async () => {
      const [row] = await p.as<{ is: boolean; made: boolean }>(
        p.ann,
        `select edited_at = '2017-01-01' as is, happened_at = '2016-01-01' as made from vault.notes where id = $1`,
        [id],
      )
      return row
    }
    await p.as(p.ann, `update vault.notes set pinned = true where id = $1`, [id])
    assert.deepEqual(await edited(), { is: true, made: true })
    await p.as(p.ann, `update vault.notes set body = 'two' where id = $1`, [id])
    assert.deepEqual(await edited(), { is: false, made: true })
  })
  await step('photos stand among the rest, and pages meet without a gap', async () => {
    await p.media(p.ann, { taken_local: '2026-01-01T12:00:00', filename: 'a.jpg' })
    await p.media(p.ann, { taken_local: '2016-06-15T12:00:00', filename: 'b.jpg' })
    await p.media(p.ann, { taken_local: null, filename: 'undated.jpg' })
    const pages = async (limit: number) => {
      const items: string[] = []
      let cursor: string | undefined
      do {
        const page = await p.database.read(p.ann, (tx) => timelineEntries(tx, { limit, cursor }))
        items.push(...page.items.map((each) => `${each.localAt} ${each.type} ${each.title ?? ''}`))
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      return items
    }
    const whole = await pages(100)
    assert.deepEqual(await pages(1), whole)
    assert.deepEqual(await pages(3), whole)
    assert.deepEqual(
      whole
        .toSorted()
        .toReversed()
        .map((line) => line.slice(0, 19)),
      whole.map((line) => line.slice(0, 19)),
    )
    assert.ok(whole.includes('2026-01-01T12:00:00 media a.jpg'))
    assert.ok(!whole.some((line) => line.includes('undated')))
    const year = await p.database.read(p.ann, (tx) =>
      timelineEntries(tx, { limit: 100, from: '2016-01-01', to: '2016-12-31', types: ['media', 'note'] }),
    )
    assert.deepEqual(year.items.map(({ type }) => type).toSorted(), ['media', 'note', 'note'])
    assert.deepEqual((await p.database.read(p.ben, (tx) => timelineEntries(tx, { limit: 9 }))).items, [])
    await assert.rejects(
      p.database.read(p.ann, (tx) => timelineEntries(tx, { limit: 9, cursor: 'x|y' })),
      { code: 'bad-request' },
    )
  })
})
