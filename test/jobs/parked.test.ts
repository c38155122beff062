import assert from 'node:assert/strict'
import { type TestContext, test } from 'vitest'
import { z } from 'zod'
import type { Database } from '../../main/engine/database/index.ts'
import { silentLog } from '../../main/engine/base/log.ts'
import {
  enqueue,
  handle,
  jobKind,
  parkedJobs,
  retryParked,
  startJobs,
  type Jobs,
  type RunningJob,
} from '../../main/engine/jobs/index.ts'
import { openTestDatabase } from './support.ts'

const workJob = jobKind('work', z.object({ what: z.string() }))

interface Row {
  readonly status: string
  readonly suspicion: number
}

async function jobRow(database: Database, id: string): Promise<Row> {
  const row = await database.asService((tx) =>
    tx.one<Row>(`select status, suspicion from meta.jobs where id = $1`, [id]),
  )
  assert.ok(row)
  return row
}

/** What a process that died leaves: a job that runs for so many seconds already. */
async function die(database: Database, id: string, seconds: number): Promise<void> {
  // A row knows by itself when it was last changed, so it is written again.
  await database.asService(async (tx) => {
    const row = await tx.one<{ suspicion: number }>(`delete from meta.jobs where id = $1 returning suspicion`, [id])
    await tx.execute(
      `insert into meta.jobs (id, kind, payload, status, suspicion, updated_at)
       values ($1, 'work', '{"what":"x"}', 'running', $2, now() - make_interval(secs => $3))`,
      [id, row?.suspicion ?? 0, seconds],
    )
  })
}

/** Jobs whose handler does what it is told and notes what it got. */
async function begin(
  t: TestContext,
  database: Database,
  handler: (job: RunningJob) => Promise<'done' | 'interrupted' | 'later'>,
): Promise<{ readonly jobs: Jobs; readonly parked: string[] }> {
  const parked: string[] = []
  const jobs = await startJobs({
    database,
    handlers: [handle(workJob, handler)],
    log: silentLog,
    onParked: async (job) => void parked.push(job.id),
  })
  t.onTestFinished(() => jobs.close())
  return { jobs, parked }
}

const newJob = (database: Database): Promise<string> =>
  database.asService((tx) => enqueue(tx, { kind: workJob, userId: null, payload: { what: 'x' } }))

test('a job that was running when the engine died twice is parked, and a person starts it again', async (t) => {
  const database = await openTestDatabase(t)
  const id = await newJob(database)
  await die(database, id, 60)
  let runs = 0
  const handler = async (): Promise<'done'> => {
    runs += 1
    return 'done'
  }
  // After the first death it runs again; the engine dies once more.
  const first = await startJobs({ database, handlers: [], log: silentLog })
  await first.close()
  assert.deepEqual(await jobRow(database, id), { status: 'queued', suspicion: 100 })
  await die(database, id, 60)
  const { jobs, parked } = await begin(t, database, handler)
  await jobs.settled()
  assert.deepEqual([parked, runs, (await jobRow(database, id)).status], [[id], 0, 'parked'])
  assert.deepEqual(
    (await database.asService((tx) => parkedJobs(tx))).map((job) => job.payload),
    [{ what: 'x' }],
  )
  assert.equal(await database.asService((tx) => retryParked(tx, [id])), 1)
  await jobs.settled()
  assert.deepEqual([runs, await jobRow(database, id)], [1, { status: 'done', suspicion: 0 }])
})

test('what gets something done is not parked, however often the engine dies', async (t) => {
  const database = await openTestDatabase(t)
  const id = await newJob(database)
  for (let death = 0; death < 4; death += 1) {
    await die(database, id, 60)
    const jobs = await startJobs({
      database,
      handlers: [
        handle(workJob, async (job) => {
          job.progressed()
          await new Promise<void>((resolve) => job.signal.addEventListener('abort', () => resolve(), { once: true }))
          return 'interrupted'
        }),
      ],
      log: silentLog,
    })
    t.onTestFinished(() => jobs.close())
    const giveUpAt = performance.now() + 20_000
    let now = await jobRow(database, id)
    while (now.suspicion > 0 && performance.now() < giveUpAt) now = await jobRow(database, id)
    assert.deepEqual(now, { status: 'running', suspicion: 0 })
    await jobs.close()
  }
})

test('a program that is ended again and again at once needs very many deaths to park its work', async (t) => {
  const database = await openTestDatabase(t)
  const id = await newJob(database)
  for (const [before, status] of [
    [0, 'queued'],
    [100, 'queued'],
    [198, 'queued'],
    [199, 'parked'],
  ] as const) {
    await database.asService((tx) => tx.execute(`update meta.jobs set suspicion = $2 where id = $1`, [id, before]))
    await die(database, id, 0)
    const jobs = await startJobs({ database, handlers: [], log: silentLog })
    await jobs.close()
    assert.deepEqual(await jobRow(database, id), { status, suspicion: before + 1 })
  }
})
