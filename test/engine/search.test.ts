import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import sharp from 'sharp'
import type { MediaFound, SearchResult } from '../../main/contract/index.ts'
import { slips } from '../../main/engine/search/slips.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { settledFile } from '../support/pictures.ts'
import { step } from '../support/step.ts'

interface Photo {
  /** Folders and name. */
  readonly path: string
  readonly caption?: string
  readonly place?: readonly [latitude: number, longitude: number]
  readonly stars?: number
}

const photos: readonly Photo[] = [
  { path: 'Fotos/IMG_1.jpg', caption: 'Frau Müller' },
  // As a Mac writes the name: u and a combining diaeresis.
  { path: `Fotos/Mu\u0308ller am See.jpg` },
  { path: 'Fotos/IMG_2.jpg', caption: 'Mueller junior' },
  { path: 'Fotos/IMG_3.jpg', caption: 'Hauptstraße' },
  { path: 'Fotos/IMG_4.jpg', caption: 'Wroclaw, smørrebrød, Ωμέγα, Йогурт' },
  { path: 'Fotos/夏の写真集.jpg' },
  { path: 'Fotos/IMG_5.jpg', caption: '우리가족사진' },
  { path: 'Familienfeste/Weihnachten_2003/IMG_6.jpg' },
  { path: 'Fotos/IMG_7.jpg', place: [52.4986, 13.3914] },
  { path: 'Fotos/IMG_8.jpg', place: [48.137, 11.575], stars: 5 },
  { path: 'Fotos/IMG_9.jpg', place: [40.758, -73.9855], stars: 3 },
  { path: 'Fotos/IMG_10.png', caption: 'Geburtstag der Zwillinge' },
  { path: 'Fotos/IMG_11.jpg', caption: 'Sue in the summer' },
]

async function vaultOf(t: TestContext): Promise<TestVault> {
  const vault = await testVault(t)
  const source = join(vault.folder, 'Camera roll')
  for (const [index, { path, place, stars, caption }] of photos.entries()) {
    const folders = path.split('/').slice(0, -1)
    await mkdir(join(source, ...folders), { recursive: true })
    const picture = sharp({
      create: { width: 16, height: 12, channels: 3, background: { r: index * 15, g: 90, b: 200 - index * 9 } },
    })
    const made = path.endsWith('.png') ? picture.png() : picture.jpeg()
    const rating = stars === undefined ? '' : ` xmp:Rating="${stars}"`
    const words =
      caption === undefined
        ? ''
        : `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${caption}</rdf:li></rdf:Alt></dc:description>`
    const said =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description ' +
      `xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"${rating}>${words}` +
      '</rdf:Description></rdf:RDF></x:xmpmeta>'
    await settledFile(
      join(source, ...path.split('/')),
      await made
        .withXmp(said)
        .withExif({
          IFD0: { Make: 'Pentax' },
          ...(place && {
            IFD3: {
              GPSLatitudeRef: place[0] < 0 ? 'S' : 'N',
              GPSLatitude: degrees(place[0]),
              GPSLongitudeRef: place[1] < 0 ? 'W' : 'E',
              GPSLongitude: degrees(place[1]),
            },
          }),
        })
        .toBuffer(),
    )
  }
  await vault.import({ paths: [source] })
  return vault
}

function degrees(value: number): string {
  return `${Math.round(Math.abs(value) * 1e4)}/10000 0/1 0/1`
}

/** The numbers of the photos a query finds, in the order of the list above. */
async function find(vault: TestVault, q: string, more = ''): Promise<number[]> {
  const { items } = await vault.get<MediaFound>(`/media/search?q=${encodeURIComponent(q)}${more}`)
  return items
    .map(({ filename }) => photos.findIndex(({ path }) => path.endsWith(`/${filename}`)))
    .toSorted((a, b) => a - b)
}

const finds: readonly (readonly [query: string, photos: readonly number[], why: string])[] = [
  ['müller', [0, 1, 2], 'whatever the form of Unicode'],
  ['mu\u0308ller', [0, 1, 2], 'typed on a Mac'],
  ['MÜLLER', [0, 1, 2], 'in capitals'],
  ['muller', [0, 1, 2], 'without dots'],
  ['mueller', [0, 1, 2], 'spelt out'],
  ['mülle', [0, 1, 2], 'unfinished'],
  ['muelle', [0, 1, 2], 'spelt out and unfinished'],
  ['hauptstrasse', [3], 'ss for ß'],
  ['Hauptstraße', [3], 'as it stands'],
  ['HAUPTSTRASSE', [3], 'in capitals'],
  ['wrocław', [4], 'ł for l'],
  ['smorrebrod', [4], 'o for ø'],
  ['smoerrebroed', [4], 'oe for ø'],
  ['ωμεγα', [4], 'Greek without its accent'],
  ['йогурт', [4], 'Cyrillic'],
  ['写真', [5], 'inside a longer word'],
  ['夏の写真', [5], 'its beginning'],
  ['真写', [], 'the same letters in another order'],
  ['사진', [6], 'inside a longer word'],
  ['familienfeste', [7], 'a folder'],
  ['Weihnachten 2003', [7], 'a folder whose name is not spaces'],
  ['weihnachten img', [7], 'a folder and a name'],
  ['Berlin', [8], 'a place'],
  ['berl', [8], 'a place, unfinished'],
  ['Germany', [8, 9], 'a country'],
  ['Deutschland', [8, 9], 'a country in another language'],
  ['München', [9], 'as people there write it'],
  ['muenchen', [9], 'spelt out'],
  ['Monaco di Baviera', [9], 'in another language'],
  ['new york', [10], 'two words of one place'],
  ['germany berlin', [8], 'two places it is both in'],
  ['berlin new', [], 'two places it is not both in'],
  ['fotos berlin', [8], 'a folder and a place'],
  ['5 stars', [9], 'stars'],
  ['★★★', [10], 'stars as signs'],
  ['3+ Sterne', [9, 10], 'at least so many'],
  ['Deutschland 5 Sterne', [9], 'a place and stars'],
  ['png', [11], 'a kind of file'],
  ['zwillinge foto', [11], 'a word and a kind'],
  ['zwillinge video', [], 'a word and another kind'],
  ['su', [12], 'short words are no other spellings'],
]

test('photos are found as people type: spellings, parts of words, folders, places, kinds and stars', async (t) => {
  const vault = await vaultOf(t)
  for (const [query, expected, why] of finds) assert.deepEqual(await find(vault, query), expected, `${query}: ${why}`)
  assert.equal((await find(vault, 'photos')).length, photos.length, 'every one of a kind')
  assert.equal((await find(vault, 'pentax bilder')).length, photos.length)
  assert.deepEqual(await find(vault, 'photos', '&type=video'), [])

  await step('a slip of the pen is noticed, when the right word finds something', async () => {
    const instead = async (q: string): Promise<string | null> =>
      (await vault.get<MediaFound>(`/media/search?q=${encodeURIComponent(q)}`)).instead
    assert.equal(await instead('Berlni'), 'Berlin')
    assert.equal(await instead('Geburtstga'), 'Geburtstag')
    assert.equal(await instead('zwilinge geburtstag'), 'Zwillinge geburtstag')
    assert.equal(await instead('Müllre'), 'Müller')
    assert.equal(await instead('Germny'), 'Germany')
    assert.equal(await instead('Müller'), null, 'it finds something')
    assert.equal(await instead('qqqqwwww'), null, 'like nothing there is')
    assert.equal(await instead('Berlni Zwillinge'), null, 'put right it finds nothing either')
    await vault.ask('POST', '/albums', { name: 'Schneewanderung', mediaIds: [] })
    assert.equal(await instead('schneewanderugn'), null, 'an album without a photo')
  })

  await step('what is everything searches the same way', async () => {
    const all = async (q: string): Promise<(string | null)[]> =>
      (await vault.get<{ items: SearchResult[] }>(`/search?q=${encodeURIComponent(q)}`)).items.map(({ title }) => title)
    await vault.ask('POST', '/notes', { title: 'Zürich: Träume', body: 'Straße nach Süden, 富士山の写真' })
    for (const q of ['zurich', 'zuerich', 'traume', 'strasse', 'sueden', '写真']) {
      assert.ok((await all(q)).includes('Zürich: Träume'), q)
    }
    assert.deepEqual(await all('Berlin'), ['IMG_7.jpg'], 'a photo by its place')
    assert.deepEqual(await all('"img 7" -pentax'), [], 'a phrase, and a word that must not be there')
    assert.equal((await vault.get<{ instead: string | null }>('/search?q=Berlni')).instead, 'Berlin')
  })

  await step('only by their own person', async () => {
    const { body: person } = await vault.ask<{ id: string }>('POST', '/users', {
      username: 'ben',
      password: 'four quiet green chairs',
    })
    assert.ok(person.id)
    const ben = await vault.as('ben', 'four quiet green chairs')
    for (const q of ['müller', 'Berlin', 'familienfeste', 'photos']) assert.deepEqual(await find(ben, q), [], q)
    assert.equal((await ben.get<MediaFound>('/media/search?q=Berlni')).instead, null)
  })
})

test('slips are counted letter by letter', () => {
  const counts: readonly (readonly [string, string, number])[] = [
    ['berlin', 'berlin', 0],
    ['berlni', 'berlin', 1],
    ['berln', 'berlin', 1],
    ['berliin', 'berlin', 1],
    ['perlin', 'berlin', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ]
  for (const [one, other, count] of counts) assert.equal(slips(one, other), count, `${one} ${other}`)
})
