import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { jpeg } from '../support/pictures.ts'
import { hasPds, startPds } from './pds/pds.ts'
import { syncVault } from './support.ts'

const onPds = test.skipIf(!hasPds)

onPds(
  'posts, replies, reposts and pictures of a real account come in; edits keep what was before, and what is deleted there stays, marked',
  async (t) => {
    const pds = await startPds(t)
    const ann = await pds.account('ann.test')
    const picture = await jpeg(31)
    const embed = await pds.picture(ann, picture)
    const withPicture = await pds.post(ann, 'Look at this', { embed, createdAt: '2024-05-01T10:00:00.000Z' })
    const root = await pds.post(ann, 'The first of a thread', { createdAt: '2024-05-02T10:00:00.000Z' })
    const { cid } = await pds.call<{ cid: string }>(
      `com.atproto.repo.getRecord?${new URLSearchParams({ repo: ann.did, collection: 'app.bsky.feed.post', rkey: root.split('/').at(-1) ?? '' })}`,
    )
    const parent = { uri: root, cid }
    await pds.post(ann, 'And the second', { reply: { root: parent, parent }, createdAt: '2024-05-03T10:00:00.000Z' })
    await pds.call('com.atproto.repo.createRecord', {
      token: ann.token,
      body: {
        repo: ann.did,
        collection: 'app.bsky.feed.repost',
        record: { $type: 'app.bsky.feed.repost', subject: parent, createdAt: '2024-05-04T10:00:00.000Z' },
      },
    })
    const vault = await syncVault(t)
    const connection = await vault.connect({ platform: 'bluesky', server: pds.url, handle: '@ann.test' })
    assert.deepEqual(
      [connection.status, connection.authKind, connection.problem, connection.posts],
      ['connected', 'none', null, 4],
    )
    const posts = await vault.posts()
    assert.deepEqual(
      posts.map(({ type, text, localAt }) => [type, text, localAt]),
      [
        ['repost', null, '2024-05-04T10:00:00'],
        ['reply', 'And the second', '2024-05-03T10:00:00'],
        ['post', 'The first of a thread', '2024-05-02T10:00:00'],
        ['post', 'Look at this', '2024-05-01T10:00:00'],
      ],
    )
    const [medium] = posts.at(-1)?.media ?? []
    assert.deepEqual([medium?.status, medium?.alt], ['downloaded', 'A picture'])
    const photo = await vault.get<{ hash: string; filePath: string }>(`/media/${medium?.mediaId}`)
    assert.equal(photo.hash, createHash('sha256').update(picture).digest('hex'))

    // Nothing new is one question to the server, and changes nothing.
    await vault.sync(connection.id)
    const [quiet] = await vault.runs(connection.id)
    assert.deepEqual([quiet?.status, quiet?.fetched, quiet?.details['pages']], ['success', 0, 0])

    const rkey = root.split('/').at(-1)
    await pds.call('com.atproto.repo.putRecord', {
      token: ann.token,
      body: {
        repo: ann.did,
        collection: 'app.bsky.feed.post',
        rkey,
        record: { $type: 'app.bsky.feed.post', text: 'The first, edited', createdAt: '2024-05-02T10:00:00.000Z' },
      },
    })
    await pds.call('com.atproto.repo.deleteRecord', {
      token: ann.token,
      body: { repo: ann.did, collection: 'app.bsky.feed.post', rkey: withPicture.split('/').at(-1) },
    })
    await vault.sync(connection.id)
    const [changed] = await vault.runs(connection.id)
    assert.deepEqual([changed?.created, changed?.updated, changed?.deleted], [0, 1, 1])
    const after = await vault.posts()
    const edited = after.find(({ text }) => text === 'The first, edited')
    assert.ok(edited)
    const detail = await vault.get<{ versions: { text: string | null }[] }>(`/posts/${edited.id}/detail`)
    assert.deepEqual(
      detail.versions.map(({ text }) => text),
      ['The first, edited', 'The first of a thread'],
    )
    const gone = after.find(({ text }) => text === 'Look at this')
    assert.deepEqual([gone?.isGone, gone?.media[0]?.status], [true, 'downloaded'])
    assert.deepEqual(
      (await vault.posts('&gone=true')).map(({ text }) => text),
      ['Look at this'],
    )
  },
)

onPds(
  'an app password signs in; its tokens are renewed, are nowhere in the clear, and one that is revoked is said so',
  async (t) => {
    const pds = await startPds(t)
    const ann = await pds.account('ann.test')
    await pds.post(ann, 'Hello')
    const app = await pds.call<{ password: string }>('com.atproto.server.createAppPassword', {
      token: ann.token,
      body: { name: 'Coffer' },
    })
    const given: string[] = []
    let isRevoked = false
    let hasEnded = false
    const network = async (url: string, init: RequestInit): Promise<Response> => {
      const answer = await fetch(url, init)
      if (/createSession|refreshSession/.test(url)) {
        const { accessJwt, refreshJwt } = (await answer.clone().json()) as { accessJwt?: string; refreshJwt?: string }
        given.push(...[accessJwt, refreshJwt].filter((each) => each !== undefined))
      }
      const { headers } = init as { headers: Record<string, string> }
      if (isRevoked && headers['authorization'] !== undefined) {
        return new Response(JSON.stringify({ error: 'ExpiredToken', message: 'Token has been revoked' }), {
          status: 400,
        })
      }
      // The first call as the account finds its token ended, as after two hours; a token of the same second is the same text.
      if (headers['authorization'] === `Bearer ${given[0]}` && !hasEnded) {
        hasEnded = true
        return new Response(JSON.stringify({ error: 'ExpiredToken', message: 'Token has expired' }), { status: 400 })
      }
      return answer
    }
    const vault = await syncVault(t, { network })
    const wrong = await vault.ask('POST', '/connections', {
      platform: 'bluesky',
      server: pds.url,
      handle: 'ann.test',
      secret: 'wrong',
    })
    assert.equal((wrong.body as { code: string }).code, 'connection-refused')
    const connection = await vault.connect({
      platform: 'bluesky',
      server: pds.url,
      handle: 'ann.test',
      secret: app.password,
    })
    assert.deepEqual([connection.authKind, connection.status, connection.posts], ['app_password', 'connected', 1])
    assert.ok(connection.tokenExpiresAt !== null)
    assert.ok(given.length >= 4, `${given.length} tokens`)
    await pds.post(ann, 'Once more')
    assert.equal((await vault.sync(connection.id)).posts, 2)
    // The window never gets them either, and a session that was revoked there is said so and asked for again.
    isRevoked = true
    const expired = await vault.sync(connection.id)
    assert.deepEqual(
      [expired.status, expired.problem?.code, expired.nextSyncAt],
      ['token_expired', 'connection-expired', null],
    )
    isRevoked = false
    const again = await vault.connect({
      platform: 'bluesky',
      server: pds.url,
      handle: 'ann.test',
      secret: app.password,
    })
    assert.deepEqual([again.id, again.status, again.problem, again.posts], [connection.id, 'connected', null, 2])
    // Planted: what opens the account is in no answer, log, database file or dump.
    let dumped = ''
    await vault.engine.vault().database.snapshot((tx) => tx.dump(async (part) => void (dumped += part.toString())))
    const secrets = [...given, app.password]
    const answers = JSON.stringify([
      await vault.get('/connections'),
      await vault.get('/integrations'),
      await vault.get('/activity'),
      await vault.runs(connection.id),
    ])
    for (const secret of secrets) {
      assert.ok(!dumped.includes(secret), 'in a dump')
      assert.ok(!answers.includes(secret), 'in an answer')
    }
    await vault.engine.vault().database.maintain('checkpoint')
    for (const secret of secrets) {
      const { status } = spawnSync('grep', ['-rqF', '-e', secret, vault.dir])
      assert.equal(status, 1, 'in a file of the vault')
    }
  },
)

onPds(
  'a server that dies in the middle costs nothing: what came is there once, and the rest comes later',
  async (t) => {
    const pds = await startPds(t)
    const ann = await pds.account('ann.test')
    for (let number = 0; number < 30; number += 1) {
      const embed = number % 3 === 0 ? await pds.picture(ann, await jpeg(number)) : undefined
      await pds.post(ann, `Post ${number}`, {
        ...(embed && { embed }),
        createdAt: new Date(Date.UTC(2024, 0, 1, number)).toISOString(),
      })
    }
    let blobs = 0
    let isDown = false
    const network = async (url: string, init: RequestInit): Promise<Response> => {
      if (url.includes('getBlob')) blobs += 1
      if (blobs === 5) isDown = true
      if (isDown) throw new TypeError('fetch failed')
      return fetch(url, init)
    }
    const vault = await syncVault(t, { network })
    const connection = await vault.connect({ platform: 'bluesky', server: pds.url, handle: 'ann.test' })
    // Nobody is told of a network that is away, and the next try is planned.
    assert.deepEqual([connection.status, connection.problem, connection.failures], ['connected', null, 0])
    assert.ok(connection.nextSyncAt !== null)
    assert.equal((await vault.posts()).length, 30)
    isDown = false
    blobs = 100
    await vault.ask('POST', `/connections/${connection.id}/retry`)
    const after = await vault.synced(connection.id)
    assert.deepEqual([after.posts, after.media.downloaded, after.media.failed], [30, 10, 0])
    assert.equal((await vault.posts()).length, 30)
  },
)

onPds('a copy of the account that was downloaded, and the account itself, are one', async (t) => {
  const pds = await startPds(t)
  const ann = await pds.account('ann.test')
  const embed = await pds.picture(ann, await jpeg(5))
  await pds.post(ann, 'With a picture', { embed, createdAt: '2024-05-01T10:00:00.000Z' })
  await pds.post(ann, 'Without', { createdAt: '2024-05-02T10:00:00.000Z' })
  const vault = await syncVault(t)
  const answer = await fetch(`${pds.url}/xrpc/com.atproto.sync.getRepo?${new URLSearchParams({ did: ann.did })}`)
  const path = join(vault.folder, 'repo.car')
  await (await import('node:fs/promises')).writeFile(path, Buffer.from(await answer.arrayBuffer()))
  const run = await vault.import({ paths: [path], archive: true })
  assert.deepEqual([run.status, run.archive?.source], ['done', 'bluesky-car'])
  assert.deepEqual(
    (await vault.posts()).map(({ text, media }) => [text, media[0]?.status]),
    [
      ['Without', undefined],
      ['With a picture', 'pending'],
    ],
  )
  const connection = await vault.connect({ platform: 'bluesky', server: pds.url, handle: 'ann.test' })
  const { items } = await vault.get<{ items: unknown[] }>('/connections')
  assert.equal(items.length, 1)
  assert.deepEqual([connection.posts, connection.media.downloaded], [2, 1])
  const [sync] = await vault.runs(connection.id)
  assert.deepEqual([sync?.created, sync?.updated, sync?.deleted], [0, 0, 0])
  await readFile(path)
})

onPds(
  'an account too large to be copied each time is listed from its newest post on, as far as something is new',
  async (t) => {
    const pds = await startPds(t)
    const ann = await pds.account('ann.test')
    for (let number = 0; number < 210; number += 1) await pds.post(ann, `Post ${number}`)
    let copies = 0
    let lists = 0
    const network = (url: string, init: RequestInit): Promise<Response> => {
      if (url.includes('sync.getRepo')) copies += 1
      if (url.includes('listRecords')) lists += 1
      return fetch(url, init)
    }
    const vault = await syncVault(t, { network })
    const connection = await vault.connect({ platform: 'bluesky', server: pds.url, handle: 'ann.test' })
    assert.deepEqual([connection.posts, copies], [210, 1])
    const { database } = vault.engine.vault()
    const large = (): Promise<number> =>
      database.asService((tx) =>
        tx.execute(`update core.integrations set sync_cursor = (sync_cursor::jsonb || '{"bytes": 30000000}')::text`),
      )
    await large()
    await pds.post(ann, 'One more')
    assert.equal((await vault.sync(connection.id)).posts, 211)
    // Two pages of posts, of which the second brings nothing, and one of reposts.
    assert.deepEqual([copies, lists], [1, 3])
    // More than a page came meanwhile.
    for (let number = 0; number < 130; number += 1) await pds.post(ann, `Later ${number}`)
    await large()
    assert.equal((await vault.sync(connection.id)).posts, 341)
    assert.deepEqual([copies, lists], [1, 3 + 4])
    await vault.sync(connection.id)
    assert.deepEqual([copies, lists], [1, 7])
  },
)
