import assert from 'node:assert/strict'
import { test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { createRefresher } from '../../renderer/data/refresh.ts'

test('changes that come faster than answers cut no question off, and the last answer is of after the last change', async (t) => {
  const cache = new QueryClient()
  let truth = 0
  let asked = 0
  let cutOff = 0
  const observer = new QueryObserver(cache, {
    queryKey: ['figures'],
    queryFn: async ({ signal }) => {
      asked += 1
      const seen = truth
      await pause(40)
      if (signal.aborted) cutOff += 1
      return seen
    },
  })
  const answers: number[] = []
  t.onTestFinished(observer.subscribe((result) => void (result.data !== undefined && answers.push(result.data))))
  const refresher = createRefresher(cache, 5)
  // A question that each change cuts off would never be answered.
  while (new Set(answers).size < 5) {
    truth += 1
    refresher.refresh(['figures'])
    await pause(3)
  }
  truth += 1
  refresher.refresh(['figures'])
  while (answers.at(-1) !== truth) await pause(5)
  refresher.stop()
  cache.clear()
  assert.equal(cutOff, 0)
  assert.ok(asked <= answers.length + 1, `${asked} questions for ${answers.length} answers`)
})
