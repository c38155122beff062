import './browser.ts'
import assert from 'node:assert/strict'
import { describe, test } from 'vitest'
import type { Post } from '../../main/contract/index.ts'
import { routeLines } from '../../renderer/components/photos/route-lines.ts'
import { countsByDay, lastDayOf } from '../../renderer/data/post-days.ts'
import { allPosts, feedQuery, filtersIn, isFiltered, textOfFilters } from '../../renderer/data/post-filters.ts'
import { authorOf, engagementLine, postHour, typeLine } from '../../renderer/messages/post-lines.ts'
import { figuresOverTime } from '../../renderer/screens/posts/figures-over-time.ts'
import { piecesOf } from '../../renderer/screens/posts/links.ts'
import { headingOver, rowsOf } from '../../renderer/screens/posts/post-rows.ts'
import { routeOf } from '../../renderer/screens/posts/route-of.ts'
import { wordDiff } from '../../renderer/screens/posts/word-diff.ts'

function post(id: string, localAt: string, more: Partial<Post> = {}): Post {
  return {
    id,
    platform: 'bluesky',
    accountId: 'a',
    author: '@ann',
    type: 'post',
    text: '',
    url: null,
    activityType: null,
    localAt,
    at: `${localAt}Z`,
    utcOffsetMinutes: 0,
    editedAt: null,
    inReplyTo: null,
    isPublic: true,
    isGone: false,
    engagement: {},
    media: [],
    metadata: {},
    ...more,
  }
}

describe('filters in the address', () => {
  test('come back as they were said', () => {
    const filters = {
      words: 'two words & a “phrase”',
      account: '0190',
      type: 'reply' as const,
      from: '2024-05-01',
      to: '2024-05-31',
      onlyGone: true,
      onlyMedia: true,
    }
    assert.deepEqual(filtersIn(textOfFilters(filters)), filters)
    assert.deepEqual(filtersIn(textOfFilters(allPosts)), allPosts)
    assert.equal(textOfFilters(allPosts), '')
    assert.deepEqual(filtersIn(null), allPosts)
  })

  test('that make no sense filter nothing', () => {
    assert.deepEqual(filtersIn('type=poem&from=yesterday&to=2024-5-1&gone=perhaps&media='), allPosts)
  })

  test('ask the feed for what they say and nothing else', () => {
    assert.deepEqual(feedQuery({ ...allPosts, words: '  ' }), {})
    assert.deepEqual(feedQuery({ ...allPosts, words: ' sea ', account: 'x', type: 'story', onlyGone: true }), {
      q: 'sea',
      account: ['x'],
      type: ['story'],
      gone: true,
    })
    assert.equal(isFiltered({ ...allPosts, words: ' ' }), false)
    assert.equal(isFiltered({ ...allPosts, to: '2024-05-01' }), true)
  })
})

describe('web addresses in a text', () => {
  const urlsIn = (text: string): (string | null)[] => piecesOf(text).map(({ url }) => url)

  test('are found, and the sentence around them stays', () => {
    assert.deepEqual(piecesOf('See https://example.org/a?b=c#d, and more.'), [
      { text: 'See ', url: null },
      { text: 'https://example.org/a?b=c#d', url: 'https://example.org/a?b=c#d' },
      { text: ', and more.', url: null },
    ])
    assert.deepEqual(urlsIn('http://a.example https://b.example'), ['http://a.example', null, 'https://b.example'])
  })

  test('keep a bracket of their own and leave one of the sentence', () => {
    assert.deepEqual(urlsIn('https://en.example/wiki/Sea_(film)'), ['https://en.example/wiki/Sea_(film)'])
    assert.deepEqual(
      piecesOf('(https://a.example/x)').map(({ text }) => text),
      ['(', 'https://a.example/x', ')'],
    )
    assert.deepEqual(
      piecesOf('“https://a.example/x”.').map(({ text }) => text),
      ['“', 'https://a.example/x', '”.'],
    )
  })

  test('are nothing that could run', () => {
    for (const text of ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'www.example.org', 'https://'])
      assert.deepEqual(urlsIn(text), [null], text)
  })
})

describe('what changed between two versions', () => {
  const diff = (before: string, after: string): string =>
    wordDiff(before, after)
      .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `[+${text}]` : `[-${text}]`))
      .join('')

  test('is told word by word', () => {
    assert.equal(diff('a nice day', 'a nice day'), 'a nice day')
    assert.equal(diff('a nice day', 'a very nice day'), 'a [+very ]nice day')
    assert.equal(diff('one two three', 'one four three'), 'one [-two][+four] three')
    assert.equal(diff('', 'new'), '[+new]')
    assert.equal(diff('old', ''), '[-old]')
    assert.equal(diff('line\nbreak', 'line break'), 'line[-\n][+ ]break')
  })

  test('loses nothing of either, whatever they are', () => {
    let seed = 7
    const word = (): string => 'abcde'[(seed = (seed * 48_271) % 2_147_483_647) % 5] ?? ''
    for (let round = 0; round < 200; round += 1) {
      const [before, after] = [0, 1].map(() => Array.from({ length: round % 12 }, word).join(' ')) as [string, string]
      const changes = wordDiff(before, after)
      const without = (kind: string): string =>
        changes.map((change) => (change.kind === kind ? '' : change.text)).join('')
      assert.equal(without('added'), before)
      assert.equal(without('removed'), after)
    }
  })

  test('of very long texts is told as a whole, at once', () => {
    const long = 'word '.repeat(20_000)
    assert.deepEqual(
      wordDiff(long, `${long}end`).map(({ kind }) => kind),
      ['removed', 'added'],
    )
  })
})

test('posts stand under the day of their own clock', () => {
  const rows = rowsOf([
    post('c', '2024-05-02T00:10:00'),
    post('b', '2024-05-01T23:50:00'),
    post('a', '2024-05-01T08:00:00'),
  ])
  assert.deepEqual(
    rows.map((row) => (row.kind === 'day' ? row.day : row.post.id)),
    ['2024-05-02', 'c', '2024-05-01', 'b', 'a'],
  )
  assert.deepEqual(
    [0, 1, 2, 3, 4, 99].map((index) => headingOver(rows, index)),
    [0, 0, 2, 2, 2, 2],
  )
  assert.deepEqual(rowsOf([]), [])
  assert.equal(headingOver([], 0), 0)
})

test('a post is told in words', () => {
  assert.equal(typeLine(post('a', '2024-05-01T08:00:00')), null)
  assert.equal(typeLine(post('a', '2024-05-01T08:00:00', { type: 'reply' })), 'Reply')
  assert.equal(typeLine(post('a', '2024-05-01T08:00:00', { type: 'activity', activityType: 'Run' })), 'Run')
  assert.match(postHour(post('a', '2024-05-01T08:05:00')), /^0?8:05/)
  assert.match(postHour(post('a', '2024-05-01T08:05:00', { utcOffsetMinutes: null })), / UTC$/)
  assert.equal(
    engagementLine({ replies: 1, likes: 1200, reposts: 0, unknown_thing: 2 }),
    '1 reply · 1,200 likes · unknown thing: 2',
  )
})

test('a post has an author, if only its account or its service', () => {
  const accounts = new Map([['a', '@ann@a.example']])
  assert.equal(authorOf(post('p', '2024-05-01T08:00:00', { author: '@ben' }), accounts), '@ben')
  assert.equal(authorOf(post('p', '2024-05-01T08:00:00', { author: null }), accounts), '@ann@a.example')
  assert.equal(authorOf(post('p', '2024-05-01T08:00:00', { author: null }), new Map()), 'Bluesky')
})

test('figures are shown over time where they moved', () => {
  const lines = figuresOverTime([
    { at: '2024-05-01T00:00:00Z', figures: { likes: 2, views: 5 } },
    { at: '2024-05-02T00:00:00Z', figures: { likes: 4, views: 5 } },
    { at: '2024-05-03T00:00:00Z', figures: { likes: 8, views: 5 } },
  ])
  assert.deepEqual(lines, [
    {
      name: 'likes',
      first: 2,
      last: 8,
      since: '2024-05-01T00:00:00Z',
      points: [
        [0, 0.75],
        [0.5, 0.5],
        [1, 0],
      ],
    },
  ])
  assert.deepEqual(figuresOverTime([]), [])
  assert.deepEqual(figuresOverTime([{ at: '2024-05-01T00:00:00Z', figures: { likes: 1 } }]), [])
})

describe('the way of an activity', () => {
  test('is read where it is one', () => {
    const polyline = [
      [52.5, 13.4],
      [52.51, 13.41],
    ]
    assert.deepEqual(routeOf({ strava: { polyline } }), polyline)
    for (const metadata of [
      {},
      { strava: null },
      { strava: { polyline: 'abc' } },
      { strava: { polyline: [[52, 13]] } },
    ])
      assert.equal(routeOf(metadata), null)
    assert.equal(routeOf({ strava: { polyline: [['52', 13], null, [95, 13], [1, 500]] } }), null)
  })

  test('fills its map, on land, at any latitude and over the date line', () => {
    const size = { width: 600, height: 280 }
    const routes = [
      [
        [52.5, 13.4],
        [52.52, 13.38],
        [52.49, 13.45],
      ],
      [
        [-16.8, 179.9],
        [-16.8, -179.9],
      ],
      [
        [78.2, 15.6],
        [78.21, 15.7],
      ],
      [
        [10, 10],
        [10, 10],
      ],
    ] as const
    for (const route of routes) {
      const lines = routeLines(route, size)
      for (const [x, y] of [lines.start, lines.end]) {
        assert.ok(x >= 0 && x <= size.width && y >= 0 && y <= size.height, `${JSON.stringify(route)}: ${x} ${y}`)
      }
      assert.ok(lines.route.startsWith('M'), JSON.stringify(route))
    }
    assert.ok(routeLines(routes[0], size).land.length > 0)
  })
})

test('posts are counted by the day of their own clock, month by month', () => {
  const all = ['2024-02-29T23:59:59.999', '2024-02-29T00:00:00', '2024-02-01T12:00:00'].map((localAt) => ({ localAt }))
  assert.deepEqual(countsByDay(all), [
    ['2024-02-29', 2],
    ['2024-02-01', 1],
  ])
  assert.deepEqual(countsByDay([]), [])
  assert.deepEqual(['2024-02', '2023-02', '1900-02', '0099-12', '2024-11'].map(lastDayOf), [
    '2024-02-29',
    '2023-02-28',
    '1900-02-28',
    '0099-12-31',
    '2024-11-30',
  ])
})
