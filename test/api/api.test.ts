import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { startEngine } from '../../main/engine/engine.ts'
import {
  mostThumbnailsAtOnce,
  thumbnailLengthBytes,
  type EngineEvent,
  type MediaTotals,
  type Problem,
  type SignedInAnswer,
  type TimelinePage,
} from '../../main/contract/index.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { testVault } from '../support/engine.ts'

test('without the secret nothing answers, not even whether a vault is open', async () => {
  await using engine = startEngine({ stateDir: null })
  for (const secret of ['', 'x', `${engine.secret}0`]) {
    const answer = await engine.fetch(
      new Request('http://coffer/api/v1/vault', { headers: { 'x-coffer-secret': secret } }),
    )
    assert.equal(answer.status, 401)
  }
})

test('without a vault everything but the vault says so', async () => {
  await using engine = startEngine({ stateDir: null })
  const headers = { 'x-coffer-secret': engine.secret }
  const vault = await engine.fetch(new Request('http://coffer/api/v1/vault', { headers }))
  assert.equal(((await vault.json()) as { state: string }).state, 'none')
  for (const path of ['/status', '/timeline/days', '/imports', '/users']) {
    const answer = await engine.fetch(new Request(`http://coffer/api/v1${path}`, { headers }))
    assert.deepEqual([answer.status, ((await answer.json()) as Problem).code], [409, 'no-vault'])
  }
})

test('the OpenAPI document lists the routes with their schemas', async (t) => {
  const vault = await testVault(t)
  const document = await vault.get<{ openapi: string; paths: Record<string, Record<string, { summary?: string }>> }>(
    '/openapi.json',
  )
  assert.equal(document.openapi, '3.1.0')
  for (const path of [
    '/api/v1/imports',
    '/api/v1/media/{id}',
    '/api/v1/timeline/days',
    '/api/v1/sql',
    '/api/v1/vault/create',
  ]) {
    assert.ok(document.paths[path], `${path} is missing`)
  }
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, route] of Object.entries(methods)) assert.ok(route.summary, `${method} ${path} has no summary`)
  }
})

test('bad input is a problem that names the field', async (t) => {
  const vault = await testVault(t)
  const answer = await vault.ask<Problem>('POST', '/imports', { paths: [] })
  assert.deepEqual([answer.status, answer.body.code, answer.body.retry], [400, 'bad-request', 'never'])
  assert.match(answer.body.title, /paths/)
  const unknown = await vault.ask<Problem>('GET', '/media/00000000-0000-4000-8000-000000000000')
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'not-found'])
  const noId = await vault.ask<Problem>('GET', '/media/nonsense')
  assert.equal(noId.status, 400)
})

test('an original is sent in ranges, a thumbnail for ever', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  const bytes = await jpeg(3)
  await settledFile(join(source, 'a.jpg'), bytes)
  await vault.import({ paths: [source] })
  const [tile] = (await vault.get<TimelinePage>('/timeline/tiles')).items
  const get = (path: string, headers: Record<string, string> = {}) =>
    vault.engine.fetch(
      new Request(`http://coffer/api/v1/media/${tile?.id}${path}`, {
        headers: { 'x-coffer-secret': vault.engine.secret, ...headers },
      }),
    )
  const part = await get('/original', { range: 'bytes=2-5' })
  assert.deepEqual([part.status, part.headers.get('content-range')], [206, `bytes 2-5/${bytes.length}`])
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(2, 6))
  const tail = await get('/original', { range: 'bytes=-4' })
  assert.deepEqual(Buffer.from(await tail.arrayBuffer()), bytes.subarray(-4))
  assert.equal((await get('/original', { range: `bytes=${bytes.length}-` })).status, 416)
  const whole = await get('/original')
  assert.equal(whole.headers.get('content-type'), 'image/jpeg')
  const etag = whole.headers.get('etag') ?? ''
  await whole.arrayBuffer()
  assert.equal((await get('/original', { 'if-none-match': etag })).status, 304)
  const thumbnail = await get('/thumbnails/grid')
  assert.match(thumbnail.headers.get('cache-control') ?? '', /immutable/)
  await thumbnail.arrayBuffer()
})

test('thumbnails come in batches, each with its length before it, and none for what is not there', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  for (const number of [1, 2]) await settledFile(join(source, `${number}.jpg`), await jpeg(number))
  await vault.import({ paths: [source] })
  const ids = (await vault.get<TimelinePage>('/timeline/tiles')).items.map((tile) => tile.id)
  await vault.ask('POST', '/users', { username: 'ben' })
  const tokens = new Map<string, string | undefined>()
  for (const username of ['ann', 'ben'])
    tokens.set(username, (await vault.ask<SignedInAnswer>('POST', '/sessions', { username })).body.tokens?.accessToken)
  const get = async (path: string, user: string): Promise<{ status: number; bytes: Buffer }> => {
    const headers = { 'x-coffer-secret': vault.engine.secret, authorization: `Bearer ${tokens.get(user)}` }
    const answer = await vault.engine.fetch(new Request(`http://coffer/api/v1${path}`, { headers }))
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
  }
  const nobody = '00000000-0000-4000-8000-000000000000'
  const single = await Promise.all(ids.map(async (id) => (await get(`/media/${id}/thumbnails/grid`, 'ann')).bytes))
  const framed = (pictures: readonly Buffer[]): Buffer =>
    Buffer.concat(
      pictures.flatMap((picture) => {
        const length = Buffer.alloc(thumbnailLengthBytes)
        length.writeUInt32BE(picture.length)
        return [length, picture]
      }),
    )
  const wanted = `/thumbnails?size=grid&ids=${[ids[1], nobody, ids[0]].join()}`
  const none = Buffer.alloc(0)
  assert.deepEqual((await get(wanted, 'ann')).bytes, framed([single[1] ?? none, none, single[0] ?? none]))
  assert.deepEqual((await get(wanted, 'ben')).bytes, framed([none, none, none]), 'another person has no part in it')
  const many = Array.from({ length: mostThumbnailsAtOnce + 1 }, () => nobody).join()
  for (const path of [`/thumbnails?size=grid&ids=${many}`, '/thumbnails?size=grid&ids=../../x', '/thumbnails'])
    assert.equal((await get(path, 'ann')).status, 400, path)
})

test('many items become favourites at once, and are weighed', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  for (const number of [1, 2, 3]) await settledFile(join(source, `${number}.jpg`), await jpeg(number))
  await vault.import({ paths: [source] })
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  const ids = tiles.map((tile) => tile.id)
  const mark = async (some: readonly string[], isFavorite: boolean): Promise<unknown> =>
    (await vault.ask('POST', '/media/favourites', { ids: some, isFavorite })).body
  assert.deepEqual(await mark(ids.slice(0, 1), true), { changed: 1 })
  assert.deepEqual(await mark(ids, true), { changed: 2 }, 'those that are already do not count')
  const marked = (await vault.get<TimelinePage>('/timeline/tiles')).items
  assert.deepEqual(new Set(marked.map((tile) => tile.isFavorite)), new Set([true]))
  assert.deepEqual(await mark([ids[0] ?? '', '00000000-0000-4000-8000-000000000000'], false), { changed: 1 })
  const bytes = await Promise.all([1, 2, 3].map(async (number) => (await jpeg(number)).length))
  const totals = await vault.ask<MediaTotals>('POST', '/media/totals', {
    ids: [...ids, '00000000-0000-4000-8000-000000000000'],
  })
  const { count, bytes: weight, from, to } = totals.body
  assert.deepEqual([count, weight], [3, bytes.reduce((sum, each) => sum + each, 0)])
  const taken = tiles.map((tile) => tile.takenLocal).toSorted()
  assert.deepEqual([from, to], [taken[0], taken.at(-1)], 'the first and the last of them')
})

test('the event stream announces what an import changed', async (t) => {
  const vault = await testVault(t)
  const stop = new AbortController()
  const headers = { 'x-coffer-secret': vault.engine.secret }
  const stream = await vault.engine.fetch(new Request('http://coffer/api/v1/events', { headers, signal: stop.signal }))
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  assert.ok(reader)
  let heard = ''
  const events = (): EngineEvent[] =>
    [...heard.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? '') as EngineEvent)
  const until = async (isThere: () => boolean): Promise<void> => {
    while (!isThere()) heard += (await reader.read()).value ?? ''
  }
  await until(() => events().some((event) => event.kind === 'vault'))
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  await settledFile(join(source, 'a.jpg'), await jpeg(3))
  await vault.import({ paths: [source] })
  await until(() => events().some((event) => event.kind === 'changed' && event.nouns.includes('media')))
  stop.abort()
  await reader.cancel().catch(() => {})
})

test('people are added, named apart whatever the case, and told when a password is too short', async (t) => {
  const vault = await testVault(t)
  const short = await vault.ask<Problem>('POST', '/users', { username: 'ben', password: 'short' })
  assert.deepEqual([short.status, short.body.code], [400, 'weak-password'])
  const added = await vault.ask<{ isAdmin: boolean; hasPassword: boolean }>('POST', '/users', {
    username: 'ben',
    password: 'long enough for anyone',
  })
  assert.deepEqual([added.status, added.body.isAdmin, added.body.hasPassword], [201, false, true])
  const unclear = await vault.ask<Problem>('GET', '/status')
  assert.deepEqual([unclear.status, unclear.body.code], [401, 'sign-in-needed'])
  const ann = await vault.as('ann')
  const twice = await ann.ask<Problem>('POST', '/users', { username: 'BEN' })
  assert.deepEqual([twice.status, twice.body.code], [409, 'user-exists'])
})

test('another person of the vault gets neither picture nor original nor facts by id', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  await settledFile(join(source, 'a.jpg'), await jpeg(1))
  await vault.import({ paths: [source] })
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  await vault.ask('POST', '/users', { username: 'ben' })
  const tokens = await Promise.all(
    ['ann', 'ben'].map(async (username) => {
      const { body } = await vault.ask<SignedInAnswer>('POST', '/sessions', { username })
      return body.tokens?.accessToken
    }),
  )
  const statusFor = async (token: string | undefined, path: string): Promise<number> => {
    const headers = { 'x-coffer-secret': vault.engine.secret, authorization: `Bearer ${token}` }
    const answer = await vault.engine.fetch(
      new Request(`http://coffer/api/v1/media/${tiles[0]?.id}${path}`, { headers }),
    )
    await answer.arrayBuffer()
    return answer.status
  }
  for (const path of ['', '/original', '/thumbnails/grid', '/thumbnails/viewer']) {
    assert.equal(await statusFor(tokens[0], path), 200, path)
    assert.equal(await statusFor(tokens[1], path), 404, path)
    assert.equal(await statusFor('nobody', path), 401, path)
  }
})
