import assert from 'node:assert/strict'
import { test } from 'vitest'
import { people } from './support.ts'
import { step } from '../../support/step.ts'

/** A row of each kind as the outline names its columns, and a word it must be found by (null: not searched). */
const rows: Readonly<Record<string, { fields: Record<string, unknown>; word: string | null; kind: string }>> = {
  'core.integrations': {
    kind: 'integration',
    fields: {
      platform: 'strava',
      webhook_subscribed: true,
      webhook_subscription_id: '7',
      next_sync_at: '2026-02-04T00:00:00Z',
      scope: 'read',
    },
    word: null,
  },
  'core.devices': {
    kind: 'device',
    fields: { name: 'Phone', kind: 'phone', public_key: 'k', platform: 'android', app_version: '1' },
    word: null,
  },
  'core.notifications': {
    kind: 'notification',
    fields: { kind: 'sync-failed', title: 'Strava did not answer', is_read: false },
    word: null,
  },
  'core.profile_attributes': {
    kind: 'profile_attribute',
    fields: { category: 'work', key: 'title', value: { a: 1 }, visibility: 'private' },
    word: null,
  },
  'vault.tags': { kind: 'tag', fields: { name: 'Holiday', color: '#ff5733' }, word: 'holiday' },
  'vault.social_accounts': {
    kind: 'social_account',
    fields: {
      platform: 'x',
      platform_user_id: '1',
      handle: 'zoe',
      bio: 'gardener',
      followers: 3,
      following: 4,
      is_self: false,
    },
    word: 'gardener',
  },
  'vault.emails': {
    kind: 'email',
    fields: {
      thread_id: 't',
      message_id: '<1@x>',
      folder: 'INBOX',
      subject: 'Invoice',
      from_address: 'shop@x.org',
      to_addresses: ['a@x.org'],
      cc_addresses: [],
      sent_at: '2026-01-01T10:00:00Z',
      body_text: 'twelve lanterns',
      is_read: false,
    },
    word: 'lanterns',
  },
  'vault.messages': {
    kind: 'message',
    fields: {
      conversation_id: 'c',
      channel: 'sms',
      sender: 'Zoë',
      body: 'see you at the harbour',
      sent_at: '2026-01-01T10:00:00Z',
      direction: 'in',
    },
    word: 'harbour',
  },
  'vault.contacts': {
    kind: 'contact',
    fields: {
      display_name: 'Zoë Łuczak',
      given_name: 'Zoë',
      family_name: 'Łuczak',
      organisation: 'Observatory',
      emails: [{ value: 'z@x.org' }],
      phones: [],
      addresses: [],
      birthday: '1990-02-28',
    },
    word: 'łuczak',
  },
  'vault.web_pages': {
    kind: 'web_page',
    fields: {
      url: 'https://x.org/a',
      canonical_url: 'https://x.org/a',
      title: 'Bees',
      author: 'B',
      excerpt: 'Of bees',
      content_text: 'pollination',
      saved_at: '2026-01-01T10:00:00Z',
    },
    word: 'pollination',
  },
  'vault.bookmarks': {
    kind: 'bookmark',
    fields: { url: 'https://x.org/b', title: 'Maps', description: 'old atlases', folder: 'Read' },
    word: 'atlases',
  },
  'vault.calendar_events': {
    kind: 'calendar_event',
    fields: {
      uid: 'u1',
      title: 'Concert',
      description: 'cello',
      location_text: 'Town hall',
      starts_at: '2026-03-01T19:00:00Z',
      ends_at: '2026-03-01T21:00:00Z',
      all_day: false,
      tz: 'Europe/Berlin',
      rrule: 'FREQ=YEARLY',
      attendees: [],
      status: 'confirmed',
    },
    word: 'cello',
  },
  'vault.tasks': {
    kind: 'task',
    fields: {
      title: 'Water the ferns',
      notes: 'twice',
      status: 'open',
      priority: 1,
      due_at: '2026-03-01T19:00:00Z',
      position: 1.5,
    },
    word: 'ferns',
  },
  'vault.notes': {
    kind: 'note',
    fields: { title: 'Recipe', body: 'saffron and rice', format: 'markdown', pinned: true },
    word: 'saffron',
  },
  'vault.documents': {
    kind: 'document',
    fields: {
      title: 'Passport',
      doc_type: 'passport',
      issued_at: '2020-01-01',
      expires_at: '2030-01-01',
      issuer: 'Town',
      content_text: 'stamps',
    },
    word: 'stamps',
  },
  'vault.transactions': {
    kind: 'transaction',
    fields: {
      account_name: 'Giro',
      occurred_at: '2026-01-02T00:00:00Z',
      amount: 12.34,
      currency: 'EUR',
      direction: 'out',
      counterparty: 'Bakery',
      category: 'food',
      memo: 'rye',
    },
    word: 'rye',
  },
  'vault.locations': {
    kind: 'location',
    fields: {
      latitude: 34.0195,
      longitude: -118.4912,
      accuracy_m: 5,
      altitude_m: 3,
      recorded_at: '2026-02-01T14:00:00Z',
      ended_at: '2026-02-01T15:00:00Z',
      place_name: 'Santa Monica',
      activity: 'walking',
    },
    word: 'monica',
  },
  'vault.health_records': {
    kind: 'health_record',
    fields: {
      record_type: 'heart_rate',
      recorded_at: '2026-02-01T14:00:00Z',
      value: 61,
      unit: 'bpm',
      code: '8867-4',
      payload: { a: 1 },
      provider: 'Wristwatch',
    },
    word: 'wristwatch',
  },
}

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
  assert.equal(await p.refused(ann, `select * from read.searchable`), '42501')
})
