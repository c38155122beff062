import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import * as fc from 'fast-check'
import type { ActivityPage, Album, Media, TimelinePage, TrashPage } from '../../main/contract/index.ts'
import { coffer } from '../support/coffer.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

async function withPhotos(t: TestContext, count: number): Promise<TestVault & { readonly ids: readonly string[] }> {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  for (let number = 0; number < count; number += 1) {
    await settledFile(join(source, `IMG_202401${String(number + 1).padStart(2, '0')}_120000.jpg`), await jpeg(number))
  }
  await vault.import({ paths: [source] })
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  assert.equal(tiles.length, count)
  return { ...vault, ids: tiles.map((tile) => tile.id).reverse() }
}

async function contents(vault: TestVault, album: string): Promise<string[]> {
  const found: string[] = []
  for (let after = ''; ;) {
    const page = await vault.get<TimelinePage>(`/albums/${album}/media?limit=2${after}`)
    found.push(...page.items.map((tile) => tile.id))
    if (page.next === null) return found
    after = `&cursor=${encodeURIComponent(page.next)}`
  }
}

test('an album is made, filled, ordered, emptied, trashed and restored', async (t) => {
  const vault = await withPhotos(t, 5)
  const [a = '', b = '', c = '', d = '', e = ''] = vault.ids
  const made = await vault.ask<Album>('POST', '/albums', { name: ' Summer ', mediaIds: [a, b, c] })
  assert.equal(made.status, 201)
  const { id } = made.body
  assert.deepEqual(
    [made.body.name, made.body.mediaCount, made.body.coverMediaId, made.body.isCoverChosen],
    ['Summer', 3, a, false],
  )
  assert.deepEqual((await vault.ask('POST', `/albums/${id}/media`, { ids: [c, d, e] })).body, { changed: 2 })
  assert.deepEqual(await contents(vault, id), [e, d, c, b, a], 'newest first')
  await vault.ask('PATCH', `/albums/${id}`, { sortOrder: 'date_asc', coverMediaId: c })
  assert.deepEqual(await contents(vault, id), [a, b, c, d, e])
  const moved = await vault.ask<Album>('POST', `/albums/${id}/media/move`, { ids: [e, d], before: b })
  assert.deepEqual([moved.body.sortOrder, moved.body.coverMediaId, moved.body.isCoverChosen], ['manual', c, true])
  assert.deepEqual(await contents(vault, id), [a, e, d, b, c])
  assert.deepEqual((await vault.ask('POST', `/albums/${id}/media/remove`, { ids: [c, a] })).body, { changed: 2 })
  const after = await vault.get<Album>(`/albums/${id}`)
  assert.deepEqual([after.mediaCount, after.coverMediaId, after.isCoverChosen], [3, e, false])

  assert.equal((await vault.ask('DELETE', `/albums/${id}`)).status, 204)
  assert.deepEqual(await vault.get('/albums/overview'), { items: [], next: null })
  assert.equal((await vault.get<TimelinePage>('/timeline/tiles')).items.length, 5, 'the photos stay')
  assert.equal((await vault.ask('PATCH', `/albums/${id}`, { name: 'x' })).status, 404)
  assert.equal((await vault.ask<Album>('POST', `/albums/${id}/restore`)).body.mediaCount, 3)
  assert.deepEqual(await contents(vault, id), [e, d, b])
  assert.equal((await vault.ask('POST', `/albums/${id}/media`, { ids: [crypto.randomUUID()] })).status, 404)
  assert.equal((await vault.ask('POST', '/albums', { name: '  ' })).status, 400)
})

test('photos moved by hand in two windows both land where they were put', async (t) => {
  const vault = await withPhotos(t, 4)
  const { body } = await vault.ask<Album>('POST', '/albums', { name: 'Order', mediaIds: vault.ids })
  await vault.ask('PATCH', `/albums/${body.id}`, { sortOrder: 'manual' })
  const order = fc.record({
    ids: fc.uniqueArray(fc.constantFrom(...vault.ids), { minLength: 1, maxLength: 3 }),
    before: fc.option(fc.constantFrom(...vault.ids)),
  })
  let model = [...vault.ids]
  await fc.assert(
    fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 12 }), async (moves) => {
      for (const { ids, before } of moves) {
        const moved = ids.filter((id) => id !== before)
        await vault.ask('POST', `/albums/${body.id}/media/move`, { ids, before })
        const rest = model.filter((id) => !moved.includes(id))
        const at = before === null ? rest.length : rest.indexOf(before)
        model = [...rest.slice(0, at), ...moved, ...rest.slice(at)]
        assert.deepEqual(await contents(vault, body.id), model)
      }
    }),
    { numRuns: 8 },
  )
})

test('a trashed photo leaves its albums and comes back at its place; purged it is gone for good', async (t) => {
  const vault = await withPhotos(t, 3)
  const [a = '', b = '', c = ''] = vault.ids
  const { body } = await vault.ask<Album>('POST', '/albums', { name: 'All', mediaIds: [a, b, c] })
  await vault.ask('PATCH', `/albums/${body.id}`, { sortOrder: 'manual', coverMediaId: a })
  assert.deepEqual((await vault.ask('POST', '/media/trash', { ids: [a, b] })).body, { changed: 2 })
  const during = await vault.get<Album>(`/albums/${body.id}`)
  assert.deepEqual([during.mediaCount, during.coverMediaId], [1, c])
  const trash = await vault.get<TrashPage>('/trash?limit=1')
  assert.deepEqual([trash.total, trash.items.length], [2, 1])
  const [first] = trash.items
  assert.equal(Date.parse(first?.purgeAt ?? '') - Date.parse(first?.deletedAt ?? ''), 30 * 86_400_000)
  const rest = await vault.get<TrashPage>(`/trash?cursor=${encodeURIComponent(trash.next ?? '')}`)
  assert.deepEqual(new Set([...trash.items, ...rest.items].map((tile) => tile.id)), new Set([a, b]))

  assert.deepEqual((await vault.ask('POST', '/media/restore', { ids: [a] })).body, { changed: 1 })
  assert.deepEqual(await contents(vault, body.id), [a, c])
  assert.equal((await vault.get<Album>(`/albums/${body.id}`)).coverMediaId, a)

  const [file] = await vault.engine
    .vault()
    .database.asService((tx) => tx.query<{ file_path: string }>(`select file_path from vault.media where id = $1`, [b]))
  const path = join(vault.dir, file?.file_path ?? '')
  assert.ok(existsSync(path))
  assert.deepEqual((await vault.ask('POST', '/trash/purge', { ids: [a, b] })).body, { changed: 1 }, 'live ones stay')
  await vault.engine.vault().jobs.settled()
  assert.ok(!existsSync(path))
  assert.equal((await vault.ask('GET', `/media/${b}`)).status, 404)
  assert.equal((await vault.ask('POST', '/media/restore', { ids: [b] })).status, 200)
  const verified = await vault.ask<object>('POST', '/verify')
  assert.deepEqual(verified.body, { checked: 2, missing: [], damaged: [], orphans: [] })
  const { items: entries } = await vault.get<ActivityPage>('/activity?limit=2')
  assert.deepEqual([entries[0]?.action, entries[0]?.details], ['media.purged', { count: 1 }])
})

test('caption, rating, favourite and date can be changed', async (t) => {
  const vault = await withPhotos(t, 1)
  const [id = ''] = vault.ids
  const edit = {
    isFavorite: true,
    rating: 4,
    description: 'At the sea',
    takenLocal: '2020-02-29T23:30:00',
    utcOffsetMinutes: -300,
  }
  const { body } = await vault.ask<Media>('PATCH', `/media/${id}`, edit)
  assert.deepEqual(
    [body.isFavorite, body.rating, body.description, body.takenLocal, body.takenAt, body.takenSource],
    [true, 4, 'At the sea', '2020-02-29T23:30:00', '2020-03-01T04:30:00Z', 'user'],
  )
  const { items: days } = await vault.get<{ items: object[] }>('/timeline/days')
  assert.deepEqual(days, [{ day: '2020-02-29', count: 1 }])
  const undated = await vault.ask<Media>('PATCH', `/media/${id}`, { takenLocal: null })
  assert.deepEqual([undated.body.takenLocal, undated.body.takenAt, undated.body.isFavorite], [null, null, true])
  assert.equal((await vault.ask('PATCH', `/media/${id}`, { rating: 9 })).status, 400)
})

test('the command line manages albums by name', async (t) => {
  const vault = await withPhotos(t, 2)
  await vault.engine.close()
  const run = (...args: string[]) => coffer(['--json', '--vault', vault.dir, 'album', ...args])
  const made = (await run('create', 'Trip to Łódź')).json<Album>()
  assert.equal(made.name, 'Trip to Łódź')
  const added = (await run('add', 'trip to łódź', ...vault.ids)).json<Album>()
  assert.equal(added.mediaCount, 2)
  assert.equal((await run('show', made.id)).json<{ media: object[] }>().media.length, 2)
  assert.equal((await run('remove', made.id, vault.ids[0] ?? '')).json<Album>().mediaCount, 1)
  assert.notEqual((await run('delete', 'Trip to Łódź')).json<Album>().deletedAt, null)
  assert.deepEqual((await run('list')).json(), [])
  assert.equal((await run('restore', 'Trip to Łódź')).json<Album>().mediaCount, 1)
  const unknown = await run('delete', 'nothing')
  assert.deepEqual([unknown.code, unknown.json<{ error: { code: string } }>().error.code], [1, 'not-found'])
})

test('what has lain in the trash for thirty days goes for good when the vault is opened', async (t) => {
  const vault = await withPhotos(t, 2)
  const [a = '', b = ''] = vault.ids
  const { body } = await vault.ask<Album>('POST', '/albums', { name: 'Old', mediaIds: [a] })
  await vault.ask('POST', '/media/trash', { ids: [a, b] })
  await vault.ask('DELETE', `/albums/${body.id}`)
  const { database } = vault.engine.vault()
  await database.asService((tx) =>
    tx.execute(`update vault.media set deleted_at = now() - interval '31 days' where id = $1`, [a]),
  )
  await database.asService((tx) => tx.execute(`update vault.albums set deleted_at = now() - interval '31 days'`))
  await vault.engine.close()
  await vault.engine.open(vault.dir)
  await vault.engine.vault().jobs.settled()
  const trash = await vault.get<TrashPage>('/trash')
  assert.deepEqual(
    trash.items.map((tile) => tile.id),
    [b],
  )
  assert.deepEqual(await vault.get('/albums/overview?trashed=true'), { items: [], next: null })
})
