import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFile, cp, mkdir, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import type { Album } from '../../main/contract/index.ts'
import { coffer, spawnCoffer } from '../support/coffer.ts'
import { samples, temporaryFolder, withoutSamples } from '../support/folders.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { contentOf, exported, exportedWell, hashesBelow } from './support.ts'
import { step } from '../support/step.ts'

const awkward = [
  'a&b <c> "d".jpg',
  'Straße 😀 ‮gpj.exe.jpg',
  'con.jpg',
  'ends with dots...jpg',
  '-rf.jpg',
  'percent %20 #1?.jpg',
  'line\nbreak.jpg',
  `${'long name '.repeat(20)}.jpg`,
  'ohne Endung',
]

/** A vault with something of every kind: odd names, one name twice, a damaged file, edits, albums, tags, the trash. */
async function fullVault(t: TestContext): Promise<TestVault> {
  const vault = await testVault(t)
  const done = async <T>(method: string, path: string, input?: unknown): Promise<T> => {
    const { status, body } = await vault.ask<T>(method, path, input)
    assert.ok(status < 300, `${method} ${path}: ${JSON.stringify(body)}`)
    return body
  }
  const source = join(vault.folder, 'camera')
  for (const folder of ['one', 'two']) await mkdir(join(source, folder), { recursive: true })
  for (const [number, name] of awkward.entries()) await settledFile(join(source, 'one', name), await jpeg(number))
  for (const [number, name] of ['IMG_1.jpg', 'img_1.JPG'].entries()) {
    await settledFile(join(source, number === 0 ? 'one' : 'two', name), await jpeg(50 + number))
  }
  await settledFile(join(source, 'two', 'cut.jpg'), (await jpeg(60, { width: 400, height: 300 })).subarray(0, 900))
  await settledFile(join(source, 'two', 'undated.png'), await undated())
  await settledFile(join(source, 'two', 'month.jpg'), await jpeg(61, { date: '1993:08:00 00:00:00' }))
  if (!withoutSamples) {
    for (const part of ['exif-samples/jpg/gps', 'formats', 'damaged', 'exif-samples/jpg/xmp']) {
      await cp(join(samples, part), join(source, part), { recursive: true })
    }
    await settle(source)
  }
  await vault.import({ paths: [source], albumPerFolder: true })
  const items = await ids(vault)
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = items
  await done('PATCH', `/media/${first}`, {
    isFavorite: true,
    rating: 5,
    description: 'Zoë & <Łukasz>\n2 lines ]]>',
  })
  await done('PATCH', `/media/${second}`, { takenLocal: '1965-03-04T05:06:07', utcOffsetMinutes: -210 })
  await done('PATCH', `/media/${third}`, { takenLocal: null })
  const album = await done<Album>('POST', '/albums', {
    name: 'Summer / “Łódź”',
    description: 'By hand',
    mediaIds: [fifth, first, fourth, third],
  })
  await done('POST', `/albums/${album.id}/media/move`, { ids: [third], before: first })
  await done('PATCH', `/albums/${album.id}`, { coverMediaId: fourth })
  const gone = await done<Album>('POST', '/albums', { name: 'Trashed', mediaIds: [first] })
  await done('DELETE', `/albums/${gone.id}`)
  await done('POST', '/media/trash', { ids: [fourth] })
  await vault.engine.vault().database.asService(async (tx) => {
    const tag = await tx.one<{ id: string; user: string }>(
      `insert into vault.tags (user_id, name, color) select id, 'Küche/Essen', '#aa3311' from core.users returning id, user_id as user`,
    )
    await tx.execute(
      `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type)
       values ($1, $2, 'media', $3, 'tag', 'tagged_with'), ($1, $2, 'media', $4, 'media', 'variant_of')`,
      [tag?.user, first, tag?.id, second],
    )
    await tx.execute(`update vault.media set metadata = metadata || '{"custom":{"note":"kept"}}' where id = $1`, [
      first,
    ])
  })
  return vault
}

async function undated(): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  return sharp({ create: { width: 30, height: 20, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.4 } } })
    .png()
    .toBuffer()
}

async function settle(folder: string): Promise<void> {
  const past = new Date('2024-01-02T03:04:05Z')
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), past, past)
  }
}

async function ids(vault: TestVault): Promise<string[]> {
  const rows = await vault.engine
    .vault()
    .database.asService((tx) => tx.query<{ id: string }>(`select id from vault.media order by filename, hash`))
  return rows.map((row) => row.id)
}

interface Line {
  readonly id: string
  readonly path: string
  readonly sha256: string
  readonly filename: string
}

async function lines<T = Line>(dir: string, name: string): Promise<T[]> {
  const text = await readFile(join(dir, 'data', name), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

test('what is exported and imported into a new vault is equal by content', async (t) => {
  const vault = await fullVault(t)
  const out = join(vault.folder, 'out')
  const result = await exportedWell(vault, out)
  assert.deepEqual(result.failed, [])
  const files = await hashesBelow(out)
  for (const line of await lines(out, 'media.jsonl')) assert.equal(files.get(line.path), line.sha256, line.path)
  assert.equal(result.files, (await ids(vault)).length)

  const second = await testVault(t)
  const run = await second.import({ paths: [out] })
  assert.deepEqual([run.status, run.problem, run.duplicates, run.unsupported], ['done', null, 0, 0])
  const [before, after] = [await contentOf(vault), await contentOf(second)]
  for (const part of Object.keys(before)) assert.deepEqual(after[part], before[part], part)

  await step('importing it twice, or a part of it, changes nothing', async () => {
    await second.import({ paths: [out] })
    await second.import({ paths: [join(out, 'originals', 'undated')] })
    assert.deepEqual(await contentOf(second), after)
  })
  await step('importing it into the vault it came from changes nothing', async () => {
    const here = await vault.import({ paths: [out] })
    assert.deepEqual([here.added, here.status], [0, 'done'])
    const now = await contentOf(vault)
    for (const part of Object.keys(before)) assert.deepEqual(now[part], before[part], part)
  })
  await step('and what the new vault exports is the same once more', async () => {
    const third = await testVault(t)
    const again = join(second.folder, 'again')
    await exportedWell(second, again)
    await third.import({ paths: [again] })
    const end = await contentOf(third)
    for (const part of ['media', 'albums', 'tags', 'links']) assert.deepEqual(end[part], before[part], part)
  })
})

test('names fit every system, keep what they can, and never meet', async (t) => {
  const vault = await fullVault(t)
  const out = join(vault.folder, 'out')
  await exportedWell(vault, out)
  const media = await lines(out, 'media.jsonl')
  const taken = new Set<string>()
  for (const { path, filename } of media) {
    const name = path.split('/').at(-1) ?? ''
    assert.doesNotMatch(name, /[<>:"\\|?*\p{Cc}\u202E]|[. ]$|^(con|nul)\b/iu, filename)
    assert.ok(Buffer.byteLength(`${name}.supplemental-metadata.json`) <= 255, filename)
    const key = path.normalize('NFC').toLowerCase()
    assert.ok(!taken.has(key), `${path} is there twice`)
    taken.add(key)
  }
  assert.deepEqual(
    media.filter(({ filename }) => /^img_1/i.test(filename)).map(({ path }) => path.split('/').at(-1)),
    ['IMG_1.jpg', 'img_1 (2).JPG'],
  )
  const dated = media.find(({ filename }) => filename === '-rf.jpg')
  const { mtime } = await stat(join(out, dated?.path ?? ''))
  assert.equal(mtime.getFullYear(), 2024)
  assert.equal(mtime.getHours(), 12, 'a file has the time its photo was taken')
})

test('a folder with anything else in it is refused, and nothing that lies in an export is overwritten', async (t) => {
  const vault = await fullVault(t)
  const full = join(vault.folder, 'full')
  await mkdir(full)
  await writeFile(join(full, 'letter.txt'), 'mine')
  const refused = await vault.ask<{ code: string }>('POST', '/exports', { path: full })
  assert.deepEqual([refused.status, refused.body.code], [409, 'export-not-empty'])
  const inside = await vault.ask<{ code: string }>('POST', '/exports', { path: join(vault.dir, 'out') })
  assert.deepEqual([inside.status, inside.body.code], [400, 'path-inside-vault'])

  const out = join(vault.folder, 'out')
  await exportedWell(vault, out)
  const [first, second] = await lines(out, 'media.jsonl')
  assert.ok(first && second)
  // Somebody edited one exported photo, another program one sidecar, and a letter was put beside them.
  await appendFile(join(out, first.path), 'edited')
  await rm(join(out, second.path))
  await writeFile(join(out, second.path), 'another picture altogether')
  const rated = (await lines<Line & { rating: number | null }>(out, 'media.jsonl')).find((each) => each.rating === 5)
  const sidecar = join(out, `${rated?.path}.xmp`)
  const edited = (await readFile(sidecar, 'utf8')).replace('x:xmptk="Coffer"', 'x:xmptk="XMP Core 5.5.0"')
  await writeFile(sidecar, edited)
  const before = await hashesBelow(out)
  const result = await exportedWell(vault, out)
  assert.deepEqual(result.failed, [])
  const after = await hashesBelow(out)
  for (const path of [first.path, second.path, `${rated?.path}.xmp`])
    assert.equal(after.get(path), before.get(path), path)
  for (const line of await lines(out, 'media.jsonl')) assert.equal(after.get(line.path), line.sha256, line.path)

  const stranger = await testVault(t)
  const other = await stranger.ask<{ code: string }>('POST', '/exports', { path: out })
  assert.equal(other.body.code, 'export-not-empty')
})

test('an export is brought up to date: what is new comes, what has its place keeps it', async (t) => {
  const vault = await fullVault(t)
  const out = join(vault.folder, 'out')
  await exportedWell(vault, out)
  const before = new Map((await lines(out, 'media.jsonl')).map((line) => [line.id, line.path]))
  const more = join(vault.folder, 'more')
  await mkdir(more)
  await settledFile(join(more, 'IMG_1.jpg'), await jpeg(777))
  await vault.import({ paths: [more] })
  const result = await exportedWell(vault, out)
  assert.equal(result.files, before.size + 1)
  const after = await lines(out, 'media.jsonl')
  for (const [id, path] of before) assert.equal(after.find((line) => line.id === id)?.path, path)
  assert.match(after.find((line) => !before.has(line.id))?.path ?? '', /IMG_1 \(3\)\.jpg$/)

  const recent = join(vault.folder, 'recent')
  const since = await exportedWell(vault, recent, {
    since: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
  })
  assert.equal(since.files, 0)
})

test('what is gone or damaged is listed, and everything else is exported', async (t) => {
  const vault = await fullVault(t)
  const rows = await vault.engine
    .vault()
    .database.asService((tx) =>
      tx.query<{ path: string; filename: string }>(
        `select file_path as path, filename from vault.media where filename in ('con.jpg', '-rf.jpg') order by filename`,
      ),
    )
  await appendFile(join(vault.dir, rows[0]?.path ?? ''), 'rot')
  await rm(join(vault.dir, rows[1]?.path ?? ''))
  await vault.engine.close()
  const out = join(vault.folder, 'out')
  const run = await coffer(['--vault', vault.dir, '--json', 'export', out])
  assert.equal(run.code, 3)
  const answer = run.json<{
    files: number
    bytes: number
    byType: Record<string, number>
    failed: { filename: string }[]
  }>()
  assert.deepEqual(answer.failed.map((each) => each.filename).toSorted(), ['-rf.jpg', 'con.jpg'])
  assert.ok(answer.files > 5 && answer.bytes > 1000 && (answer.byType['photo'] ?? 0) > 5)
  const wrong = await coffer([
    '--vault',
    vault.dir,
    '--json',
    'export',
    join(vault.folder, 'x'),
    '--since',
    'yesterday',
  ])
  assert.equal(wrong.code, 2)
})

test('sidecars say what was added, in the words of other programs', async (t) => {
  const vault = await fullVault(t)
  const out = join(vault.folder, 'out')
  await exportedWell(vault, out)
  const media = await lines<Line & { rating: number | null; taken: { source: string } }>(out, 'media.jsonl')
  const rated = media.find((each) => each.rating === 5)
  const xmp = await readFile(join(out, `${rated?.path}.xmp`), 'utf8')
  for (const part of [
    'xmp:Rating="5"',
    'Zoë &amp; &lt;Łukasz&gt;&#10;2 lines ]]&gt;',
    '<rdf:li>Küche/Essen</rdf:li>',
    '<rdf:li>Albums|Summer / “Łódź”</rdf:li>',
    '<rdf:li>Albums/Summer ∕ “Łódź”</rdf:li>',
  ]) {
    assert.ok(xmp.includes(part), part)
  }
  const moved = media.find((each) => each.taken.source === 'user')
  assert.match(
    await readFile(join(out, `${moved?.path}.xmp`), 'utf8'),
    /exif:DateTimeOriginal="1965-03-04T05:06:07-03:30"/,
  )
  const takeout = JSON.parse(await readFile(join(out, `${moved?.path}.supplemental-metadata.json`), 'utf8')) as {
    title: string
    photoTakenTime: { timestamp: string }
  }
  assert.deepEqual(
    [takeout.title, takeout.photoTakenTime.timestamp],
    [moved?.filename, String(Date.parse('1965-03-04T05:06:07-03:30') / 1000)],
  )
  // A folder without the manifest is one of any program: then the sidecars alone speak.
  const plain = join(vault.folder, 'plain')
  await mkdir(plain)
  for (const each of [rated, moved]) {
    const name = each?.path.split('/').at(-1) ?? ''
    for (const ending of ['', '.xmp']) await cp(join(out, `${each?.path}${ending}`), join(plain, name + ending))
  }
  await settle(plain)
  const other = await testVault(t)
  await other.import({ paths: [plain] })
  const read = await other.engine.vault().database.asService((tx) =>
    tx.query<{ description: string; rating: number; local: string; zone: number; source: string; tags: string[] }>(
      `select description, rating, taken_local as local, utc_offset_minutes as zone, taken_source as source,
         metadata->'tags' as tags from vault.media order by rating nulls last`,
    ),
  )
  assert.equal(read[0]?.description, 'Zoë & <Łukasz>\n2 lines ]]>')
  assert.equal(read[0]?.rating, 5)
  assert.ok(read[0]?.tags.includes('Küche/Essen'))
  assert.deepEqual([read[1]?.local, read[1]?.zone, read[1]?.source], ['1965-03-04T05:06:07', -210, 'xmp-sidecar'])
  if (spawnSync('exiftool', ['-ver']).status === 0) {
    const told = JSON.parse(
      execFileSync('exiftool', ['-json', '-n', join(out, `${rated?.path}.xmp`)]).toString(),
    ) as Record<string, unknown>[]
    assert.deepEqual([told[0]?.['Rating'], told[0]?.['Subject']], [5, 'Küche/Essen'])
  }
})

test('tables are whole, and hold neither secrets nor what another person has', async (t) => {
  const vault = await fullVault(t)
  const hidden = 'the other one’s words'
  await vault.ask('POST', '/users', { username: 'bob', password: 'a long enough password' })
  const ann = await vault.as('ann')
  const { database } = vault.engine.vault()
  await database.asService(async (tx) => {
    const bob = await tx.one<{ id: string }>(`select id from core.users where username = 'bob'`)
    await tx.execute(`insert into vault.albums (user_id, name) values ($1, $2)`, [bob?.id, hidden])
    await tx.execute(
      `insert into meta.backups (user_id, path, repository_id, sealed_key)
       select id, '/somewhere', core.new_id(), '\\x736561' from core.users where username = 'ann'`,
    )
    await tx.execute(`update core.users set password_hash = '$argon2id$planted' where username = 'ann'`)
  })
  const out = join(vault.folder, 'out')
  const asAnn = await ann.ask('POST', '/exports', { path: out })
  assert.equal(asAnn.status, 202)
  await vault.engine.vault().jobs.settled()
  const all = await Promise.all(
    [...(await hashesBelow(out)).keys()].map(async (path) => ({
      path,
      text: await readFile(join(out, path), 'latin1'),
    })),
  )
  for (const word of [hidden, 'planted', '\\x736561']) {
    const bytes = Buffer.from(word).toString('latin1')
    assert.deepEqual(
      all.filter(({ text }) => text.includes(bytes)).map(({ path }) => path),
      [],
    )
  }
  const media = await readFile(join(out, 'tables/vault.media.jsonl'), 'utf8')
  const csv = await readFile(join(out, 'tables/vault.media.csv'), 'utf8')
  const count = await database.asService((tx) => tx.one<{ n: number }>(`select count(*) as n from vault.media`))
  assert.equal(media.trim().split('\n').length, count?.n)
  assert.ok(csv.includes('"a&b <c> ""d"".jpg"'))
  assert.ok((await readdir(join(out, 'tables'))).includes('meta.backups.csv'))
})

test('an export that was killed is finished by the next one', async (t) => {
  const folder = await temporaryFolder(t)
  const [dir, source, out] = [join(folder, 'vault'), join(folder, 'camera'), join(folder, 'out')]
  await mkdir(source)
  for (let number = 0; number < 120; number += 1) {
    await settledFile(join(source, `${number % 7}.jpg`.padStart(6 + (number % 5), 'x')), await jpeg(number))
    await settledFile(join(source, `p${number}.jpg`), await jpeg(1000 + number, { width: 300, height: 200 }))
  }
  await coffer(['init', dir])
  await coffer(['--vault', dir, 'import', source])
  let killed = 0
  for (let kill = 0; kill < 5; kill += 1) {
    const child = spawnCoffer(['--vault', dir, 'export', out])
    const ended = new Promise<boolean>((done) => child.once('exit', (code) => done(code === null)))
    // Only once it has begun can it be cut off; the later ones at later steps.
    const begun = join(out, 'data', ['files.jsonl', 'schema.json'][kill % 2] ?? '')
    const before = await stat(begun).then(
      (facts) => facts.mtimeMs,
      () => 0,
    )
    for (;;) {
      const now = await stat(begun).then(
        (facts) => facts.mtimeMs,
        () => 0,
      )
      if (now > before || child.exitCode !== null) break
      await pause(5)
    }
    await pause(kill * 40)
    child.kill('SIGKILL')
    if (await ended) killed += 1
  }
  assert.ok(killed > 0, 'no export was killed')
  const run = await coffer(['--vault', dir, '--json', 'export', out])
  assert.equal(run.code, 0, run.stdout)
  const files = await hashesBelow(out)
  const media = await lines(out, 'media.jsonl')
  assert.equal(media.length, run.json<{ files: number }>().files)
  for (const line of media) assert.equal(files.get(line.path), line.sha256)
  assert.deepEqual(
    [...files.keys()].filter((path) => path.endsWith('.part')),
    [],
  )
})

test('a stopped export can be told from a finished one', async (t) => {
  const vault = await fullVault(t)
  const out = join(vault.folder, 'out')
  const started = await vault.ask<{ id: string }>('POST', '/exports', { path: out })
  await vault.ask('POST', `/exports/${started.body.id}/cancel`)
  await vault.engine.vault().jobs.settled()
  const ended = await vault.get<{ status: string }>(`/exports/${started.body.id}`)
  assert.ok(['cancelled', 'done'].includes(ended.status), ended.status)
  assert.equal((await exported(vault, out)).status, 'done')
})

test('posts come out as JSON and as pages, with nothing in them that runs', async (t) => {
  const vault = await testVault(t)
  const { database } = vault.engine.vault()
  await database.asOwner(async (tx) => {
    await tx.execute(
      `insert into core.integrations (user_id, platform, username) select id, 'bluesky', 'ann' from core.users`,
    )
    await tx.execute(
      `insert into vault.posts (user_id, account_id, platform, platform_post_id, author_handle, text_content, url,
         created_at_platform)
       select user_id, id, 'bluesky', 'at://1', 'ann', '<script>alert(1)</script> Grüße', 'javascript:alert(1)',
         '2023-05-06T07:08:09Z' from core.integrations`,
    )
  })
  const out = join(vault.folder, 'out')
  assert.equal((await exportedWell(vault, out)).posts, 1)
  const page = await readFile(join(out, 'posts', '2023.html'), 'utf8')
  assert.ok(page.includes('&lt;script&gt;alert(1)&lt;/script&gt; Grüße'))
  assert.doesNotMatch(page, /<script|href="javascript/)
  assert.match(await readFile(join(out, 'posts', 'index.html'), 'utf8'), /href="2023\.html"/)
  const [post] = await lines<{ text_content: string }>(out, 'posts.jsonl')
  assert.equal(post?.text_content, '<script>alert(1)</script> Grüße')
})
