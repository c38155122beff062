import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { test } from 'vitest'
import type { ImportItem, Media, TimelinePage } from '../../main/contract/index.ts'
import { createBackup, createRepository, openRepository, restoreVault } from '../../main/engine/backup/index.ts'
import { testVault, vaultOver, type TestVault } from '../support/engine.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { samples, withoutSamples } from '../support/folders.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

function xmp(attributes: string, body = ''): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
   <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" ${attributes}>${body}</rdf:Description></rdf:RDF></x:xmpmeta>`
}
const bag = (...words: string[]): string =>
  `<dc:subject><rdf:Bag>${words.map((word) => `<rdf:li>${word}</rdf:li>`).join('')}</rdf:Bag></dc:subject>`
const caption = (text: string): string =>
  `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt></dc:description>`

const hashOf = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function reasons(vault: TestVault, id: string): Promise<Record<string, string>> {
  const { items } = await vault.get<{ items: ImportItem[] }>(`/imports/${id}/items?limit=5000`)
  return Object.fromEntries(items.map((each) => [basename(each.path), each.reason?.code ?? each.outcome]))
}

async function mediaNamed(vault: TestVault, filename: string): Promise<Media> {
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  return vault.get<Media>(`/media/${tiles.find((tile) => tile.filename === filename)?.id}`)
}

/** Digests of every sidecar the vault keeps, of the files themselves. */
async function keptHashes(dir: string): Promise<string[]> {
  const [user = ''] = await readdir(join(dir, 'users'))
  const folder = join(dir, 'users', user, 'media/sidecars')
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const kept = files.filter((each) => each.isFile())
  return Promise.all(kept.map(async (each) => hashOf(await readFile(join(each.parentPath, each.name)))))
}

async function isSound(vault: TestVault, checked: number): Promise<void> {
  const verified = await vault.ask('POST', '/verify')
  assert.deepEqual(verified.body, { checked, missing: [], damaged: [], orphans: [] })
}

test('a sidecar is kept with its photo, and the report says what of it was used', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  const files = {
    'a.jpg.xmp': xmp('xmp:Rating="4"'),
    'a.xmp': xmp('xmp:Rating="1"'),
    'b.jpg.xmp': 'this is no XML',
    'c.aae': '<plist/>',
    'waits.xmp': xmp('xmp:Rating="5"'),
  }
  for (const [number, name] of ['a.jpg', 'b.jpg', 'c.jpg'].entries())
    await settledFile(join(source, name), await jpeg(number))
  for (const [name, text] of Object.entries(files)) await settledFile(join(source, name), text)
  const done = await vault.import({ paths: [source] })
  assert.deepEqual([done.added, done.stacked, done.unsupported, done.failed], [3, 5, 0, 0])
  const said = await reasons(vault, done.id)
  assert.deepEqual(said, {
    'a.jpg': 'added',
    'b.jpg': 'added',
    'c.jpg': 'added',
    'a.jpg.xmp': 'sidecar-read',
    // `a.jpg.xmp` beats it; nothing in the other two says anything of a photo.
    'a.xmp': 'sidecar-kept',
    'b.jpg.xmp': 'sidecar-kept',
    'c.aae': 'sidecar-kept',
    'waits.xmp': 'sidecar-waits',
  })
  const a = await mediaNamed(vault, 'a.jpg')
  assert.equal(a.rating, 4)
  assert.deepEqual(a.sidecars.map((each) => [each.filename, each.fields, each.hash]).toSorted(), [
    ['a.jpg.xmp', ['rating'], hashOf(files['a.jpg.xmp'])],
    ['a.xmp', [], hashOf(files['a.xmp'])],
  ])
  assert.deepEqual((await keptHashes(vault.dir)).toSorted(), Object.values(files).map(hashOf).toSorted())
  await isSound(vault, 8)
  const again = await vault.import({ paths: [source] })
  assert.deepEqual([again.added, again.duplicates, again.stacked], [0, 7, 1])
  assert.equal((await keptHashes(vault.dir)).length, 5)
})

test('of a RAW, a JPEG and a film with one name, a shared sidecar is the RAW’s, and a THM the film’s', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  // Told a RAW file by its name and its first bytes; what is in it does not matter here.
  const tiff = Buffer.from('II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1')
  await settledFile(join(source, 'a.cr2'), Buffer.concat([tiff, Buffer.alloc(600, 1)]))
  await settledFile(join(source, 'a.jpg'), await jpeg(1))
  await settledFile(join(source, 'a.xmp'), xmp('xmp:Rating="3"'))
  await settledFile(join(source, 'm.jpg'), await jpeg(2))
  await settledFile(
    join(source, 'm.mp4'),
    Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), Buffer.alloc(600)]),
  )
  await settledFile(join(source, 'm.thm'), await jpeg(3))
  const done = await vault.import({ paths: [source] })
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  const owners = await Promise.all(
    tiles.map(async ({ id }) => {
      const media = await vault.get<Media>(`/media/${id}`)
      return [media.filename, media.sidecars.map((each) => each.filename), media.rating] as const
    }),
  )
  assert.deepEqual(
    owners.toSorted(),
    [
      ['a.cr2', ['a.xmp'], 3],
      ['a.jpg', [], null],
      ['m.jpg', [], null],
      ['m.mp4', ['m.thm'], null],
    ],
    JSON.stringify(await reasons(vault, done.id)),
  )
})

test('a sidecar that comes or changes later is applied below what the person said themselves', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  const path = join(source, 'a.jpg')
  await settledFile(path, await jpeg(1))
  await vault.import({ paths: [source] })
  const sidecar = async (text: string): Promise<string> => {
    await settledFile(`${path}.xmp`, text)
    const done = await vault.import({ paths: [source] })
    return (await reasons(vault, done.id))['a.jpg.xmp'] ?? ''
  }
  const date = 'exif:DateTimeOriginal="2019-03-04T05:06:07+01:00"'
  assert.equal(await sidecar(xmp(`xmp:Rating="2" ${date}`, bag('sea', 'night') + caption('First'))), 'sidecar-read')
  let now = await mediaNamed(vault, 'a.jpg')
  assert.deepEqual(
    [now.rating, now.takenLocal, now.takenSource, now.tags, now.description],
    [2, '2019-03-04T05:06:07', 'xmp-sidecar', ['sea', 'night'], 'First'],
  )
  // The person has the last word: on the stars, and on one of the tags.
  await vault.ask('PATCH', `/media/${now.id}`, { rating: 5 })
  await vault.ask('POST', '/media/tags', { ids: [now.id], name: 'night', isTagged: false })
  assert.equal(
    await sidecar(xmp(`xmp:Rating="1" ${date}`, bag('sea', 'night', 'boat') + caption('Second'))),
    'sidecar-read',
  )
  now = await mediaNamed(vault, 'a.jpg')
  assert.deepEqual([now.rating, now.description, now.tags], [5, 'Second', ['sea', 'boat']])
  // What the sidecar no longer says is the file's own again.
  assert.equal(await sidecar(xmp('xmp:Rating="3"', bag('sea'))), 'sidecar-read')
  now = await mediaNamed(vault, 'a.jpg')
  assert.deepEqual(
    [now.rating, now.takenLocal, now.takenSource, now.description],
    [5, '2024-06-15T12:00:00', 'exif', 'picture 1'],
  )
  // Only what a person has set themselves: nothing in it was used.
  assert.equal(await sidecar(xmp('xmp:Rating="4"')), 'sidecar-kept')
  now = await mediaNamed(vault, 'a.jpg')
  assert.equal(now.rating, 5)
  assert.equal(now.sidecars.length, 4)
  // Back to what it was before: its bytes are known, and still they are news.
  assert.equal(await sidecar(xmp(`xmp:Rating="2" ${date}`, bag('sea', 'night') + caption('First'))), 'sidecar-read')
  now = await mediaNamed(vault, 'a.jpg')
  assert.deepEqual([now.rating, now.description, now.sidecars.length], [5, 'First', 4])
  await isSound(vault, 5)
})

test('a sidecar that came before its photo is linked with it, whether or not it is still there', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  for (const [name, stars] of [
    ['here.jpg', 2],
    ['gone.jpg', 3],
  ] as const) {
    await settledFile(join(source, `${name}.xmp`), xmp(`xmp:Rating="${stars}"`))
  }
  const first = await vault.import({ paths: [source] })
  assert.deepEqual([first.added, first.stacked], [0, 2])
  await rm(join(source, 'gone.jpg.xmp'))
  for (const [number, name] of ['here.jpg', 'gone.jpg'].entries())
    await settledFile(join(source, name), await jpeg(number))
  await vault.import({ paths: [source] })
  for (const [name, stars] of [
    ['here.jpg', 2],
    ['gone.jpg', 3],
  ] as const) {
    const media = await mediaNamed(vault, name)
    assert.deepEqual([name, media.rating, media.sidecars.map((each) => each.fields)], [name, stars, [['rating']]])
  }
  assert.equal((await keptHashes(vault.dir)).length, 2, 'each is kept once')
  await isSound(vault, 4)
})

test('sidecars of what is only indexed in place stay where they are, and are followed there', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  await settledFile(join(source, 'a.jpg'), await jpeg(1))
  await settledFile(join(source, 'a.jpg.xmp'), xmp('xmp:Rating="2"'))
  const done = await vault.import({ paths: [source], reference: true })
  assert.deepEqual([done.added, done.stacked, await keptHashes(vault.dir)], [1, 1, []])
  assert.equal((await mediaNamed(vault, 'a.jpg')).rating, 2)
  await isSound(vault, 2)
})

test('sidecars go with their item when it is deleted permanently, and count to what a person uses', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  const [photo, packet] = [await jpeg(1), xmp('xmp:Rating="2"')]
  await settledFile(join(source, 'a.jpg'), photo)
  await settledFile(join(source, 'a.jpg.xmp'), packet)
  await vault.import({ paths: [source] })
  const used = async (): Promise<number> => {
    const { body } = await vault.ask<{ rows: [[number]] }>('POST', '/sql', {
      sql: 'select storage_used from core.users',
    })
    return body.rows[0][0]
  }
  assert.equal(await used(), photo.length + Buffer.byteLength(packet))
  const { id } = await mediaNamed(vault, 'a.jpg')
  await vault.ask('DELETE', `/media/${id}`)
  await vault.ask('DELETE', '/trash')
  await vault.engine.vault().jobs.settled()
  assert.deepEqual([await used(), await keptHashes(vault.dir)], [0, []])
  await isSound(vault, 0)
})

test('sidecars come back from a backup and from an export, with their items and byte for byte', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  const files = { 'a.jpg.xmp': xmp('xmp:Rating="4"'), 'a.aae': '<plist/>', 'alone.xmp': xmp('xmp:Rating="1"') }
  await settledFile(join(source, 'a.jpg'), await jpeg(1))
  for (const [name, text] of Object.entries(files)) await settledFile(join(source, name), text)
  await vault.import({ paths: [source] })
  await vault.ask('PATCH', `/media/${(await mediaNamed(vault, 'a.jpg')).id}`, { description: 'Mine' })
  const wanted = Object.values(files).map(hashOf).toSorted()

  const repository = await createRepository(join(vault.folder, 'backup'), { passphrase: 'lantern umlaut velvet canoe' })
  const { database, log } = vault.engine.vault()
  const { signal } = new AbortController()
  const saved = await createBackup({ vaultDir: vault.dir, database, log }, repository, {
    signal,
    withThumbnails: false,
  })
  assert.equal(saved.files, 4)
  const restoredDir = join(vault.folder, 'restored')
  const opened = await openRepository(join(vault.folder, 'backup'), { passphrase: 'lantern umlaut velvet canoe' })
  assert.deepEqual((await restoreVault(opened, restoredDir, { signal })).lost, [])
  const engine = startEngine({ stateDir: null })
  t.onTestFinished(() => engine.close())
  await engine.open(restoredDir)
  const restored = vaultOver(engine, restoredDir, vault.folder)
  assert.deepEqual((await keptHashes(restoredDir)).toSorted(), wanted)
  assert.equal((await mediaNamed(restored, 'a.jpg')).sidecars.length, 2)
  // Its pictures are made again first.
  await engine.vault().jobs.settled()
  await isSound(restored, 4)

  const out = join(vault.folder, 'export')
  assert.equal((await vault.ask('POST', '/exports', { path: out })).status, 202)
  await vault.engine.vault().jobs.settled()
  assert.deepEqual((await readdir(join(out, 'sidecars/2024/06'))).toSorted(), ['a.aae', 'a.jpg.xmp'])
  assert.equal(await readFile(join(out, 'sidecars/2024/06/a.jpg.xmp'), 'utf8'), files['a.jpg.xmp'])
  assert.equal(await readFile(join(out, 'sidecars/waiting/alone.xmp'), 'utf8'), files['alone.xmp'])
  const other = await testVault(t)
  const back = await other.import({ paths: [out] })
  assert.deepEqual([back.status, back.added, back.failed, back.unsupported], ['done', 1, 0, 0])
  const media = await mediaNamed(other, 'a.jpg')
  assert.deepEqual(
    [media.rating, media.description, media.sidecars.map((each) => each.filename).toSorted()],
    [4, 'Mine', ['a.aae', 'a.jpg.xmp']],
  )
  assert.deepEqual((await keptHashes(other.dir)).toSorted(), wanted)
  await isSound(other, 4)
  // What came back as the person's own stays so when the sidecar changes.
  await cp(join(out, 'originals'), join(other.folder, 'plain'), { recursive: true })
  const plain = join(other.folder, 'plain/2024/06/a.jpg')
  await writeFile(`${plain}.xmp`, xmp('xmp:Rating="2"', caption('Theirs')))
  await settledFile(`${plain}.xmp`, await readFile(`${plain}.xmp`))
  await other.import({ paths: [join(other.folder, 'plain')] })
  assert.equal((await mediaNamed(other, 'a.jpg')).description, 'Mine')
})

test('a sidecar in UTF-16 is read', { skip: withoutSamples }, async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  await settledFile(join(source, '2000.jpg'), await jpeg(1))
  await settledFile(join(source, '2000.xmp'), await readFile(join(samples, 'hard/2000.xmp')))
  const done = await vault.import({ paths: [source] })
  assert.equal((await reasons(vault, done.id))['2000.xmp'], 'sidecar-read')
  const media = await mediaNamed(vault, '2000.jpg')
  assert.deepEqual([media.takenLocal, media.utcOffsetMinutes], ['2000-09-27T14:35:33', 120])
})
