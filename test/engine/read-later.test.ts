import assert from 'node:assert/strict'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type TestContext, test } from 'vitest'
import sharp from 'sharp'
import type { Import, ImportItem, Media, Status } from '../../main/contract/index.ts'
import type { RunningJob } from '../../main/engine/jobs/index.ts'
import { runImport, startImport } from '../../main/engine/intake/index.ts'
import { readLater } from '../../main/engine/library/index.ts'
import { startMediaWorkers, type MediaWorkers } from '../../main/engine/media/index.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { testVault, type TestVault } from '../support/engine.ts'

/** Very large and progressive: seconds of decoding from half a megabyte. */
function slowPicture(): Promise<Buffer> {
  const create = { width: 16_000, height: 12_000, channels: 3, background: '#406080' } as const
  return sharp({ create })
    .withExif({ IFD0: { Make: 'Slow' }, IFD2: { DateTimeOriginal: '2021:07:15 10:20:30' } })
    .jpeg({ progressive: true })
    .toBuffer()
}

function workersWith(t: TestContext, maxCpuSeconds: number): MediaWorkers {
  const workers = startMediaWorkers({ size: 1, maxCpuSeconds })
  t.onTestFinished(() => workers.close())
  return workers
}

const jobOf = <Payload extends object>(userId: string, payload: Payload): RunningJob<Payload> => ({
  id: '00000000-0000-0000-0000-000000000000',
  userId,
  payload,
  signal: new AbortController().signal,
  progressed() {},
})

/** An import by workers that have little time, and without the vault's own jobs. */
async function importWith(
  vault: TestVault,
  workers: MediaWorkers,
  source: string,
): Promise<{ userId: string; run: Import }> {
  const { intake, database } = vault.engine.vault()
  const { user } = await database.asService(async (tx) => ({
    user: await tx.one<{ id: string }>(`select id from core.users limit 1`),
  }))
  const userId = user?.id ?? ''
  const context = { ...intake, workers }
  const input = { paths: [source], reference: false, dryRun: false, albumPerFolder: false }
  const importId = await startImport(context, userId, input, async (tx) => {
    await tx.execute(`delete from meta.jobs where kind = 'import'`)
  })
  assert.equal(await runImport(context, jobOf(userId, { importId })), 'done')
  await database.asService((tx) => tx.execute(`delete from meta.jobs where kind = 'read-later'`))
  return { userId, run: await vault.get<Import>(`/imports/${importId}`) }
}

async function itemsOf(vault: TestVault, run: Import): Promise<readonly ImportItem[]> {
  return (await vault.get<{ items: ImportItem[] }>(`/imports/${run.id}/items?limit=100`)).items
}

test('what takes too long is kept, not read yet, and read when there is time', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  await settledFile(join(source, 'slow.jpg'), await slowPicture())
  await settledFile(
    join(source, 'quick.jpg'),
    await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer(),
  )
  const { userId, run } = await importWith(vault, workersWith(t, 0.5), source)
  assert.deepEqual(
    { seen: run.seen, added: run.added, later: run.later, damaged: run.damaged, failed: run.failed },
    { seen: 2, added: 1, later: 1, damaged: 0, failed: 0 },
  )
  const slow = (await itemsOf(vault, run)).find((each) => basename(each.path) === 'slow.jpg')
  assert.equal(slow?.outcome, 'later')
  assert.equal(slow.reason?.code, 'slow-to-read')
  const before = await vault.get<Media>(`/media/${slow.mediaId}`)
  // Its facts were read at once; only its pictures wait.
  assert.deepEqual(
    [before.processingStatus, before.hasThumbnail, before.camera.make, before.takenLocal],
    ['pending', false, 'Slow', '2021-07-15T10:20:30'],
  )

  const { intake } = vault.engine.vault()
  const context = { ...intake, workers: workersWith(t, 30), isBusy: () => false }
  assert.equal(await readLater({ ...context, isBusy: () => true }, jobOf(userId, {})), 'later')
  assert.equal(await readLater(context, jobOf(userId, {})), 'done')
  const after = await vault.get<Media>(`/media/${slow.mediaId}`)
  assert.deepEqual([after.processingStatus, after.processingError, after.hasThumbnail], ['complete', null, true])
  const settled = await vault.get<Import>(`/imports/${run.id}`)
  assert.deepEqual([settled.added, settled.later, settled.seen], [2, 0, 2])
  const problems = await vault.ask<{ missing: unknown[]; orphans: unknown[] }>('POST', '/verify')
  assert.deepEqual([problems.body.missing, problems.body.orphans], [[], []])
})

test('what cannot be read with patience either stays whole, and says why', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  await settledFile(join(source, 'slow.jpg'), await slowPicture())
  const { userId, run } = await importWith(vault, workersWith(t, 0.1), source)
  const { intake } = vault.engine.vault()
  const context = { ...intake, workers: workersWith(t, 0.05), isBusy: () => false }
  assert.equal(await readLater(context, jobOf(userId, {})), 'done')
  const [item] = await itemsOf(vault, run)
  const media = await vault.get<Media>(`/media/${item?.mediaId}`)
  assert.deepEqual([item?.outcome, media.processingStatus, media.hasThumbnail], ['added', 'complete', false])
  assert.equal(media.processingError?.code, 'picture-too-slow')
})

test('what is read later is read together with the sidecar that is kept with it', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  await settledFile(join(source, 'a.jpg'), await jpeg(1))
  const xmp = (rating: number): string =>
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
     <rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="${rating}"/></rdf:RDF></x:xmpmeta>`
  await settledFile(join(source, 'a.jpg.xmp'), xmp(4))
  await settledFile(join(source, 'a.xmp'), xmp(1))
  const { userId, run } = await importWith(vault, workersWith(t, 30), source)
  const { mediaId } = (await itemsOf(vault, run)).find((each) => basename(each.path) === 'a.jpg') ?? {}
  const { intake, database } = vault.engine.vault()
  // As it is stored when no worker got as far as its facts.
  await database.asService(async (tx) => {
    await tx.execute(
      `update vault.media set processing_status = 'pending', processing_error = 'too-busy-to-read', rating = null,
         metadata_extracted = false, taken_source = 'mtime', taken_local = '2024-01-02 03:04:05' where id = $1`,
      [mediaId],
    )
    await tx.execute(`update vault.sidecars set fields = '[]' where media_id = $1`, [mediaId])
  })
  const context = { ...intake, workers: workersWith(t, 30), isBusy: () => false }
  assert.equal(await readLater(context, jobOf(userId, {})), 'done')
  const media = await vault.get<Media>(`/media/${mediaId}`)
  assert.deepEqual(
    [media.processingStatus, media.processingError, media.rating, media.takenLocal],
    ['complete', null, 4, '2024-06-15T12:00:00'],
  )
  const fields = media.sidecars.map((each) => [each.filename, each.fields])
  assert.deepEqual(fields.toSorted(), [
    ['a.jpg.xmp', ['rating']],
    ['a.xmp', []],
  ])
})

test('an original that is away waits for the next start', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  await settledFile(join(source, 'slow.jpg'), await slowPicture())
  const { userId, run } = await importWith(vault, workersWith(t, 0.5), source)
  const [item] = await itemsOf(vault, run)
  const { intake, database } = vault.engine.vault()
  const row = await database.asService((tx) =>
    tx.one<{ path: string }>(`select file_path as path from vault.media where id = $1`, [item?.mediaId]),
  )
  const original = join(vault.dir, row?.path ?? '')
  await rename(original, `${original}.away`)
  const context = { ...intake, workers: workersWith(t, 30), isBusy: () => false }
  assert.equal(await readLater(context, jobOf(userId, {})), 'done')
  assert.equal((await vault.get<Media>(`/media/${item?.mediaId}`)).processingStatus, 'pending')
  await rename(`${original}.away`, original)
  assert.equal(await readLater(context, jobOf(userId, {})), 'done')
  assert.equal((await vault.get<Media>(`/media/${item?.mediaId}`)).processingStatus, 'complete')
})

test('an import that the engine died over is set aside, said, and goes on when asked', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  await writeFile(join(source, 'a.txt'), 'x')
  const run = await vault.import({ paths: [source] })
  const { database } = vault.engine.vault()
  await database.asService(async (tx) => {
    const user = await tx.one<{ id: string }>(`select id from core.users limit 1`)
    await tx.execute(`update meta.imports set status = 'running', finished_at = null where id = $1`, [run.id])
    // As two deaths leave it: it was running, and nothing had come of it.
    await tx.execute(
      `insert into meta.jobs (kind, user_id, payload, status, suspicion, updated_at)
       values ('import', $1, jsonb_build_object('importId', $2::text), 'running', 100, now() - interval '1 minute')`,
      [user?.id, run.id],
    )
  })
  await vault.engine.close()
  const { startEngine } = await import('../../main/engine/engine.ts')
  const { vaultOver } = await import('../support/engine.ts')
  const engine = startEngine({ stateDir: null, isWatching: true })
  t.onTestFinished(() => engine.close())
  await engine.open(vault.dir)
  const again = vaultOver(engine, vault.dir, vault.folder)
  const parked = await again.get<Import>(`/imports/${run.id}`)
  assert.equal(parked.status, 'failed')
  assert.equal(parked.problem?.code, 'import-parked')
  const codes = async (): Promise<string[]> => (await again.get<Status>('/status')).problems.map((each) => each.code)
  assert.ok((await codes()).includes('job-parked'))
  const repaired = await again.ask<{ repaired: string[] }>('POST', '/doctor')
  assert.match(repaired.body.repaired.join(' '), /set aside/)
  const ended = await again.until(run.id, (now) => now.status !== 'running')
  assert.deepEqual([ended.status, ended.problem], ['done', null])
  assert.ok(!(await codes()).includes('job-parked'))
})
