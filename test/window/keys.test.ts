import assert from 'node:assert/strict'
import { test } from 'vitest'
import { nounSchema, objectPaths } from '../../main/contract/index.ts'
import * as keys from '../../renderer/data/keys.ts'
import { keysShowing, showsInTimeline } from '../../renderer/data/keys.ts'

const names = (nouns: Parameters<typeof keysShowing>[0]): string[] => keysShowing(nouns).map(([first]) => String(first))

test('a change asks again for what it shows in, and for nothing else', () => {
  assert.deepEqual(names(['backups']), ['status', 'activity', 'backups'])
  assert.deepEqual(names(['albums']), ['status', 'activity', 'media', 'trash', 'albums'])
  assert.deepEqual(names(['notes']), ['status', 'activity', 'trash'])
  assert.deepEqual([showsInTimeline(['albums']), showsInTimeline(['media'])], [false, true])
})

test('each change shows somewhere besides the counts and the log, and each kind of object in the trash', () => {
  // Settings are asked for when they are shown.
  for (const noun of nounSchema.options.filter((each) => each !== 'settings')) {
    const shown = names([noun])
    assert.ok(shown.length > 2, noun)
    if ((objectPaths as readonly string[]).includes(noun)) assert.ok(shown.includes('trash'), noun)
  }
})

test('all is asked again when nobody knows what changed', () => {
  const all = new Set(keysShowing(null))
  assert.equal(showsInTimeline(null), true)
  // The vault itself says when it is another one.
  const known = Object.values(keys).filter((each) => Array.isArray(each) && each !== keys.vaultKey)
  assert.ok(known.length >= 10, `only ${known.length} keys were found`)
  for (const key of known) assert.ok(all.has(key as readonly string[]), `nothing asks ${String(key)} again`)
})
