import assert from 'node:assert/strict'
import { test, type TestContext } from 'vitest'
import type { Post, PostDetail, Reprocessed } from '../../main/contract/index.ts'
import { ingest, type PostAccount, type RawPost } from '../../main/engine/posts/index.ts'
import { moveOldLogs } from '../../main/engine/sync/log.ts'
import { testVault } from '../support/engine.ts'

const did = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'

function post(number: number, text: string, more: object = {}): RawPost {
  const uri = `at://${did}/app.bsky.feed.post/3k${number}`
  const value = {
    $type: 'app.bsky.feed.post',
    text,
    createdAt: `2024-05-${String(number).padStart(2, '0')}T10:00:00.000Z`,
    ...more,
  }
  return { postId: uri, format: 'bluesky.record', data: { uri, cid: `bafy${text.length}`, value } }
}

function status(number: number, likes: number, content = `<p>Number ${number}</p>`): RawPost {
  const uri = `https://social.example/users/ann/statuses/${number}`
  return {
    postId: uri,
    format: 'mastodon.status',
    data: {
      id: String(number),
      uri,
      url: uri,
      created_at: `2024-05-0${number}T10:00:00.000Z`,
      edited_at: null,
      content,
      spoiler_text: '',
      visibility: 'public',
      in_reply_to_id: null,
      reblog: null,
      account: {
        id: '1',
        acct: 'ann',
        username: 'ann',
        url: 'https://social.example/@ann',
        uri: 'https://social.example/users/ann',
      },
      media_attachments: [],
      favourites_count: likes,
      reblogs_count: 0,
      replies_count: 0,
    },
  }
}

/** A vault with a connection, and a way to give it payloads as a sync does. */
async function archive(t: TestContext, platform: string) {
  const vault = await testVault(t)
  const { database } = vault.engine.vault()
  const account = await database.asService(async (tx) => {
    const row = await tx.one<PostAccount & { userId: string }>(
      `insert into core.integrations (user_id, platform, platform_user_id, username, status, auth_kind)
       select id, $1, $2, 'ann', 'connected', 'none' from core.users
       returning id, platform, platform_user_id as "platformUserId", username, user_id as "userId"`,
      [platform, did],
    )
    assert.ok(row)
    return row
  })
  const give = async (posts: readonly RawPost[], source: 'fetch' | 'import' = 'fetch') => {
    const { outcomes } = await database.asService((tx) =>
      ingest(tx, account.userId, account, {
        source,
        eventType: 'test',
        externalId: null,
        envelope: posts.map(({ postId }) => ({ $post: postId })),
        posts,
      }),
    )
    return outcomes.map(({ outcome }) => outcome)
  }
  const feed = async (query = ''): Promise<Post[]> =>
    (await vault.get<{ items: Post[] }>(`/posts/feed?limit=100${query}`)).items
  return { vault, database, account, give, feed }
}

test('a payload twice changes nothing, an edit back is an edit, and an old export takes nothing back', async (t) => {
  const { give, feed, vault } = await archive(t, 'bluesky')
  assert.deepEqual(await give([post(1, 'one'), post(2, 'two')]), ['added', 'added'])
  assert.deepEqual(await give([post(1, 'one'), post(2, 'two')]), ['same', 'same'])
  assert.deepEqual(await give([post(1, 'changed')]), ['updated'])
  assert.deepEqual(await give([post(1, 'one')], 'import'), ['same'])
  assert.deepEqual(
    (await feed()).map(({ text }) => text),
    ['two', 'changed'],
  )
  assert.deepEqual(await give([post(1, 'one')]), ['updated'])
  const [, first] = await feed()
  const detail = await vault.get<PostDetail>(`/posts/${first?.id}/detail`)
  assert.deepEqual(
    detail.versions.map(({ text }) => text),
    ['one', 'changed', 'one'],
  )
  // The same post twice in one batch is one post.
  assert.deepEqual(await give([post(3, 'three'), post(3, 'three')]), ['added', 'same'])
})

test('what is gone stays, marked, and comes back when the service has it again', async (t) => {
  const { give, feed } = await archive(t, 'bluesky')
  await give([post(1, 'one')])
  const gone: RawPost = { postId: post(1, '').postId, format: 'gone', data: {} }
  assert.deepEqual(await give([gone]), ['gone'])
  assert.deepEqual(await give([gone]), ['same'])
  assert.deepEqual(
    (await feed('&gone=true')).map(({ text, isGone }) => [text, isGone]),
    [['one', true]],
  )
  assert.deepEqual(await give([post(1, 'one')]), ['updated'])
  assert.deepEqual((await feed('&gone=true')).length, 0)
  // One that never was here is none.
  assert.deepEqual(await give([{ ...gone, postId: 'at://never' }]), ['same'])
})

test('likes are no edit; they are noted once a day, the last of the day counts', async (t) => {
  const { give, feed, vault, database } = await archive(t, 'mastodon')
  assert.deepEqual(await give([status(1, 3)]), ['added'])
  assert.deepEqual(await give([status(1, 5)]), ['same'])
  const [now] = await feed()
  assert.equal(Object.values(now?.engagement ?? {}).includes(5), true)
  await database.asService((tx) =>
    tx.execute(`update ingest.engagement_history set recorded_at = recorded_at - interval '1 day'`),
  )
  await give([status(1, 9)])
  const detail = await vault.get<PostDetail>(`/posts/${now?.id}/detail`)
  assert.equal(detail.versions.length, 1)
  assert.deepEqual(
    detail.engagement.map(({ figures }) => Math.max(...Object.values(figures))),
    [5, 9],
  )
})

test('working posts out again gives the same, mends what was spoilt, and leaves alone what is a person’s own', async (t) => {
  const { give, feed, vault, database } = await archive(t, 'bluesky')
  await give(Array.from({ length: 28 }, (_, index) => post(index + 1, `Post ${index + 1}`)))
  await give([post(1, 'edited')])
  const again = async (): Promise<Reprocessed> => (await vault.ask<Reprocessed>('POST', '/posts/reprocess', {})).body
  assert.deepEqual(await again(), { posts: 28, changed: 0, failed: 0, next: null })
  const before = await feed()
  await vault.ask('DELETE', `/posts/${before[5]?.id}`)
  await database.asService((tx) =>
    tx.execute(`update vault.posts set text_content = 'spoilt', published = false where text_content like 'Post 1%'`),
  )
  const mended = await again()
  assert.equal(mended.changed, 10)
  const after = await feed()
  assert.deepEqual(
    after,
    before.filter((each) => each.id !== before[5]?.id),
  )
  assert.equal(after.at(-1)?.text, 'edited')
})

test('a payload that cannot be read is kept, counted, and costs no other', async (t) => {
  const { give, feed, vault, account } = await archive(t, 'bluesky')
  const broken: RawPost = { postId: 'at://broken', format: 'bluesky.record', data: { uri: 7, nul: 'a\u0000b\uD800' } }
  const strange: RawPost = { postId: 'at://strange', format: 'bluesky.tomorrow', data: {} }
  assert.deepEqual(await give([post(1, 'one'), broken, strange]), ['added', 'failed', 'failed'])
  assert.deepEqual(await give([broken]), ['failed'])
  assert.equal((await feed()).length, 1)
  const { items } = await vault.get<{ items: { what: string; error: string | null }[] }>(
    `/connections/${account.id}/dead-letters`,
  )
  assert.deepEqual(items.map(({ what }) => what).toSorted(), ['at://broken', 'at://strange'])
  assert.ok(items.every(({ error }) => error !== null && !/[{}]|zod/i.test(error)))
})

test('posts are found by words, days, type and connection, page by page', async (t) => {
  const { give, feed, vault, account } = await archive(t, 'bluesky')
  await give(
    Array.from({ length: 28 }, (_, index) =>
      post(index + 1, index % 2 === 0 ? `Ein Spätzle-Teller ${index}` : `Another plate ${index}`),
    ),
  )
  assert.equal((await feed('&q=spatzle')).length, 14)
  assert.equal((await feed('&q=tell')).length, 14)
  assert.deepEqual(
    (await feed('&from=2024-05-03&to=2024-05-04')).map(({ localAt }) => localAt.slice(8, 10)),
    ['04', '03'],
  )
  assert.equal((await feed('&type=reply')).length, 0)
  assert.equal((await feed(`&account=${account.id}`)).length, 28)
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: Post[]; next: string | null } = await vault.get(
      `/posts/feed?limit=10${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.next
  }
  assert.equal(new Set(seen).size, 28)
  assert.equal((await vault.ask('GET', '/posts/feed?cursor=nonsense')).status, 400)
  // What a post says is found by the one search, too, and stands on the timeline.
  const found = await vault.get<{ items: { type: string }[] }>('/search?q=plate')
  assert.ok(found.items.some(({ type }) => type === 'post'))
})

test('logs of syncs of long ago lie apart and are shown all the same', async (t) => {
  const { vault, database, account } = await archive(t, 'bluesky')
  await database.asService((tx) =>
    tx.execute(
      `insert into ingest.sync_logs (user_id, account_id, sync_type, status, posts_created, started_at)
       select $1, $2, 'scheduled', 'success', day, now() - make_interval(days => day) from generate_series(80, 100) day`,
      [account.userId, account.id],
    ),
  )
  assert.equal(await database.asService((tx) => moveOldLogs(tx, 90)), 11)
  assert.equal(await database.asService((tx) => moveOldLogs(tx, 90)), 0)
  const seen: number[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: { created: number }[]; next: string | null } = await vault.get(
      `/connections/${account.id}/runs?limit=8${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    seen.push(...page.items.map(({ created }) => created))
    cursor = page.next
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 21 }, (_, index) => 80 + index),
  )
})

test('a connection that is erased leaves nothing, and the same account begins anew', async (t) => {
  const { vault, give, feed, account, database } = await archive(t, 'bluesky')
  await give([post(1, 'one'), post(2, 'two')])
  const { body } = await vault.ask<{ erasedPosts: number }>('POST', `/connections/${account.id}/disconnect`, {
    erase: true,
  })
  assert.equal(body.erasedPosts, 2)
  assert.deepEqual(await feed(), [])
  const left = await database.asService((tx) =>
    tx.one<{ n: number }>(
      `select (select count(*) from ingest.ingested_posts) + (select count(*) from ingest.ingested_items)
         + (select count(*) from ingest.media_downloads) as n`,
    ),
  )
  assert.equal(left?.n, 0)
  assert.deepEqual((await vault.get<{ items: unknown[] }>('/connections')).items, [])
  await database.asService((tx) => tx.execute(`update core.integrations set deleted_at = null`))
  assert.deepEqual(await give([post(1, 'one'), post(2, 'two')]), ['added', 'added'])
})

test('a post that is deleted for good takes its payloads along, and working out again does not bring it back', async (t) => {
  const { vault, give, feed, database } = await archive(t, 'bluesky')
  await give([post(1, 'one'), post(2, 'two')])
  await give([post(1, 'one, edited')])
  const one = (await feed()).find(({ text }) => text === 'one, edited')
  await vault.ask('DELETE', `/posts/${one?.id}`)
  await vault.ask('POST', '/trash/objects/purge', { items: [{ type: 'post', id: one?.id }] })
  const left = await database.asService((tx) =>
    tx.query<{ data: string }>(`select post_data::text as data from ingest.ingested_posts`),
  )
  assert.deepEqual([left.length, left[0]?.data.includes('two')], [1, true])
  assert.deepEqual((await vault.ask<Reprocessed>('POST', '/posts/reprocess', {})).body.posts, 1)
  assert.deepEqual(await give([post(1, 'one')]), ['left'])
  assert.deepEqual(
    (await feed()).map(({ text }) => text),
    ['two'],
  )
})
