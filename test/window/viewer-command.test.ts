import assert from 'node:assert/strict'
import { test } from 'vitest'
import { commandOf } from '../../renderer/screens/viewer/viewer-command.ts'

test('keys of the viewer walk, rate, date and act; a video keeps its arrows', () => {
  assert.deepEqual(commandOf('ArrowLeft', false), { kind: 'move', step: -1 })
  assert.deepEqual(commandOf('ArrowRight', false), { kind: 'move', step: 1 })
  assert.deepEqual([commandOf('ArrowLeft', true), commandOf('ArrowRight', true)], [null, null])
  assert.deepEqual(commandOf('0', false), { kind: 'rate', stars: 0 })
  assert.deepEqual([commandOf('5', true), commandOf('6', true)], [{ kind: 'rate', stars: 5 }, null])
  assert.deepEqual(commandOf('E', false), { kind: 'date' })
  assert.deepEqual(
    [commandOf('r', false), commandOf('R', false)].map((each) => each?.kind === 'act' && each.action),
    ['rotate', 'rotate'],
  )
  assert.deepEqual(commandOf('Escape', true), { kind: 'act', action: 'close' })
  assert.deepEqual([commandOf('delete', false), commandOf('x', false), commandOf('ArrowUp', false)], [null, null, null])
})
