import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import sharp from 'sharp'
import type { Edited, Media, MediaFound, TagCount, TimelinePage } from '../../main/contract/index.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { settledFile } from '../support/pictures.ts'

/** Three photos: of 1 and 2 January 2024 at noon, the first with a place, the second with a word, and one without a date. */
async function threePhotos(t: TestContext) {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  const picture = (colour: string) =>
    sharp({ create: { width: 32, height: 24, channels: 3, background: colour } }).jpeg()
  const words =
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag><rdf:li>Harbour</rdf:li><rdf:li>Boats</rdf:li>' +
    '</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>'
  const place = {
    GPSLatitudeRef: 'N',
    GPSLatitude: '54/1 30/1 0/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '9/1 30/1 0/1',
  }
  await settledFile(
    join(source, 'IMG_20240101_120000.jpg'),
    await picture('red')
      .withExif({ IFD0: { Make: 'Pentax', Model: 'K-1' }, IFD3: place })
      .toBuffer(),
  )
  await settledFile(join(source, 'IMG_20240102_120000.jpg'), await picture('green').withXmp(words).toBuffer())
  await settledFile(join(source, 'sunset at sea.jpg'), await picture('blue').toBuffer())
  await vault.import({ paths: [source] })
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  const idOf = (name: string): string => tiles.find((tile) => tile.filename === name)?.id ?? assert.fail(name)
  return {
    vault,
    first: idOf('IMG_20240101_120000.jpg'),
    second: idOf('IMG_20240102_120000.jpg'),
    third: idOf('sunset at sea.jpg'),
  }
}

const media = (vault: TestVault, id: string): Promise<Media> => vault.get<Media>(`/media/${id}`)

async function edit(vault: TestVault, path: string, body: unknown): Promise<Edited> {
  const { status, body: answer } = await vault.ask<Edited>('POST', path, body)
  assert.equal(status, 200)
  return answer
}

test('words are put on photos and taken from them, anyone who put them there', async (t) => {
  const { vault, first, second, third } = await threePhotos(t)
  const all = [first, second, third]
  const tag = async (ids: readonly string[], name: string, isTagged: boolean): Promise<readonly string[]> =>
    (await vault.ask<{ ids: string[] }>('POST', '/media/tags', { ids, name, isTagged })).body.ids
  const counts = async (): Promise<TagCount[]> =>
    (await vault.ask<{ items: TagCount[] }>('POST', '/media/tags/count', { ids: all })).body.items

  assert.deepEqual((await media(vault, second)).tags, ['Harbour', 'Boats'], 'as the file spells them')
  assert.deepEqual((await tag(all, 'harbour', true)).toSorted(), [first, third].toSorted(), 'not twice on one')
  assert.deepEqual((await media(vault, third)).tags, ['harbour'])
  assert.deepEqual(await tag([first], ' Holiday ', true), [first])
  assert.deepEqual(await counts(), [
    { name: 'harbour', count: 3 },
    { name: 'Boats', count: 1 },
    { name: 'Holiday', count: 1 },
  ])
  assert.deepEqual(await vault.get('/media/tags'), { items: ['Boats', 'harbour', 'Holiday'], next: null })

  assert.deepEqual((await tag(all, 'HARBOUR', false)).toSorted(), all.toSorted())
  assert.deepEqual((await media(vault, second)).tags, ['Boats'])
  assert.deepEqual(await tag(all, 'harbour', false), [])
  await vault.ask('POST', '/media/trash', { ids: [second] })
  assert.deepEqual((await media(vault, second)).tags, ['Boats'], 'in the trash too')
  assert.deepEqual(await tag([second], 'Boats', false), [], 'what is in the trash stays as it is')
  assert.equal((await vault.ask('POST', '/media/tags', { ids: all, name: '  ', isTagged: true })).status, 400)
})

test('dates are set, shifted and taken away together, and each change is undone as one', async (t) => {
  const { vault, first, second, third } = await threePhotos(t)
  const all = [first, second, third]
  const dates = async (): Promise<(string | null)[]> =>
    Promise.all(all.map(async (id) => (await media(vault, id)).takenLocal?.slice(0, 16) ?? null))
  const before = await Promise.all(all.map((id) => media(vault, id)))
  const imported = await dates()

  const shifted = await edit(vault, '/media/dates', { ids: [first, second], change: { to: 'shift', seconds: -5400 } })
  assert.equal(shifted.changed, 2)
  assert.deepEqual(await dates(), ['2024-01-01T10:30', '2024-01-02T10:30', imported[2]])
  assert.deepEqual(
    [(await media(vault, first)).takenSource, (await media(vault, first)).takenConfidence],
    ['user', 'high'],
  )

  const change = { to: 'date', takenLocal: '1999-12-31T23:59:00', utcOffsetMinutes: 60 }
  const set = await edit(vault, '/media/dates', { ids: [second, third], change })
  const now = await media(vault, third)
  assert.deepEqual([now.takenAt, now.utcOffsetMinutes], ['1999-12-31T22:59:00Z', 60])

  // The second was changed again since, so only the first goes back.
  const undone = await edit(vault, '/media/undo', { change: shifted.change })
  assert.equal(undone.changed, 1)
  assert.deepEqual(await dates(), [imported[0], '1999-12-31T23:59', '1999-12-31T23:59'])
  assert.equal((await edit(vault, '/media/undo', { change: undone.change })).changed, 1, 'an undo is undone')
  assert.equal((await edit(vault, '/media/undo', { change: set.change })).changed, 2)

  assert.equal((await edit(vault, '/media/dates', { ids: all, change: { to: 'undated' } })).changed, 3)
  assert.deepEqual(await dates(), [null, null, null])
  assert.equal((await edit(vault, '/media/dates', { ids: all, change: { to: 'shift', seconds: 60 } })).changed, 0)
  assert.equal((await edit(vault, '/media/dates', { ids: all, change: { to: 'imported' } })).changed, 3)
  for (const was of before) {
    const is = await media(vault, was.id)
    assert.deepEqual(
      [is.takenLocal, is.takenAt, is.utcOffsetMinutes, is.takenSource, is.takenConfidence],
      [was.takenLocal, was.takenAt, was.utcOffsetMinutes, was.takenSource, was.takenConfidence],
    )
  }
  assert.deepEqual(await edit(vault, '/media/dates', { ids: all, change: { to: 'imported' } }), {
    changed: 0,
    change: null,
  })
})

test('places are set and taken away together, undone, and put back to what the file says', async (t) => {
  const { vault, first, second } = await threePhotos(t)
  const place = async (id: string) => {
    const { latitude, longitude } = await media(vault, id)
    return latitude === null ? null : [latitude, longitude]
  }
  assert.deepEqual(await place(first), [54.5, 9.5])
  const input = { ids: [first, second], place: { latitude: 41.9, longitude: 12.5 } }
  const moved = await edit(vault, '/media/places', input)
  assert.equal(moved.changed, 2)
  assert.deepEqual(await place(second), [41.9, 12.5])
  assert.equal((await edit(vault, '/media/places', input)).changed, 0)
  await edit(vault, '/media/undo', { change: moved.change })
  assert.deepEqual([await place(first), await place(second)], [[54.5, 9.5], null])
  assert.equal((await edit(vault, '/media/places', { ids: [first, second], place: null })).changed, 1)
  assert.equal((await edit(vault, '/media/places', { ids: [first, second], place: 'imported' })).changed, 1)
  assert.deepEqual([await place(first), await place(second)], [[54.5, 9.5], null])
  const nowhere = { ids: [first], place: { latitude: 91, longitude: 0 } }
  assert.equal((await vault.ask('POST', '/media/places', nowhere)).status, 400)
})

test('metadata of an item is the person’s to change, but for what the file says', async (t) => {
  const { vault, first } = await threePhotos(t)
  const before = (await media(vault, first)).metadata
  const patch = (metadata: unknown) => vault.ask<Media & { fields?: unknown }>('PATCH', `/media/${first}`, { metadata })
  const changed = await patch({ custom: { film: 'Portra' }, tags: ['Analogue'], exif: { Make: 'forged' } })
  assert.deepEqual(changed.body.metadata, { ...before, custom: { film: 'Portra' }, tags: ['Analogue'] })
  assert.deepEqual(changed.body.tags, ['Analogue'])
  assert.equal((await patch({ tags: 'no list' })).status, 400)
  assert.equal((await patch({ custom: { long: 'x'.repeat(1_100_000) } })).status, 400)
  const { items: versions } = await vault.get<{ items: { before: object }[] }>(`/media/${first}/history`)
  assert.deepEqual(versions[0]?.before, { metadata: before })
})

test('photos are found by every word, by tags, by camera and by when they were taken', async (t) => {
  const { vault, first, second, third } = await threePhotos(t)
  await vault.ask('POST', '/media/tags', { ids: [second, third], name: 'Summer holiday', isTagged: true })
  await vault.ask('PATCH', `/media/${third}`, {
    description: 'Waves',
    takenLocal: '2019-06-15T20:00:00',
    isFavorite: true,
  })
  const find = async (q: string, more = ''): Promise<string[]> =>
    (await vault.get<MediaFound>(`/media/search?q=${encodeURIComponent(q)}${more}`)).items.map((tile) => tile.id)

  assert.deepEqual(await find('sunset'), [third])
  assert.deepEqual(await find('wav sea'), [third], 'caption and name, one unfinished')
  assert.deepEqual(await find('pentax'), [first])
  assert.deepEqual(await find('K-1'), [first])
  assert.deepEqual(await find('boats'), [second], 'a word of the file')
  assert.deepEqual(await find('holiday'), [second, third], 'newest first')
  assert.deepEqual(await find('summer hol'), [second, third])
  assert.deepEqual(await find('holiday boats'), [second])
  assert.deepEqual(await find('holiday sunset'), [third])
  assert.deepEqual(await find('holiday nothing'), [])
  assert.deepEqual(await find('2019'), [third])
  assert.deepEqual(await find('June 2019'), [third])
  assert.deepEqual(await find('15. Juni 2019'), [third])
  assert.deepEqual(await find('holiday 01/2024'), [second])
  assert.deepEqual(await find('2024-01-01'), [first])
  assert.deepEqual(await find('20240102'), [second], 'digits of a name')
  assert.deepEqual(await find('holiday', '&favourites=true'), [third])
  assert.deepEqual(await find('holiday', '&type=video'), [])
  assert.deepEqual(await find('', '&favourites=true'), [third])
  const { items: tiles, hasMore, from, to } = await vault.get<MediaFound>('/media/search?q=2024&limit=1')
  assert.deepEqual([tiles.length, hasMore, from, to], [1, true, '2024-01-01', '2024-12-31'])
  for (const odd of ['&', `'`, ':*', '!!!', '\\', '%', '🌅', "x' or '1'='1"]) assert.deepEqual(await find(odd), [], odd)

  await vault.ask('POST', '/media/trash', { ids: [third] })
  assert.deepEqual(await find('sunset'), [])
})
