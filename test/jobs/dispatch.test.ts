import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { test } from 'vitest'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { silentLog } from '../../main/engine/base/log.ts'
import type { Database } from '../../main/engine/database/index.ts'
import { enqueue, handle, jobKind, startJobs, type JobHandler, type Jobs } from '../../main/engine/jobs/index.ts'
import { openTestDatabase } from './support.ts'
import { step, type Step } from '../support/step.ts'

const payload = z.object({ what: z.string() })
const workJob = jobKind('work', payload)
const otherJob = jobKind('other', payload)
type Run = Parameters<typeof handle<z.infer<typeof payload>>>[1]

async function begin(t: Step, database: Database, ...handlers: JobHandler[]): Promise<Jobs> {
  const jobs = await startJobs({ database, handlers, log: silentLog })
  t.onTestFinished(() => jobs.close())
  return jobs
}

function add(database: Database, what: string, kind = workJob): Promise<string> {
  return database.asService((tx) => enqueue(tx, { kind, userId: null, payload: { what } }))
}

async function statusOf(database: Database, id: string): Promise<string | undefined> {
  const row = await database.asService((tx) =>
    tx.one<{ status: string }>(`select status from meta.jobs where id = $1`, [id]),
  )
  return row?.status
}

test('stored work is run when it is due', async (t) => {
  // One for all of them: opening a database takes longer than what is done in it.
  const database = await openTestDatabase(t)
  await step('a job begins when it is committed, and not when it is not', async (t) => {
    const seen: unknown[] = []
    const jobs = await begin(
      t,
      database,
      handle(workJob, async ({ payload: { what } }) => {
        seen.push(what)
        return 'done'
      }),
    )
    await jobs.settled()
    const undone = database.asService(async (tx) => {
      await enqueue(tx, { kind: workJob, userId: null, payload: { what: 'undone' } })
      throw new Error('no')
    })
    await assert.rejects(undone, /no/)
    const id = await add(database, 'kept')
    await jobs.settled()
    assert.deepEqual([seen, await statusOf(database, id)], [['kept'], 'done'])
  })

  await step('jobs of one kind and lane follow one another; other kinds and lanes run beside them', async (t) => {
    const running = new Set<string>()
    const met = Promise.withResolvers<void>()
    const order: string[] = []
    const handler =
      (kind: string): Run =>
      async ({ payload: { what } }) => {
        const lane = `${kind} ${what.charAt(0)}`
        assert.ok(!running.has(lane), `two run in ${lane}`)
        running.add(lane)
        order.push(what)
        if (running.size === 3) met.resolve()
        await met.promise
        running.delete(lane)
        return 'done'
      }
    await database.asService(async (tx) => {
      for (const what of ['a1', 'a2', 'b1', 'b2']) {
        await enqueue(tx, { kind: workJob, userId: null, payload: { what }, lane: what.charAt(0) })
      }
      await enqueue(tx, { kind: otherJob, userId: null, payload: { what: 'c1' } })
    })
    const jobs = await begin(t, database, handle(workJob, handler('work')), handle(otherJob, handler('other')))
    await jobs.settled()
    assert.deepEqual(order.toSorted(), ['a1', 'a2', 'b1', 'b2', 'c1'])
    assert.ok(order.indexOf('a1') < order.indexOf('a2') && order.indexOf('b1') < order.indexOf('b2'))
  })

  await step('what waits is not forgotten when the clock is set back', async (t) => {
    let runs = 0
    const again = Promise.withResolvers<void>()
    const jobs = await begin(
      t,
      database,
      handle(workJob, async () => {
        runs += 1
        if (runs === 1) return 'later'
        again.resolve()
        return 'done'
      }),
    )
    const id = await add(database, 'x')
    await jobs.settled()
    // As if the job had been stored before the clock was set back by a day, which the alarm notices when it rings.
    await database.asService((tx) =>
      tx.execute(`update meta.jobs set run_after = run_after + interval '1 day' where id = $1`, [id]),
    )
    const day = 86_400_000
    const now = Date.now.bind(Date)
    const clock = mock.method(Date, 'now', () => now() - day)
    t.onTestFinished(() => clock.mock.restore())
    await again.promise
    await jobs.settled()
    assert.equal(await statusOf(database, id), 'done')
  })

  await step('a job that fails is tried again with growing pauses, and kept with its reason in the end', async (t) => {
    let runs = 0
    const jobs = await begin(
      t,
      database,
      handle(workJob, async () => {
        runs += 1
        throw new Error('the cable is loose')
      }),
    )
    const id = await add(database, 'x')
    const pauses: number[] = []
    for (;;) {
      await jobs.settled()
      const row = await database.asService((tx) =>
        tx.one<{ status: string; seconds: number }>(
          `select status, round(extract(epoch from run_after - updated_at))::integer as seconds from meta.jobs where id = $1`,
          [id],
        ),
      )
      if (row?.status !== 'queued') break
      pauses.push(row.seconds)
      await database.asService(async (tx) => {
        await tx.execute(`update meta.jobs set run_after = now() where id = $1`, [id])
        tx.announce('jobs')
      })
    }
    assert.deepEqual(pauses, [2, 4, 8, 16, 32, 64, 128])
    assert.deepEqual([runs, await statusOf(database, id)], [8, 'failed'])
  })

  await step('a kind that is held begins when the work it waits for has ended', async (t) => {
    const order: string[] = []
    const release = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    let isRunning = false
    const jobs = await begin(
      t,
      database,
      handle(workJob, async () => {
        isRunning = true
        begun.resolve()
        await release.promise
        isRunning = false
        order.push('first')
        return 'done'
      }),
      handle(
        otherJob,
        async () => {
          order.push('second')
          return 'done'
        },
        { isHeld: () => isRunning },
      ),
    )
    await add(database, 'first')
    await begun.promise
    const held = await add(database, 'second', otherJob)
    // Asked after the look that storing it has set off.
    assert.equal(await statusOf(database, held), 'queued')
    release.resolve()
    await jobs.settled()
    assert.deepEqual(order, ['first', 'second'])
  })

  await step('how a job ended is stored once the database can be asked again', async (t) => {
    let isAway = false
    const ended = Promise.withResolvers<void>()
    const flaky: Database = {
      ...database,
      asService: (fn) => (isAway ? Promise.reject(new Error('away')) : database.asService(fn)),
    }
    let runs = 0
    const jobs = await begin(
      t,
      flaky,
      handle(workJob, async () => {
        runs += 1
        isAway = true
        ended.resolve()
        return 'done'
      }),
    )
    const id = await add(database, 'x')
    await ended.promise
    await nextTurn()
    assert.equal(await statusOf(database, id), 'running')
    isAway = false
    await jobs.settled()
    assert.deepEqual([runs, await statusOf(database, id)], [1, 'done'])
  })

  await step('work of another form than its kind has is kept as failed, and not tried again', async (t) => {
    let runs = 0
    const jobs = await begin(
      t,
      database,
      handle(workJob, async () => {
        runs += 1
        return 'done'
      }),
    )
    const row = await database.asService(async (tx) => {
      tx.announce('jobs')
      return tx.one<{ id: string }>(`insert into meta.jobs (kind, payload) values ('work', '{"what": 7}') returning id`)
    })
    await jobs.settled()
    assert.deepEqual([runs, await statusOf(database, row?.id ?? '')], [0, 'failed'])
  })
})

test('without work the database is asked nothing, and what is for later begins at its time', async (t) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() })
  t.onTestFinished(() => mock.timers.reset())
  const database = await openTestDatabase(t)
  const uses = async (): Promise<number> => (await database.figures()).uses
  let runs = 0
  const jobs = await begin(
    t,
    database,
    handle(workJob, async () => {
      runs += 1
      return runs === 1 ? 'later' : 'done'
    }),
  )
  await jobs.settled()
  // What opening wrote is noted and checkpointed by the database itself.
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      mock.timers.tick(1000)
      await nextTurn()
    }
    await jobs.settled()
  }
  await pass(400)
  const before = await uses()
  await pass(3600)
  assert.equal(await uses(), before + 1)

  const id = await add(database, 'x')
  await jobs.settled()
  assert.deepEqual([runs, await statusOf(database, id)], [1, 'queued'])
  await database.asService((tx) => tx.execute(`update meta.jobs set run_after = now() where id = $1`, [id]))
  await pass(6)
  assert.deepEqual([runs, await statusOf(database, id)], [2, 'done'])
})
