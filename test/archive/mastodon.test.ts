import assert from 'node:assert/strict'
import { test } from 'vitest'
import { formatOf, type PostDraft, textOfHtml } from '../../main/engine/platforms/index.ts'
import { create } from './samples/mastodon.ts'

const account = { platformUserId: null, username: null }

function read(format: string, data: unknown): PostDraft {
  const found = formatOf(format)
  assert.ok(found)
  return found.normalise(data, account)
}

const path = 'media_attachments/files/109/123/456/789/012/345/original/a.jpg'
const everybody = 'https://www.w3.org/ns/activitystreams#Public'

const status = {
  id: '2',
  uri: 'https://m.example/users/ana/statuses/2',
  url: 'https://m.example/@ana/2',
  created_at: '2024-05-02T10:00:00.000Z',
  edited_at: '2024-05-03T10:00:00.000Z',
  content: '<p>Hello</p>',
  spoiler_text: 'Careful',
  visibility: 'public',
  in_reply_to_id: '1',
  in_reply_to_account_id: '7',
  account: { id: '7', uri: 'https://m.example/users/ana', followers_count: 9 },
  reblog: null,
  tags: [{ name: 'sea', url: 'x' }],
  media_attachments: [
    { id: '109123456789012345', type: 'image', url: 'https://files.example/a.jpg', description: 'Alt' },
    { id: '5', type: 'gifv', url: 'https://files.example/b.mp4', description: null },
    { id: '6', type: 'unknown', url: null },
  ],
  replies_count: 1,
  reblogs_count: 2,
  favourites_count: 3,
}

test('a post is the same post in an archive and from the server', () => {
  const archived = read(
    'mastodon.activity',
    create(2, '<p>Hello</p>', {
      summary: 'Careful',
      inReplyTo: 'https://m.example/users/ana/statuses/1',
      updated: '2024-05-03T10:00:00Z',
      attachment: [
        { type: 'Document', mediaType: 'image/jpeg', url: `/${path}`, name: 'Alt' },
        { type: 'Document', mediaType: 'video/mp4', url: '/media_attachments/files/000/000/005/original/b.mp4' },
        { type: 'Document', mediaType: 'application/pdf', url: '/c.pdf' },
      ],
      tag: [
        { type: 'Hashtag', name: '#sea' },
        { type: 'Mention', name: '@ben' },
      ],
      likes: { type: 'Collection', totalItems: 3 },
    }),
  )
  const live = read('mastodon.status', status)
  assert.equal(archived.text, 'Careful\n\nHello')
  assert.equal(archived.html, '<p>Careful</p><p>Hello</p>')
  for (const field of [
    'id',
    'type',
    'text',
    'html',
    'url',
    'inReplyTo',
    'author',
    'createdAt',
    'updatedAt',
    'isPublic',
  ] as const)
    assert.equal(archived[field], live[field], field)
  assert.deepEqual(
    archived.media.map(({ key, kind, alt }) => [key, kind, alt]),
    [
      ['mastodon:109123456789012345', 'photo', 'Alt'],
      ['mastodon:5', 'video', null],
    ],
  )
  assert.deepEqual(
    live.media.map(({ key, kind, alt }) => [key, kind, alt]),
    archived.media.map(({ key, kind, alt }) => [key, kind, alt]),
  )
  assert.deepEqual([archived.media[0]?.path, archived.media[0]?.url], [path, null])
  assert.equal(live.media[0]?.url, 'https://files.example/a.jpg')
  assert.deepEqual(archived.engagement, { likes: 3 })
  assert.deepEqual(live.engagement, { likes: 3, reposts: 2, replies: 1 })
  assert.deepEqual(archived.metadata, { mastodon: { visibility: 'public', spoiler: 'Careful', tags: ['sea'] } })
})

test('boosts have the id of the activity in both', () => {
  const id = 'https://m.example/users/ana/statuses/4/activity'
  const published = '2024-05-04T10:00:00Z'
  const of = 'https://other.example/users/ben/statuses/9'
  const archived = read('mastodon.activity', { id, type: 'Announce', published, to: [everybody], cc: [], object: of })
  const live = read('mastodon.status', { ...status, id: '4', uri: id, content: '', reblog: { uri: of, url: 'x' } })
  assert.deepEqual([archived.id, archived.type, archived.url, archived.text], [id, 'repost', of, null])
  assert.deepEqual([live.id, live.type, live.url, live.text], [id, 'repost', of, null])
})

test('who may see a post is read from its addresses', () => {
  const seen = (to: unknown, cc: unknown): unknown[] => {
    const { isPublic, metadata } = read('mastodon.activity', create(1, 'a', { to, cc }))
    return [isPublic, (metadata['mastodon'] as { visibility: string }).visibility]
  }
  assert.deepEqual(seen([everybody], []), [true, 'public'])
  assert.deepEqual(seen(['https://m.example/users/ana/followers'], ['as:Public']), [true, 'unlisted'])
  assert.deepEqual(seen(['https://m.example/users/ana/followers'], []), [false, 'private'])
  assert.deepEqual(seen(['https://m.example/users/ben'], []), [false, 'direct'])
})

test('polls keep their answers, and votes make no new version', () => {
  const oneOf = [
    { type: 'Note', name: 'Yes', replies: { totalItems: 2 } },
    { type: 'Note', name: 'No' },
  ]
  const poll = create(1, 'a', { type: 'Question', oneOf, endTime: '2024-06-01T00:00:00Z' })
  const { metadata } = read('mastodon.activity', poll)
  assert.deepEqual((metadata['mastodon'] as { poll: unknown }).poll, {
    options: [{ title: 'Yes', votes: 2 }, { title: 'No' }],
    isMultiple: false,
    endsAt: '2024-06-01T00:00:00Z',
  })
  const more = create(1, 'a', {
    type: 'Question',
    oneOf: [{ ...oneOf[0], replies: { totalItems: 5 } }, oneOf[1]],
    endTime: '2024-06-01T00:00:00Z',
  })
  const format = formatOf('mastodon.activity')
  assert.deepEqual(format?.lasting?.(more), format?.lasting?.(poll))
  const statuses = formatOf('mastodon.status')
  assert.deepEqual(statuses?.lasting?.({ ...status, favourites_count: 99 }), statuses?.lasting?.(status))
  assert.notDeepEqual(statuses?.lasting?.({ ...status, content: 'b' }), statuses?.lasting?.(status))
})

test('HTML becomes text', () => {
  assert.equal(
    textOfHtml(
      '<p>One<br>two &amp; <img class="emojione" alt=":blob:" src="x"> :cat:</p>\n<p><a href="https://a.example/b"><span class="invisible">https://</span>' +
        '<span class="ellipsis">a.example/</span><span class="invisible">b</span></a></p><script>x()</script><ul><li>a</li><li>b</li></ul>',
    ),
    'One\ntwo & :blob: :cat:\n\nhttps://a.example/b\n\n- a\n- b',
  )
  assert.equal(textOfHtml('plain < text &lt;b&gt;'), 'plain < text <b>')
  assert.equal(textOfHtml(''), '')
})
