import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import {
  eventSchema,
  fromWire,
  type Album,
  type AnyObject,
  type Import,
  type ImportItem,
  type ImportProgress,
  type Media,
  type TimelinePage,
  type TrashPage,
  type VaultState,
} from '../../main/contract/index.ts'
import { newId } from '../../main/engine/base/ids.ts'
import { keepAll } from '../../main/engine/files/index.ts'
import { coffer } from '../support/coffer.ts'
import { startEngineProcess, type EngineProcess } from '../support/engine-process.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { busyLog } from '../support/busy-log.ts'
import { temporaryFolder } from '../support/folders.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

const past = new Date('2024-01-02T03:04:05Z')
/** More of the same: `COFFER_KILLS=100`. */
const kills = Math.min(Number(process.env['COFFER_KILLS'] ?? 4), 30)
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function items(vault: TestVault, id: string): Promise<ImportItem[]> {
  return (await vault.get<{ items: ImportItem[] }>(`/imports/${id}/items?limit=5000`)).items
}

async function live(vault: TestVault): Promise<Media[]> {
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles?limit=2000')
  return Promise.all(tiles.map(({ id }) => vault.get<Media>(`/media/${id}`)))
}

async function isSound(vault: TestVault, checked: number): Promise<void> {
  const verified = await vault.ask('POST', '/verify')
  assert.deepEqual(verified.body, { checked, missing: [], damaged: [], orphans: [] })
}

test('a copy still being written of a picture that is here already becomes a duplicate', async (t) => {
  const vault = await testVault(t)
  const [first, second] = [join(vault.folder, 'first'), join(vault.folder, 'second')]
  for (const folder of [first, second]) await mkdir(folder)
  const bytes = await jpeg(5, { width: 900, height: 700 })
  await settledFile(join(first, 'a.jpg'), bytes)
  await vault.import({ paths: [first] })
  const path = join(second, 'growing.jpg')
  await writeFile(path, bytes.subarray(0, 900))
  const started = await vault.ask<Import>('POST', '/imports', { paths: [second] })
  await vault.until(started.body.id, (now) => now.scanComplete)
  await appendFile(path, bytes.subarray(900))
  const done = await vault.until(started.body.id, (now) => now.status !== 'running')
  assert.deepEqual(
    [done.status, done.added, done.duplicates, done.failed, done.problem],
    ['done', 0, 1, 0, null],
    JSON.stringify(await items(vault, done.id)),
  )
  await isSound(vault, 1)
})

test('bytes that come in by two ways at once are one item', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  const pictures = await Promise.all(Array.from({ length: 12 }, (_, at) => jpeg(at, { width: 300 + at })))
  for (const [at, bytes] of pictures.entries()) await settledFile(join(source, `${at}.jpg`), bytes)
  const upload = async (bytes: Buffer): Promise<number> => {
    const form = new FormData()
    form.set('file', new Blob([Uint8Array.from(bytes)]), 'sent.jpg')
    const headers = { 'x-coffer-secret': vault.engine.secret }
    const request = new Request('http://coffer/api/v1/media/upload', { method: 'POST', headers, body: form })
    return (await vault.engine.fetch(request)).status
  }
  const importing = vault.import({ paths: [source] })
  const statuses = await Promise.all(pictures.map(upload))
  const done = await importing
  assert.deepEqual([done.status, done.failed, done.problem], ['done', 0, null])
  assert.ok(
    statuses.every((status) => status === 200 || status === 201),
    String(statuses),
  )
  assert.equal(done.added + statuses.filter((status) => status === 201).length, pictures.length)
  assert.equal((await live(vault)).length, pictures.length)
  await isSound(vault, pictures.length)
})

for (const reference of [false, true]) {
  test(`a slow copy that came in half gives way to the whole picture${reference ? ', indexed in place too' : ''}`, async (t) => {
    const vault = await testVault(t)
    const source = join(vault.folder, 'camera')
    await mkdir(source)
    const bytes = await jpeg(7, { width: 900, height: 700 })
    const path = join(source, 'slow.jpg')
    await settledFile(path, bytes.subarray(0, Math.floor(bytes.length / 2)))
    const half = await vault.import({ paths: [source], reference })
    assert.deepEqual([half.added, half.damaged], [0, 1])
    const [before] = await live(vault)
    const id = before?.id ?? ''
    await vault.ask('PATCH', `/media/${id}`, { description: 'By the sea', isFavorite: true })
    const album = await vault.ask<Album>('POST', '/albums', { name: 'Mine', mediaIds: [id] })
    await vault.ask('POST', '/media/tags', { ids: [id], name: 'boat', isTagged: true })
    await appendFile(path, bytes.subarray(Math.floor(bytes.length / 2)))
    await utimes(path, past, new Date('2024-01-02T03:04:09Z'))
    const whole = await vault.import({ paths: [source], reference })
    assert.deepEqual([whole.added, whole.damaged, whole.failed], [1, 0, 0])
    const [after, ...others] = await live(vault)
    assert.deepEqual(
      [others.length, after?.hash, after?.description, after?.isFavorite, after?.tags, after?.processingStatus],
      [0, hashOf(bytes), 'By the sea', true, ['boat'], 'complete'],
    )
    assert.equal((await vault.get<Album>(`/albums/${album.body.id}`)).mediaCount, 1)
    const trash = await vault.get<TrashPage>('/trash')
    assert.deepEqual(
      trash.items.map((tile) => tile.id),
      reference ? [] : [id],
      'nothing that was kept is lost',
    )
    await vault.engine.vault().jobs.settled()
    await isSound(vault, reference ? 1 : 2)
  })
}

test('a copy into a file that was made of zeros first gives way to the whole picture too', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  const bytes = await jpeg(7, { width: 900, height: 700 })
  const path = join(source, 'preallocated.jpg')
  const part = Buffer.alloc(bytes.length)
  bytes.copy(part, 0, 0, Math.floor(bytes.length / 2))
  await settledFile(path, part)
  assert.equal((await vault.import({ paths: [source] })).damaged, 1)
  await writeFile(path, bytes)
  await utimes(path, past, new Date('2024-01-02T03:04:09Z'))
  assert.equal((await vault.import({ paths: [source] })).added, 1)
  assert.deepEqual(
    (await live(vault)).map((each) => each.hash),
    [hashOf(bytes)],
  )
})

test('another picture under the name of a damaged one is a picture of its own', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  const path = join(source, 'a.jpg')
  await settledFile(path, (await jpeg(1, { width: 900, height: 700 })).subarray(0, 900))
  await vault.import({ paths: [source] })
  // It may even get the very place on disk of the one that went.
  await rm(path)
  await settledFile(path, await jpeg(2, { width: 900, height: 700 }))
  await vault.import({ paths: [source] })
  const found = await live(vault)
  assert.equal(found.length, 2)
  assert.deepEqual(found.filter((each) => each.processingStatus === 'failed').length, 1)
})

test('a log that is written to all the time does not hold up an import', { timeout: 580_000 }, async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  for (let number = 0; number < 3; number += 1) await settledFile(join(source, `${number}.jpg`), await jpeg(number))
  const log = await busyLog(join(source, 'server.log'), 60)
  // A file that never rests is given up after ten minutes: the time limit of this test tells the two apart, however busy.
  const done = await vault.import({ paths: [source] })
  assert.deepEqual([done.status, done.added, done.unsupported, done.failed], ['done', 3, 1, 0])
  await log.stop()
})

test('a file that cannot be moved to its place costs only itself, and one that is not stored is removed again', async (t) => {
  const folder = await temporaryFolder(t)
  const incoming = join(folder, 'users/u/incoming')
  await mkdir(incoming, { recursive: true })
  const batch = ['a', 'b', 'c'].map((name) => ({
    owner: newId(),
    from: join(incoming, name),
    to: `users/u/media/${name}`,
    durable: true,
  }))
  const [a, b, c] = batch
  assert.ok(a && b && c)
  for (const each of [a, c]) await writeFile(each.from, 'x')
  let unmoved: string[] = []
  await keepAll(folder, incoming, batch, async (failed) => {
    unmoved = [...failed.keys()]
    assert.deepEqual((await readdir(join(folder, 'users/u/media'))).toSorted(), ['a', 'c'])
    return new Set([c.owner])
  })
  assert.deepEqual(unmoved, [b.owner])
  assert.deepEqual(await readdir(join(folder, 'users/u/media')), ['a'])
  assert.deepEqual(await readdir(incoming), [])
})

test('an upload goes before what a long import has still to do', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  for (let number = 0; number < 150; number += 1) {
    await settledFile(join(source, `${number}.jpg`), await jpeg(number, { width: 1000 + number, height: 900 }))
  }
  const { body: started } = await vault.ask<Import>('POST', '/imports', { paths: [source] })
  await vault.until(started.id, (now) => now.added > 0)
  const form = new FormData()
  form.set('file', new Blob([Uint8Array.from(await jpeg(999))]), 'sent.jpg')
  const headers = { 'x-coffer-secret': vault.engine.secret }
  const request = new Request('http://coffer/api/v1/media/upload', { method: 'POST', headers, body: form })
  const answer = await vault.engine.fetch(request)
  assert.equal(answer.status, 201)
  assert.ok(((await answer.json()) as AnyObject).id)
  const during = await vault.get<Import>(`/imports/${started.id}`)
  assert.equal(during.status, 'running', 'the upload did not wait for the import')
  const done = await vault.until(started.id, (now) => now.status !== 'running')
  assert.deepEqual([done.added, done.failed], [150, 0])
  await isSound(vault, 151)
})

test('progress comes with the events, and stopping is answered at once', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  for (let number = 0; number < 120; number += 1) {
    await settledFile(join(source, `${number}.jpg`), await jpeg(number, { width: 1200, height: 900 }))
  }
  const stop = new AbortController()
  const heard: { at: number; progress: ImportProgress | null }[] = []
  const listening = vault.listen((data) => {
    const event = eventSchema.parse(fromWire(eventSchema, JSON.parse(data)))
    if (event.kind === 'import') heard.push({ at: performance.now(), progress: event.progress })
  }, stop.signal)
  const { body: started } = await vault.ask<Import>('POST', '/imports', { paths: [source] })
  await vault.until(started.id, (now) => now.added > 20)
  const paused = await vault.ask<Import>('POST', `/imports/${started.id}/pause`)
  assert.equal(paused.body.status, 'paused')
  assert.ok(paused.body.added < 120, 'pausing was answered while most was still to do')
  await vault.ask('POST', `/imports/${started.id}/resume`)
  const done = await vault.until(started.id, (now) => now.status !== 'running')
  assert.deepEqual([done.status, done.added], ['done', 120])
  while (heard.at(-1)?.progress !== null) await pause(20)
  stop.abort()
  await listening
  const told = heard.flatMap(({ progress }) => progress ?? [])
  assert.ok(told.length >= 3, `only ${told.length} events`)
  const files = told.map((each) => each.added)
  assert.deepEqual(
    files,
    files.toSorted((left, right) => left - right),
    'the figures only grow',
  )
  assert.ok(told.some((each) => each.added > 0 && each.added < 120 && each.seen === 120 && each.currentFile !== null))
  const seconds = ((heard.at(-1)?.at ?? 0) - (heard[0]?.at ?? 0)) / 1000
  assert.ok(heard.length <= seconds * 5 + 6, `${heard.length} events in ${seconds} s`)
})

test('a cancelled or undone import stores nothing more, however soon that is looked at', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  for (let number = 0; number < 150; number += 1) await settledFile(join(source, `${number}.jpg`), await jpeg(number))
  for (const verb of ['cancel', 'undo']) {
    const { body: started } = await vault.ask<Import>('POST', '/imports', { paths: [source] })
    await vault.until(started.id, (now) => now.added + now.duplicates > 10)
    const { body: stopped } = await vault.ask<Import>('POST', `/imports/${started.id}/${verb}`)
    const here = (await live(vault)).length
    await pause(600)
    const later = await vault.get<Import>(`/imports/${started.id}`)
    assert.deepEqual([later.status, later.added], [stopped.status, stopped.added])
    assert.equal((await live(vault)).length, here)
  }
})

test('pictures of what lies in the trash are made again too', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  for (let number = 0; number < 2; number += 1) await settledFile(join(source, `${number}.jpg`), await jpeg(number))
  await vault.import({ paths: [source] })
  const [first] = await live(vault)
  await vault.ask('DELETE', `/media/${first?.id}`)
  const [user = ''] = await readdir(join(vault.dir, 'users'))
  await rm(join(vault.dir, 'users', user, 'thumbnails'), { recursive: true })
  await vault.ask('POST', '/doctor')
  await isSound(vault, 2)
})

test('a folder that could not be read is looked into again when the import is retried', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  await symlink(join(vault.folder, 'drive'), join(source, 'drive'))
  const done = await vault.import({ paths: [source] })
  assert.deepEqual([done.seen, done.added, done.failed], [1, 0, 1])
  await mkdir(join(vault.folder, 'drive'))
  for (const number of [1, 2]) await settledFile(join(vault.folder, 'drive', `${number}.jpg`), await jpeg(number))
  await vault.ask('POST', `/imports/${done.id}/retry`)
  const retried = await vault.until(done.id, (now) => now.status !== 'running')
  assert.deepEqual([retried.seen, retried.added, retried.failed], [2, 2, 0])
})

async function untilReady(engine: EngineProcess): Promise<void> {
  while ((await engine.ask<VaultState>('GET', '/vault')).state !== 'ready') await pause(20)
}

test('an undo that is killed is done whole or not at all', { timeout: 900_000 }, async (t) => {
  const folder = await temporaryFolder(t)
  const source = join(folder, 'camera')
  await mkdir(source)
  const files = 100
  for (let number = 0; number < files; number += 1) await settledFile(join(source, `${number}.jpg`), await jpeg(number))
  const vault = join(folder, 'vault')
  assert.equal((await coffer(['init', vault])).code, 0)
  let engine = await startEngineProcess(vault, folder)
  t.onTestFinished(() => engine.kill())
  let cut = 0
  for (let round = 0; round < kills; round += 1) {
    await untilReady(engine)
    let now = await engine.ask<Import>('POST', '/imports', { paths: [source] })
    while (now.status === 'running') {
      await pause(30)
      now = await engine.ask<Import>('GET', `/imports/${now.id}`)
    }
    assert.equal(now.added, files)
    const undoing = engine.ask('POST', `/imports/${now.id}/undo`).then(
      () => 'answered',
      () => 'cut off',
    )
    await pause((round % 6) * 12)
    await engine.kill()
    if ((await undoing) === 'cut off') cut += 1
    engine = await startEngineProcess(vault, folder)
    await untilReady(engine)
    const after = await engine.ask<Import>('GET', `/imports/${now.id}`)
    const { items: tiles } = await engine.ask<TimelinePage>('GET', '/timeline/tiles?limit=2000')
    const wanted = after.status === 'undone' ? 0 : files
    assert.deepEqual([after.status, tiles.length], [after.status === 'undone' ? 'undone' : 'done', wanted])
    if (after.status !== 'undone') await engine.ask('POST', `/imports/${now.id}/undo`)
  }
  assert.ok(cut >= 1, 'no kill met an undo')
  assert.equal((await stat(join(vault, 'vault.json'))).isFile(), true)
  assert.ok((await readFile(join(vault, 'logs/engine.log'), 'utf8')).length > 0)
})
