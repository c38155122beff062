import assert from 'node:assert/strict'
import { test } from 'vitest'
import { BadPayload, formatOf, type PostDraft } from '../../main/engine/platforms/index.ts'
import { x } from '../../main/engine/archive/x/source.ts'
import { draftsOf, folderOf, treeOf } from './fixtures.ts'
import { script, tweet } from './samples/x.ts'

function read(data: object, files: object = {}): PostDraft {
  const format = formatOf('x.tweet')
  assert.ok(format)
  return format.normalise({ ...data, files }, { platformUserId: '12', username: 'ana' })
}

test('figures that are texts, one level of escapes, and links for what they stand for', () => {
  const entities = {
    urls: [{ url: 'https://t.co/abc', expanded_url: 'https://a.example/?a=1&amp=2', indices: ['0', '1'] }],
    hashtags: [{ text: 'sea', indices: ['0', '1'] }],
    media: [
      { id_str: '7', type: 'photo', url: 'https://t.co/pic', media_url_https: 'https://pbs.twimg.com/media/A.jpg' },
    ],
  }
  const post = read(
    tweet('1', 'a &amp;lt; b &lt;i&gt; https://t.co/abc https://t.co/other #sea\nend https://t.co/pic', {
      entities,
      source: '<a href="http://twitter.com/download/iphone" rel="nofollow">Twitter for iPhone</a>',
      coordinates: { type: 'Point', coordinates: ['13.4', '52.5'] },
      in_reply_to_status_id_str: '0',
    }),
  )
  assert.equal(post.text, 'a &lt; b <i> https://a.example/?a=1&amp=2 https://t.co/other #sea\nend')
  assert.equal(
    post.html,
    '<p>a &amp;lt; b &lt;i&gt; <a href="https://a.example/?a=1&amp;amp=2">https://a.example/?a=1&amp;amp=2</a> ' +
      '<a href="https://t.co/other">https://t.co/other</a> #sea<br>end</p>',
  )
  assert.deepEqual(post.engagement, { likes: 3, reposts: 1 })
  assert.deepEqual([post.type, post.inReplyTo, post.createdAt], ['reply', '0', '2018-10-10T20:19:24.000Z'])
  assert.equal(post.url, 'https://x.com/ana/status/1')
  assert.deepEqual([post.media[0]?.key, post.media[0]?.url], ['x:7', 'https://pbs.twimg.com/media/A.jpg'])
  assert.deepEqual(post.metadata, {
    x: {
      language: 'en',
      client: 'Twitter for iPhone',
      tags: ['sea'],
      coordinates: { type: 'Point', coordinates: ['13.4', '52.5'] },
    },
  })
})

test('a retweet is known by its text, and nothing of it is fetched', () => {
  const media = [{ id_str: '7', type: 'photo', media_url_https: 'https://pbs.twimg.com/media/A.jpg' }]
  const post = read(tweet('1', 'RT @ben: text', { extended_entities: { media }, retweeted: false }))
  assert.deepEqual([post.type, post.media], ['repost', []])
  assert.deepEqual(post.metadata, { x: { reposts: 'ben', language: 'en' } })
})

test('of a film the best copy is taken, and the one that is there', async (t) => {
  const variants = [
    { bitrate: '256000', content_type: 'video/mp4', url: 'https://video.twimg.com/a/low.mp4?tag=1' },
    { content_type: 'application/x-mpegURL', url: 'https://video.twimg.com/a/list.m3u8' },
    { bitrate: '2176000', content_type: 'video/mp4', url: 'https://video.twimg.com/a/high.mp4?tag=1' },
  ]
  const media = [
    { id_str: '7', type: 'video', media_url_https: 'https://pbs.twimg.com/t.jpg', video_info: { variants } },
  ]
  const film = tweet('1', 'film', { extended_entities: { media } })
  assert.deepEqual(
    read(film).media.map(({ kind, url }) => [kind, url]),
    [['video', 'https://video.twimg.com/a/high.mp4?tag=1']],
  )

  const account = script('account', [{ account: { accountId: '12', username: 'ana', accountDisplayName: 'Ana' } }])
  const tree = await treeOf(
    t,
    await folderOf(t, {
      'account.js': account,
      'tweet.js': script('tweet', [film.tweet]),
      'tweet_media/1-low.mp4': 'film',
    }),
  )
  const [, post] = await draftsOf(x, tree)
  assert.ok(post?.kind === 'post')
  const [medium] = read(post.data, (post.data as { files: object }).files).media
  assert.deepEqual([medium?.path, medium?.url], ['tweet_media/1-low.mp4', null])
})

test('a long text that is cut off is whole again', async (t) => {
  const note = {
    noteTweetId: '77',
    createdAt: '2018-10-10T20:19:24.000Z',
    core: {
      text: 'A long text & its end https://t.co/x',
      urls: [{ shortUrl: 'https://t.co/x', expandedUrl: 'https://a.example' }],
    },
  }
  const files = {
    'data/account.js': script('account', [{ account: { accountId: '12', username: 'ana' } }]),
    'data/tweets.js': script('tweets', [tweet('1', 'A long… https://t.co/self'), tweet('2', 'whole')]),
    'data/note-tweet.js': script('note_tweet', [{ noteTweet: note }]),
  }
  const drafts = await draftsOf(x, await treeOf(t, await folderOf(t, files)))
  const format = formatOf('x.tweet')
  assert.deepEqual(
    drafts.flatMap((draft) =>
      draft.kind === 'post' ? [format?.normalise(draft.data, { platformUserId: null, username: null }).text] : [],
    ),
    ['A long text & its end https://a.example', 'whole'],
  )
})

test('part files come in the order of their numbers', async (t) => {
  const parts = Object.fromEntries(
    [...Array(11).keys()].map((at) => [
      `data/tweets${at === 0 ? '' : `-part${at}`}.js`,
      script('tweets', [tweet(`${at + 1}`, 'a')], at),
    ]),
  )
  const account = script('account', [{ account: { accountId: '12', username: 'ana' } }])
  const drafts = await draftsOf(x, await treeOf(t, await folderOf(t, { ...parts, 'data/account.js': account })))
  assert.deepEqual(
    drafts.flatMap((draft) => (draft.kind === 'post' ? [draft.postId] : [])),
    [...Array(11).keys()].map((at) => `${at + 1}`),
  )
})

test('a tweet without a time or an id is refused', () => {
  assert.throws(() => read(tweet('1', 'a', { created_at: 'now' })), BadPayload)
  assert.throws(() => read(tweet('1', 'a', { id_str: '../x' })), BadPayload)
})
