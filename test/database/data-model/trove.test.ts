import assert from 'node:assert/strict'
import { test } from 'vitest'
import { people } from './support.ts'
import { step } from '../../support/step.ts'

const post = `insert into vault.posts (account_id, platform, platform_post_id, text_content, author_handle, activity_type, created_at_platform)
  values ($1, 'bluesky', $2, $3, 'ann.example', $4, '2026-01-15T18:30:00Z') returning id`
const raw = `insert into ingest.ingested_posts (user_id, account_id, platform, platform_post_id, post_data)
  values ($1, $2, 'bluesky', $3, $4::jsonb) returning id`
const download = `insert into ingest.media_downloads (user_id, original_url, status, media_id) values ($1, $2, $3, $4) returning id`

test('Trove: the archive keeps what it is given', async (t) => {
  const p = await people(t)
  const { ann, ben } = p
  const serviceId = async (sql: string, params: readonly unknown[]) =>
    (await p.service<{ id: string }>(sql, params))[0]?.id ?? ''
  const accounts = {
    ann: await p.integration(ann, { platform: 'bluesky', platform_user_id: 'did:ann', username: 'ann' }),
    ben: await p.integration(ben, { platform: 'bluesky', platform_user_id: 'did:ben', username: 'ben' }),
  }

  await step('one post imported by two people is a post of each, and neither learns of the other', async () => {
    await p.service(post, [accounts.ann, 'at://1', 'Hello from the beach', null])
    await p.service(post, [accounts.ben, 'at://1', 'Hello from the beach', null])
    assert.equal(await p.refusedService(post, [accounts.ann, 'at://1', 'again', null]), '23505')
    for (const user of [ann, ben]) {
      assert.deepEqual(await p.as(user, `select count(*) as n from posts`, [], 'trove'), [{ n: 1 }])
    }
  })
  await step('whose a post is follows from its connection; an unknown one is said clearly', async () => {
    const [row] = await p.as<{ user_id: string }>(ann, `select user_id from vault.posts`)
    assert.equal(row?.user_id, ann)
    const unknown = p.service(post, ['00000000-0000-7000-8000-000000000000', 'at://2', 'x', null])
    await assert.rejects(unknown, { code: '23503', message: /there is no integration with this id/ })
    assert.equal(
      await p.refusedService(
        post.replace('(account_id,', '(user_id, account_id,').replace('values (', `values ('${ben}', `),
        [accounts.ann, 'at://3', 'x', null],
      ),
      '23503',
    )
  })
  await step('words of text, author and activity are found whichever came first, post or payload', async () => {
    await p.service(post, [accounts.ann, 'at://run', 'Morning round', 'Run'])
    await p.service(raw, [ann, accounts.ann, 'at://run', '{"type":"Run"}'])
    for (const word of ['morning', 'run', 'ann.example']) {
      const found = await p.as(
        ann,
        `select platform_post_id from posts where search_vector @@ plainto_tsquery('simple', $1) and platform_post_id = 'at://run'`,
        [word],
        'trove',
      )
      assert.equal(found.length, 1, word)
    }
  })
  await step(
    'people read their posts and do not write them; they may trash one or note something beside it',
    async () => {
      assert.equal(await p.refused(ann, post, [accounts.ann, 'at://mine', 'x', null]), '42501')
      assert.equal(await p.refused(ann, `update vault.posts set text_content = 'x'`), '42501')
      assert.equal(
        await p.refused(ann, `insert into ingest.sync_logs (user_id, sync_type) values ('${ann}', 'manual')`),
        '42501',
      )
      await p.as(
        ann,
        `update vault.posts set metadata = '{"custom":{"seen":true}}' where platform_post_id = 'at://run'`,
      )
    },
  )
  await step('one picture in two posts is fetched once; two people fetch their own', async () => {
    const url = 'https://cdn.example/one.jpg'
    const once = await serviceId(download, [ann, url, 'pending', null])
    assert.equal(await p.refusedService(download, [ann, url, 'pending', null]), '23505')
    await serviceId(download, [ben, url, 'pending', null])
    for (const each of ['at://pic1', 'at://pic2']) {
      const shown = await serviceId(raw, [ann, accounts.ann, each, '{}'])
      await p.service(
        `insert into ingest.media_download_posts (download_id, ingested_post_id, user_id) values ($1, $2, $3)`,
        [once, shown, ann],
      )
    }
    const seen = `select ingested_post_id, original_url from media_downloads`
    assert.deepEqual([(await p.as(ann, seen, [], 'trove')).length, (await p.as(ben, seen, [], 'trove')).length], [2, 0])
  })
  await step('an address that is good for minutes does not make a second download', async () => {
    const keyed = `insert into ingest.media_downloads (user_id, original_url, media_key) values ($1, $2, 'ig:1:0')`
    await p.service(keyed, [ann, 'https://cdn.example/a?sig=1'])
    assert.equal(await p.refusedService(keyed, [ann, 'https://cdn.example/a?sig=2']), '23505')
  })
  await step('an archive has no token and is a connection all the same', async () => {
    const archive = await p.integration(ann, { platform: 'google_takeout', auth_kind: 'archive' })
    const [row] = await p.as(
      ann,
      `select access_token, status from connected_accounts where id = $1`,
      [archive],
      'trove',
    )
    assert.deepEqual(row, { access_token: null, status: 'active' })
  })
  await step('status words of both systems', async () => {
    const words = async (status: string) => {
      const id = await p.integration(ann, { platform: 'mastodon', status })
      const [row] = await p.as<object>(
        ann,
        `select h.status as hypernet, c.status as trove from hypernet.integrations h join trove.connected_accounts c using (id)
         where id = $1`,
        [id],
      )
      return row
    }
    assert.deepEqual(await words('connected'), { hypernet: 'connected', trove: 'active' })
    assert.deepEqual(await words('token_expired'), { hypernet: 'error', trove: 'token_expired' })
    assert.deepEqual(await words('disconnected'), { hypernet: 'disconnected', trove: 'disconnected' })
    assert.deepEqual(await words('pending'), { hypernet: 'pending', trove: 'disconnected' })
    await assert.rejects(p.integration(ann, { status: 'active' }), { code: '23514' })
  })
  await step('services are rows: any can be added, an unknown one is refused', async () => {
    await assert.rejects(p.integration(ann, { platform: 'pixelfed' }), { code: '23503' })
    await p.service(`insert into core.platforms values ('pixelfed', 'Pixelfed')`)
    await p.integration(ann, { platform: 'pixelfed' })
  })
  await step('a live account of a service is connected once', async () => {
    const twin = { platform: 'bluesky', platform_user_id: 'did:ann' }
    await assert.rejects(p.integration(ann, twin), { code: '23505' })
    await p.integration(ben, twin)
  })
  await step('the end of a sync gives its duration and is told to the connection', async () => {
    const log = await serviceId(
      `insert into ingest.sync_logs (user_id, account_id, sync_type, started_at) values ($1, $2, 'manual', now() - interval '2 s')
       returning id`,
      [ann, accounts.ann],
    )
    const end = (status: string, message: string | null) =>
      p.service(`update ingest.sync_logs set status = $2, error_message = $3, posts_created = 3 where id = $1`, [
        log,
        status,
        message,
      ])
    await end('failed', 'the service is down')
    const state = async () =>
      (
        await p.as<object>(
          ann,
          `select l.duration_ms >= 2000 as timed, a.last_sync_status, a.last_sync_at is not null as synced, a.error_count, a.error_message
           from sync_logs l join connected_accounts a on a.id = l.account_id where l.id = $1`,
          [log],
          'trove',
        )
      )[0]
    const failed = {
      timed: true,
      last_sync_status: 'failed',
      synced: false,
      error_count: 1,
      error_message: 'the service is down',
    }
    assert.deepEqual(await state(), failed)
    await p.service(`update ingest.sync_logs set status = 'running' where id = $1`, [log])
    await end('success', null)
    assert.deepEqual(await state(), {
      ...failed,
      last_sync_status: 'success',
      synced: true,
      error_count: 0,
      error_message: null,
    })
    assert.deepEqual(await p.as(ben, `select * from sync_logs`, [], 'trove'), [])
  })
  await step('public posts show engagement and pictures of the newest payload, to their person only', async () => {
    const [shown] = await p.service<{ id: string }>(post, [accounts.ann, 'at://shown', 'Sunset', null])
    await p.service(raw, [ann, accounts.ann, 'at://shown', '{"engagement":{"likes":1}}'])
    const newest = await serviceId(raw, [ann, accounts.ann, 'at://shown', '{"engagement":{"likes":127}}'])
    const picture = await p.media(ann, { width: 40, height: 30 })
    const fetched = await serviceId(download, [ann, 'https://cdn.example/sunset.jpg', 'downloaded', picture])
    await p.service(
      `insert into ingest.media_download_posts (download_id, ingested_post_id, user_id) values ($1, $2, $3)`,
      [fetched, newest, ann],
    )
    const seen = await p.as<Record<string, unknown>>(
      ann,
      `select engagement_stats, media from public_posts where id = $1`,
      [shown?.id],
      'trove',
    )
    const [row] = await p.as<{ file_path: string }>(ann, `select file_path from vault.media where id = $1`, [picture])
    assert.deepEqual(seen, [
      {
        engagement_stats: { likes: 127 },
        media: [{ id: picture, type: 'photo', url: row?.file_path, width: 40, height: 30 }],
      },
    ])
    assert.deepEqual(await p.as(ben, `select id from public_posts where id = $1`, [shown?.id], 'trove'), [])
    await p.service(
      `insert into ingest.engagement_history (user_id, post_id, engagement_stats) values ($1, $2, '{"likes":1}')`,
      [ann, shown?.id],
    )
    assert.equal((await p.as(ann, `select * from engagement_history`, [], 'trove')).length, 1)
    assert.equal((await p.as(ben, `select * from engagement_history`, [], 'trove')).length, 0)
  })
  await step('policies written for Supabase find auth.uid()', async () => {
    assert.deepEqual(await p.as(ann, `select count(*) as n from trove.users where auth.uid() = id`), [{ n: 1 }])
    assert.deepEqual(await p.service(`select auth.uid() as id`), [{ id: null }])
  })
  await step('a connection that goes leaves raw payloads, and is kept while it has posts', async () => {
    assert.equal(await p.refusedService(`delete from core.integrations where id = $1`, [accounts.ann]), '23503')
    const empty = await p.integration(ann, { platform: 'reddit' })
    await p.service(
      `insert into ingest.ingested_items (user_id, account_id, source, platform, event_type, payload)
       values ($1, $2, 'import', 'reddit', 'comment', '{"body":"hi"}')`,
      [ann, empty],
    )
    await p.service(`delete from core.integrations where id = $1`, [empty])
    const left = await p.as(ann, `select account_id, payload from ingested_items`, [], 'trove')
    assert.deepEqual(left, [{ account_id: null, payload: { body: 'hi' } }])
  })
  await step('a person who goes leaves nothing behind, raw payloads included', async () => {
    await p.service(`delete from core.users where id = $1`, [ann])
    const [left] = await p.service(
      `select (select count(*) from ingest.ingested_items where user_id = $1) as items,
         (select count(*) from ingest.ingested_posts where user_id = $1) as raw, (select count(*) from vault.posts where user_id = $1) as posts,
         (select count(*) from core.objects where user_id = $1) as objects, (select count(*) from core.integrations where user_id = $1) as accounts,
         (select count(*) from meta.object_versions where user_id = $1) as versions, (select count(*) from meta.tombstones where user_id = $1) as tombstones`,
      [ann],
    )
    assert.deepEqual(left, { items: 0, raw: 0, posts: 0, objects: 0, accounts: 0, versions: 0, tombstones: 0 })
    assert.deepEqual(await p.as(ben, `select count(*) as n from posts`, [], 'trove'), [{ n: 1 }])
  })
})
