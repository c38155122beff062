import assert from 'node:assert/strict'
import { test } from 'vitest'
import type { Tile } from '../../main/contract/index.ts'
import { followerOutside, gapAt, stepOf } from '../../renderer/components/photos/order.ts'
import { justify } from '../../renderer/components/photos/rows.ts'
import { ledTo } from '../../renderer/components/photos/steps.ts'

const options = { width: 1000, targetHeight: 200, gap: 4 }

function tile(id: string, width: number | null, height: number | null): Tile {
  return { id, width, height } as Tile
}

/** Numbers below 1 that are the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

test('rows hold every photo once and in order, fill the width, and keep near the height that is wanted', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const next = numbers(seed)
    const tiles = Array.from({ length: Math.floor(next() * 60) }, (_, index) =>
      tile(`${index}`, next() < 0.1 ? null : 50 + next() * 6000, next() < 0.1 ? null : 50 + next() * 6000),
    )
    const rows = justify(tiles, options)
    assert.deepEqual(
      rows.flatMap((row) => row.boxes.map((box) => box.tile.id)),
      tiles.map(({ id }) => id),
      `seed ${seed}`,
    )
    let bottom = 0
    for (const [index, row] of rows.entries()) {
      assert.equal(row.top, bottom, `seed ${seed}`)
      bottom = row.top + row.height + options.gap
      for (const [at, box] of row.boxes.entries()) {
        const before = row.boxes[at - 1]
        assert.equal(box.left, before ? before.left + before.width + options.gap : 0)
        assert.ok(box.width > 0, `seed ${seed}: a photo of no width`)
      }
      const last = row.boxes.at(-1)
      const end = last ? last.left + last.width : 0
      if (index < rows.length - 1) assert.equal(end, options.width, `seed ${seed}: a row that does not end at the edge`)
      else assert.ok(end <= options.width)
      assert.ok(row.height > 60 && row.height < 420, `seed ${seed}: a row of ${row.height}`)
    }
  }
})

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
/** Three rows: a b c, d e f, g. */
const grid = justify(
  letters.map((id) => tile(id, 330, 200)),
  options,
)
const ids = letters.map((id) => ({ id }))

test('keys lead to the photo beside, above and below, to the ends, and a page on', () => {
  assert.deepEqual(
    grid.map((row) => row.boxes.length),
    [3, 3, 1],
  )
  const from = (id: string | null, key: string): string | null => ledTo(grid, id, key, 450)
  assert.equal(from('a', 'ArrowRight'), 'b')
  assert.equal(from('c', 'ArrowRight'), 'd', 'on into the next row')
  assert.equal(from('d', 'ArrowLeft'), 'c')
  assert.equal(from('b', 'ArrowDown'), 'e')
  assert.equal(from('e', 'ArrowUp'), 'b')
  assert.equal(from('f', 'ArrowDown'), 'g', 'the nearest there is')
  assert.equal(from('a', 'ArrowUp'), null)
  assert.equal(from('g', 'ArrowRight'), null)
  assert.deepEqual([from('e', 'Home'), from('e', 'End')], ['a', 'g'])
  assert.equal(from('a', 'PageDown'), 'g')
  assert.equal(from('g', 'PageUp'), 'a')
  assert.equal(from(null, 'ArrowDown'), 'a', 'the first one when none has the focus')
  assert.equal(from('gone', 'ArrowDown'), 'a')
  assert.equal(from('a', 'x'), null)
})

test('a drop falls into the nearest gap', () => {
  const row = grid[0]
  assert.ok(row)
  assert.equal(gapAt(grid, 10, 10)?.before, 'a')
  assert.equal(gapAt(grid, 300, 10)?.before, 'b')
  assert.equal(gapAt(grid, 990, 10)?.before, 'd', 'behind the last of a row is before the first of the next')
  assert.equal(gapAt(grid, 990, 10_000)?.before, null)
  assert.equal(gapAt(grid, 10, -50)?.before, 'a')
  assert.equal(gapAt([], 10, 10), null)
})

test('photos are moved by keys past those that stay, and no further than the ends', () => {
  assert.equal(stepOf(ids, ['b'], 'ArrowLeft'), 'a')
  assert.equal(stepOf(ids, ['b'], 'ArrowRight'), 'd', 'before what follows the one it passes')
  assert.equal(stepOf(ids, ['b', 'd'], 'ArrowRight'), 'f')
  assert.equal(stepOf(ids, ['a'], 'ArrowLeft'), undefined)
  assert.equal(stepOf(ids, ['g'], 'ArrowRight'), undefined)
  assert.equal(stepOf(ids, ['f'], 'ArrowRight'), null, 'to the end')
  assert.deepEqual([stepOf(ids, ['d'], 'Home'), stepOf(ids, ['d'], 'End')], ['a', null])
  assert.equal(stepOf(ids, ['d'], 'x'), undefined)
  assert.equal(stepOf(ids, letters, 'ArrowRight'), undefined, 'all of them cannot pass anything')
})

test('what is dropped before one of the moved goes before the next that stays', () => {
  assert.equal(followerOutside(ids, 'b', ['b', 'c']), 'd')
  assert.equal(followerOutside(ids, 'b', ['g']), 'b')
  assert.equal(followerOutside(ids, 'f', ['f', 'g']), null)
  assert.equal(followerOutside(ids, null, ['a']), null)
})
