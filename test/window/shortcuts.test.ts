import assert from 'node:assert/strict'
import { test } from 'vitest'
import { createKeyReader, type KeyPress } from '../../renderer/frame/key-reader.ts'
import { placeOf } from '../../renderer/route.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
})

test('keys are read as they are written for people', () => {
  let time = 0
  const read = createKeyReader(() => time)
  const after = (ms: number, ...presses: Parameters<typeof press>): string | null => {
    time += ms
    return read(press(...presses))
  }
  assert.equal(after(0, '?'), '?')
  assert.equal(after(0, 'f', { ctrlKey: true }), 'Ctrl F')
  assert.equal(after(0, 'F', { metaKey: true }), 'Ctrl F')
  assert.equal(after(0, 'f', { altKey: true }), null)
  assert.deepEqual([after(0, 'g'), after(1199, 't')], ['g', 'G T'])
  // Too late, and only one follows.
  assert.deepEqual([after(0, 'g'), after(1200, 't')], ['g', 't'])
  assert.deepEqual([after(0, 'g'), after(1, 'x'), after(1, 't')], ['g', 'G X', 't'])
  // The second G begins nothing.
  assert.deepEqual([after(0, 'g'), after(1, 'g'), after(1, 't')], ['g', 'G G', 't'])
  // What is held in between changes nothing.
  assert.deepEqual([after(0, 'g'), after(1, 'Alt', { altKey: true }), after(1, 'd')], ['g', null, 'G D'])
  assert.deepEqual([after(0, 'g'), after(1, 'T'), after(0, 'g'), after(1, '?')], ['g', 'T', 'g', '?'])
})

test('an address names a screen, and perhaps what of it', () => {
  assert.deepEqual(placeOf(''), { name: '', id: null })
  assert.deepEqual(placeOf('#/albums'), { name: 'albums', id: null })
  assert.deepEqual(placeOf('#/albums/'), { name: 'albums', id: null })
  assert.deepEqual(placeOf('#/search/winter%20light%2Fsnow/x'), { name: 'search', id: 'winter light/snow' })
  // Cut off by hand.
  assert.deepEqual(placeOf('#/search/100%'), { name: 'search', id: null })
})
