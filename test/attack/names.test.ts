import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import * as fc from 'fast-check'
import sharp from 'sharp'
import type { Album, ImportItem, Media, TimelinePage, WatchedFolder } from '../../main/contract/index.ts'
import { openable, pathBytes, pathText, shownPath } from '../../main/engine/base/path-text.ts'
import { coffer, type ImportAnswer } from '../support/coffer.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { temporaryFolder } from '../support/folders.ts'
import { jpeg } from '../support/pictures.ts'

/** Only Linux lets a name be any bytes; elsewhere the rest still holds. */
/** Elsewhere names are not bytes. */
const onLinux = { skip: process.platform !== 'linux' }
const past = new Date('2024-01-02T03:04:05Z')

const bytes = (...parts: (string | number)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))))

/** Names that turn into one another, or into something else, in any text that is not exact. */
const hostileNames: readonly Buffer[] = [
  bytes('a', 0xff, '.jpg'),
  bytes('a', 0xfe, '.jpg'),
  bytes('a\uFFFD.jpg'),
  bytes('M', 0xfc, 'ller.jpg'),
  bytes('Müller.jpg'),
  bytes('Mu\u0308ller.jpg'),
  bytes('M\\xFCller.jpg'),
  // Half of a surrogate pair as Windows may hold it, an overlong slash, an overlong NUL.
  bytes('w', 0xed, 0xa0, 0x80, '.jpg'),
  bytes('slash', 0xc0, 0xaf, '.jpg'),
  bytes('nul', 0xc0, 0x80, '.jpg'),
  bytes('cut', 0xe2, 0x82, '.jpg'),
  // The characters that stand for odd bytes in path text, and a look-alike of NUL.
  bytes('d\uFDDF\uFDDF.jpg'),
  bytes('n\u2400.jpg'),
  bytes('line\nfeed\r.jpg'),
  bytes('-rf.jpg'),
  bytes('%ff%00%2e.jpg'),
  bytes('\u202Egpj.exe.jpg'),
  bytes(' .jpg'),
  bytes('quote\'"`$(id).jpg'),
  bytes(0xff),
]

async function place(folder: Buffer | string, name: Buffer, content: Uint8Array): Promise<void> {
  const path = Buffer.concat([Buffer.from(folder), Buffer.from('/'), name])
  await writeFile(path, content)
  await utimes(path, past, past)
}

async function items(vault: TestVault, id: string): Promise<ImportItem[]> {
  return (await vault.get<{ items: ImportItem[] }>(`/imports/${id}/items?limit=5000`)).items
}

async function hostileFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [number, name] of hostileNames.entries()) await place(folder, name, await jpeg(number))
  // The same in folders whose names are odd themselves.
  for (const [number, name] of [bytes('d', 0xff), bytes('d', 0xfe)].entries()) {
    const below = Buffer.concat([Buffer.from(`${folder}/`), name])
    await mkdir(below)
    await place(below, bytes('in', 0xff, '.jpg'), await jpeg(100 + number))
  }
}
const hostileCount = hostileNames.length + 2

async function originalsOf(vault: TestVault): Promise<Buffer[]> {
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles?limit=2000')
  return Promise.all(
    tiles.map(async ({ id }) => {
      const headers = { 'x-coffer-secret': vault.engine.secret }
      const answer = await vault.engine.fetch(new Request(`http://coffer/api/v1/media/${id}/original`, { headers }))
      assert.equal(answer.status, 200)
      return Buffer.from(await answer.arrayBuffer())
    }),
  )
}

test('path text brings back exactly the bytes it was made of, and no two are one', () => {
  const odd = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each)),
    fc.array(fc.constantFrom(...hostileNames), { maxLength: 4 }).map((each) => Buffer.concat(each)),
    fc.string({ unit: 'binary' }).map((each) => Buffer.from(each)),
  )
  fc.assert(
    fc.property(odd, odd, (one, other) => {
      const text = pathText(one)
      assert.deepEqual(pathBytes(text), one)
      assert.ok(text.isWellFormed())
      const opened = openable(text)
      assert.deepEqual(typeof opened === 'string' ? Buffer.from(opened) : opened, one)
      assert.equal(pathText(pathBytes(text)), text)
      assert.equal(pathText(one) === pathText(other), one.equals(other))
    }),
    { numRuns: 3000 },
  )
  assert.equal(pathText('C:\\half \uD800.jpg'), pathText(bytes('C:\\half ', 0xed, 0xa0, 0x80, '.jpg')))
  assert.equal(shownPath(pathText(bytes('M', 0xfc, 'ller'))), 'M\\xFCller')
  const plain = 'plain Ünicode 😀.jpg'
  assert.equal(pathText(Buffer.from(plain)), plain)
})

test('every file of a hostile folder comes in, once, and is found again without reading', onLinux, async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await hostileFolder(source)
  const done = await vault.import({ paths: [source] })
  assert.deepEqual(
    { status: done.status, seen: done.seen, added: done.added, failed: done.failed },
    { status: 'done', seen: hostileCount, added: hostileCount, failed: 0 },
  )
  const listed = await items(vault, done.id)
  // Only the one that spells an odd byte out (`M\\xFCller`) is shown like the one that has it.
  assert.equal(new Set(listed.map((each) => each.path)).size, hostileCount - 1)
  const again = await vault.import({ paths: [source] })
  assert.deepEqual([again.added, again.duplicates, again.failed], [0, hostileCount, 0])
  const sources = await vault.ask<{ rows: [number, number][] }>('POST', '/sql', {
    sql: 'select count(*), count(distinct path) from vault.media_sources',
  })
  assert.deepEqual(sources.body.rows, [[hostileCount, hostileCount]])
  const verified = await vault.ask('POST', '/verify')
  assert.deepEqual(verified.body, { checked: hostileCount, missing: [], damaged: [], orphans: [] })
  // A drop and a command line hand a name over as text, with U+FFFD for what is no UTF-8: everything shown so is meant.
  const dropped = await vault.import({ paths: [join(source, 'nul\uFFFD\uFFFD.jpg'), join(source, 'd\uFFFD')] })
  assert.deepEqual([dropped.seen, dropped.duplicates], [3, 3])
})

test(
  'what is only indexed in place is opened by its bytes: shown, verified, backed up, exported',
  onLinux,
  async (t) => {
    const vault = await testVault(t)
    const source = join(vault.folder, 'camera')
    await hostileFolder(source)
    const done = await vault.import({ paths: [source], reference: true })
    assert.deepEqual([done.added, done.damaged, done.failed], [hostileCount, 0, 0])
    const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles?limit=2000')
    assert.deepEqual(
      tiles.filter((tile) => !tile.hasThumbnail),
      [],
      'each has its picture',
    )
    assert.equal(new Set((await originalsOf(vault)).map((each) => each.toString('base64'))).size, hostileCount)
    const verified = await vault.ask('POST', '/verify')
    assert.deepEqual(verified.body, { checked: hostileCount, missing: [], damaged: [], orphans: [] })

    const out = join(vault.folder, 'export')
    const started = await vault.ask<{ id: string }>('POST', '/exports', { path: out })
    assert.equal(started.status, 202)
    await vault.engine.vault().jobs.settled()
    const lines = (await readFile(join(out, 'data/media.jsonl'), 'utf8')).trim().split('\n')
    const exported = lines.map((line) => JSON.parse(line) as { path: string; seenAt: [{ pathHex: string | null }] })
    assert.equal(exported.length, hostileCount)
    const hexes = exported.flatMap((line) => line.seenAt[0].pathHex ?? [])
    assert.ok(hexes.includes(Buffer.concat([Buffer.from(`${source}/`), bytes('a', 0xff, '.jpg')]).toString('hex')))
    for (const { path } of exported) assert.ok((await stat(join(out, path))).size > 0, path)

    const other = await testVault(t)
    const back = await other.import({ paths: [out] })
    assert.deepEqual([back.added, back.failed, back.unsupported], [hostileCount, 0, 0])
    // Where the files were seen came back exactly: they are known without reading.
    const known = await other.import({ paths: [source] })
    assert.deepEqual([known.added, known.duplicates], [0, hostileCount])
  },
)

test('a backup of files that are indexed in place under odd names restores each of them', onLinux, async (t) => {
  const folder = await temporaryFolder(t)
  const source = join(folder, 'camera')
  await hostileFolder(source)
  const [vault, repository, restored] = [join(folder, 'vault'), join(folder, 'backup'), join(folder, 'restored')]
  const secret = join(folder, 'passphrase')
  await writeFile(secret, 'lantern umlaut velvet canoe')
  assert.equal((await coffer(['init', vault])).code, 0)
  const env = { COFFER_VAULT: vault }
  const imported = (await coffer(['--json', 'import', source, '--reference'], env)).json<ImportAnswer>()
  assert.deepEqual([imported.added, imported.failed], [hostileCount, 0])
  const saved = await coffer(['--json', 'backup', 'create', repository, '--passphrase-file', secret], env)
  assert.equal(saved.code, 0, saved.stderr)
  const back = await coffer(['backup', 'restore', repository, '--to', restored, '--passphrase-file', secret])
  assert.equal(back.code, 0, back.stderr)
  const verified = (await coffer(['--json', 'verify', '--vault', restored])).json<{ checked: number; damaged: [] }>()
  assert.deepEqual([verified.checked, verified.damaged], [hostileCount, []])
})

test('a watched folder takes files with odd names once, and those that come later', onLinux, async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await hostileFolder(source)
  await vault.ask('POST', '/watched-folders', { path: source })
  const until = async (count: number): Promise<void> => {
    while ((await vault.get<TimelinePage>('/timeline/tiles?limit=2000')).items.length < count) await pause(50)
  }
  await until(hostileCount)
  await place(source, bytes('late', 0xff, '.jpg'), await jpeg(200))
  await place(
    Buffer.concat([Buffer.from(`${source}/`), bytes('d', 0xff)]),
    bytes('late', 0xfe, '.jpg'),
    await jpeg(201),
  )
  await until(hostileCount + 2)
  await vault.engine.vault().watching?.settled()
  await vault.engine.vault().jobs.settled()
  const { items: folders } = await vault.get<{ items: WatchedFolder[] }>('/watched-folders')
  assert.deepEqual([folders[0]?.files, folders[0]?.problem], [hostileCount + 2, null])
  const { items: imports } = await vault.get<{ items: { seen: number }[] }>('/imports')
  assert.equal(
    imports.reduce((sum, each) => sum + each.seen, 0),
    hostileCount + 2,
    'nothing is handed over twice',
  )
})

test('a path as long as a system allows is imported, filed into an album, watched and found again', async (t) => {
  const vault = await testVault(t)
  const root = join(vault.folder, 'deep')
  let folder = root
  // 3,900 bytes, of which no index holds more than 2,704.
  while (Buffer.byteLength(folder) < 3600) folder = join(folder, 'ü'.repeat(120))
  const tooDeep = await mkdir(folder, { recursive: true }).then(
    () => false,
    () => true,
  )
  if (tooDeep) return t.skip('this system has no paths so long')
  const short = join(root, 'short.jpg')
  const long = join(folder, `${'n'.repeat(200)}.jpg`)
  await writeFile(long, await jpeg(1))
  await writeFile(short, await jpeg(2))
  for (const path of [long, short]) await utimes(path, past, past)
  const done = await vault.import({ paths: [root], albumPerFolder: true })
  assert.deepEqual([done.status, done.added, done.failed, done.problem], ['done', 2, 0, null])
  assert.equal((await vault.get<{ items: Album[] }>('/albums')).items.length, 2)
  const again = await vault.import({ paths: [root], albumPerFolder: true })
  assert.deepEqual([again.duplicates, (await vault.get<{ items: Album[] }>('/albums')).items.length], [2, 2])
  const watched = await vault.ask<WatchedFolder>('POST', '/watched-folders', { path: folder })
  assert.equal(watched.status, 201)
  await vault.engine.vault().watching?.settled()
  await vault.engine.vault().jobs.settled()
  const { items: folders } = await vault.get<{ items: WatchedFolder[] }>('/watched-folders')
  assert.deepEqual([folders[0]?.files, folders[0]?.problem], [1, null])
})

/** Seconds since 1970 of times that disks hold and calendars here do not. */
const oddTimes = {
  'zero of Windows, 1601': -11_644_473_600,
  'before 1970': -86_400.5,
  'before 1677': -10_000_000_000,
  'after 2262': 9_300_000_000,
  'year 9508591': 300_000_000_000_000,
}

/** ext4 keeps times of 34 bits, tmpfs of 64. */
async function folderOfAnyTime(t: TestContext): Promise<string> {
  const base = existsSync('/dev/shm') ? '/dev/shm' : await temporaryFolder(t)
  const folder = await mkdtemp(join(base, 'coffer-times-'))
  t.onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test('a file from 1601, 2264 or the year 9508591 comes in like any other', async (t) => {
  const vault = await testVault(t)
  const source = await folderOfAnyTime(t)
  let number = 0
  for (const [name, seconds] of Object.entries(oddTimes)) {
    const path = join(source, `${name}.png`)
    const background = { r: number * 20, g: 3, b: 5 }
    await writeFile(
      path,
      await sharp({ create: { width: 30 + number, height: 20, channels: 3, background } })
        .png()
        .toBuffer(),
    )
    await utimes(path, seconds, seconds)
    number += 1
  }
  for (const reference of [false, true]) {
    const here = reference ? await testVault(t) : vault
    const done = await here.import({ paths: [source], reference })
    assert.deepEqual([done.status, done.added, done.failed, done.problem], ['done', number, 0, null])
    const again = await here.import({ paths: [source], reference })
    assert.deepEqual([again.duplicates, again.failed], [number, 0])
    const { items: tiles } = await here.get<TimelinePage>('/timeline/tiles')
    assert.deepEqual(
      tiles.filter((tile) => tile.takenLocal !== null && tile.takenLocal > '2200'),
      [],
      'no photo was taken in the future',
    )
  }
  const watched = await testVault(t)
  await watched.ask('POST', '/watched-folders', { path: source })
  while ((await watched.get<TimelinePage>('/timeline/tiles')).items.length < number) await pause(50)
})

test('a computer without a time zone, or with one that does not exist, imports all the same', async (t) => {
  const folder = await temporaryFolder(t)
  const vault = join(folder, 'vault')
  assert.equal((await coffer(['init', vault])).code, 0)
  for (const [number, zone] of ['', 'Nonsense/Zone', ':/etc/nowhere', 'Etc/Unknown'].entries()) {
    const source = join(folder, `camera ${number}`)
    await mkdir(source)
    const undated = await sharp({ create: { width: 40 + number, height: 30, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    await place(source, Buffer.from('dated.jpg'), await jpeg(number))
    await place(source, Buffer.from('undated.png'), undated)
    await place(source, Buffer.from('PXL_20240506_070809123.png'), Buffer.concat([undated, Buffer.from('x')]))
    const run = await coffer(['--json', '--vault', vault, 'import', source], { TZ: zone })
    assert.equal(run.code, 0, `${zone}: ${run.stdout}${run.stderr}`)
    assert.equal(run.json<ImportAnswer>().added, 3)
  }
})

test('what a file says of itself never costs it its place: long, odd and impossible facts are cut or left out', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  const packet = (body: string): string =>
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
     <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/">${body}</rdf:Description></rdf:RDF></x:xmpmeta>`
  const alt = (text: string): string =>
    `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt></dc:description>`
  const bag = (words: readonly string[]): string =>
    `<dc:subject><rdf:Bag>${words.map((word) => `<rdf:li>${word}</rdf:li>`).join('')}</rdf:Bag></dc:subject>`
  const packets = [
    packet(bag(['w'.repeat(9000), '\u{1F4F7}'.repeat(3000), 'x', 'x', 'X'])),
    packet(alt('c'.repeat(30_000))),
    packet(bag(Array.from({ length: 3000 }, (_, at) => `word ${at}`))),
    packet('<xmp:Rating>1e308</xmp:Rating><exif:GPSLatitude>999,0N</exif:GPSLatitude>'),
    packet(
      `<tiff:Model>${'m'.repeat(9000)}</tiff:Model><exif:DateTimeOriginal>9999-99-99T99:99:99</exif:DateTimeOriginal>`,
    ),
  ]
  for (const [number, xmp] of packets.entries()) {
    await place(source, Buffer.from(`${number}.jpg`), await jpeg(number))
    await place(source, Buffer.from(`${number}.jpg.xmp`), Buffer.from(xmp))
  }
  const long = 'E'.repeat(40_000)
  const exif = { IFD0: { Make: long, Model: long, ImageDescription: `a\u0000b${long}` } }
  const picture = sharp({ create: { width: 50, height: 40, channels: 3, background: 'olive' } })
  await place(source, Buffer.from('exif.jpg'), await picture.withExif(exif).jpeg().toBuffer())
  const done = await vault.import({ paths: [source] })
  assert.deepEqual(
    [done.status, done.added, done.failed, done.problem],
    ['done', packets.length + 1, 0, null],
    JSON.stringify(await items(vault, done.id)),
  )
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  for (const { id } of tiles) {
    const media = await vault.get<Media>(`/media/${id}`)
    assert.ok((media.description?.length ?? 0) <= 50_000 && (media.camera.model?.length ?? 0) <= 500)
    assert.ok(media.tags.every((tag) => tag.length <= 200) && media.tags.length <= 500)
  }
})

test('what the database refuses costs the files it refuses, each with a sentence, and leaves no stray file', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  for (let number = 0; number < 90; number += 1) {
    const name = number % 30 === 7 ? `cursed ${number}.jpg` : `${number}.jpg`
    await place(source, Buffer.from(name), await jpeg(number))
  }
  // A rule nobody foresaw, as the next odd file will find one.
  await vault.engine.vault().database.asOwner(async (tx) => {
    await tx.execute(
      `create function meta.curse() returns trigger language plpgsql as
       $$ begin raise exception 'value "%" is secret and cursed', new.filename using errcode = '22023'; end $$`,
    )
    await tx.execute(
      `create trigger curse before insert on vault.media for each row when (new.filename like 'cursed%')
       execute function meta.curse()`,
    )
  })
  const done = await vault.import({ paths: [source] })
  assert.deepEqual([done.status, done.added, done.failed, done.problem], ['done', 87, 3, null])
  const failed = (await items(vault, done.id)).filter((each) => each.outcome === 'failed')
  assert.deepEqual(
    failed.map((each) => each.reason),
    failed.map(() => ({ code: 'not-stored', details: {} })),
  )
  const verified = await vault.ask('POST', '/verify')
  assert.deepEqual(verified.body, { checked: 87, missing: [], damaged: [], orphans: [] })
  const logs = await readFile(join(vault.dir, 'logs/engine.log'), 'utf8')
  assert.match(logs, /import-item-not-stored/)
  assert.doesNotMatch(logs, /secret and cursed/)
  const [user = ''] = await readdir(join(vault.dir, 'users'))
  assert.deepEqual(await readdir(join(vault.dir, 'users', user, 'incoming')), [])
  await vault.engine.vault().database.asOwner((tx) => tx.execute('drop trigger curse on vault.media'))
  await vault.ask('POST', `/imports/${done.id}/retry`)
  const retried = await vault.until(done.id, (now) => now.status !== 'running')
  assert.deepEqual([retried.added, retried.failed], [90, 0])
})

test('a given invalid path is refused in words', async (t) => {
  const vault = await testVault(t)
  for (const path of ['\0', '/tmp/a\0b', 'relative/a.jpg', '']) {
    const { status, body } = await vault.ask<{ code: string }>('POST', '/imports', { paths: [path] })
    assert.deepEqual([status, body.code], [400, 'bad-request'], JSON.stringify(path))
    const watched = await vault.ask<{ code: string }>('POST', '/watched-folders', { path })
    assert.deepEqual([watched.status, watched.body.code], [400, 'bad-request'], JSON.stringify(path))
  }
})
