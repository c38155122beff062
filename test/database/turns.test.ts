import assert from 'node:assert/strict'
import { test } from 'vitest'
import { interactively, type Database } from '../../main/engine/database/index.ts'
import { newVault } from './support.ts'

/** Holds the database's turn until it is let go, so that whatever is asked meanwhile has to wait. */
async function held(database: Database): Promise<{ readonly release: () => Promise<void> }> {
  const begun = Promise.withResolvers<void>()
  const over = Promise.withResolvers<void>()
  const holding = database.asService(async () => {
    begun.resolve()
    await over.promise
  })
  await begun.promise
  return {
    async release() {
      over.resolve()
      await holding
    },
  }
}

test('what a person waits for overtakes background work, and each keeps its own order', async (t) => {
  const { database } = await newVault(t)
  const done: string[] = []
  const work = (name: string) => database.asService(async () => void done.push(name))
  const { release } = await held(database)
  const all = [
    work('job 1'),
    work('job 2'),
    interactively(() => work('page 1')),
    work('job 3'),
    interactively(() => work('page 2')),
  ]
  await release()
  await Promise.all(all)
  assert.deepEqual(done, ['page 1', 'page 2', 'job 1', 'job 2', 'job 3'])
})

test('long background work lets a person in between two of its transactions', async (t) => {
  const { database } = await newVault(t)
  const done: string[] = []
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const job = (async () => {
    for (const name of ['job 1', 'job 2', 'job 3']) {
      await database.asService(async () => {
        done.push(name)
        begun.resolve()
        await release.promise
      })
    }
  })()
  await begun.promise
  const others = database.asService(async () => void done.push('other job'))
  const page = interactively(() => database.asService(async () => void done.push('page')))
  release.resolve()
  await Promise.all([job, others, page])
  assert.deepEqual(done, ['job 1', 'page', 'other job', 'job 2', 'job 3'])
})

test('an endless stream of requests does not keep background work out', async (t) => {
  const { database } = await newVault(t)
  const { release } = await held(database)
  let pages = 0
  let pagesBefore = -1
  const job = database.asService(async () => void (pagesBefore = pages))
  const asking = interactively(() =>
    Promise.all(Array.from({ length: 100 }, () => database.asService(async () => void (pages += 1)))),
  )
  await release()
  await Promise.all([job, asking])
  assert.ok(pagesBefore > 0 && pagesBefore < 50, `${pagesBefore} pages came before`)
})

test('what a request has left behind is background work', async (t) => {
  const { database } = await newVault(t)
  const done: string[] = []
  const asked = Promise.withResolvers<void>()
  let left: Promise<void> = Promise.resolve()
  await interactively(async () => {
    left = asked.promise.then(() => database.asService(async () => void done.push('left behind')))
  })
  const { release } = await held(database)
  asked.resolve()
  await asked.promise
  const page = interactively(() => database.asService(async () => void done.push('page')))
  await release()
  await Promise.all([left, page])
  assert.deepEqual(done, ['page', 'left behind'])
})
