import assert from 'node:assert/strict'
import { test } from 'vitest'
import { placeIn } from '../../main/shell/handed-over.ts'

test('a link names a screen, or one thing on it, and nothing else', () => {
  const id = '01a1fdb5-970c-7003-b3a4-a2edd8285a1b'
  assert.equal(placeIn('coffer://open/backups'), 'backups')
  assert.equal(placeIn(`COFFER://open/albums/${id}/`), `albums/${id}`)
  for (const link of [
    '/home/ann/coffer://open/trash',
    'coffer://vault/api/v1/trash',
    'coffer://open/',
    'coffer://open/albums/../x',
    `coffer://open/albums/${id}?a`,
    'https://open/trash',
  ])
    assert.equal(placeIn(link), null, link)
})
