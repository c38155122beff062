import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, describe, test } from 'vitest'
import { offeredTypeNames, objectTypes } from '../../main/contract/index.ts'
import { newId } from '../../main/engine/base/ids.ts'
import { testVault, type TestVault } from '../support/engine.ts'

/**
 * Who may ask what, as it was reviewed. A new route is not reachable by accident: it fails this test until somebody has
 * thought about who may use it and written that down here.
 */
const reviewed = {
  open: ['GET /openapi.json', 'GET /vault', 'POST /sessions', 'POST /sessions/refresh'],
  admin: [
    'DELETE /backups/{id}',
    'DELETE /backups/{id}/keys/{name}',
    'GET /backup-file',
    'GET /backups/{id}',
    'GET /backups/{id}/keys',
    'GET /backups/{id}/runs',
    'GET /database',
    'GET /health',
    'GET /restore',
    'GET /stored-keys',
    'PATCH /backups/{id}',
    'POST /backup-file',
    'POST /backup-file/cancel',
    'POST /backups',
    'POST /backups/{id}/cancel',
    'POST /backups/{id}/keys',
    'POST /backups/{id}/pause',
    'POST /backups/{id}/resume',
    'POST /backups/{id}/runs',
    'POST /backups/{id}/snapshots',
    'POST /database/migrate',
    'POST /database/rollback',
    'POST /doctor',
    'POST /restore',
    'POST /restore/albums',
    'POST /restore/cancel',
    'POST /restore/snapshots',
    'POST /stored-keys/unlock',
    'POST /users',
    'POST /vault/create',
    'POST /vault/open',
    'POST /vault/trust',
    'PUT /stored-keys/passphrase',
  ],
  person: [
    'DELETE /albums/{id}',
    'DELETE /connections/sign-ins/{id}',
    'DELETE /media/{id}',
    'DELETE /sessions',
    'DELETE /sessions/current',
    'DELETE /sessions/{id}',
    'DELETE /tokens/{id}',
    'DELETE /trash',
    'DELETE /users/{id}/password',
    'DELETE /watched-folders/{id}',
    'GET /activity',
    'GET /albums',
    'GET /albums/overview',
    'GET /albums/{id}',
    'GET /albums/{id}/history',
    'GET /albums/{id}/links',
    'GET /albums/{id}/media',
    'GET /backups',
    'GET /connections',
    'GET /connections/sign-ins/{id}',
    'GET /connections/{id}',
    'GET /connections/{id}/dead-letters',
    'GET /connections/{id}/runs',
    'GET /erasures',
    'GET /events',
    'GET /exports',
    'GET /exports/{id}',
    'GET /imports',
    'GET /imports/{id}',
    'GET /imports/{id}/items',
    'GET /media',
    'GET /media/search',
    'GET /media/tags',
    'GET /media/{id}',
    'GET /media/{id}/history',
    'GET /media/{id}/links',
    'GET /media/{id}/original',
    'GET /media/{id}/thumbnails/{size}',
    'GET /objects',
    'GET /objects/{id}',
    'GET /places',
    'GET /places/near',
    'GET /posts/counts',
    'GET /posts/feed',
    'GET /posts/{id}/detail',
    'GET /search',
    'GET /sessions',
    'GET /status',
    'GET /thumbnails',
    'GET /timeline',
    'GET /timeline/days',
    'GET /timeline/entries',
    'GET /timeline/tiles',
    'GET /tokens',
    'GET /trash',
    'GET /trash/objects',
    'GET /users',
    'GET /watched-folders',
    'PATCH /albums/{id}',
    'PATCH /connections/{id}',
    'PATCH /media/{id}',
    'PATCH /users/{id}',
    'PATCH /watched-folders/{id}',
    'POST /albums',
    'POST /albums/{id}/media',
    'POST /albums/{id}/media/move',
    'POST /albums/{id}/media/remove',
    'POST /albums/{id}/restore',
    'POST /albums/{id}/revert',
    'POST /connections',
    'POST /connections/sign-ins',
    'POST /connections/{id}/disconnect',
    'POST /connections/{id}/pause',
    'POST /connections/{id}/resume',
    'POST /connections/{id}/retry',
    'POST /connections/{id}/sync',
    'POST /erasures',
    'POST /exports',
    'POST /exports/{id}/cancel',
    'POST /imports',
    'POST /imports/recognise',
    'POST /imports/{id}/cancel',
    'POST /imports/{id}/pause',
    'POST /imports/{id}/resume',
    'POST /imports/{id}/retry',
    'POST /imports/{id}/undo',
    'POST /media/dates',
    'POST /media/favourites',
    'POST /media/places',
    'POST /media/restore',
    'POST /media/tags',
    'POST /media/tags/count',
    'POST /media/totals',
    'POST /media/trash',
    'POST /media/undo',
    'POST /media/upload',
    'POST /media/{id}/restore',
    'POST /media/{id}/revert',
    'POST /passwords/strength',
    'POST /posts/reprocess',
    'POST /sql',
    'POST /tokens',
    'POST /trash/objects',
    'POST /trash/objects/purge',
    'POST /trash/objects/restore',
    'POST /trash/purge',
    'POST /verify',
    'POST /watched-folders',
    'PUT /users/{id}/password',
    ...offeredTypeNames.filter((type) => objectTypes[type].hasOwnVerbs !== true).flatMap(ofType),
  ],
}

/** What can be asked of every type of object that has no routes of its own. */
function ofType(type: (typeof offeredTypeNames)[number]): string[] {
  const { path } = objectTypes[type]
  const history = [`GET /${path}/{id}/history`, `POST /${path}/{id}/revert`, `GET /${path}/{id}/links`]
  return [
    `GET /${path}`,
    `POST /${path}`,
    `GET /${path}/{id}`,
    `PATCH /${path}/{id}`,
    `DELETE /${path}/{id}`,
    `POST /${path}/{id}/restore`,
    `POST /${path}/{id}/purge`,
    ...(type === 'link' ? [] : history),
  ]
}

interface Declared {
  readonly place: string
  readonly access: unknown
}

async function declaredIn(vault: TestVault): Promise<Declared[]> {
  const { paths } = await vault.get<{ paths: Record<string, Record<string, Record<string, unknown>>> }>('/openapi.json')
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      place: `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
      access: operation['x-coffer-access'],
    })),
  )
}

const password = 'four quiet green chairs'

/** Ann, who administers the vault, and Ben, who does not. */
async function annAndBen(t: TestContext) {
  const vault = await testVault(t)
  await vault.ask('POST', '/users', { username: 'ben', password })
  return { vault, ann: await vault.as('ann'), ben: await vault.as('ben', password) }
}

describe('access is declared', () => {
  test('every route declares who may ask, and as it was reviewed', async (t) => {
    const declared = await declaredIn(await testVault(t))
    const expected = Object.entries(reviewed).flatMap(([access, places]) => places.map((place) => ({ place, access })))
    const byPlace = (one: Declared, other: Declared): number => (one.place < other.place ? -1 : 1)
    assert.deepEqual(declared.toSorted(byPlace), expected.toSorted(byPlace))
  })

  test('somebody who is no administrator is refused by every method, and nothing comes of it', async (t) => {
    const { vault, ann, ben } = await annAndBen(t)
    const stolen = join(vault.folder, 'stolen.coffer')
    // A body that would be taken, so that a refusal is one of access and not of form.
    const bodies: Readonly<Record<string, unknown>> = {
      'POST /backup-file': { path: stolen, passphrase: 'correct horse battery staple nine' },
      'POST /database/rollback': { to: 1 },
      'POST /users': { username: 'cleo' },
      'POST /vault/open': { path: vault.dir },
      'POST /vault/create': { path: join(vault.folder, 'other') },
    }
    for (const place of reviewed.admin) {
      const [method = '', path = ''] = place.split(' ')
      const address = path.replace('{id}', newId()).replace('{name}', 'passphrase')
      const body = method === 'GET' ? undefined : (bodies[place] ?? {})
      for (const each of method === 'GET' ? ['GET', 'HEAD'] : [method]) {
        const { status } = await ben.raw(each, address, body)
        assert.equal(status, 403, `${each} ${path}`)
      }
    }
    assert.equal(existsSync(stolen), false)
    assert.equal((await ann.get<{ items: unknown[] }>('/users')).items.length, 2)
  })

  test('without a session every route but the open ones is refused, by every method', async (t) => {
    const { vault } = await annAndBen(t)
    for (const place of [...reviewed.admin, ...reviewed.person]) {
      const [method = '', path = ''] = place.split(' ')
      const address = path.replaceAll(/\{\w+\}/g, newId())
      for (const each of method === 'GET' ? ['GET', 'HEAD'] : [method]) {
        const { status } = await vault.raw(each, address, method === 'GET' ? undefined : {})
        assert.equal(status, 401, `${each} ${path}`)
      }
    }
  })

  test('a method that an address does not take is refused as such', async (t) => {
    const { ann } = await annAndBen(t)
    for (const [method, path] of [
      ['PUT', '/status'],
      ['DELETE', '/timeline'],
      ['OPTIONS', '/backup-file'],
      ['PATCH', '/sessions'],
    ] as const) {
      const { status, body } = await ann.raw(method, path)
      assert.deepEqual([status, (JSON.parse(body) as { code: string }).code], [405, 'method-not-allowed'], path)
    }
  })
})
