import assert from 'node:assert/strict'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, describe, test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '../../main/engine/base/ids.ts'
import type { Album, Import, Person, Session, TimelinePage, WatchedFolder } from '../../main/contract/index.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

/** What the OpenAPI document says of a route; every route there is, today and later, is in it. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly minimum?: number
  readonly pattern?: string
  readonly $ref?: string
}
interface Route {
  readonly method: string
  readonly path: string
  readonly parameters: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly schema: Schema
  }[]
  readonly body: Schema | null
}

const secret = 'a picture nobody else may know of'

/** Ann, with one of everything there can be, and Ben, who wants to know. Ann looks after the vault. */
async function annAndBen(t: TestContext) {
  const vault = await testVault(t)
  const camera = join(vault.folder, 'camera')
  await mkdir(camera)
  for (const number of [1, 2, 3]) await settledFile(join(camera, `${number}.jpg`), await jpeg(number))
  const imported = await vault.import({ paths: [camera] })
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  const [first = { id: '' }, second, third] = tiles
  await vault.ask('PATCH', `/media/${first.id}`, { description: secret })
  const album = (await vault.ask<Album>('POST', '/albums', { name: secret, mediaIds: [first.id, second?.id] })).body
  await vault.ask('DELETE', `/media/${third?.id}`)
  const watched = join(vault.folder, 'watched')
  await mkdir(watched)
  const folder = (await vault.ask<WatchedFolder>('POST', '/watched-folders', { path: watched })).body
  const backup = (
    await vault.ask<{ backup: { id: string } }>('POST', '/backups', {
      path: join(vault.folder, 'backup'),
      passphrase: 'a passphrase for the backup',
      withRecoveryKey: false,
      recipients: {},
      isEnabled: false,
    })
  ).body.backup
  const [me] = (await vault.get<{ items: Person[] }>('/users')).items
  await vault.ask('POST', '/users', { username: 'ben', password: 'four quiet green chairs' })
  const ann = await vault.as('ann')
  const ben = await vault.as('ben', 'four quiet green chairs')
  const { items: sessions } = await ann.get<{ items: Session[] }>('/sessions')
  const ids = {
    media: first.id,
    trashed: third?.id ?? '',
    album: album.id,
    import: imported.id,
    folder: folder.id,
    backup: backup.id,
    user: me?.id ?? '',
    session: sessions[0]?.id ?? '',
  }
  for (const [what, id] of Object.entries(ids)) assert.match(id, /^[0-9a-f-]{36}$/, what)
  return { vault, ann, ben, ids, camera }
}

async function routesOf(vault: TestVault): Promise<Route[]> {
  const document = await vault.get<{
    components: { schemas: Record<string, Schema>; parameters: Record<string, Route['parameters'][number]> }
    paths: Record<
      string,
      Record<
        string,
        {
          parameters?: (Route['parameters'][number] | { $ref: string })[]
          requestBody?: { content: Record<string, { schema: Schema }> }
        }
      >
    >
  }>('/openapi.json')
  const whole = (schema: Schema | null) => resolved(schema, document.components.schemas)
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({
      method: method.toUpperCase(),
      path: path.replace('/api/v1', ''),
      parameters: resolved(route.parameters ?? [], document.components.parameters).filter((each) => 'name' in each),
      body: whole(route.requestBody?.content['application/json']?.schema ?? null),
    })),
  )
}

/** What a schema refers to, in its place. */
function resolved<T>(value: T, schemas: Readonly<Record<string, unknown>>): T {
  return JSON.parse(JSON.stringify(value), (_, each: unknown) => {
    const isReference = typeof each === 'object' && each !== null && '$ref' in each
    const name = isReference ? String(each.$ref).split('/').at(-1) : undefined
    return name === undefined ? each : resolved(schemas[name] ?? {}, schemas)
  }) as T
}

/** A value that fits a schema, with this id wherever an id may stand. */
function valueFor(schema: Schema, id: string, name = ''): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const options = schema.anyOf ?? schema.oneOf
  if (options) return valueFor(options.find((each) => each.type !== 'null') ?? {}, id, name)
  const type = Array.isArray(schema.type) ? (schema.type as string[]).find((each) => each !== 'null') : schema.type
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([key, each]) => schema.required?.includes(key) === true || mentionsId(key, each))
          .map(([key, each]) => [key, valueFor(each, id, key)]),
      )
    case 'array':
      return [valueFor(schema.items ?? {}, id, name)]
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return false
    case undefined:
    default:
      return schema.format === 'uuid' || /id$/i.test(name) ? id : 'a harmless text of some length'
  }
}

function mentionsId(key: string, schema: Schema): boolean {
  return /ids?$/i.test(key) || schema.format === 'uuid' || schema.items?.format === 'uuid'
}

interface Outcome {
  readonly status: number
  readonly body: string
}

async function call(vault: TestVault, route: Route, id: string): Promise<Outcome> {
  let path = route.path
  const query = new URLSearchParams()
  for (const each of route.parameters) {
    const value = String(valueFor(each.schema, id, each.name))
    if (each.in === 'path') path = path.replace(`{${each.name}}`, encodeURIComponent(value))
    if (each.in === 'query' && (each.required === true || mentionsId(each.name, each.schema)))
      query.set(each.name, value)
  }
  const text = [...query].length > 0 ? `${path}?${query.toString()}` : path
  return vault.raw(route.method, text, route.body === null ? undefined : valueFor(route.body, id))
}

/** Would end the session the test goes on with, or the test’s own vault. */
const isLeaving = ({ method, path }: Route): boolean =>
  (method === 'DELETE' && ['/sessions', '/sessions/current'].includes(path)) || path.startsWith('/vault/')

describe('what is one person’s is nothing to another', () => {
  test('on every route, the id of somebody else’s object is as good as one that never was', async (t) => {
    const { vault, ann, ben, ids } = await annAndBen(t)
    const routes = (await routesOf(ben)).filter((route) => !isLeaving(route))
    assert.ok(routes.length > 50, `only ${routes.length} routes were found`)
    const before = await everything(vault)
    let compared = 0
    for (const route of routes) {
      const takesId = route.path.includes('{') || JSON.stringify([route.body, route.parameters]).includes('"uuid"')
      if (!takesId) continue
      for (const [what, id] of Object.entries(ids)) {
        const none = newId()
        const [theirs, nothing] = [await call(ben, route, id), await call(ben, route, none)]
        const told = `${route.method} ${route.path} with the ${what} of another`
        assert.deepEqual(masked(theirs, id), masked(nothing, none), told)
        assert.equal(theirs.body.includes(secret), false, told)
        compared += 1
      }
    }
    assert.ok(compared > 200, `only ${compared} were compared`)
    assert.deepEqual(await everything(vault), before)
    assert.equal((await ann.raw('GET', `/media/${ids.media}`)).status, 200)
  })

  test('lists, counts, the log and the trash of one hold nothing of the other', async (t) => {
    const { ben, ids } = await annAndBen(t)
    const routes = (await routesOf(ben)).filter(
      ({ method, path }) => method === 'GET' && !path.includes('{') && !['/events', '/openapi.json'].includes(path),
    )
    assert.ok(routes.length > 12, `only ${routes.length} lists were found`)
    for (const route of routes) {
      const { status, body } = await call(ben, route, newId())
      assert.ok([200, 400, 403].includes(status), `${route.path}: ${status}`)
      for (const [what, id] of Object.entries(ids))
        assert.equal(body.includes(id), false, `${route.path} tells the ${what}`)
      assert.doesNotMatch(body, /nobody else|camera|watched|\.jpg/, route.path)
    }
    const status = await ben.get<{ media: number; albums: number; bytes: number; trashed: number }>('/status')
    assert.deepEqual([status.media, status.albums, status.bytes, status.trashed], [0, 0, 0, 0])
  })

  test('without a session nothing answers but the ways in', async (t) => {
    const { vault } = await annAndBen(t)
    const routes = await routesOf(vault)
    const answered: string[] = []
    for (const route of routes) {
      const { status, body } = await call(vault, route, newId())
      if (status !== 401 || !body.includes('sign-in-needed')) answered.push(`${route.method} ${route.path}`)
    }
    assert.deepEqual(answered.toSorted(), [
      'GET /openapi.json',
      'GET /vault',
      'POST /sessions',
      'POST /sessions/refresh',
    ])
    const state = (await vault.raw('GET', '/vault')).body
    assert.doesNotMatch(state, /storage|is_admin|[/\\]vault"/)
  })

  test('what concerns the whole vault is only for anyone who looks after it, and even they read nobody’s data', async (t) => {
    const { vault, ann, ben } = await annAndBen(t)
    const own = join(vault.folder, 'bens')
    await mkdir(own)
    await settledFile(join(own, 'private.jpg'), await jpeg(9))
    await ben.import({ paths: [own] })
    const [tile] = (await ben.get<TimelinePage>('/timeline/tiles')).items
    for (const [method, path, body] of [
      ['POST', '/vault/open', { path: vault.dir }],
      ['POST', '/vault/create', { path: join(vault.folder, 'other') }],
      ['POST', '/backups', { path: join(vault.folder, 'stolen'), passphrase: 'everything of ann' }],
      ['POST', '/restore', {}],
      ['GET', '/database', undefined],
      ['GET', '/health', undefined],
      ['POST', '/database/rollback', { to: 1 }],
      ['POST', '/users', { username: 'cleo' }],
    ] as const) {
      assert.equal((await ben.raw(method, path, body)).status, 403, path)
    }
    for (const path of ['', '/original', '/thumbnails/grid']) {
      assert.equal((await ann.raw('GET', `/media/${tile?.id}${path}`)).status, 404)
    }
    assert.doesNotMatch((await ann.raw('GET', '/timeline/tiles')).body, /private/)
    const { items: people } = await ann.get<{ items: Person[] }>('/users')
    assert.deepEqual(
      people.map((each) => [each.username, each.storageUsed > 0]),
      [
        ['ann', true],
        ['ben', true],
      ],
    )
    assert.doesNotMatch(JSON.stringify(people), /argon2|hash/i)
  })

  test('the files of the vault cannot be imported by way of links or their own path', async (t) => {
    const { vault, ben, ids } = await annAndBen(t)
    const trap = join(vault.folder, 'trap')
    await mkdir(trap)
    const home = join(vault.dir, 'users', ids.user)
    await symlink(join(home, 'media'), join(trap, 'folder'))
    const [tile] = (await (await vault.as('ann')).get<TimelinePage>('/timeline/tiles')).items
    await symlink(join(home, 'thumbnails'), join(trap, 'pictures'))
    for (const reference of [true, false]) {
      const done = await ben.import({ paths: [trap], reference })
      assert.deepEqual([done.added, done.duplicates], [0, 0], JSON.stringify(done))
    }
    const inside = await ben.raw('POST', '/imports', { paths: [join(home, 'media')] })
    const nothing = await ben.raw('POST', '/imports', { paths: [join(vault.dir, 'users', newId())] })
    assert.deepEqual([inside.status, inside.body], [400, nothing.body])
    assert.ok(tile)
  })

  test('one person’s event stream is silent while another is busy', async (t) => {
    const { vault, ann, ben } = await annAndBen(t)
    const heard: string[] = []
    const stop = new AbortController()
    const reading = ben.listen((event) => heard.push(event), stop.signal)
    const hears = async (act: () => Promise<unknown>): Promise<void> => {
      while (!heard.some((event) => event.includes('albums'))) {
        await act()
        await pause(20)
      }
    }
    await hears(() => ben.ask('POST', '/albums', { name: 'the stream is open' }))
    await ben.get('/status')
    heard.length = 0
    const more = join(vault.folder, 'more')
    await mkdir(more)
    for (let number = 20; number < 26; number += 1) await settledFile(join(more, `${number}.jpg`), await jpeg(number))
    const imported: Import = await ann.import({ paths: [more] })
    assert.equal(imported.added, 6)
    await ann.ask('POST', '/albums', { name: secret })
    // What Ben does himself comes last; anything of Ann’s would have come before it.
    await ben.ask('POST', '/albums', { name: 'of ben' })
    await hears(async () => {})
    stop.abort()
    await reading
    for (const event of heard) assert.deepEqual((JSON.parse(event) as { nouns?: string[] }).nouns, ['albums'])
  })
})

/** What must not differ: everything but the id itself, in any form the answer repeats it. */
function masked({ status, body }: Outcome, id: string): Outcome {
  return { status, body: body.replaceAll(id, '<id>') }
}

/** Every row of Ann’s that Ben could have touched, as text. */
async function everything({ engine }: TestVault): Promise<unknown> {
  return engine.vault().database.asService((tx) =>
    tx.query(
      `select 'media' as what, to_jsonb(m)::text as row from vault.media m join core.users u on u.id = m.user_id where u.username = 'ann'
       union all select 'album', to_jsonb(a)::text from vault.albums a join core.users u on u.id = a.user_id where u.username = 'ann'
       union all select 'link', to_jsonb(l)::text from core.links l join core.users u on u.id = l.user_id where u.username = 'ann'
       union all select 'folder', to_jsonb(f)::text from meta.watched_folders f join core.users u on u.id = f.user_id where u.username = 'ann'
       union all select 'session', to_jsonb(s)::text from core.sessions s join core.users u on u.id = s.user_id where u.username = 'ann' and s.ended_at is null
       order by 1, 2`,
    ),
  )
}
