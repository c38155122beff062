import './browser.ts'
import assert from 'node:assert/strict'
import { test } from 'vitest'
import type { Tile } from '../../main/contract/index.ts'
import type { TimelineDay, TimelineSpot } from '../../renderer/data/timeline.ts'
import { pressInGrid, type GridHand, type GridPress } from '../../renderer/components/photos/grid-keys.ts'
import { layOut } from '../../renderer/screens/timeline/layout.ts'
import { ledTo, spotNear } from '../../renderer/screens/timeline/places.ts'

const spot = (id: string): TimelineSpot => ({ day: '2024-05-01', id })

/** Presses keys in a grid where the arrow to the right leads from a to b, and tells what was done. */
function pressed(press: Partial<GridPress>, hand: Partial<GridHand> = {}): readonly string[] {
  const done: string[] = []
  const noteSpot =
    (name: string) =>
    ({ id }: TimelineSpot): void =>
      void done.push(`${name} ${id}`)
  const isOurs = pressInGrid(
    { key: '', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, isInGrid: true, ...press },
    {
      chosen: new Map(),
      actions: {
        toggle: noteSpot('toggle'),
        extendTo: noteSpot('extend to'),
        toggleDay: () => void done.push('toggle day'),
        widen: (day, count) => void done.push(`widen ${day} ${count}`),
        replace: () => void done.push('replace'),
        clear: () => void done.push('clear'),
      },
      focused: spot('a'),
      day: () => ({ day: '2024-05-01', count: 2 }),
      ledTo: (key) => (key === 'ArrowRight' ? spot('b') : null),
      moveFocus: noteSpot('focus'),
      onDelete: () => void done.push('delete'),
      ...hand,
    },
  )
  return isOurs ? [...done, 'ours'] : done
}

test('keys of a grid walk, choose, and do something with what is chosen', () => {
  const chosen = new Map([['z', '2024-05-01']])
  assert.deepEqual(pressed({ key: 'ArrowRight' }), ['focus b', 'ours'])
  assert.deepEqual(pressed({ key: 'ArrowLeft' }), [])
  assert.deepEqual(pressed({ key: 'ArrowRight', shiftKey: true }), ['toggle a', 'extend to b', 'focus b', 'ours'])
  assert.deepEqual(pressed({ key: 'ArrowRight', shiftKey: true }, { chosen }), ['extend to b', 'focus b', 'ours'])
  assert.deepEqual(pressed({ key: ' ' }), ['toggle a', 'ours'])
  assert.deepEqual(pressed({ key: ' ' }, { focused: null }), [])
  assert.deepEqual(pressed({ key: 'a', ctrlKey: true }), ['widen 2024-05-01 2', 'ours'])
  assert.deepEqual(pressed({ key: 'A', metaKey: true }, { day: () => null }), ['ours'])
  assert.deepEqual([pressed({ key: 'Escape' }), pressed({ key: 'Escape' }, { chosen })], [[], ['clear', 'ours']])
  assert.deepEqual([pressed({ key: 'Delete' }), pressed({ key: 'Delete' }, { chosen })], [[], ['delete', 'ours']])
  assert.deepEqual(pressed({ key: 'Delete' }, { chosen, onDelete: undefined }), [])
})

test('beside the photos only what is chosen is reached, and what is held with Alt or Ctrl is left alone', () => {
  const chosen = new Map([['z', '2024-05-01']])
  const isInGrid = false
  assert.deepEqual([pressed({ key: 'ArrowRight', isInGrid }), pressed({ key: ' ', isInGrid })], [[], []])
  assert.deepEqual(pressed({ key: 'Escape', isInGrid }, { chosen }), ['clear', 'ours'])
  assert.deepEqual(pressed({ key: 'a', ctrlKey: true, isInGrid }), ['widen 2024-05-01 2', 'ours'])
  assert.deepEqual([pressed({ key: 'ArrowRight', altKey: true }), pressed({ key: ' ', ctrlKey: true })], [[], []])
})

test('keys that only one grid has come first', () => {
  const own = ({ key, altKey }: GridPress): boolean => altKey || key === 'ArrowRight'
  assert.deepEqual(pressed({ key: 'ArrowRight' }, { own }), ['ours'])
  assert.deepEqual(pressed({ key: 'x', altKey: true }, { own }), ['ours'])
  assert.deepEqual(pressed({ key: ' ' }, { own }), ['toggle a', 'ours'])
})

const tile = (id: string): Tile => ({ id, width: 300, height: 200 }) as Tile
function day(name: string, ...ids: readonly string[]): TimelineDay {
  return { day: name, count: Math.max(ids.length, 1), tiles: ids.map(tile) }
}

test('arrows walk the timeline over days that share a line, and stop where nothing has been fetched', () => {
  // a b | c in the first line, d e f g in lines of their own month, then a day that is not there yet.
  const layout = layOut(
    [day('2024-06-02', 'a', 'b'), day('2024-06-01', 'c'), day('2024-05-01', 'd', 'e', 'f', 'g'), day('2024-04-01')],
    { width: 1000, targetHeight: 200, gap: 4 },
    0,
  )
  const viewport = { top: 0, height: 800 }
  const from = (id: string): TimelineSpot => {
    const section = layout.sections.find((each) => each.rows.some((row) => row.boxes.some((box) => box.tile.id === id)))
    return { day: section?.day ?? '', id }
  }
  const walk = (id: string, key: string): string | undefined => ledTo(layout, from(id), `Arrow${key}`, viewport)?.id
  assert.equal(layout.sections[1]?.gridTop, layout.sections[0]?.gridTop)
  assert.deepEqual([walk('a', 'Right'), walk('b', 'Right'), walk('c', 'Right')], ['b', 'c', 'd'])
  assert.deepEqual([walk('d', 'Left'), walk('a', 'Left'), walk('g', 'Right')], ['c', undefined, undefined])
  assert.deepEqual([walk('c', 'Down'), walk('f', 'Up'), walk('a', 'Up')], ['f', 'c', undefined])
  assert.equal(ledTo(layout, null, 'ArrowDown', viewport)?.id, 'a')
  assert.equal(ledTo(layout, from('a'), 'Enter', viewport), null)
  assert.deepEqual([spotNear(layout, -50, 0)?.id, spotNear(layout, 120, 900)?.id], ['a', 'c'])
})
