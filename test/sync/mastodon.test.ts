import assert from 'node:assert/strict'
import { test } from 'vitest'
import type { ConnectionSignIn } from '../../main/contract/index.ts'
import { tarOf } from '../archive/fixtures.ts'
import { jpeg } from '../support/pictures.ts'
import { fakeMastodon, type FakeMastodon } from './fake-mastodon.ts'
import { browse } from './fake-service.ts'
import { setCursor, signedIn, syncVault, type SyncVault } from './support.ts'

async function signIn(vault: SyncVault, server: FakeMastodon) {
  return signedIn(vault, { platform: 'mastodon', server: server.url }, fetch)
}

const texts = async (vault: SyncVault, query = ''): Promise<(string | null)[]> =>
  (await vault.posts(query)).map(({ text }) => text)

test('signing in brings everything page by page, then only what is new; a whole walk shows edits and what is gone', async (t) => {
  const server = await fakeMastodon(t)
  const ids = Array.from({ length: 95 }, (_, number) => server.post(`Post ${number}`))
  server.post('With a picture', { media_attachments: [server.picture(await jpeg(3))] })
  server.post('For one person', { visibility: 'direct' })
  const vault = await syncVault(t)
  const connection = await signIn(vault, server)
  assert.deepEqual(
    [connection.status, connection.authKind, connection.username, connection.posts, connection.media.downloaded],
    ['connected', 'oauth', `ann@${new URL(server.url).host}`, 97, 1],
  )
  const [first] = await vault.runs(connection.id)
  assert.deepEqual(
    [first?.kind, first?.status, first?.created, first?.details['pages']],
    ['backfill', 'success', 97, 4],
  )
  const [direct] = await vault.posts()
  assert.deepEqual([direct?.text, direct?.isPublic], ['For one person', false])

  // Newer posts than fit a page come from the oldest on.
  for (let number = 0; number < 45; number += 1) server.post(`Newer ${number}`)
  server.edit(ids[0] ?? '', 'Post 0, edited')
  server.remove(ids[1] ?? '')
  const before = server.calls.length
  await vault.sync(connection.id)
  const [next] = await vault.runs(connection.id)
  assert.deepEqual([next?.created, next?.updated, next?.deleted, next?.details['pages']], [45, 0, 0, 2])
  assert.equal(server.calls.length - before, 3)

  await setCursor(vault, connection.id, (cursor) => ({ ...cursor, walkedAt: '2024-01-01T00:00:00.000Z' }))
  await vault.sync(connection.id)
  const [walk] = await vault.runs(connection.id)
  assert.deepEqual([walk?.created, walk?.updated, walk?.deleted], [0, 1, 1])
  assert.deepEqual(await texts(vault, '&gone=true'), ['Post 1'])
  assert.ok((await texts(vault)).includes('Post 0, edited'))

  // Figures change by themselves: that is no other version of a post.
  await vault.sync(connection.id)
  const [quiet] = await vault.runs(connection.id)
  assert.deepEqual([quiet?.status, quiet?.fetched], ['success', 0])
})

test('a token that ended is renewed, by the clock or by what the server says; one that was revoked is said so', async (t) => {
  const server = await fakeMastodon(t)
  server.expiresIn = 60
  server.post('First')
  const vault = await syncVault(t)
  const connection = await signIn(vault, server)
  const renewed = (): number => server.count('POST /oauth/token') - 1
  // Less than five minutes are left: the first sync begins with a new one.
  assert.deepEqual([connection.posts, renewed()], [1, 1])
  server.expiresIn = 7200
  await vault.sync(connection.id)
  assert.equal(renewed(), 2)
  server.expire()
  server.post('Second')
  assert.deepEqual([(await vault.sync(connection.id)).posts, renewed()], [2, 3])
  server.revoke()
  const over = await vault.sync(connection.id)
  assert.deepEqual([over.status, over.problem?.code, over.nextSyncAt], ['token_expired', 'connection-expired', null])
  const again = await signIn(vault, server)
  assert.deepEqual([again.id, again.status, again.posts], [connection.id, 'connected', 2])
  let dumped = ''
  await vault.engine.vault().database.snapshot((tx) => tx.dump(async (part) => void (dumped += part.toString())))
  const answers = JSON.stringify([
    await vault.get('/connections'),
    await vault.get('/activity'),
    await vault.runs(again.id),
  ])
  for (const secret of server.secrets) assert.ok(!dumped.includes(secret) && !answers.includes(secret))
})

test('a wrong state, a second answer and a refusal are no sign-in', async (t) => {
  const server = await fakeMastodon(t)
  const vault = await syncVault(t)
  const begin = async (): Promise<ConnectionSignIn> =>
    (await vault.ask<ConnectionSignIn>('POST', '/connections/sign-ins', { platform: 'mastodon', server: server.url }))
      .body
  const stateOf = async (id: string) => (await vault.get<ConnectionSignIn>(`/connections/sign-ins/${id}`)).state
  const begun = await begin()
  const authorize = new URL(begun.url)
  const callback = authorize.searchParams.get('redirect_uri') ?? ''
  for (const query of ['code=x&state=wrong', 'code=x', '']) {
    assert.equal((await fetch(`${callback}?${query}`)).status, 404)
  }
  assert.equal(
    (await fetch(`${callback}?code=x&state=${authorize.searchParams.get('state')}`, { method: 'POST' })).status,
    404,
  )
  assert.equal(await stateOf(begun.id), 'waiting')
  const seen = await browse(begun.url, fetch)
  assert.equal(seen.status, 200)
  const second = await fetch(seen.address).catch(() => null)
  assert.ok(second === null || second.status === 404)
  while ((await stateOf(begun.id)) === 'waiting') await new Promise((resolve) => setTimeout(resolve, 10))
  assert.equal(await stateOf(begun.id), 'done')
  assert.equal(server.count('POST /oauth/token'), 1)

  const refused = await begin()
  const state = new URL(refused.url).searchParams.get('state') ?? ''
  const back = new URL(refused.url).searchParams.get('redirect_uri') ?? ''
  await fetch(`${back}?error=access_denied&state=${state}`)
  assert.equal(await stateOf(refused.id), 'failed')

  // A code that the server did not give for this sign-in.
  const forged = await begin()
  const query = new URL(forged.url).searchParams
  await fetch(`${query.get('redirect_uri')}?code=forged&state=${query.get('state')}`)
  while ((await stateOf(forged.id)) === 'waiting') await new Promise((resolve) => setTimeout(resolve, 10))
  assert.equal(await stateOf(forged.id), 'failed')
})

test('an archive and the account itself are one, whichever comes first', async (t) => {
  const server = await fakeMastodon(t)
  const old = server.post('Both have this')
  server.post('Only the server has this')
  const published = (id: string): string => new Date(Date.UTC(2024, 0, 1) + Number(id) * 3_600_000).toISOString()
  const object = (id: string, content: string): object => ({
    id: `${server.actor}/statuses/${id}`,
    type: 'Note',
    published: published(id),
    url: `${server.url}/@ann/${id}`,
    attributedTo: server.actor,
    to: ['https://www.w3.org/ns/activitystreams#Public'],
    cc: [],
    content: `<p>${content}</p>`,
  })
  const archive = (id: string, content: string): Promise<string> =>
    tarOf(t, {
      'actor.json': {
        id: server.actor,
        type: 'Person',
        preferredUsername: 'ann',
        name: 'Ann',
        url: `${server.url}/@ann`,
      },
      'outbox.json': {
        '@context': 'https://www.w3.org/ns/activitystreams',
        id: 'outbox.json',
        type: 'OrderedCollection',
        totalItems: 1,
        orderedItems: [
          {
            id: `${server.actor}/statuses/${id}/activity`,
            type: 'Create',
            published: published(id),
            to: ['https://www.w3.org/ns/activitystreams#Public'],
            cc: [],
            object: object(id, content),
          },
        ],
      },
    })
  const vault = await syncVault(t)
  const run = await vault.import({ paths: [await archive(old, 'Both have this')], archive: true })
  assert.deepEqual([run.status, run.archive?.source], ['done', 'mastodon'])
  const connection = await signIn(vault, server)
  const connections = async (): Promise<number> => (await vault.get<{ items: unknown[] }>('/connections')).items.length
  assert.deepEqual([await connections(), connection.posts, connection.authKind], [1, 2, 'oauth'])
  const newer = server.post('Archived again')
  await vault.sync(connection.id)
  await vault.import({ paths: [await archive(newer, 'Archived again')], archive: true })
  assert.equal(await connections(), 1)
  assert.deepEqual(await texts(vault), ['Archived again', 'Only the server has this', 'Both have this'])
})

test('a limit of the server is a pause, not a failure, and the walk goes on where it was', async (t) => {
  const server = await fakeMastodon(t)
  for (let number = 0; number < 100; number += 1) server.post(`Post ${number}`)
  server.remaining = 3
  const vault = await syncVault(t)
  const connection = await signIn(vault, server)
  assert.deepEqual(
    [connection.status, connection.failures, connection.problem?.code],
    ['connected', 0, 'connection-limited'],
  )
  assert.ok(connection.posts >= 40 && connection.posts < 100, String(connection.posts))
  const wait = Date.parse(connection.nextSyncAt ?? '') - Date.now()
  assert.ok(wait > 200_000 && wait <= 241_000, String(wait))
  server.remaining = 300
  const after = await vault.sync(connection.id)
  assert.deepEqual([after.posts, after.problem], [100, null])
  assert.equal(new Set(await texts(vault)).size, 100)
})
