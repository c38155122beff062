import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { type TestContext, test } from 'vitest'
import { createAlarm, type Alarm } from '../../main/engine/base/alarm.ts'

const minute = 60_000

interface Clock {
  readonly alarm: Alarm
  /** By how much the clock was set back, at each ring. */
  readonly rings: number[]
  /** Lets time pass, as clocks and timers see it. */
  readonly pass: (ms: number) => void
  /** The computer slept, or somebody set the clock: timers know nothing of it. */
  readonly shift: (ms: number) => void
}

function alarmOn(t: TestContext): Clock {
  let nowMs = 1_000_000_000
  const clock = mock.method(Date, 'now', () => nowMs)
  t.onTestFinished(() => clock.mock.restore())
  mock.timers.enable({ apis: ['setTimeout'] })
  t.onTestFinished(() => mock.timers.reset())
  const rings: number[] = []
  return {
    alarm: createAlarm((setBackMs) => rings.push(setBackMs)),
    rings,
    pass(ms) {
      for (let left = ms; left > 0; left -= 1000) {
        nowMs += Math.min(left, 1000)
        mock.timers.tick(Math.min(left, 1000))
      }
    },
    shift(ms) {
      nowMs += ms
    },
  }
}

test('an alarm rings once, at its moment, however far that is', (t) => {
  const { alarm, rings, pass } = alarmOn(t)
  alarm.set(Date.now() + 90 * minute)
  pass(89 * minute)
  assert.deepEqual(rings, [])
  pass(minute)
  assert.deepEqual(rings, [0])
  pass(200 * minute)
  assert.deepEqual(rings, [0])
})

test('a moment that has passed rings at once, and a later word replaces an earlier one', (t) => {
  const { alarm, rings, pass } = alarmOn(t)
  alarm.set(Date.now() + minute)
  alarm.set(Date.now() - minute)
  pass(10)
  assert.deepEqual(rings, [0])
  alarm.set(Date.now() + minute)
  alarm.set(null)
  pass(5 * minute)
  alarm.set(Date.now() + minute)
  alarm.close()
  pass(5 * minute)
  alarm.set(Date.now())
  pass(minute)
  assert.deepEqual(rings, [0])
})

test('a computer that slept, or a clock that was set forward, is noticed within a minute', (t) => {
  const { alarm, rings, pass, shift } = alarmOn(t)
  alarm.set(Date.now() + 8 * 60 * minute)
  pass(minute / 2)
  shift(9 * 60 * minute)
  pass(minute)
  assert.deepEqual(rings, [0])
})

test('a clock that was set back is noticed within a minute, and by how much', (t) => {
  const { alarm, rings, pass, shift } = alarmOn(t)
  alarm.set(Date.now() + 10 * minute)
  pass(minute / 2)
  shift(-2 * 60 * minute)
  pass(minute)
  assert.deepEqual(rings, [2 * 60 * minute])
})
