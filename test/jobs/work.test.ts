import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { test } from 'vitest'
import { createSingle, createWork } from '../../main/engine/jobs/index.ts'

const never = new AbortController().signal
const given = { userId: 'ann', outer: never, detail: null }

test('rates and the time left come from the last seconds', () => {
  let nowMs = 0
  const running = createWork(() => nowMs).of<null>('backup')
  const work = running.begin('b', given)
  const at = (ms: number, bytes: number, phase = 'originals'): (number | null)[] => {
    nowMs = ms
    work.report({ phase, files: bytes / 100, totalFiles: 100, bytes, totalBytes: 10_000 })
    const now = running.find('b')?.progress
    return [now?.filesPerSecond ?? null, now?.bytesPerSecond ?? null, now?.secondsLeft ?? null]
  }
  assert.deepEqual(at(0, 0), [null, null, null])
  assert.deepEqual(at(500, 400), [null, null, null], 'half a second says nothing')
  assert.deepEqual(at(2000, 2000), [10, 1000, 8])
  assert.deepEqual(at(20_000, 2000), [0, 0, null], 'a disk that stands still has no time left to tell')
  assert.deepEqual(at(21_000, 0, 'sample'), [null, null, null], 'another phase begins again')
  work.report({ phase: 'check', files: 0, totalFiles: 40, bytes: 0, totalBytes: 0 })
  nowMs = 23_000
  work.report({ phase: 'check', files: 20, totalFiles: 40, bytes: 0, totalBytes: 0 })
  assert.equal(running.find('b')?.progress.secondsLeft, 2, 'files serve where no bytes are counted')
  work.end()
  assert.equal(running.find('b'), null)
})

test('events come at most four times a second for each piece of work, and once when it has ended', (t) => {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.onTestFinished(() => mock.timers.reset())
  let nowMs = 0
  const registry = createWork(() => nowMs)
  const events: string[] = []
  const stop = registry.listen(({ kind, id, userId, isOver }) => events.push(`${kind} ${id} ${userId} ${isOver}`))
  const work = registry.of<null>('import').begin('a', given)
  for (let step = 0; step < 100; step += 1) {
    work.report({ phase: '', files: step, totalFiles: 0, bytes: 0, totalBytes: 0 })
    nowMs += 10
    mock.timers.tick(10)
  }
  assert.ok(events.length >= 3 && events.length <= 5, `${events.length} in a second`)
  events.length = 0
  work.report({ phase: '', files: 100, totalFiles: 0, bytes: 0, totalBytes: 0 })
  work.end()
  nowMs += 1000
  mock.timers.tick(1000)
  assert.deepEqual(events, ['import a ann true'])
  stop()
  assert.throws(() => registry.of('import'), /its room already/)
})

test('stopping work resolves when it has ended, and closing the engine is no stop', async () => {
  const running = createWork().of<null>('export')
  const closing = new AbortController()
  const work = running.begin('a', { ...given, outer: closing.signal })
  assert.throws(() => running.begin('a', given), /runs already/)
  closing.abort()
  assert.deepEqual([work.signal.aborted, work.isStopped()], [true, false])
  let isOver = false
  const stopping = running.stop('a').then(() => (isOver = true))
  assert.ok(work.isStopped())
  await Promise.resolve()
  assert.ok(!isOver)
  work.end()
  await stopping
  await running.stop('a')
  assert.equal(running.isRunning(), false)
})

test('of work that is done one at a time a second is refused, from the moment the first is asked for', async () => {
  const single = createSingle<string, number>(createWork().of('file'), 'One is being written already.')
  const prepared = Promise.withResolvers<void>()
  const release = Promise.withResolvers<number>()
  const first = single.start(async () => {
    await prepared.promise
    return { about: 'a', phase: 'start', run: () => release.promise }
  })
  const other = async () => ({ about: 'b', phase: 'start', run: async () => 1 })
  await assert.rejects(single.start(other), { code: 'conflict' })
  prepared.resolve()
  await first
  assert.equal(single.state().status, 'running')
  await assert.rejects(single.start(other), { code: 'conflict' })
  release.resolve(7)
  await single.settled()
  const done = single.state()
  assert.deepEqual(done.status === 'done' && [done.about, done.result], ['a', 7])
  await assert.rejects(
    single.start(async () => {
      throw new Error('wrong key')
    }),
    /wrong key/,
  )
  assert.equal(single.state().status, 'done', 'what could not be prepared changes nothing')
  await single.start(async () => ({
    about: 'c',
    phase: 'start',
    run: ({ signal }) =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
  }))
  await single.cancel()
  await single.settled()
  assert.equal(single.state().status, 'cancelled')
})
