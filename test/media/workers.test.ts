import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, test } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { startMediaWorkers, type InspectJob, type MediaWorkers } from '../../main/engine/media/index.ts'
import { ownSamples } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'coffer-workers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
function jobFor(path: string): InspectJob {
  count += 1
  const [gridPath, viewerPath] = [join(folder, `${count}.grid`), join(folder, `${count}.viewer`)]
  return { path, filename: 'IMG_20160822_093541.jpg', mtimeMs: 0, gridPath, viewerPath }
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

/** Processor time a process has used, as /proc counts it: in hundredths of a second. */
function cpuSeconds(pid: number): number {
  const [user = 0, system = 0] =
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? []
  return (user + system) / 100
}

test('a picture that takes too much processor time is stopped, and only its pictures wait', async () => {
  await withWorkers({ size: 1, maxCpuSeconds: 0.4 }, async (workers) => {
    assert.equal((await workers.inspect(small()))?.damage, null)
    const [pid] = workers.pids()
    const job = jobFor(await slowPicture())
    const [slow, next] = await Promise.all([workers.inspect(job), workers.inspect(small())])
    assert.equal(slow?.later, 'slow-to-read')
    assert.deepEqual([slow?.damage, slow?.note], [null, null])
    assert.deepEqual([slow?.pictures, slow?.facts.cameraMake, slow?.facts.width], [null, 'Slow', 16_000])
    assert.ok(!existsSync(job.gridPath) && !existsSync(job.viewerPath))
    assert.deepEqual([next?.damage, next?.facts.cameraMake], [null, 'Canon'])
    assert.notDeepEqual(workers.pids(), [pid])
  })
})

test('a picture that waited gets more time, and its pictures are made then', async () => {
  await withWorkers({ size: 1, maxCpuSeconds: 0.4 }, async (workers) => {
    const job = jobFor(await slowPicture())
    const patient = await workers.inspect(job, { isPatient: true })
    assert.deepEqual([patient?.damage, patient?.later, patient?.note], [null, null, null])
    assert.ok(patient?.pictures && existsSync(job.gridPath))
  })
})

test('what even patience cannot read is whole all the same', async () => {
  await withWorkers({ size: 1, maxCpuSeconds: 0.05 }, async (workers) => {
    const found = await workers.inspect(jobFor(await slowPicture()), { isPatient: true })
    assert.deepEqual([found?.damage, found?.later, found?.pictures], [null, null, null])
    assert.equal(found?.note, 'picture-too-slow')
  })
})

test('a computer that lets its workers wait makes no file worse', async () => {
  await withWorkers({ size: 1, maxCpuSeconds: 1.5 }, async (workers) => {
    await workers.inspect(small())
    const [pid = 0] = workers.pids()
    const slow = workers.inspect(jobFor(await slowPicture()))
    // Stopped for longer than the file may take: none of that is the file's time.
    await sleep(100)
    process.kill(pid, 'SIGSTOP')
    await sleep(2500)
    process.kill(pid, 'SIGCONT')
    const found = await slow
    assert.deepEqual([found?.damage, found?.later], [null, null])
    assert.ok(found?.pictures)
  })
})

test('a worker that does not answer is given up by the clock, and its file is read later', async () => {
  await withWorkers({ size: 1, maxWallSeconds: 2 }, async (workers) => {
    await workers.inspect(small())
    const [pid = 0] = workers.pids()
    const job = jobFor(await slowPicture())
    const slow = workers.inspect(job)
    await sleep(100)
    process.kill(pid, 'SIGSTOP')
    const found = await slow
    assert.deepEqual([found?.damage, found?.kind.mimeType], [null, 'image/jpeg'])
    assert.equal(found?.later, 'too-busy-to-read')
    assert.ok(!existsSync(job.gridPath))
    assert.equal((await workers.inspect(small()))?.damage, null)
  })
})

test('a decoder that never lets go of its thread is stopped too', async () => {
  await withWorkers({ size: 1, maxCpuSeconds: 0.6 }, async (workers) => {
    // FFmpeg as WebAssembly holds the thread it runs on until it is done.
    const path = join(folder, 'large.ppm')
    writeFileSync(path, Buffer.concat([Buffer.from('P6\n9000 9000\n255\n'), Buffer.alloc(9000 * 9000 * 3)]))
    const found = await workers.inspect({ ...jobFor(path), filename: 'large.ppm' })
    assert.equal(found?.later, 'slow-to-read')
    assert.equal((await workers.inspect(small()))?.damage, null)
  })
})

test('first bytes are recognised in a worker, ahead of pictures that wait', async () => {
  await withWorkers({ size: 1 }, async (workers) => {
    const slow = [workers.inspect(jobFor(await slowPicture())), workers.inspect(jobFor(await slowPicture()))]
    const kind = await workers.recognise(Buffer.from('<!-- -->'.repeat(200) + '<svg/>'), 'notes.xml')
    assert.equal(kind?.mimeType, 'image/svg+xml')
    assert.equal(await workers.recognise(Buffer.from('words'), 'notes.txt'), null)
    assert.equal((await Promise.all(slow)).length, 2)
  })
})

test('only facts are read where only facts are wanted', async () => {
  await withWorkers({ size: 1 }, async (workers) => {
    const job = small()
    const found = await workers.inspect(job, { isFactsOnly: true })
    assert.deepEqual([found?.pictures, found?.facts.cameraMake, existsSync(job.gridPath)], [null, 'Canon', false])
  })
})

test('a picture that swells its worker is stopped', async () => {
  await withWorkers({ size: 1, maxMemoryMb: 260 }, async (workers) => {
    const slow = await workers.inspect(jobFor(await slowPicture()))
    assert.deepEqual([slow?.damage, slow?.facts.cameraMake], [null, 'Slow'])
    assert.equal(slow?.later, 'large-to-read')
    assert.equal((await workers.inspect(small()))?.damage, null)
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
      done.map((each) => each?.damage),
      [null, null, null],
    )
    assert.ok(done.every((each) => each?.pictures))
  })
})

test('a file that kills every worker is named, the others are read', async () => {
  await withWorkers({ size: 2 }, async (workers) => {
    await Promise.all([workers.inspect(small()), workers.inspect(small())])
    // More work than starting and a small picture take is the slow picture, however busy the machine is.
    const enough = Math.max(...workers.pids().map(cpuSeconds)) + 0.2
    const killer = setInterval(() => {
      for (const pid of workers.pids()) if (cpuSeconds(pid) > enough) process.kill(pid, 'SIGKILL')
    }, 20)
    const slow = await workers.inspect(jobFor(await slowPicture())).finally(() => clearInterval(killer))
    assert.equal(slow?.damage, 'decoder-crashed')
    assert.deepEqual([slow?.pictures, slow?.facts.takenLocal], [null, '2016-08-22T09:35:41'])
    assert.equal((await workers.inspect(small()))?.damage, null)
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
    assert.equal((await workers.inspect(small()))?.damage, null)
  })
})

test('pictures that cannot be written are nobody’s damage', async () => {
  await withWorkers({ size: 1 }, async (workers) => {
    const job = { ...small(), gridPath: join(folder, 'missing', 'grid') }
    await assert.rejects(workers.inspect(job), { name: 'CofferError', retry: 'later' })
    assert.equal((await workers.inspect(small()))?.damage, null)
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
      found.map((each) => each?.facts.cameraMake),
      jobs.map((_, index) => ['Canon', 'NIKON'][index % 2]),
    )
    assert.equal(workers.pids().length, 3)
  })
})
