import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { test } from 'vitest'
import { BadPayload, formatOf, type PostDraft } from '../../main/engine/platforms/index.ts'
import { decodedLine } from '../../main/engine/platforms/strava/polyline.ts'
import { pauseIn } from '../../main/engine/sync/limits.ts'

const account = { platformUserId: null, username: null }
const activity = {
  id: 9_000_000_001,
  name: 'Hills',
  description: null,
  sport_type: 'Run',
  start_date: '2024-05-01T05:00:00Z',
  start_date_local: '2024-05-01T07:00:00Z',
  distance: 1000.5,
  kudos_count: 3,
  private: false,
  gear: { name: 'Shoes' },
  map: { summary_polyline: '_p~iF~ps|U_ulLnnqC_mqNvxq`@' },
}
const photo = { unique_id: 'a-b', urls: { 100: 'https://x.example/s', 5000: 'https://x.example/l' }, caption: 'Top' }
const payloads: Readonly<Record<string, object>> = {
  'strava.summary': activity,
  'strava.activity': {
    activity,
    streams: { latlng: { data: [[52.5, 13.4], null, [0, 0], ['x']] } },
    photos: [photo, 7],
  },
  'instagram.media': {
    id: '17900000000000001',
    caption: 'Hello\nthere',
    media_type: 'CAROUSEL_ALBUM',
    media_product_type: 'FEED',
    timestamp: '2026-01-15T18:30:00+0000',
    like_count: 4,
    children: {
      data: [{ id: '1', media_type: 'VIDEO', media_url: 'https://x.example/v?oh=1' }, { media_type: 'IMAGE' }, null],
    },
  },
}

function read(format: string, data: unknown): PostDraft {
  const found = formatOf(format)
  assert.ok(found)
  return found.normalise(data, account)
}

test('a line of letters is places, as the service’s own example has it', () => {
  assert.deepEqual(decodedLine('_p~iF~ps|U_ulLnnqC_mqNvxq`@'), [
    [38.5, -120.2],
    [40.7, -120.95],
    [43.252, -126.453],
  ])
  for (const broken of ['', '_', '_p~iF', '\u0000\u0001', '~~~~~~~~~~~~~~~'])
    assert.ok(Array.isArray(decodedLine(broken)))
})

test('the largest picture counts, and figures and signed addresses make no other version', () => {
  const whole = read('strava.activity', payloads['strava.activity'])
  assert.deepEqual(
    whole.media.map(({ key, url, alt }) => [key, url, alt]),
    [['strava:a-b', 'https://x.example/l', 'Top']],
  )
  assert.deepEqual(whole.metadata['strava'], {
    distanceMetres: 1000.5,
    gear: 'Shoes',
    bounds: [52.5, 13.4, 52.5, 13.4],
    polyline: [[52.5, 13.4]],
  })
  const carousel = read('instagram.media', payloads['instagram.media'])
  assert.deepEqual(
    carousel.media.map(({ key, kind, url }) => [key, kind, url]),
    [
      ['ig:1:0', 'video', 'https://x.example/v?oh=1'],
      ['ig:17900000000000001:1', 'photo', null],
    ],
  )
  const later = { ...payloads['instagram.media'], like_count: 9, media_url: 'https://x.example/v?oh=2' }
  const form = (data: unknown): unknown => formatOf('instagram.media')?.lasting?.(data)
  assert.deepEqual(form(later), form(payloads['instagram.media']))
  const praised = { ...activity, kudos_count: 99, has_kudoed: true }
  const short = (data: unknown): unknown => formatOf('strava.summary')?.lasting?.(data)
  assert.deepEqual(short(praised), short(activity))
})

test('whatever a service puts in a field, a payload is read or refused, never stumbled over', () => {
  const keysOf = (value: unknown): string[][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, each]) => [[key], ...keysOf(each).map((rest) => [key, ...rest])])
      : []
  const put = (value: unknown, [key = '', ...rest]: readonly string[], by: unknown): unknown => {
    const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
      string,
      unknown
    >
    copy[key] = rest.length === 0 ? by : put(copy[key], rest, by)
    return copy
  }
  for (const [format, data] of Object.entries(payloads)) {
    fc.assert(
      fc.property(fc.constantFrom(...keysOf(data)), fc.jsonValue(), (path, by) => {
        try {
          const draft = read(format, put(data, path, by))
          assert.equal(new Date(draft.createdAt).toISOString(), draft.createdAt)
          formatOf(format)?.lasting?.(put(data, path, by))
        } catch (error) {
          assert.ok(error instanceof BadPayload, String(error))
        }
      }),
      { numRuns: 400 },
    )
  }
})

test('a pause is as long as the service says, in each way it can say it, and never longer than a day', () => {
  const now = Date.UTC(2026, 0, 1, 12, 5)
  const after = (headers: Record<string, string>, isLimited = true): number =>
    pauseIn(new Headers(headers), isLimited, now)
  const minute = 60_000
  assert.equal(after({ 'retry-after': '90' }), 90_000)
  assert.equal(after({ 'retry-after': new Date(now + minute).toUTCString() }), minute)
  assert.equal(after({ 'retry-after': '-5' }), 1000)
  assert.equal(after({ 'retry-after': '99999999' }), 86_400_000)
  assert.equal(after({}), 15 * minute)
  assert.equal(after({ 'retry-after': 'soon' }), 15 * minute)
  assert.equal(after({}, false), 0)
  const [hour, remaining] = ['x-ratelimit-reset', 'x-ratelimit-remaining']
  assert.equal(after({ [hour]: new Date(now + minute).toISOString(), [remaining]: '0' }, false), minute)
  assert.equal(after({ [hour]: String((now + minute) / 1000), [remaining]: '0' }, false), minute)
  assert.equal(after({ [hour]: '60', [remaining]: '3' }, false), 0)
  const pairs = (usage: string): Record<string, string> => ({
    'x-readratelimit-limit': '100,1000',
    'x-readratelimit-usage': usage,
  })
  assert.equal(after(pairs('99,500'), false), 0)
  assert.equal(after(pairs('100,500'), false), 10 * minute)
  assert.equal(after(pairs('5,1000'), false), (12 * 60 - 5) * minute)
  // A clock that is a day off, theirs or ours, changes nothing.
  const theirs = new Date(now + 86_400_000)
  const reset = new Date(theirs.getTime() + minute).toUTCString()
  assert.equal(after({ date: theirs.toUTCString(), 'retry-after': reset }), minute)
})
