import assert from 'node:assert/strict'
import { test } from 'vitest'
import type { Connection } from '../../main/contract/index.ts'
import { folderOf } from '../archive/fixtures.ts'
import { jpeg } from '../support/pictures.ts'
import { fakeInstagram, type FakeInstagram } from './fake-instagram.ts'
import { setCursor, syncVault, type SyncVault } from './support.ts'

const vaultFor = (t: Parameters<typeof syncVault>[0], service: FakeInstagram) =>
  syncVault(t, { network: service.network })
const connect = (vault: SyncVault, secret: string): Promise<Connection> =>
  vault.connect({ platform: 'instagram', secret })
const at = (hours: number): string => `${new Date(Date.UTC(2026, 0, 1, hours)).toISOString().slice(0, 19)}+0000`

test('posts, carousels, reels and stories come in with their pictures; a walk shows edits and what is gone, but a story ends by itself', async (t) => {
  const service = await fakeInstagram(t)
  const single = service.add({ caption: 'One picture', at: at(1), pictures: [await jpeg(1)] })
  const gone = service.add({ caption: 'Two pictures', at: at(2), pictures: [await jpeg(2), await jpeg(3)] })
  service.add({ caption: 'A reel', at: at(3), pictures: [await jpeg(4)], more: { media_product_type: 'REELS' } })
  const story = service.add({ caption: '', at: at(4), pictures: [await jpeg(5)], isStory: true })
  const without = { media_type: 'VIDEO', media_url: undefined }
  service.add({ caption: 'With music of somebody else', at: at(5), pictures: [await jpeg(6)], more: without })
  const vault = await vaultFor(t, service)
  const connection = await connect(vault, service.token())
  assert.deepEqual(
    [connection.status, connection.username, connection.displayName, connection.posts],
    ['connected', 'ann.b', 'Ann B', 5],
  )
  const posts = await vault.posts()
  assert.deepEqual(
    posts.map(({ type, text, localAt, media }) => [type, text, localAt, media.map(({ status }) => status).join()]),
    [
      ['post', 'With music of somebody else', '2026-01-01T05:00:00', 'unavailable'],
      ['story', null, '2026-01-01T04:00:00', 'downloaded'],
      ['reel', 'A reel', '2026-01-01T03:00:00', 'downloaded'],
      ['post', 'Two pictures', '2026-01-01T02:00:00', 'downloaded,downloaded'],
      ['post', 'One picture', '2026-01-01T01:00:00', 'downloaded'],
    ],
  )
  assert.deepEqual(posts.at(-1)?.engagement, { likes: 5, replies: 2 })

  service.edit(single, 'One picture, edited')
  service.remove(gone)
  service.remove(story)
  await vault.sync(connection.id)
  const [recent] = await vault.runs(connection.id)
  assert.deepEqual([recent?.created, recent?.updated, recent?.deleted], [0, 1, 0])
  await setCursor(vault, connection.id, (cursor) => ({ ...cursor, walkedAt: '2024-01-01T00:00:00.000Z' }))
  await vault.sync(connection.id)
  const [walk] = await vault.runs(connection.id)
  assert.deepEqual([walk?.created, walk?.updated, walk?.deleted], [0, 0, 1])
  assert.deepEqual(
    (await vault.posts('&gone=true')).map(({ text }) => text),
    ['Two pictures'],
  )
})

test('more than a page comes whole, also where it is cut off in the middle; what is known ends the next one', async (t) => {
  const service = await fakeInstagram(t)
  for (let number = 0; number < 120; number += 1)
    service.add({ caption: `Post ${number}`, at: at(number), pictures: [] })
  let pages = 0
  service.meanwhile = ({ path }) => {
    if (path !== '/me/media') return null
    pages += 1
    return pages === 2 ? { breakAt: 0 } : null
  }
  const vault = await vaultFor(t, service)
  const connection = await connect(vault, service.token())
  assert.deepEqual([connection.posts, connection.problem], [50, null])
  assert.equal((await vault.sync(connection.id)).posts, 120)
  // Three pages of new ones, and the second of them is cut off: those behind it are not forgotten.
  for (let number = 120; number < 240; number += 1)
    service.add({ caption: `Post ${number}`, at: at(number), pictures: [] })
  pages = 0
  assert.equal((await vault.sync(connection.id)).posts, 170)
  assert.equal((await vault.sync(connection.id)).posts, 240)
  const before = service.calls.length
  await vault.sync(connection.id)
  assert.equal(service.calls.length - before, 2)
  assert.equal(new Set((await vault.posts()).map(({ text }) => text)).size, 240)

  // A place in the list that the service does not know any more.
  await setCursor(vault, connection.id, (cursor) => ({ ...cursor, walkedAt: null, after: 'cNobodyKnows' }))
  const again = await vault.sync(connection.id)
  assert.deepEqual([again.status, again.problem, again.posts], ['connected', null, 240])
})

test('a picture whose address has ended is fetched by a new one', async (t) => {
  const service = await fakeInstagram(t)
  service.add({ caption: 'A picture', at: at(1), pictures: [await jpeg(7)] })
  service.add({ caption: 'Two', at: at(2), pictures: [await jpeg(8), await jpeg(9)] })
  service.meanwhile = ({ url }) => {
    if (url.searchParams.get('oh') === '1') service.endAddresses()
    return null
  }
  const vault = await vaultFor(t, service)
  const connection = await connect(vault, service.token())
  assert.equal(connection.media.downloaded, 0)
  service.meanwhile = null
  const after = await vault.sync(connection.id)
  assert.deepEqual([after.media, after.deadLetters], [{ downloaded: 3, pending: 0, failed: 0, unavailable: 0 }, 0])
})

test('a token is renewed when less than thirty days of it are left, and one that no longer counts is said so', async (t) => {
  const service = await fakeInstagram(t)
  service.add({ caption: 'A post', at: at(1), pictures: [] })
  const vault = await vaultFor(t, service)
  const wrong = await vault.ask('POST', '/connections', { platform: 'instagram', secret: 'IGAAwrong' })
  assert.equal((wrong.body as { code: string }).code, 'connection-refused')
  // Of an old one only renewing it tells how long it has.
  const connection = await connect(vault, service.token(50))
  assert.ok(Date.parse(connection.tokenExpiresAt ?? '') - Date.now() > 59 * 86_400_000)
  const renewed = (): number => service.count('GET /refresh_access_token')
  const before = renewed()
  await vault.sync(connection.id)
  assert.equal(renewed(), before)
  await vault.engine
    .vault()
    .database.asService((tx) =>
      tx.execute(`update core.integrations set token_expires_at = now() + interval '29 days' where id = $1`, [
        connection.id,
      ]),
    )
  const later = await vault.sync(connection.id)
  assert.deepEqual([renewed(), later.status], [before + 1, 'connected'])
  service.revoke()
  const over = await vault.sync(connection.id)
  assert.deepEqual([over.status, over.problem?.code, over.nextSyncAt], ['token_expired', 'connection-expired', null])
  const again = await connect(vault, service.token())
  assert.deepEqual([again.id, again.status, again.posts], [connection.id, 'connected', 1])
  let dumped = ''
  await vault.engine.vault().database.snapshot((tx) => tx.dump(async (part) => void (dumped += part.toString())))
  const answers = JSON.stringify([
    await vault.get('/connections'),
    await vault.get('/activity'),
    await vault.runs(again.id),
  ])
  for (const each of service.secrets) assert.ok(!dumped.includes(each) && !answers.includes(each))
})

test('a limit that is nearly used up, and one that is, are pauses', async (t) => {
  const service = await fakeInstagram(t)
  for (let number = 0; number < 80; number += 1)
    service.add({ caption: `Post ${number}`, at: at(number), pictures: [] })
  const vault = await vaultFor(t, service)
  service.usage = 85
  const connection = await connect(vault, service.token())
  assert.deepEqual(
    [connection.status, connection.failures, connection.problem?.code],
    ['connected', 0, 'connection-limited'],
  )
  assert.ok(Date.parse(connection.nextSyncAt ?? '') > Date.now() + 800_000)
  service.usage = 10
  service.isLimited = true
  const limited = await vault.sync(connection.id)
  const wait = Date.parse(limited.nextSyncAt ?? '') - Date.now()
  assert.ok(wait > 39 * 60_000 && wait <= 40 * 60_000, String(wait))
  service.isLimited = false
  assert.equal((await vault.sync(connection.id)).posts, 80)
})

test('an export, which has no ids, and the account itself become one where text and time are the same', async (t) => {
  const service = await fakeInstagram(t)
  const seconds = Date.UTC(2026, 0, 1, 1) / 1000
  const id = service.add({ caption: 'Café by the sea', at: at(1), pictures: [await jpeg(1)] })
  service.add({ caption: 'Only there', at: at(2), pictures: [] })
  const folder = await folderOf(t, {
    'personal_information/personal_information/personal_information.json': {
      profile_user: [{ string_map_data: { Username: { href: '', value: 'ann.b', timestamp: 0 } } }],
    },
    'your_instagram_activity/media/posts_1.json': [
      { media: [{ uri: 'media/posts/202601/a_1.jpg', creation_timestamp: seconds + 1, title: 'Café  by the sea' }] },
      {
        media: [
          { uri: 'media/posts/202601/b_2.jpg', creation_timestamp: seconds + 90_000, title: 'Only in the export' },
        ],
      },
    ],
    'media/posts/202601/a_1.jpg': await jpeg(1),
    'media/posts/202601/b_2.jpg': await jpeg(2),
  })
  const vault = await vaultFor(t, service)
  const run = await vault.import({ paths: [folder], archive: true })
  assert.deepEqual([run.status, run.archive?.source], ['done', 'instagram'])
  const connection = await connect(vault, service.token())
  assert.deepEqual([connection.posts, (await vault.get<{ items: unknown[] }>('/connections')).items.length], [3, 1])
  const posts = await vault.posts()
  assert.deepEqual(
    posts.map(({ text, url, isGone, media }) => [text, url !== null, isGone, media.map(({ status }) => status).join()]),
    [
      ['Only in the export', false, false, 'downloaded'],
      ['Only there', true, false, ''],
      ['Café by the sea', true, false, 'downloaded'],
    ],
  )
  assert.equal(posts[2]?.url, `https://www.instagram.com/p/${id}/`)
  // The same export again, now behind the account, is known.
  await vault.import({ paths: [folder], archive: true })
  assert.equal((await vault.posts()).length, 3)
  await setCursor(vault, connection.id, (cursor) => ({ ...cursor, walkedAt: null }))
  await vault.sync(connection.id)
  assert.equal((await vault.posts('&gone=true')).length, 0)
})
