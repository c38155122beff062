import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'vitest'
import { BadPayload, blobsOf, formatOf, type PostDraft } from '../../main/engine/platforms/index.ts'
import { cidOf, cidText, did } from './car-fixtures.ts'

const account = { platformUserId: null, username: null }
const picture = Buffer.from('picture')
const name = cidText(cidOf(picture, 0x55))
const blob = { $type: 'blob', ref: { $link: name }, mimeType: 'image/jpeg', size: 7 }
const sha256 = createHash('sha256').update(picture).digest('hex')

function read(value: object, collection = 'app.bsky.feed.post'): PostDraft {
  const format = formatOf('bluesky.record')
  assert.ok(format)
  return format.normalise({ uri: `at://${did}/${collection}/3k`, cid: 'bafy', value }, account)
}

test('links, mentions and tags are where their bytes say, not their characters', () => {
  const text = '😀 é <b> @ana.test https://a.example/?a=1&b=2 #café\nend'
  const at = (part: string): { byteStart: number; byteEnd: number } => {
    const byteStart = Buffer.from(text.slice(0, text.indexOf(part))).length
    return { byteStart, byteEnd: byteStart + Buffer.from(part).length }
  }
  const facets = [
    { index: at('#café'), features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'café' }] },
    { index: at('@ana.test'), features: [{ $type: 'app.bsky.richtext.facet#mention', did: 'did:plc:ana' }] },
    { index: at('https'), features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'javascript:alert(1)' }] },
    { index: { byteStart: 1, byteEnd: 4 }, features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'cut' }] },
    { index: { byteStart: 900, byteEnd: 990 }, features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'far' }] },
    'nonsense',
  ]
  assert.equal(
    read({ text, facets, createdAt: '2024-05-01T10:00:00.123456Z' }).html,
    '<p>😀 é &lt;b&gt; <a href="https://bsky.app/profile/did:plc:ana">@ana.test</a> https://a.example/?a=1&amp;b=2 ' +
      '<a href="https://bsky.app/hashtag/caf%C3%A9">#café</a><br>end</p>',
  )
})

test('a reply with a quote and pictures has all of them', () => {
  const quoted = { uri: 'at://did:plc:x/app.bsky.feed.post/9', cid: 'c' }
  const post = read({
    text: 'a',
    createdAt: '2024-05-01T12:00:00+02:00',
    langs: ['de'],
    reply: { root: { uri: 'at://r', cid: 'c' }, parent: { uri: 'at://p', cid: 'c' } },
    embed: {
      $type: 'app.bsky.embed.recordWithMedia',
      record: { $type: 'app.bsky.embed.record', record: quoted },
      media: { $type: 'app.bsky.embed.images', images: [{ image: blob, alt: 'Alt' }, { image: 'broken' }] },
    },
  })
  assert.deepEqual(post, {
    id: `at://${did}/app.bsky.feed.post/3k`,
    type: 'reply',
    text: 'a',
    html: '<p>a</p>',
    url: `https://bsky.app/profile/${did}/post/3k`,
    inReplyTo: 'at://p',
    threadRoot: 'at://r',
    author: did,
    activityType: null,
    createdAt: '2024-05-01T10:00:00.000Z',
    updatedAt: null,
    utcOffsetMinutes: 120,
    isPublic: true,
    engagement: {},
    media: [
      {
        key: `at://${did}/${name}`,
        kind: 'photo',
        url: null,
        path: null,
        alt: 'Alt',
        mimeType: 'image/jpeg',
        sizeBytes: 7,
        sha256,
        takenAt: null,
        latitude: null,
        longitude: null,
      },
    ],
    metadata: { bluesky: { cid: 'bafy', langs: ['de'], quotes: quoted.uri } },
  })
})

test('films, galleries, cards and quotes alone', () => {
  const createdAt = '2024-05-01T10:00:00Z'
  const film = read({ text: '', createdAt, embed: { $type: 'app.bsky.embed.video', video: blob, alt: 'A' } })
  assert.deepEqual(
    film.media.map(({ kind, alt }) => [kind, alt]),
    [['video', 'A']],
  )
  assert.equal(film.text, null)
  const gallery = { $type: 'app.bsky.embed.gallery', items: [{ image: blob, alt: '' }] }
  assert.equal(read({ text: 'a', createdAt, embed: gallery }).media.length, 1)
  const external = { uri: 'https://a.example', title: 'T', description: '', thumb: blob }
  const card = read({ text: 'a', createdAt, embed: { $type: 'app.bsky.embed.external', external } })
  assert.deepEqual(card.metadata, { bluesky: { cid: 'bafy', link: { uri: 'https://a.example', title: 'T' } } })
  const record = { uri: 'at://q', cid: 'c' }
  const quote = read({ text: 'a', createdAt, embed: { $type: 'app.bsky.embed.record', record } })
  assert.deepEqual(quote.metadata, { bluesky: { cid: 'bafy', quotes: 'at://q' } })
  assert.deepEqual(
    blobsOf({ uri: `at://${did}/x/y`, value: { embed: gallery } }).map(({ did, cid }) => [did, cid]),
    [[did, name]],
  )
})

test('a repost points at what was reposted', () => {
  const subject = { uri: 'at://did:plc:x/app.bsky.feed.post/9', cid: 'c' }
  const repost = read({ createdAt: '2024-05-01T10:00:00Z', subject }, 'app.bsky.feed.repost')
  assert.deepEqual(
    [repost.type, repost.text, repost.url],
    ['repost', null, 'https://bsky.app/profile/did:plc:x/post/9'],
  )
})

test('a record without a time that can be is refused, and so is what is no post', () => {
  for (const createdAt of [undefined, '', 'yesterday', '9999-01-01T00:00:00Z', 5, '2024-13-01T00:00:00Z'])
    assert.throws(() => read({ text: 'a', createdAt }), BadPayload)
  assert.throws(() => read({ createdAt: '2024-05-01T10:00:00Z' }, 'app.bsky.feed.like'), BadPayload)
  assert.throws(() => formatOf('bluesky.record')?.normalise(null, account), BadPayload)
})
