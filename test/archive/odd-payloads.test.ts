import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { test } from 'vitest'
import { recognise } from '../../main/engine/archive/recognise.ts'
import { BadPayload, formatOf, formats } from '../../main/engine/platforms/index.ts'
import { folderOf, treeOf } from './fixtures.ts'
import { samples } from './samples/index.ts'

const account = { platformUserId: null, username: null }
const odd: readonly unknown[] = [
  null,
  '',
  ' ',
  'x',
  -1,
  0,
  1e300,
  1.5,
  9e15,
  true,
  [],
  {},
  [null],
  [[]],
  { a: null },
  '9999-99-99T99:99:99Z',
  'https://',
  '__proto__',
  '2024-01-01T00:00:00+99:99',
  '0000-01-01T00:00:00Z',
  'at://',
  '\u202E',
  'Wed Oct 10 20:19:24 +0000 2018',
  ['x', 1],
  { constructor: 1 },
]

/** Places in a value, by their keys. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return [path, ...inner.flatMap(([key, each]) => placesIn(each, [...path, key]))]
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>
  copy[key] = replaced(copy[key], rest, by)
  return copy
}

/** Reads a payload in every way there is: only `BadPayload` may be thrown, and what comes out can be stored. */
function tried(name: string, data: unknown): void {
  const format = formatOf(name)
  assert.ok(format)
  try {
    const post = format.normalise(data, account)
    assert.equal(typeof post.id, 'string')
    assert.equal(new Date(post.createdAt).toISOString(), post.createdAt)
    assert.ok(Object.values(post.engagement).every((each) => Number.isFinite(each)))
    for (const { key, path, url } of post.media) assert.ok(key !== '' && (path === null || url === null))
    assert.deepEqual(format.normalise(JSON.parse(JSON.stringify(data)), account), post)
    JSON.stringify(format.lasting?.(data))
  } catch (error) {
    if (!(error instanceof BadPayload)) throw error
  }
}

test('what stands anywhere in a record, it is read or refused', async (t) => {
  const seen = new Set<string>()
  for (const { files } of samples) {
    const tree = await treeOf(t, await folderOf(t, files))
    const found = await recognise(tree)
    assert.ok(found)
    for await (const draft of found.source.read(tree, found.recognised)) {
      if (draft.kind !== 'post') continue
      seen.add(draft.format)
      for (const place of placesIn(draft.data))
        for (const by of odd) tried(draft.format, replaced(draft.data, place, by))
    }
  }
  assert.deepEqual(
    Object.keys(formats).filter((name) => !seen.has(name)),
    // Services give these themselves, and no export has them: `test/sync/payloads.test.ts` tries them.
    ['instagram.media', 'mastodon.status', 'strava.activity', 'strava.summary'],
  )
})

test('any JSON at all is read or refused', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(formats)), fc.jsonValue(), (name, data) => tried(name, data)),
    { numRuns: 2000 },
  )
})
