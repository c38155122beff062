import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import * as fc from 'fast-check'
import {
  addressOf,
  apiRoot,
  endpointsOf,
  objectTypes,
  offeredTypeNames,
  readAnswer,
  type AnyObject,
  type ObjectPage,
  type ObjectTypeName,
  type Problem,
} from '../../main/contract/index.ts'
import { startEngine, type Engine } from '../../main/engine/engine.ts'
import { openSecret } from '../../main/engine/keys/index.ts'
import { temporaryFolder } from '../support/folders.ts'
import { jpeg } from '../support/pictures.ts'
import { step } from '../support/step.ts'

const storeKey = '5e'.repeat(32)

interface Reply<T> {
  readonly status: number
  readonly body: T
  readonly etag: string | null
}

interface Api {
  readonly engine: Engine
  readonly dir: string
  ask<T = AnyObject>(
    method: string,
    path: string,
    body?: unknown,
    given?: { headers?: Record<string, string>; as?: string },
  ): Promise<Reply<T>>
  make(path: string, body: unknown, as?: string): Promise<AnyObject>
  upload(bytes: Uint8Array, filename: string, as?: string): Promise<Reply<AnyObject>>
  form(path: string, body: FormData, as?: string): Promise<Reply<AnyObject>>
}

/** An engine with a key store and two people. */
async function api(t: TestContext): Promise<Api> {
  const dir = join(await temporaryFolder(t), 'vault')
  const engine = startEngine({ stateDir: null, storeKey })
  t.onTestFinished(() => engine.close())
  await engine.create(dir, { username: 'ann' })
  const send = async <T>(request: Request): Promise<Reply<T>> => {
    const response = await engine.fetch(request)
    const text = await response.text()
    return {
      status: response.status,
      body: (text === '' ? null : JSON.parse(text)) as T,
      etag: response.headers.get('etag'),
    }
  }
  const tokens = new Map<string, string>()
  const ask: Api['ask'] = (method, path, body, given = {}) =>
    send(
      new Request(`http://coffer/api/v1${path}`, {
        method,
        headers: {
          'x-coffer-secret': engine.secret,
          authorization: `Bearer ${tokens.get(given.as ?? 'ann')}`,
          'content-type': 'application/json',
          ...given.headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
  const sendForm: Api['form'] = (path, body, as = 'ann') => {
    const headers = { 'x-coffer-secret': engine.secret, authorization: `Bearer ${tokens.get(as)}` }
    return send(new Request(`http://coffer/api/v1${path}`, { method: 'POST', headers, body }))
  }
  await ask('POST', '/users', { username: 'ben' })
  for (const username of ['ann', 'ben'])
    tokens.set(
      username,
      (await ask<{ tokens: { access_token: string } }>('POST', '/sessions', { username })).body.tokens.access_token,
    )
  return {
    engine,
    dir,
    ask,
    async make(path, body, as) {
      const { status, body: made } = await ask('POST', path, body, as === undefined ? {} : { as })
      assert.equal(status, 201, JSON.stringify(made))
      return made
    },
    upload(bytes, filename, as) {
      const form = new FormData()
      form.set('file', new Blob([new Uint8Array(bytes)]), filename)
      return sendForm('/media/upload', form, as)
    },
    form: sendForm,
  }
}

/** What a new object of each type without verbs of its own is made from. */
async function wishes(api: Api): Promise<Partial<Record<ObjectTypeName, Record<string, unknown>>>> {
  const account = await api.make('/integrations', { platform: 'bluesky', username: 'ann' })
  const album = await api.make('/albums', { name: 'Shared' })
  const note = await api.make('/notes', { body: 'an end' })
  return {
    integration: { platform: 'strava' },
    profile_attribute: { category: 'work', key: 'title', value: { text: 'Baker' } },
    post: {
      account_id: account.id,
      platform: 'bluesky',
      platform_post_id: 'at://1',
      created_at_platform: '2026-01-15T18:30:00Z',
      text_content: 'Hello',
    },
    social_account: { platform: 'x', platform_user_id: '1', handle: 'zoe' },
    email: { subject: 'Hello', from_address: 'z@x.org', sent_at: '2026-01-15T18:30:00+01:00' },
    message: { conversation_id: 'c', channel: 'sms', body: 'Hi' },
    contact: { display_name: 'Zoë', emails: [{ value: 'z@x.org' }] },
    web_page: { url: 'https://x.org/a', title: 'Bees' },
    bookmark: { url: 'https://x.org/b', title: 'Maps' },
    calendar_event: { title: 'Concert', starts_at: '2026-03-01T19:00:00Z' },
    task: { title: 'Water the ferns' },
    note: { title: 'Recipe', body: 'saffron' },
    document: { title: 'Passport', expires_at: '2030-01-01' },
    transaction: { occurred_at: '2026-01-02T00:00:00Z', amount: 12.34, currency: 'EUR', direction: 'out' },
    location: { latitude: 34.0195, longitude: -118.4912, place_name: 'Santa Monica' },
    health_record: { record_type: 'heart_rate', recorded_at: '2026-02-01T14:00:00Z', value: 61, unit: 'bpm' },
    tag: { name: 'Holiday', color: '#ff5733' },
    link: {
      from_object_id: album.id,
      from_object_type: 'album',
      to_object_id: note.id,
      to_object_type: 'note',
      link_type: 'related_to',
    },
  }
}

test('the examples of the object model, as they are written', async (t) => {
  const coffer = await api(t)

  await step('1: upload a photo', async () => {
    const bytes = await jpeg(1, { width: 403, height: 302, date: '2026:02:01 14:23:45' })
    const { status, body, etag } = await coffer.upload(bytes, 'photo.jpg')
    assert.equal(status, 201, JSON.stringify(body))
    assert.equal(etag, `"${body.updated_at}"`)
    const { id, user_id, created_at, updated_at, file_path, thumbnail_path, hash, metadata, taken_local, ...rest } =
      body
    for (const value of [created_at, updated_at]) assert.match(value, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
    assert.match(String(file_path), new RegExp(`^users/${user_id}/media/2026/02/${id}\\.jpg$`))
    assert.match(String(thumbnail_path), new RegExp(`^users/${user_id}/.*${id}`))
    assert.match(String(hash), /^[0-9a-f]{64}$/)
    assert.equal(taken_local, '2026-02-01T14:23:45')
    assert.ok('exif' in metadata && Array.isArray(metadata['tags']))
    const said = {
      type: 'media',
      deleted_at: null,
      source_type: 'upload',
      source_id: null,
      filename: 'photo.jpg',
      media_type: 'photo',
      mime_type: 'image/jpeg',
      size: bytes.length,
      width: 403,
      height: 302,
      duration: null,
      latitude: null,
      longitude: null,
      processing_status: 'complete',
      thumbnail_generated: true,
      metadata_extracted: true,
    }
    assert.deepEqual(Object.fromEntries(Object.keys(said).map((name) => [name, rest[name]])), said)
    const again = await coffer.upload(bytes, 'copy.jpg')
    assert.deepEqual([again.status, again.body.id], [200, id])
    const elsewhere = await coffer.upload(bytes, 'photo.jpg', 'ben')
    assert.deepEqual([elsewhere.status, elsewhere.body.id === id], [201, false])
    const name = 'Größe “1” ünïcode – 雪.jpeg'
    assert.equal((await coffer.upload(await jpeg(2), name)).body['filename'], name.replaceAll('"', '_'))
    const strange = await coffer.upload(new TextEncoder().encode('no picture'), '../../x.bin')
    assert.deepEqual([strange.status, (strange.body as unknown as Problem).code], [400, 'bad-request'])
    const imports = await coffer.ask<{ items: unknown[] }>('GET', '/imports')
    assert.deepEqual(imports.body.items, [])
  })

  const album = await step('2: create an album', async () => {
    const { status, body } = await coffer.ask('POST', '/albums', {
      name: 'Vacation 2026',
      description: 'Photos from our trip to California',
    })
    assert.equal(status, 201)
    const said = {
      type: 'album',
      deleted_at: null,
      source_type: 'user',
      source_id: null,
      name: 'Vacation 2026',
      description: 'Photos from our trip to California',
      cover_media_id: null,
      sort_order: 'date_desc',
      media_count: 0,
      visibility: 'private',
      metadata: {},
    }
    assert.deepEqual(Object.fromEntries(Object.keys(said).map((name) => [name, body[name]])), said)
    for (const name of ['id', 'user_id']) assert.match(String(body[name]), /^[0-9a-f-]{36}$/)
  }).then(() => coffer.make('/albums', { name: 'Second' }))

  await step('3: add a photo to an album by a link', async () => {
    const photo = (await coffer.upload(await jpeg(3), 'a.jpg')).body
    const { status, body } = await coffer.ask('POST', '/links', {
      from_object_id: album.id,
      from_object_type: 'album',
      to_object_id: photo.id,
      to_object_type: 'media',
      link_type: 'contains',
      sort_order: 0,
    })
    assert.equal(status, 201, JSON.stringify(body))
    const {
      id,
      user_id,
      created_at,
      updated_at,
      source_type,
      source_id,
      source_platform,
      source_integration_id,
      ...rest
    } = body
    assert.deepEqual(rest, {
      type: 'link',
      deleted_at: null,
      from_object_id: album.id,
      from_object_type: 'album',
      to_object_id: photo.id,
      to_object_type: 'media',
      link_type: 'contains',
      strength: 1,
      is_bidirectional: false,
      sort_order: 0,
      metadata: { created_by: 'user' },
    })
    assert.ok(id && user_id && created_at && updated_at)
    assert.deepEqual([source_type, source_id, source_platform, source_integration_id], [null, null, null, null])
    assert.equal((await coffer.ask('GET', `/albums/${album.id}`)).body['media_count'], 1)
  })

  await step('4: a connection, its tokens redacted and sealed, and what it brought', async () => {
    const secrets = { access_token: 'IGQVJ-planted-access', refresh_token: 'IGQVJ-planted-refresh' }
    const input = {
      integration_type: 'instagram',
      integration_name: '@johnsmith',
      status: 'connected',
      is_enabled: true,
      ...secrets,
      token_expires_at: '2026-03-03T10:00:00.000Z',
      last_sync_at: '2026-02-03T12:50:00.789Z',
      last_sync_status: 'success',
      sync_cursor: 'next_page_abc123',
      items_synced: 150,
      metadata: {
        user_id: 'instagram_user_12345',
        username: 'johnsmith',
        profile_url: 'https://instagram.com/johnsmith',
        sync_settings: { import_posts: true, import_stories: false, import_reels: true },
      },
    }
    const { status, body } = await coffer.ask('POST', '/integrations', input)
    assert.equal(status, 201, JSON.stringify(body))
    const said = {
      type: 'integration',
      deleted_at: null,
      ...input,
      access_token: '[REDACTED]',
      refresh_token: '[REDACTED]',
    }
    const times = (value: unknown) => (/^\d{4}-\d\d-\d\dT/.test(String(value)) ? Date.parse(String(value)) : value)
    for (const [name, value] of Object.entries(said)) assert.deepEqual(times(body[name]), times(value), name)
    const vault = coffer.engine.vault()
    const kept = await vault.database.asService((tx) =>
      tx.one<{ access: Uint8Array; refresh: Uint8Array }>(
        `select access_token_enc as access, refresh_token_enc as refresh from core.integration_secrets where account_id = $1`,
        [body.id],
      ),
    )
    const opened = (key: string | null, name: 'access' | 'refresh'): string | null =>
      openSecret(key ?? '', `integration ${body.id} ${name}`, kept?.[name] ?? new Uint8Array())
    const ofVault = vault.backup.storeKey
    assert.deepEqual(
      [opened(ofVault, 'access'), opened(ofVault, 'refresh'), opened(storeKey, 'access')],
      [secrets.access_token, secrets.refresh_token, null],
    )
    const back = await coffer.ask('PATCH', `/integrations/${body.id}`, {
      access_token: '[REDACTED]',
      is_enabled: false,
    })
    assert.deepEqual([back.status, back.body['access_token'], back.body['is_enabled']], [200, '[REDACTED]', false])
    let written = ''
    await vault.database.snapshot((tx) => tx.dump(async (part) => void (written += part.toString())))
    for (const text of [
      written,
      await readFile(join(coffer.dir, 'logs/engine.log'), 'utf8'),
      JSON.stringify(back.body),
    ]) {
      assert.doesNotMatch(text, /planted/)
      assert.doesNotMatch(text, new RegExp(Buffer.from('planted').toString('hex')))
    }
    const photo = (await coffer.upload(await jpeg(4), 'instagram_post_2026_01_15.jpg')).body
    const link = await coffer.make('/links', {
      from_object_id: photo.id,
      from_object_type: 'media',
      to_object_id: body.id,
      to_object_type: 'integration',
      link_type: 'source',
      metadata: { created_by: 'system', reason: 'instagram_sync', sync_timestamp: '2026-02-03T12:50:00.789Z' },
    })
    assert.equal(link.metadata['reason'], 'instagram_sync')
    await coffer.ask('DELETE', `/integrations/${body.id}`)
    const gone = await coffer.ask('GET', `/integrations/${body.id}`)
    assert.deepEqual([gone.body['access_token'], gone.body['status']], [null, 'disconnected'])
  })
})

test('what nothing in Coffer does yet is not offered', async (t) => {
  const coffer = await api(t)
  for (const path of ['/share-links', '/devices', '/notifications', '/objects?type=device']) {
    assert.ok([400, 404].includes((await coffer.ask('GET', path)).status), path)
  }
  assert.equal((await coffer.ask('POST', '/albums', { name: 'x', visibility: 'public' })).status, 400)
  assert.equal((await coffer.ask('POST', '/albums', { name: 'x', visibility: 'private' })).status, 201)
})

test('every type of object is made, read, changed, listed, trashed, restored and deleted for good', async (t) => {
  const coffer = await api(t)
  const all = await wishes(coffer)
  for (const [type, input] of Object.entries(all) as [ObjectTypeName, Record<string, unknown>][]) {
    await step(type, async () => {
      const { path } = objectTypes[type]
      const made = await coffer.make(`/${path}`, input)
      assert.equal(made.type, type)
      const same = (value: unknown) =>
        typeof value === 'string' && Date.parse(value) > 0 && value.includes('T') ? Date.parse(value) : value
      for (const [name, value] of Object.entries(input)) {
        // A symmetric link is stored with the smaller id first.
        if (type !== 'link' || !/^(from|to)_/.test(name)) assert.deepEqual(same(made[name]), same(value), name)
      }
      const address = `/${path}/${made.id}`
      const read = await coffer.ask('GET', address)
      const { token: _token, ...shown } = made
      assert.deepEqual([read.status, read.etag], [200, `"${made.updated_at}"`])
      assert.deepEqual(read.body, shown)
      assert.deepEqual((await coffer.ask('GET', `/objects/${made.id}`)).body, shown)

      const edit = { metadata: { custom: { seen: type } } }
      const changed = await coffer.ask('PATCH', address, edit)
      assert.deepEqual([changed.status, changed.body.metadata], [200, edit.metadata])
      const stale = await coffer.ask<Problem>(
        'PATCH',
        address,
        { metadata: {} },
        { headers: { 'if-match': `"${made.updated_at}"` } },
      )
      assert.deepEqual([stale.status, stale.body.code], [412, 'changed-meanwhile'])
      const fresh = await coffer.ask(
        'PATCH',
        address,
        { ...changed.body, metadata: { custom: {} }, ...redacted(type) },
        { headers: { 'if-match': changed.etag ?? '' } },
      )
      assert.equal(fresh.status, 200, JSON.stringify(fresh.body))

      for (const [body, field] of [
        [{ id: '00000000-0000-7000-8000-000000000000' }, 'id'],
        [{ user_id: '00000000-0000-7000-8000-000000000000' }, 'user_id'],
        [{ created_at: '2020-01-01T00:00:00Z' }, 'created_at'],
        [{ source_id: 'other' }, 'source_id'],
        [{ nonsense: 1 }, 'nonsense'],
        [{ metadata: { tags: 'no list' } }, 'metadata.tags'],
        [{ metadata: { instagram: { likes: 'many' } } }, 'metadata.instagram.likes'],
        [{ metadata: { a: 'x'.repeat(1_048_576) } }, 'metadata'],
      ] as const) {
        const refused = await coffer.ask<Problem>('PATCH', address, body)
        assert.deepEqual([refused.status, refused.body.code], [400, 'bad-request'], field)
        assert.ok(refused.body.title.includes(`“${field}”`), `${field}: ${refused.body.title}`)
      }
      if (type !== 'link') {
        const { body: history } = await coffer.ask<{ items: { version: number }[] }>('GET', `${address}/history`)
        assert.deepEqual(
          history.items.map((each) => each.version),
          [2, 1],
        )
        const reverted = await coffer.ask('POST', `${address}/revert`, { version: 1 })
        assert.deepEqual([reverted.status, reverted.body.metadata], [200, edit.metadata])
      }

      const listed = await coffer.ask<ObjectPage>('GET', `/${path}?limit=500`)
      assert.ok(listed.body.items.some((each) => each.id === made.id))
      const byType = await coffer.ask<ObjectPage>('GET', `/objects?type=${type}&limit=500`)
      assert.deepEqual(
        byType.body.items.map((each) => each.id),
        listed.body.items.map((each) => each.id),
      )
      assert.equal((await coffer.ask<Problem>('GET', `/${path}?nonsense=1`)).status, 400)
      assert.equal((await coffer.ask<Problem>('GET', `/${path}?sort=nonsense`)).status, 400)

      for (const [method, place, body] of [
        ['GET', address],
        ['GET', `/objects/${made.id}`],
        ['PATCH', address, { metadata: {} }],
        ['DELETE', address],
        ['POST', `${address}/restore`],
        ['POST', `${address}/purge`],
      ] as const) {
        const other = await coffer.ask<Problem>(method, place, body, { as: 'ben' })
        const never = await coffer.ask<Problem>(
          method,
          place.replace(made.id, '0198c0de-0000-7000-8000-000000000000'),
          body,
          { as: 'ben' },
        )
        assert.deepEqual([other.status, other.body.title], [404, never.body.title], `${method} ${place}`)
      }
      assert.deepEqual((await coffer.ask<ObjectPage>('GET', `/${path}`, undefined, { as: 'ben' })).body.items, [])

      assert.equal((await coffer.ask('POST', `${address}/purge`)).status, 409)
      assert.equal((await coffer.ask('DELETE', address)).status, 204)
      assert.equal((await coffer.ask('DELETE', address)).status, 404)
      assert.equal((await coffer.ask('PATCH', address, { metadata: {} })).status, 404)
      const trashed = await coffer.ask<ObjectPage>('GET', `/${path}?trashed=true`)
      assert.deepEqual(
        trashed.body.items.map((each) => each.id),
        [made.id],
      )
      const restored = await coffer.ask('POST', `${address}/restore`)
      assert.deepEqual([restored.status, restored.body.deleted_at], [200, null])
      await coffer.ask('DELETE', address)
      assert.equal((await coffer.ask('POST', `${address}/purge`)).status, 204)
      assert.equal((await coffer.ask('GET', address)).status, 404)
    })
  }
})

/** A whole object sent back carries names that are only shown for a connection. */
function redacted(type: ObjectTypeName): object {
  return type === 'integration' ? { integration_type: undefined, integration_name: undefined } : {}
}

test('what is wrong with a new object is said with the name of the field', async (t) => {
  const coffer = await api(t)
  const theirs = await coffer.make('/contacts', { display_name: 'Of Ben' }, 'ben')
  const wrong: [string, object, string][] = [
    ['/notes', { body: 1 }, 'body'],
    ['/tasks', {}, 'title'],
    ['/tasks', { title: '  ' }, 'title'],
    ['/tasks', { title: 'x', priority: 10 }, 'priority'],
    ['/tasks', { title: 'x', status: 'maybe' }, 'status'],
    ['/tasks', { title: 'x', parent_task_id: '0198c0de-0000-7000-8000-000000000000' }, 'parent_task_id'],
    ['/tasks', { title: 'x', completed: true }, 'completed'],
    ['/calendar-events', { title: 'x', starts_at: '2026-01-02T00:00:00Z', ends_at: '2026-01-01T00:00:00Z' }, 'ends_at'],
    ['/calendar-events', { title: 'x', starts_at: 'tomorrow' }, 'starts_at'],
    ['/transactions', { occurred_at: '2026-01-02T00:00:00Z', amount: -1, currency: 'EUR', direction: 'in' }, 'amount'],
    [
      '/transactions',
      { occurred_at: '2026-01-02T00:00:00Z', amount: 1, currency: 'euro', direction: 'in' },
      'currency',
    ],
    ['/locations', { latitude: 91, longitude: 0 }, 'latitude'],
    ['/documents', { title: 'x', issued_at: '2026-02-31' }, 'issued_at'],
    ['/integrations', { platform: 'pixelfed' }, 'platform'],
    ['/integrations', { username: 'x' }, 'platform'],
    ['/integrations', { platform: 'x', error_count: 3 }, 'error_count'],
    ['/bookmarks', { url: 'javascript:alert(1)' }, 'url'],
    ['/tags', { name: 'x', color: 'red' }, 'color'],
    ['/contacts', { display_name: 'x', photo_media_id: theirs.id }, 'photo_media_id'],
    [
      '/posts',
      { account_id: theirs.id, platform: 'x', platform_post_id: '1', created_at_platform: '2026-01-02T00:00:00Z' },
      'account_id',
    ],
    ['/albums', { name: 'x', metadata: { tags: [1] } }, 'metadata.tags.0'],
  ]
  for (const [path, body, field] of wrong) {
    const { status, body: problem } = await coffer.ask<Problem>('POST', path, body)
    assert.deepEqual([status, problem.code], [400, 'bad-request'], `${path} ${field}: ${JSON.stringify(problem)}`)
    assert.ok(problem.title.includes(`“${field}”`), `${field}: ${problem.title}`)
    assert.doesNotMatch(problem.title, /vault\.|core\.|constraint|column/)
  }
  await coffer.make('/tags', { name: 'Beach' })
  const twice = await coffer.ask<Problem>('POST', '/tags', { name: 'beach' })
  assert.deepEqual([twice.status, twice.body.code, twice.body.title], [409, 'conflict', 'This tag already exists.'])
})

test('links are of one person, of kinds that fit, there once, and read from both ends', async (t) => {
  const coffer = await api(t)
  const [photo, tag, note, album] = [
    (await coffer.upload(await jpeg(1), 'a.jpg')).body,
    await coffer.make('/tags', { name: 'Sea' }),
    await coffer.make('/notes', { title: 'Diary', body: '' }),
    await coffer.make('/albums', { name: 'Summer' }),
  ]
  const theirs = await coffer.make('/notes', { body: 'of Ben' }, 'ben')
  const link = (from: AnyObject, to: AnyObject, link_type: string, more: object = {}) =>
    coffer.ask<AnyObject & Problem>('POST', '/links', {
      from_object_id: from.id,
      from_object_type: from.type,
      to_object_id: to.id,
      to_object_type: to.type,
      link_type,
      ...more,
    })
  const tagged = await link(photo, tag, 'tagged_with', { strength: 0.8 })
  assert.deepEqual([tagged.status, tagged.body['strength']], [201, 0.8])
  assert.equal((await link(photo, tag, 'tagged_with')).status, 409)
  assert.equal((await link(note, note, 'related_to')).status, 400)
  assert.equal((await link(album, note, 'contains')).status, 400)
  assert.equal((await link(album, photo, 'befriends')).status, 400)
  assert.equal((await link(photo, tag, 'related_to', { strength: 2 })).status, 400)
  const strange = [
    await link(note, theirs, 'related_to'),
    await link(note, { ...theirs, id: '0198c0de-0000-7000-8000-000000000000' }, 'related_to'),
  ]
  assert.deepEqual(
    strange.map((each) => [each.status, each.body.title]),
    [
      [400, '“to_object_id” does not name any note of yours.'],
      [400, '“to_object_id” does not name any note of yours.'],
    ],
  )
  await link(note, photo, 'related_to')
  await link(album, photo, 'contains')
  type Seen = {
    items: { direction: string; label: string; other: { type: string; id: string; title: string | null } }[]
  }
  const read = async (object: AnyObject) =>
    (await coffer.ask<Seen>('GET', `/${objectTypes[object.type].path}/${object.id}/links`)).body.items.map(
      ({ direction, label, other }) => [direction, label, other.type, other.title],
    )
  assert.deepEqual(await read(photo), [
    ['to', 'contained in', 'album', 'Summer'],
    ['both', 'related to', 'note', 'Diary'],
    ['from', 'tagged with', 'tag', 'Sea'],
  ])
  assert.deepEqual(await read(tag), [['to', 'tag of', 'media', 'a.jpg']])
  assert.deepEqual(await read(note), [['both', 'related to', 'media', 'a.jpg']])
  const places = await Promise.all(
    Array.from({ length: 6 }, async (_, number) => {
      const next = (await coffer.upload(await jpeg(number + 10), `${number}.jpg`)).body
      return (await link(album, next, 'contains')).body['sort_order']
    }),
  )
  assert.equal(new Set(places).size, 6, `each has its own place: ${places.join()}`)
  const moved = await coffer.ask('PATCH', `/links/${tagged.body.id}`, { strength: 0.1, is_bidirectional: true })
  assert.deepEqual([moved.body['strength'], moved.body['is_bidirectional']], [0.1, true])
  assert.equal((await coffer.ask('PATCH', `/links/${tagged.body.id}`, { link_type: 'related_to' })).status, 400)
  await coffer.ask('DELETE', `/links/${tagged.body.id}`)
  assert.deepEqual(await read(tag), [])
  const byEnd = await coffer.ask<ObjectPage>('GET', `/links?from_object_id=${album.id}&link_type=contains&limit=3`)
  assert.deepEqual(
    byEnd.body.items.map((each) => each['sort_order']),
    [1024, 2048, 3072],
  )
})

test('a request with an Idempotency-Key happens once', async (t) => {
  const coffer = await api(t)
  const headers = { 'idempotency-key': 'k-1' }
  const ask = (path: string, body: unknown, as = 'ann') =>
    coffer.ask<AnyObject & Problem>('POST', path, body, { headers, as })
  const [first, second] = [await ask('/notes', { body: 'once' }), await ask('/notes', { body: 'once' })]
  assert.deepEqual([first.status, second.status, second.body.id], [201, 201, first.body.id])
  assert.equal((await coffer.ask<ObjectPage>('GET', '/notes')).body.items.length, 1)
  assert.deepEqual((await ask('/notes', { body: 'other' })).body.code, 'conflict')
  assert.deepEqual((await ask('/albums', { name: 'once' })).body.code, 'conflict')
  assert.notEqual((await ask('/notes', { body: 'once' }, 'ben')).body.id, first.body.id)
  const wrong = { headers: { 'idempotency-key': 'k-2' } }
  assert.equal((await coffer.ask('POST', '/tasks', {}, wrong)).status, 400)
  assert.equal(
    (await coffer.ask('POST', '/tasks', { title: 'x' }, wrong)).status,
    201,
    'a refused request uses no key up',
  )
  const albums = await Promise.all(
    [1, 2, 3].map(() => coffer.ask('POST', '/albums', { name: 'A' }, { headers: { 'idempotency-key': 'k-3' } })),
  )
  assert.equal(new Set(albums.map((each) => each.body.id)).size, 1)
})

test('lists are filtered, sorted and continued without gaps or repeats', async (t) => {
  const coffer = await api(t)
  const due = fc.option(fc.constantFrom('2026-01-01T00:00:00Z', '2026-06-01T12:00:00.123Z', '2027-01-01T00:00:00Z'), {
    nil: null,
  })
  const task = fc.record({
    title: fc.constantFrom('a', 'B', 'ü', '10', '9'),
    priority: fc.integer({ min: 0, max: 3 }),
    due_at: due,
  })
  const tasks = fc.sample(task, 40)
  for (const each of tasks) await coffer.make('/tasks', each)
  for (const sort of ['-created_at', 'title', '-title', 'due_at', '-due_at', 'priority', '-priority']) {
    const seen: AnyObject[] = []
    for (let cursor = ''; ;) {
      const { status, body } = await coffer.ask<ObjectPage>('GET', `/tasks?limit=7&sort=${sort}${cursor}`)
      assert.equal(status, 200, JSON.stringify(body))
      seen.push(...body.items)
      if (body.next === null) break
      cursor = `&cursor=${body.next}`
    }
    assert.equal(new Set(seen.map((each) => each.id)).size, tasks.length, sort)
    const column = sort.replace('-', '')
    const values = seen.map((each) => each[column]).filter((value) => value !== null)
    const whole = (await coffer.ask<ObjectPage>('GET', `/tasks?limit=500&sort=${sort}`)).body.items
    assert.deepEqual(seen, whole, sort)
    assert.ok(
      seen.findIndex((each) => each[column] === null) === -1 ||
        seen.findIndex((each) => each[column] === null) === values.length,
      `${sort}: nothing comes last`,
    )
  }
  const count = async (query: string) =>
    (await coffer.ask<ObjectPage>('GET', `/tasks?limit=500&${query}`)).body.items.length
  assert.equal(await count('priority=2'), tasks.filter((each) => each.priority === 2).length)
  assert.equal(
    await count('priority_from=1&priority_to=2'),
    tasks.filter((each) => each.priority === 1 || each.priority === 2).length,
  )
  assert.equal(
    await count('due_at_from=2026-06-01T12:00:00.123Z'),
    tasks.filter((each) => each.due_at !== null && each.due_at >= '2026-06-01T12').length,
  )
  assert.equal(await count('parent_task_id=null'), tasks.length)
  for (const bad of ['priority=x', 'due_at_from=soon', 'cursor=zzz', 'limit=0']) {
    assert.equal((await coffer.ask('GET', `/tasks?${bad}`)).status, 400, bad)
  }
  const found = await coffer.ask<{ items: { type: string; title: string }[] }>('GET', '/search?q=ü&types=task,note')
  assert.ok(found.body.items.every((each) => each.type === 'task' && each.title === 'ü'))
})

test('photos and albums are listed like everything else', async (t) => {
  const coffer = await api(t)
  const photos: AnyObject[] = []
  for (const day of ['01', '02', '03']) {
    photos.push((await coffer.upload(await jpeg(Number(day), { date: `2024:06:${day} 12:00:00` }), `${day}.jpg`)).body)
  }
  const list = async (path: string): Promise<ObjectPage> => (await coffer.ask<ObjectPage>('GET', path)).body
  const days = await list('/media?taken_local_from=2024-06-02T00:00:00&sort=taken_local')
  assert.deepEqual(
    days.items.map((each) => each['filename']),
    ['02.jpg', '03.jpg'],
  )
  const first = await list('/media?limit=2')
  const second = await list(`/media?limit=2&cursor=${encodeURIComponent(first.next ?? '')}`)
  assert.deepEqual(
    [...first.items, ...second.items].map((each) => each.id),
    photos.map((each) => each.id).toReversed(),
    'the newest first',
  )
  for (const name of ['Beta', 'Alpha']) await coffer.make('/albums', { name })
  assert.deepEqual(
    (await list('/albums')).items.map((each) => each['name']),
    ['Alpha', 'Beta'],
  )
  assert.deepEqual((await list('/albums?name=Beta')).items.length, 1)
  await coffer.ask('DELETE', `/media/${photos[0]?.id}`)
  assert.equal((await list('/media')).items.length, 2)
  assert.equal((await list('/media?trashed=true')).items.length, 1)
})

test('photos and albums have a history too', async (t) => {
  const coffer = await api(t)
  const photo = (await coffer.upload(await jpeg(1, { date: '2024:06:15 12:00:00' }), 'a.jpg')).body
  const address = `/media/${photo.id}`
  for (const edit of [
    { description: 'Sea' },
    { rating: 4, is_favorite: true },
    { taken_local: '2020-01-01T00:00:00' },
  ]) {
    assert.equal((await coffer.ask('PATCH', address, edit)).status, 200)
  }
  const { body } = await coffer.ask<{ items: { version: number; before: object; after: object }[] }>(
    'GET',
    `${address}/history`,
  )
  assert.deepEqual(
    body.items.map((each) => Object.keys(each.after).sort()),
    [['taken_local', 'taken_source'], ['is_favorite', 'rating'], ['description']],
  )
  const one = await coffer.ask('POST', `${address}/revert`, { version: 1 })
  assert.deepEqual(
    ['description', 'rating', 'is_favorite', 'taken_local', 'taken_source'].map((name) => one.body[name]),
    ['Sea', null, false, '2024-06-15T12:00:00', 'exif'],
  )
  assert.equal(
    (await coffer.ask('POST', `${address}/revert`, { version: 0 })).body['description'],
    photo['description'],
  )
  assert.equal((await coffer.ask('POST', `${address}/revert`, { version: 99 })).status, 404)
  assert.equal(
    (await coffer.ask('PATCH', address, { rating: 1 }, { headers: { 'if-match': '"1999-01-01T00:00:00Z"' } })).status,
    412,
  )
  const album = await coffer.make('/albums', { name: 'One', media_ids: [photo.id] })
  await coffer.ask('PATCH', `/albums/${album.id}`, { name: 'Two', cover_media_id: photo.id })
  await coffer.ask('POST', `/albums/${album.id}/media/remove`, { ids: [photo.id] })
  await coffer.ask('PATCH', `/albums/${album.id}`, { name: 'Three' })
  const back = await coffer.ask('POST', `/albums/${album.id}/revert`, { version: 1 })
  assert.deepEqual(
    [back.status, back.body['name'], back.body['cover_media_id']],
    [200, 'Two', null],
    'a cover that left does not come back',
  )
})

test('the API describes itself without gaps', async (t) => {
  interface Parameter {
    readonly name: string
    readonly in: string
    readonly $ref?: string
  }
  const coffer = await api(t)
  type Operation = {
    operationId?: string
    summary?: string
    tags?: string[]
    responses: Record<string, { description?: string; $ref?: string }>
    parameters?: Parameter[]
    requestBody?: object
  }
  const { body } = await coffer.ask<{
    openapi: string
    info: { title: string; version: string }
    components: { parameters: Record<string, Parameter> }
    paths: Record<string, Record<string, Operation>>
  }>('GET', '/openapi.json')
  assert.equal(body.openapi, '3.1.0')
  const operations = Object.entries(body.paths).flatMap(([path, routes]) =>
    Object.entries(routes).map(([method, operation]) => ({ path, method, operation })),
  )
  assert.ok(operations.length > 200)
  assert.ok(JSON.stringify(body).length < 300_000, 'it repeats what it could refer to')
  const ids = operations.map((each) => each.operation.operationId)
  assert.equal(new Set(ids).size, ids.length, 'operationIds are unique')
  for (const { path, method, operation } of operations) {
    const at = `${method} ${path}`
    assert.match(operation.operationId ?? '', /^[a-z][A-Za-z]+$/, at)
    assert.ok(operation.summary && operation.tags?.length === 1, at)
    assert.ok(
      Object.keys(operation.responses).some((status) => status.startsWith('2')),
      at,
    )
    assert.ok('default' in operation.responses, at)
    for (const [status, answer] of Object.entries(operation.responses)) {
      assert.ok(answer.description ?? answer.$ref, `${at} ${status}`)
    }
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    const given = (operation.parameters ?? [])
      .map((each) => body.components.parameters[each.$ref?.split('/').at(-1) ?? ''] ?? each)
      .filter((each) => each.in === 'path')
      .map((each) => each.name)
    assert.deepEqual(given.sort(), inPath.sort(), at)
    if (method === 'get') assert.equal(operation.requestBody, undefined, at)
  }
  for (const type of offeredTypeNames) {
    const { path } = objectTypes[type]
    for (const [method, place] of [
      ['get', `/${path}/{id}`],
      ['patch', `/${path}/{id}`],
      ['delete', `/${path}/{id}`],
      ['post', `/${path}/{id}/restore`],
    ] as const) {
      assert.ok(body.paths[`/api/v1${place}`]?.[method], `${method} ${place}`)
    }
  }
})

test('an upload says where it comes from, and what it says is checked before anything is taken in', async (t) => {
  const coffer = await api(t)
  const account = await coffer.make('/integrations', { platform: 'mastodon', username: 'ann' })
  const send = async (bytes: Uint8Array, fields: Record<string, string>, isFileFirst: boolean) => {
    const form = new FormData()
    const addFile = (): void => form.set('file', new Blob([new Uint8Array(bytes)]), 'photo.jpg')
    if (isFileFirst) addFile()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    if (!isFileFirst) addFile()
    return coffer.form('/media/upload', form)
  }
  const fields = {
    source_type: 'integration',
    source_id: 'photo-1',
    source_platform: 'mastodon',
    source_integration_id: account.id,
  }
  for (const [number, isFileFirst] of [true, false].entries()) {
    const { status, body } = await send(
      await jpeg(40 + number),
      { ...fields, source_id: `photo-${number}` },
      isFileFirst,
    )
    assert.equal(status, 201, JSON.stringify(body))
    assert.deepEqual(
      Object.keys(fields).map((name) => body[name]),
      Object.values({ ...fields, source_id: `photo-${number}` }),
    )
  }
  for (const [what, bad] of Object.entries({
    'an unknown field': { nobody_knows: '1' },
    'another person’s connection': { source_integration_id: '0198c0de-0000-7000-8000-000000000000' },
    'no id': { source_integration_id: 'x' },
  })) {
    const { status, body } = await send(await jpeg(50), bad, true)
    assert.ok([400, 409].includes(status), `${what}: ${JSON.stringify(body)}`)
  }
  assert.equal((await coffer.ask<ObjectPage>('GET', '/media')).body.items.length, 2)
})

test('a change that changes nothing is no change: no line, no version, the same state', async (t) => {
  const coffer = await api(t)
  const photo = (await coffer.upload(await jpeg(1), 'photo.jpg')).body
  const album = await coffer.make('/albums', { name: 'One' })
  const note = await coffer.make('/notes', { title: 'One', body: 'x' })
  const [ann] = (await coffer.ask<{ items: { id: string }[] }>('GET', '/users')).body.items
  const lines = async () => (await coffer.ask<{ items: unknown[] }>('GET', '/activity')).body.items.length
  const edits = [
    [`/media/${photo.id}`, { is_favorite: true, rating: 3, description: 'Sea', latitude: 52.5, longitude: 13.4 }],
    [`/albums/${album.id}`, { name: 'Two', sort_order: 'manual', description: 'about' }],
    [`/notes/${note.id}`, { title: 'Two' }],
    [`/users/${ann?.id}`, { display_name: 'Ann A.', storage_quota: 5_000_000_000 }],
  ] as const
  for (const [path, edit] of edits) {
    const before = await lines()
    const changed = await coffer.ask('PATCH', path, edit)
    assert.equal(changed.status, 200, JSON.stringify(changed.body))
    for (const [name, value] of Object.entries(edit)) assert.equal(changed.body[name], value, `${path} ${name}`)
    const after = await lines()
    assert.ok(after > before, path)
    const again = await coffer.ask('PATCH', path, edit)
    assert.deepEqual([again.status, again.etag, await lines()], [200, changed.etag, after], path)
  }
  for (const [path, edit] of [
    [`/media/${photo.id}`, { latitude: 91, longitude: 0 }],
    [`/media/${photo.id}`, { latitude: 10 }],
    [`/media/${photo.id}`, { isFavorite: false }],
    [`/media/${photo.id}`, { size: 1 }],
    [`/albums/${album.id}`, { sort_order: 'random' }],
    [`/albums/${album.id}`, { coverMediaId: null }],
    [`/users/${ann?.id}`, { storage_quota: -1 }],
    [`/users/${ann?.id}`, { is_wizard: true }],
  ] as const) {
    const before = await lines()
    const { status, body } = await coffer.ask<AnyObject & Problem>('PATCH', path, edit)
    assert.deepEqual(
      [status, body.code, await lines()],
      [400, 'bad-request', before],
      `${path} ${JSON.stringify(edit)}`,
    )
  }
  // The old spelling is named with the right one.
  const old = await coffer.ask<AnyObject & Problem>('PATCH', `/media/${photo.id}`, { isFavorite: false })
  assert.match(old.body.title, /“is_favorite”/)
})

test('an answer about one type has the fields of that type, and TypeScript knows them', async (t) => {
  const coffer = await api(t)
  const made = await coffer.make('/contacts', { display_name: 'Ada', emails: [{ value: 'ada@example.com' }] })
  const { list, verbs } = endpointsOf('contact')
  const { body } = await coffer.ask<unknown>('GET', addressOf(list, { query: {} }).replace(apiRoot, ''))
  const [first] = readAnswer(list, body).items
  const name: string | undefined = first?.display_name
  const birthday: string | null | undefined = first?.birthday
  assert.deepEqual([name, birthday, first?.id], ['Ada', null, made.id])
  assert.ok(verbs !== null)
})
