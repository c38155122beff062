import assert from 'node:assert/strict'
import { test } from 'vitest'
import { people } from './support.ts'
import { step } from '../../support/step.ts'

const mediaOf = `select * from media where user_id = $1 and deleted_at is null order by taken_at desc nulls last limit 50 offset 0`

test('Hypernet: what could not work as written', async (t) => {
  const p = await people(t)
  const { ann, ben } = p

  await step('an address in use counts whatever its case, and a closed account sets it free', async () => {
    const add = `insert into core.users (username, email) values ($1, $2) returning id`
    const [carl] = await p.service<{ id: string }>(add, ['carl', 'a@x.org'])
    assert.equal(await p.refusedService(add, ['dora', 'A@X.org']), '23505')
    await p.service(`update core.users set deleted_at = now() where id = $1`, [carl?.id])
    assert.equal((await p.service(add, ['dora', 'A@X.org'])).length, 1)
  })

  await step('sound is a kind of media; unknown kinds are refused', async () => {
    await p.media(ann, { media_type: 'audio', mime_type: 'audio/mpeg', filename: 'Größe – 雪 & “x”.mp3' })
    const made = p.media(ann, { media_type: 'smell' })
    await assert.rejects(made, { code: '23514' })
  })

  await step('every type of link of both phases is there, and a new one is a row', async () => {
    const names = await p.as<{ name: string }>(ann, `select name from core.link_types order by name`)
    assert.deepEqual(
      names.map((row) => row.name),
      [
        'attached_to',
        'contains',
        'depicts',
        'duplicate_of',
        'related_to',
        'source',
        'tagged_with',
        'taken_at',
        'variant_of',
      ],
    )
    const photo = await p.media(ann)
    const contact = await p.id(
      ann,
      `insert into vault.contacts (user_id, display_name) values ($1, 'Zoë') returning id`,
      [ann],
    )
    const place = await p.id(
      ann,
      `insert into vault.locations (user_id, latitude, longitude) values ($1, 34.0195, -118.4912) returning id`,
      [ann],
    )
    const tag = await p.id(ann, `insert into vault.tags (user_id, name) values ($1, 'beach') returning id`, [ann])
    await p.link(ann, ['media', photo], ['contact', contact], 'depicts')
    await p.link(ann, ['media', photo], ['location', place], 'taken_at')
    await p.link(ann, ['media', photo], ['tag', tag], 'tagged_with')
    await assert.rejects(p.link(ann, ['media', photo], ['location', place], 'depicts'), { code: '23514' })
  })

  await step('active views leave the trash out, show all their columns, and keep to one person', async () => {
    const [mine, trashed, theirs] = [await p.media(ann), await p.media(ann), await p.media(ben)]
    await p.as(ann, `update vault.media set deleted_at = now() where id = $1`, [trashed])
    const seen = await p.as<{ id: string }>(ann, `select * from active_media`, [], 'hypernet')
    const ids = seen.map((row) => row.id)
    assert.deepEqual(
      [mine, trashed, theirs].map((id) => ids.includes(id)),
      [true, false, false],
    )
    for (const view of ['active_media', 'active_albums', 'active_links']) {
      const [row] = await p.as<{ same: boolean; invoker: boolean }>(
        ann,
        `select (select array_agg(column_name::text order by ordinal_position) from information_schema.columns
                 where table_schema = 'hypernet' and table_name = $1)
              = (select array_agg(column_name::text order by ordinal_position) from information_schema.columns
                 where table_schema = 'hypernet' and table_name = substr($1, 8)) as same,
           (select 'security_invoker=true' = any (reloptions) from pg_class where oid = ('hypernet.' || $1)::regclass) as invoker`,
        [view],
      )
      assert.deepEqual(row, { same: true, invoker: true }, view)
    }
  })

  await step('with nobody set no row is seen and no error is raised', async () => {
    await p.media(ann)
    const none = await p.database.asService(async (tx) => {
      await tx.execute('set local role app_user')
      return tx.query(`select id from hypernet.media`)
    })
    assert.deepEqual(none, [])
  })

  await step('tokens lie sealed in bytes that no person can read back', async () => {
    const account = await p.integration(ann, { username: 'johnsmith' })
    await p.as(
      ann,
      `insert into core.integration_secrets (account_id, user_id, access_token_enc) values ($1, $2, '\\x00ff')`,
      [account, ann],
    )
    assert.equal(await p.refused(ann, `select access_token_enc from core.integration_secrets`), '42501')
    assert.equal(
      await p.refused(
        ben,
        `insert into core.integration_secrets (account_id, user_id, access_token_enc) values ($1, $2, '\\x00')`,
        [account, ben],
      ),
      '23503',
    )
    const seen = await p.as(ann, `select access_token, refresh_token from integration_secrets`, [], 'hypernet')
    assert.deepEqual(seen, [{ access_token: null, refresh_token: null }])
    assert.deepEqual(await p.as(ben, `select * from integration_secrets`, [], 'hypernet'), [])
  })

  await step('the same thing of one connection comes in once', async () => {
    const account = await p.integration(ann)
    const twice = `insert into vault.notes (user_id, body, source_integration_id, source_id) values ($1, 'x', $2, 'n1') returning id`
    await p.as(ann, twice, [ann, account])
    assert.equal(await p.refused(ann, twice, [ann, account]), '23505')
  })

  await step('any name is kept that is no path', async () => {
    const name = 'Ünïcode – 雪 (1) “quoted”.jpeg'
    const id = await p.media(ann, { filename: name })
    assert.deepEqual(await p.as(ann, `select filename from media where id = $1`, [id], 'hypernet'), [
      { filename: name },
    ])
  })

  await step('metadata is an object of at most one megabyte', async () => {
    const add = `insert into vault.notes (user_id, body, metadata) values ($1, 'x', $2::jsonb)`
    assert.equal(await p.refused(ann, add, [ann, '[]']), '23514')
    assert.equal(await p.refused(ann, add, [ann, JSON.stringify({ a: 'x'.repeat(1_048_576) })]), '23514')
    await p.as(ann, add, [ann, JSON.stringify({ a: 'x'.repeat(1_000_000) })])
    const large = JSON.stringify({ a: 'x'.repeat(1_048_576) })
    const photo = await p.media(ann)
    const [album, tag] = [
      await p.album(ann),
      await p.id(ann, `insert into vault.tags (user_id, name) values ($1, 'large') returning id`, [ann]),
    ]
    await p.link(ann, ['album', album], ['media', photo], 'contains')
    for (const [table, id] of Object.entries({ media: photo, albums: album, tags: tag })) {
      const update = `update vault.${table} set metadata = $2::jsonb where id = $1`
      assert.equal(await p.refused(ann, update, [id, large]), '23514', table)
      assert.equal(await p.refused(ann, update, [id, '[]']), '23514', table)
    }
    assert.equal(await p.refused(ann, `update core.links set metadata = $1::jsonb`, [large]), '23514')
    assert.equal(await p.refusedService(`update core.users set metadata = $1::jsonb`, [large]), '23514')
  })

  await step('one odd file stops no import: what it says of itself is cut to a megabyte', async () => {
    const metadata = {
      small: 'kept',
      odd: { title: 'kept, too', huge: 'x'.repeat(2_000_000) },
      bytes: 'y'.repeat(900_000),
    }
    const id = await p.media(ann, { metadata })
    const [row] = await p.as<{ metadata: object }>(ann, `select metadata from vault.media where id = $1`, [id])
    assert.deepEqual(row?.metadata, { small: 'kept', odd: { title: 'kept, too' }, bytes: null })
  })

  await step('counts, quotas and addresses are what they can be', async () => {
    const album = await p.album(ann)
    assert.equal(await p.refusedService(`update vault.albums set media_count = -1 where id = $1`, [album]), '23514')
    for (const quota of ['0', '-1', '9007199254740992']) {
      assert.equal(await p.refusedService(`update core.users set storage_quota = $1`, [quota]), '23514', quota)
    }
    await p.service(`update core.users set storage_quota = 9007199254740991 where id = $1`, [ann])
    const set = `update core.users set email = $2 where id = $1`
    for (const email of ['', 'ann', 'ann@', '@x.org', 'a b@x.org', 'ann@x..org', 'ann@-x.org', 'ann@x.org\nbcc: all']) {
      assert.equal(await p.refusedService(set, [ann, email]), '23514', email)
    }
    for (const email of ['ann@x.org', "o'neil+tag@mail.example.co.uk", 'root@localhost', null]) {
      await p.service(set, [ann, email])
    }
  })

  await step('every index its documents name is there', async () => {
    const indexes = await p.owner<{ on: string; how: string; columns: string }>(
      `select i.indrelid::regclass::text as on, a.amname as how,
         array_to_string(array(select pg_get_indexdef(i.indexrelid, n, true) from generate_series(1, i.indnkeyatts) n), ' ') as columns
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam`,
    )
    const wanted: readonly (readonly [string, string, string])[] = [
      ['vault.media', 'gin', 'metadata'],
      ['vault.media', 'btree', 'user_id created_at id'],
      ['vault.media', 'btree', 'user_id updated_at id'],
      ['vault.albums', 'btree', 'user_id created_at'],
      ['vault.albums', 'btree', 'user_id updated_at'],
      ['core.audit_log', 'btree', 'user_id action'],
      ['core.audit_log', 'btree', 'user_id created_at'],
      ['core.users', 'btree', 'created_at'],
      ['core.links', 'btree', 'user_id created_at'],
      ['ingest.sync_logs', 'btree', 'sync_type'],
    ]
    for (const [on, how, columns] of wanted) {
      assert.ok(
        indexes.some((each) => each.on === on && each.how === how && each.columns === columns),
        `${on} (${columns})`,
      )
    }
  })

  await step('an id that was deleted for good is never used again', async () => {
    const id = await p.id(ann, `insert into vault.notes (user_id, body) values ($1, 'x') returning id`, [ann])
    await p.service(`delete from vault.notes where id = $1`, [id])
    assert.equal(
      await p.refused(ann, `insert into vault.notes (id, user_id, body) values ($1, $2, 'again')`, [id, ann]),
      '23505',
    )
    assert.deepEqual(await p.as(ann, `select type from meta.tombstones where object_id = $1`, [id]), [{ type: 'note' }])
  })
})

test('Hypernet: its own queries run through the views', async (t) => {
  const p = await people(t)
  const { ann, ben } = p
  const first = await p.media(ann, {
    taken_at: '2026-02-01T14:23:45Z',
    latitude: 34.0195,
    longitude: -118.4912,
    metadata: { exif: { camera: 'iPhone 15 Pro', iso: 64 }, tags: [], description: null },
  })
  const second = await p.media(ann, { metadata: { external_id: 'abc123xyz' } })
  const album = await p.album(ann, 'Vacation 2026')
  const account = await p.integration(ann, {
    username: 'johnsmith',
    status: 'token_expired',
    last_sync_status: 'success',
    sync_cursor: 'next_page_abc123',
    items_synced: 150,
  })
  await p.link(ann, ['album', album], ['media', second], 'contains')
  await p.as(ann, `update core.links set sort_order = 1 where from_object_id = $1`, [album])
  await p.link(ann, ['album', album], ['media', first], 'contains')
  await p.as(ann, `update core.links set sort_order = 0 where to_object_id = $1`, [first])
  await p.link(ann, ['media', second], ['integration', account], 'source')
  await p.link(ann, ['media', first], ['media', second], 'duplicate_of')
  const ids = async (user: string, sql: string, params: readonly unknown[]) =>
    (await p.as<{ id: string }>(user, sql, params, 'hypernet')).map((row) => row.id)

  await step('all media of a person, newest first', async () => {
    assert.deepEqual(await ids(ann, mediaOf, [ann]), [first, second])
    assert.deepEqual(await ids(ben, mediaOf, [ann]), [])
  })
  await step('media of an album with its links, in order', async () => {
    const rows = await ids(
      ann,
      `select m.*, l.sort_order, l.id as link_id from media m join links l on l.to_object_id = m.id
       where l.from_object_id = $1 and l.from_object_type = 'album' and l.to_object_type = 'media'
         and l.link_type = 'contains' and l.deleted_at is null and m.deleted_at is null order by l.sort_order nulls last`,
      [album],
    )
    assert.deepEqual(rows, [first, second])
    const counted = await p.as(ann, `select media_count, name from albums`, [], 'hypernet')
    assert.deepEqual(counted, [{ media_count: 2, name: 'Vacation 2026' }])
  })
  await step('where an item came from', async () => {
    const rows = await p.as(
      ann,
      `select i.* from integrations i join links l on l.to_object_id = i.id
       where l.from_object_id = $1 and l.from_object_type = 'media' and l.to_object_type = 'integration'
         and l.link_type = 'source' and l.deleted_at is null and i.deleted_at is null`,
      [second],
      'hypernet',
    )
    const [{ integration_type, integration_name, status, items_synced } = {} as Record<string, unknown>] =
      rows as Record<string, unknown>[]
    assert.deepEqual(
      [integration_type, integration_name, status, items_synced],
      ['instagram', '@johnsmith', 'error', 150],
    )
  })
  await step('duplicates of an item, from whichever end they are looked for', async () => {
    const duplicates = (links: string, of: string): Promise<string[]> =>
      ids(
        ann,
        `select m.* from media m join ${links} l on l.to_object_id = m.id where l.from_object_id = $1
           and l.from_object_type = 'media' and l.to_object_type = 'media' and l.link_type = 'duplicate_of'
           and l.deleted_at is null and m.deleted_at is null`,
        [of],
      )
    for (const links of ['links', 'active_links']) {
      assert.deepEqual(await duplicates(links, first), [second], links)
      assert.deepEqual(await duplicates(links, second), [first], links)
    }
    // What has a direction is there once.
    const [kinds] = await p.as<object>(
      ann,
      `select count(*) filter (where link_type = 'contains') as contains,
        count(*) filter (where link_type = 'duplicate_of') as duplicates, count(distinct id) as links from links`,
      [],
      'hypernet',
    )
    assert.deepEqual(kinds, { contains: 2, duplicates: 2, links: 4 })
  })
  await step('what a photo says of itself has the shape that is written down', async () => {
    const photo = await p.media(ann, {
      camera_make: 'Apple',
      camera_model: 'iPhone 15 Pro',
      lens_model: 'back camera 6.86mm f/1.78',
      iso: 64,
      aperture: 1.78,
      exposure_seconds: 1 / 120,
      focal_length_mm: 6.86,
      description: 'Sunset at the pier',
      metadata: { tags: ['sunset', 'beach'], xmp: { rating: 3 } },
    })
    const tag = await p.id(ann, `insert into vault.tags (user_id, name) values ($1, 'Beach') returning id`, [ann])
    const other = await p.id(ann, `insert into vault.tags (user_id, name) values ($1, 'pier') returning id`, [ann])
    for (const each of [tag, other]) await p.link(ann, ['media', photo], ['tag', each], 'tagged_with')
    const [row] = await p.as<{ metadata: object }>(ann, `select metadata from media where id = $1`, [photo], 'hypernet')
    assert.deepEqual(row?.metadata, {
      exif: {
        camera: 'iPhone 15 Pro',
        lens: 'back camera 6.86mm f/1.78',
        iso: 64,
        aperture: 'f/1.78',
        shutter_speed: '1/120',
        focal_length: '6.86mm',
      },
      tags: ['sunset', 'beach', 'pier'],
      description: 'Sunset at the pier',
      xmp: { rating: 3 },
    })
    const found = `select id from active_media where metadata -> 'exif' ->> 'camera' = $1 and metadata -> 'tags' ? 'pier'`
    assert.deepEqual(await ids(ann, found, ['iPhone 15 Pro']), [photo])
  })
  await step('whether something was imported before', async () => {
    const check = `select m.id from media m join links l on l.from_object_id = m.id where m.user_id = $1
       and l.to_object_id = $2 and l.link_type = 'source' and m.metadata->>'external_id' = $3 and m.deleted_at is null
       and l.deleted_at is null limit 1`
    assert.deepEqual(await ids(ann, check, [ann, account, 'abc123xyz']), [second])
    assert.deepEqual(await ids(ann, check, [ann, account, 'other']), [])
  })
  await step('people, the audit trail and sessions show, their secrets do not', async () => {
    const [me] = await p.as<Record<string, unknown>>(ann, `select * from users`, [], 'hypernet')
    assert.deepEqual([me?.['id'], me?.['password_hash']], [ann, null])
    await p.service(`update core.users set password_hash = 'x' where id = $1`, [ann])
    assert.deepEqual(await p.as(ann, `select password_hash from users`, [], 'hypernet'), [{ password_hash: null }])
    await p.as(
      ann,
      `insert into core.audit_log (user_id, action, resource_type, resource_id) values ($1, 'upload', 'media', $2)`,
      [ann, first],
    )
    const seen = `select action, resource_id from audit_log`
    assert.deepEqual(await p.as(ann, seen, [], 'hypernet'), [{ action: 'upload', resource_id: first }])
    assert.deepEqual(await p.as(ben, seen, [], 'hypernet'), [])
    assert.equal(await p.refused(ann, `update core.audit_log set action = 'nothing'`), '42501')
    assert.equal(await p.refused(ann, `delete from core.audit_log`), '42501')
    await p.service(
      `with session as (insert into core.sessions (user_id, client, expires_at) values ($1, 'api', now()) returning id)
       insert into core.refresh_tokens (user_id, session_id, token_hash, expires_at)
       select $1, id, repeat('a', 64), now() from session`,
      [ann],
    )
    assert.deepEqual(await p.service(`select token_hash from hypernet.refresh_tokens`), [{ token_hash: null }])
  })
  await step('the views cannot be written through', async () => {
    for (const view of ['media', 'albums', 'integrations', 'links']) {
      assert.equal(await p.refused(ann, `delete from hypernet.${view}`), '42501', view)
    }
  })
  await step('album counts follow trash, restore and removed links; a cover that leaves is let go', async () => {
    await p.as(ann, `update vault.albums set cover_media_id = $2 where id = $1`, [album, first])
    const state = async () =>
      (await p.as<object>(ann, `select media_count, cover_media_id from vault.albums where id = $1`, [album]))[0]
    await p.as(ann, `update vault.media set deleted_at = now() where id = $1`, [second])
    assert.deepEqual(await state(), { media_count: 1, cover_media_id: first })
    await p.as(ann, `update vault.media set deleted_at = null where id = $1`, [second])
    await p.as(ann, `update core.links set deleted_at = now() where to_object_id = $1 and link_type = 'contains'`, [
      first,
    ])
    assert.deepEqual(await state(), { media_count: 1, cover_media_id: null })
    const stranger = `update vault.albums set cover_media_id = $2 where id = $1`
    assert.equal(await p.refused(ann, stranger, [album, first]), '23514')
    assert.equal(await p.refused(ann, stranger, [album, await p.media(ben)]), '23514')
  })
})
