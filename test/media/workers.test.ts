import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { startMediaWorkers, type InspectJob, type MediaWorkers } from '../../main/engine/media/index.ts'
import { ownSamples } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'coffer-workers-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const jpegKind = { mediaType: 'photo', mimeType: 'image/jpeg', extension: 'jpg', decodable: true, raw: false } as const

let count = 0
function jobFor(path: string): InspectJob {
  count += 1
  const [gridPath, viewerPath] = [join(folder, `${count}.grid`), join(folder, `${count}.viewer`)]
  return { path, kind: jpegKind, filename: 'IMG_20160822_093541.jpg', mtimeMs: 0, gridPath, viewerPath }
}
const small = (): InspectJob => jobFor(join(ownSamples, 'Canon_40D.jpg'))

/** Progressive and very large: seconds of decoding from half a megabyte. */
async function slowPicture(): Promise<string> {
  const path = join(folder, 'slow.jpg')
  if (existsSync(path)) return path
  const create = { width: 16_000, height: 12_000, channels: 3, background: '#406080' } as const
  await sharp({ create })
    .withExif({ IFD0: { Make: 'Slow' } })
    .jpeg({ progressive: true })
    .toFile(path)
  return path
}

async function withWorkers(
  options: Parameters<typeof startMediaWorkers>[0],
  run: (workers: MediaWorkers) => Promise<void>,
): Promise<void> {
  const workers = startMediaWorkers(options)
  try {
    await run(workers)
  } finally {
    await workers.close()
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('a picture that takes too long is stopped, and only its pictures are lost', async () => {
  await withWorkers({ size: 1, maxSeconds: 0.4 }, async (workers) => {
    assert.equal((await workers.inspect(small())).damage, null)
    const [pid] = workers.pids()
    const job = jobFor(await slowPicture())
    const [slow, next] = await Promise.all([workers.inspect(job), workers.inspect(small())])
    assert.equal(slow.damage, 'Reading the picture took too long. The file is kept as it is.')
    assert.deepEqual([slow.pictures, slow.facts.cameraMake, slow.facts.width], [null, 'Slow', 16_000])
    assert.ok(!existsSync(job.gridPath) && !existsSync(job.viewerPath))
    assert.deepEqual([next.damage, next.facts.cameraMake], [null, 'Canon'])
    assert.notDeepEqual(workers.pids(), [pid])
  })
})

test('a picture that swells its worker is stopped', async () => {
  await withWorkers({ size: 1, maxMemoryMb: 260 }, async (workers) => {
    const slow = await workers.inspect(jobFor(await slowPicture()))
    assert.equal(slow.damage, 'The picture needs more memory than Coffer gives it. The file is kept as it is.')
    assert.equal(slow.facts.cameraMake, 'Slow')
    assert.equal((await workers.inspect(small())).damage, null)
  })
})

test('a worker killed from outside costs nothing: its file is read again', async () => {
  await withWorkers({ size: 1 }, async (workers) => {
    await workers.inspect(small())
    const [pid] = workers.pids()
    assert.ok(pid)
    const jobs = [workers.inspect(jobFor(await slowPicture())), workers.inspect(small()), workers.inspect(small())]
    await sleep(100)
    process.kill(pid, 'SIGKILL')
    const done = await Promise.all(jobs)
    assert.deepEqual(
      done.map((each) => each.damage),
      [null, null, null],
    )
    assert.ok(done.every((each) => each.pictures !== null))
  })
})

test('a file that kills every worker is named, the others are read', async () => {
  await withWorkers({ size: 2 }, async (workers) => {
    await Promise.all([workers.inspect(small()), workers.inspect(small())])
    const killer = setInterval(() => {
      // Whoever has the slow picture is busy for long; the others come and go between two looks.
      for (const pid of workers.pids()) process.kill(pid, 'SIGKILL')
    }, 700)
    const slow = await workers.inspect(jobFor(await slowPicture())).finally(() => clearInterval(killer))
    assert.equal(slow.damage, 'Reading the picture made the decoder crash. The file is kept as it is.')
    assert.deepEqual([slow.pictures, slow.facts.takenLocal], [null, '2016-08-22T09:35:41'])
    assert.equal((await workers.inspect(small())).damage, null)
  })
})

test('an aborted file is left alone at once, and nothing is written for it later', async () => {
  await withWorkers({ size: 1 }, async (workers) => {
    await workers.inspect(small())
    const abort = new AbortController()
    const job = jobFor(await slowPicture())
    const waiting = small()
    const answers = [job, waiting].map((each) =>
      assert.rejects(workers.inspect(each, { signal: abort.signal }), /enough/),
    )
    await sleep(50)
    const started = performance.now()
    abort.abort(new Error('enough'))
    await Promise.all(answers)
    await assert.rejects(workers.inspect(small(), { signal: abort.signal }), /enough/)
    assert.ok(performance.now() - started < 1000)
    await sleep(1500)
    assert.ok(![job, waiting].some((each) => existsSync(each.gridPath) || existsSync(each.viewerPath)))
    assert.equal((await workers.inspect(small())).damage, null)
  })
})

test('pictures that cannot be written are nobody’s damage', async () => {
  await withWorkers({ size: 1 }, async (workers) => {
    const job = { ...small(), gridPath: join(folder, 'missing', 'grid') }
    await assert.rejects(workers.inspect(job), { name: 'CofferError', retry: 'later' })
    assert.equal((await workers.inspect(small())).damage, null)
  })
})

test('closing ends every worker and answers every question', async () => {
  const workers = startMediaWorkers({ size: 2 })
  await Promise.all([workers.inspect(small()), workers.inspect(small())])
  const pids = workers.pids()
  const slow = workers.inspect(jobFor(await slowPicture()))
  const rejected = assert.rejects(slow, { code: 'cancelled' })
  await workers.close()
  await rejected
  assert.ok(pids.length > 0)
  assert.deepEqual(pids.filter(isAlive), [])
  await assert.rejects(workers.inspect(small()), { code: 'cancelled' })
})

test('many files keep all workers busy and come back to who asked', async () => {
  await withWorkers({ size: 3 }, async (workers) => {
    const names = ['Canon_40D.jpg', 'DSCN0010.jpg']
    const jobs = Array.from({ length: 60 }, (_, index) => jobFor(join(ownSamples, names[index % 2] ?? '')))
    const found = await Promise.all(jobs.map((job) => workers.inspect(job)))
    assert.deepEqual(
      found.map((each) => each.facts.cameraMake),
      jobs.map((_, index) => ['Canon', 'NIKON'][index % 2]),
    )
    assert.equal(workers.pids().length, 3)
  })
})
