import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { appendFile, copyFile, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { test } from 'vitest'
import type { Import, ImportItem, Media, TimelineDays, TimelinePage } from '../../main/contract/index.ts'
import { samples, withoutSamples } from '../support/folders.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { testVault, type TestVault } from '../support/engine.ts'

async function items(vault: TestVault, id: string): Promise<ImportItem[]> {
  return (await vault.get<{ items: ImportItem[] }>(`/imports/${id}/items?limit=5000`)).items
}

async function photosIn(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let number = 0; number < count; number += 1)
    await settledFile(join(folder, `IMG_${number}.jpg`), await jpeg(number))
}

test('a photo dropped twice is kept once, and every place it was seen is remembered', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(join(source, 'copy of a'), { recursive: true })
  const bytes = await jpeg(1)
  await settledFile(join(source, 'a.jpg'), bytes)
  await settledFile(join(source, 'copy of a', 'b.jpg'), bytes)
  const done = await vault.import({ paths: [source] })
  assert.deepEqual(
    { status: done.status, seen: done.seen, added: done.added, duplicates: done.duplicates, failed: done.failed },
    { status: 'done', seen: 2, added: 1, duplicates: 1, failed: 0 },
  )
  const [item] = await items(vault, done.id)
  const media = await vault.get<Media>(`/media/${item?.mediaId}`)
  assert.deepEqual(
    media.sources.map((each) => each.path).sort(),
    [join(source, 'a.jpg'), join(source, 'copy of a', 'b.jpg')].sort(),
  )
  assert.equal(media.hash, createHash('sha256').update(bytes).digest('hex'))
  assert.equal(media.takenLocal, '2024-06-15T12:00:00')
  const again = await vault.import({ paths: [source] })
  assert.deepEqual({ added: again.added, duplicates: again.duplicates }, { added: 0, duplicates: 2 })
})

test('the kept original is the same bytes, and the source folder is not touched', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await photosIn(source, 3)
  const before = await Promise.all((await readdir(source)).map((name) => stat(join(source, name), { bigint: true })))
  await vault.import({ paths: [source] })
  const after = await Promise.all((await readdir(source)).map((name) => stat(join(source, name), { bigint: true })))
  assert.deepEqual(
    after.map((each) => [each.mtimeNs, each.size]),
    before.map((each) => [each.mtimeNs, each.size]),
  )
  const page = await vault.get<TimelinePage>('/timeline/tiles')
  for (const tile of page.items) {
    const headers = { 'x-coffer-secret': vault.engine.secret }
    const response = await vault.engine.fetch(
      new Request(`http://coffer/api/v1/media/${tile.id}/original`, { headers }),
    )
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), await readFile(join(source, tile.filename)))
  }
})

test('junk is passed over and counted; unknown, empty and vanished files are named with a reason', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await photosIn(source, 1)
  for (const name of ['.DS_Store', '._IMG_0.jpg', 'Thumbs.db']) await settledFile(join(source, name), 'x')
  await mkdir(join(source, '@eaDir'))
  await settledFile(join(source, '@eaDir', 'IMG_0.jpg'), await jpeg(9))
  await settledFile(join(source, 'letter.txt'), 'dear all')
  await settledFile(join(source, 'empty.jpg'), '')
  await symlink(join(source, 'nowhere'), join(source, 'dangling.jpg'))
  await symlink(source, join(source, 'loop'))
  const done = await vault.import({ paths: [source] })
  assert.deepEqual(
    { added: done.added, skipped: done.skipped, unsupported: done.unsupported, failed: done.failed },
    { added: 1, skipped: 4, unsupported: 1, failed: 2 },
  )
  const reasons = (await items(vault, done.id))
    .filter((each) => each.outcome !== 'added')
    .map((each) => [basename(each.path), each.reason !== null])
  assert.deepEqual(reasons.sort(), [
    ['dangling.jpg', true],
    ['empty.jpg', true],
    ['letter.txt', true],
  ])
  await settledFile(join(source, 'empty.jpg'), await jpeg(20))
  const retried = await vault.ask<Import>('POST', `/imports/${done.id}/retry`)
  assert.equal(retried.status, 200)
  const after = await vault.until(done.id, (now) => now.status === 'done')
  assert.deepEqual([after.added, after.failed, after.seen], [2, 1, done.seen], 'only what failed is tried again')
})

test('a file that is still being written waits until it is whole', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  const bytes = await jpeg(5, { width: 400, height: 300 })
  const path = join(source, 'growing.jpg')
  await writeFile(path, bytes.subarray(0, 500))
  const started = await vault.ask<Import>('POST', '/imports', { paths: [source] })
  await vault.until(started.body.id, (now) => now.scanComplete)
  await appendFile(path, bytes.subarray(500))
  const done = await vault.until(started.body.id, (now) => now.status !== 'running')
  assert.deepEqual({ added: done.added, damaged: done.damaged }, { added: 1, damaged: 0 })
  const [item] = await items(vault, done.id)
  assert.equal(
    (await vault.get<Media>(`/media/${item?.mediaId}`)).hash,
    createHash('sha256').update(bytes).digest('hex'),
  )
})

test(
  'names with newlines, emoji, quotes, bad UTF-8 and a leading dash are imported as they are',
  { skip: process.platform !== 'linux' },
  async (t) => {
    const vault = await testVault(t)
    const source = join(vault.folder, 'camera')
    await mkdir(source)
    const names = ['-rf.jpg', 'a\nb.jpg', 'Müller.jpg', 'Mu\u0308ller.jpg', '🌊 "sea" %20.jpg']
    for (const [at, name] of names.entries()) await settledFile(join(source, name), await jpeg(at))
    const raw = Buffer.concat([Buffer.from(`${source}/bad-`), Buffer.from([0xff, 0xfe]), Buffer.from('.jpg')])
    await writeFile(raw, await jpeg(77))
    await utimes(raw, 1_700_000_000, 1_700_000_000)
    const done = await vault.import({ paths: [source] })
    assert.deepEqual({ seen: done.seen, added: done.added }, { seen: 6, added: 6 })
  },
)

test('a dry run counts and changes nothing', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await photosIn(source, 3)
  await vault.import({ paths: [join(source, 'IMG_0.jpg')] })
  await copyFile(join(source, 'IMG_1.jpg'), join(source, 'twin.jpg'))
  await settledFile(join(source, 'notes.txt'), 'x')
  const preview = await vault.import({ paths: [source], dryRun: true })
  assert.deepEqual(
    { added: preview.added, duplicates: preview.duplicates, unsupported: preview.unsupported },
    { added: 2, duplicates: 2, unsupported: 1 },
  )
  assert.equal((await vault.get<TimelineDays>('/timeline/days')).total, 1)
  assert.deepEqual((await vault.get<{ items: Import[] }>('/imports')).items.length, 1)
})

test('a reference import copies nothing and still shows the photo', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await photosIn(source, 2)
  const done = await vault.import({ paths: [source], reference: true })
  const [item] = await items(vault, done.id)
  const media = await vault.get<Media>(`/media/${item?.mediaId}`)
  assert.deepEqual(
    { storage: media.storage, hasThumbnail: media.hasThumbnail },
    { storage: 'reference', hasThumbnail: true },
  )
  assert.deepEqual(await readdir(join(vault.dir, 'users')).then((names) => names.length), 1)
  const kept = await readdir(join(vault.dir, 'users'), { recursive: true })
  assert.deepEqual(
    kept.filter((name) => name.endsWith('.jpg')),
    [],
  )
})

test('undo moves exactly what the import added to the trash; importing again brings it back', async (t) => {
  const vault = await testVault(t)
  const [first, second] = [join(vault.folder, 'first'), join(vault.folder, 'second')]
  await photosIn(first, 2)
  await photosIn(second, 4)
  await vault.import({ paths: [first] })
  const done = await vault.import({ paths: [second] })
  assert.deepEqual({ added: done.added, duplicates: done.duplicates }, { added: 2, duplicates: 2 })
  const undone = await vault.ask<Import>('POST', `/imports/${done.id}/undo`)
  assert.equal(undone.body.status, 'undone')
  assert.equal((await vault.get<TimelineDays>('/timeline/days')).total, 2)
  const again = await vault.import({ paths: [second] })
  assert.deepEqual({ added: again.added, duplicates: again.duplicates }, { added: 2, duplicates: 2 })
  assert.equal((await vault.get<TimelineDays>('/timeline/days')).total, 4)
  const twice = await vault.ask('POST', `/imports/${done.id}/undo`)
  assert.equal(twice.status, 409)
})

test('a paused import stays paused, and resuming takes in the rest', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await photosIn(source, 60)
  const started = await vault.ask<Import>('POST', '/imports', { paths: [source] })
  const paused = await vault.ask<Import>('POST', `/imports/${started.body.id}/pause`)
  assert.equal(paused.body.status, 'paused')
  const done = await vault.ask<Import>('POST', `/imports/${started.body.id}/resume`)
  assert.equal(done.body.status, 'running')
  const ended = await vault.until(started.body.id, (now) => now.status !== 'running')
  assert.deepEqual(
    { status: ended.status, added: ended.added, failed: ended.failed },
    { status: 'done', added: 60, failed: 0 },
  )
})

test('a cancelled import keeps what is in and says what was not reached', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await photosIn(source, 60)
  const started = await vault.ask<Import>('POST', '/imports', { paths: [source] })
  const cancelled = await vault.ask<Import>('POST', `/imports/${started.body.id}/cancel`)
  assert.equal(cancelled.body.status, 'cancelled')
  const now = await vault.get<Import>(`/imports/${started.body.id}`)
  assert.equal((await vault.get<TimelineDays>('/timeline/days')).total, now.added)
  // Cancelled at once, nothing may have been begun and no folder made.
  const files = await readdir(join(vault.dir, 'users'), { recursive: true, withFileTypes: true }).catch(() => [])
  assert.deepEqual(
    files.filter((entry) => entry.parentPath.endsWith('incoming')).map((entry) => entry.name),
    [],
  )
})

test('one album for each folder when asked, found again on the next import', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'Summer 2024')
  await photosIn(source, 3)
  await vault.import({ paths: [source], albumPerFolder: true })
  await settledFile(join(source, 'late.jpg'), await jpeg(99))
  await vault.import({ paths: [source], albumPerFolder: true })
  const answer = await vault.ask<{ rows: unknown[][] }>('POST', '/sql', {
    sql: 'select name, media_count from vault.albums',
  })
  assert.deepEqual(answer.body.rows, [['Summer 2024', 4]])
})

test('the vault itself, and what is not there, cannot be imported', async (t) => {
  const vault = await testVault(t)
  const inside = await vault.ask<{ code: string }>('POST', '/imports', { paths: [join(vault.dir, 'logs')] })
  assert.deepEqual([inside.status, inside.body.code], [400, 'path-inside-vault'])
  const gone = await vault.ask<{ code: string }>('POST', '/imports', { paths: [join(vault.folder, 'nothing')] })
  assert.deepEqual([gone.status, gone.body.code], [404, 'file-missing'])
  const source = join(vault.folder, 'pictures')
  await photosIn(source, 1)
  const around = await vault.import({ paths: [vault.folder] })
  assert.deepEqual({ seen: around.seen, added: around.added }, { seen: 1, added: 1 })
})

test('an XMP sidecar gives its photo a date, tags, a caption and stars', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await photosIn(source, 1)
  await settledFile(
    join(source, 'IMG_0.jpg.xmp'),
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
     <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmp:Rating="4" exif:DateTimeOriginal="2019-03-04T05:06:07+01:00">
      <dc:subject><rdf:Bag><rdf:li>harbour</rdf:li><rdf:li>night</rdf:li></rdf:Bag></dc:subject>
      <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Boats at rest</rdf:li></rdf:Alt></dc:description>
     </rdf:Description></rdf:RDF></x:xmpmeta>`,
  )
  const done = await vault.import({ paths: [source] })
  assert.deepEqual({ added: done.added, stacked: done.stacked }, { added: 1, stacked: 1 })
  const item = (await items(vault, done.id)).find((each) => each.outcome === 'added')
  const media = await vault.get<Media>(`/media/${item?.mediaId}`)
  assert.deepEqual(
    {
      local: media.takenLocal,
      offset: media.utcOffsetMinutes,
      source: media.takenSource,
      rating: media.rating,
      tags: media.tags,
      description: media.description,
    },
    {
      local: '2019-03-04T05:06:07',
      offset: 60,
      source: 'xmp-sidecar',
      rating: 4,
      tags: ['harbour', 'night'],
      description: 'Boats at rest',
    },
  )
})

test('photos that need two days of a timeline land on the right ones', { skip: withoutSamples }, async (t) => {
  const vault = await testVault(t)
  await vault.import({ paths: [join(samples, 'exif-samples/jpg/gps')] })
  const { items: days, total } = await vault.get<TimelineDays>('/timeline/days')
  assert.deepEqual({ days, total }, { days: [{ day: '2008-10-22', count: 9 }], total: 9 })
})

test('a missing thumbnail, a changed byte, a lost and a stray file are each found by verify', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await photosIn(source, 3)
  await vault.import({ paths: [source] })
  const clean = await vault.ask('POST', '/verify')
  assert.deepEqual(clean.body, { checked: 3, missing: [], damaged: [], orphans: [] })
  const user = (await readdir(join(vault.dir, 'users')))[0] ?? ''
  const media = join(vault.dir, 'users', user, 'media/2024/06')
  const [first = '', second = ''] = (await readdir(media)).sort()
  const bytes = await readFile(join(media, first))
  bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1
  await writeFile(join(media, first), bytes)
  await rm(join(media, second))
  await writeFile(join(media, 'stray.jpg'), 'x')
  const found = await vault.ask<{ missing: unknown[]; damaged: unknown[]; orphans: unknown[] }>('POST', '/verify')
  assert.deepEqual([found.body.missing.length, found.body.damaged.length, found.body.orphans.length], [1, 1, 1])
})

test('verifying while an import runs finds nothing wrong', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await photosIn(source, 120)
  const started = await vault.ask<Import>('POST', '/imports', { paths: [source] })
  let looks = 0
  for (;;) {
    const { body } = await vault.ask<{ missing: object[]; damaged: object[]; orphans: object[] }>('POST', '/verify')
    assert.deepEqual([body.missing, body.damaged, body.orphans], [[], [], []])
    looks += 1
    if ((await vault.get<Import>(`/imports/${started.body.id}`)).status === 'done') break
  }
  assert.ok(looks > 1)
})
