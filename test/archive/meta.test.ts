import assert from 'node:assert/strict'
import { test } from 'vitest'
import { facebook } from '../../main/engine/archive/facebook/source.ts'
import { instagram } from '../../main/engine/archive/instagram/source.ts'
import type { Draft } from '../../main/engine/archive/source.ts'
import { BadPayload, formatOf, mended, type PostDraft } from '../../main/engine/platforms/index.ts'
import { draftsOf, folderOf, treeOf, zipOf } from './fixtures.ts'
import { facebook as facebookSample, picture } from './samples/facebook.ts'
import { layouts, mangled, posts } from './samples/instagram.ts'

const account = { platformUserId: null, username: null }

function read(format: string, data: unknown): PostDraft {
  const found = formatOf(format)
  assert.ok(found)
  return found.normalise(data, account)
}

function readAll(drafts: readonly Draft[]): PostDraft[] {
  return drafts.flatMap((draft) => (draft.kind === 'post' ? [read(draft.format, draft.data)] : []))
}

test('mangled texts are mended, and right ones stay', () => {
  assert.equal(mended(JSON.parse('"\\u00f0\\u009f\\u0098\\u0080 Caf\\u00c3\\u00a9"')), '😀 Café')
  for (const right of ['naïve', 'Ünï', '😀', 'plain', 'naïve 😀', '\u0080']) assert.equal(mended(right), right)
  assert.deepEqual(mended({ [mangled('ключ')]: [mangled('значение'), 1, null] }), { ключ: ['значение', 1, null] })
})

test('the three layouts of Instagram are one export', async (t) => {
  const read = await Promise.all(
    layouts.map(async (files) => {
      const tree = await treeOf(t, await folderOf(t, files))
      assert.deepEqual(await instagram.recognise(tree), {
        platform: 'instagram',
        account: {
          platformUserId: 'ana.b',
          username: 'ana.b',
          displayName: 'Ana Café',
          profileUrl: 'https://www.instagram.com/ana.b/',
        },
        refused: null,
      })
      return readAll(await draftsOf(instagram, tree)).toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    }),
  )
  assert.deepEqual(read[1], read[0])
  assert.deepEqual(read[2], read[0])
  assert.deepEqual(
    read[0]?.map(({ type, createdAt, media }) => [type, createdAt, media.map(({ kind }) => kind)]),
    [
      ['post', '2023-11-14T22:13:20.000Z', ['photo']],
      ['post', '2023-11-14T22:16:40.000Z', ['photo', 'photo']],
      ['post', '2023-11-14T22:18:20.000Z', ['photo']],
      ['story', '2023-11-14T22:20:00.000Z', ['video']],
      ['reel', '2023-11-14T22:21:40.000Z', ['video']],
    ],
  )
})

test('a post of one picture has its words there, one of several has them itself', () => {
  const [one, several, object] = posts.map((record) => read('instagram.export', { kind: 'post', record }))
  assert.deepEqual([one?.text, object?.text], ['Café 😀', 'three'])
  assert.ok(several?.text?.startsWith('odd'))
  const [medium] = one?.media ?? []
  assert.deepEqual(
    [medium?.key, medium?.path, medium?.latitude, medium?.longitude, medium?.takenAt],
    [
      'archive:media/posts/202401/a_17900000000000001.jpg',
      'media/posts/202401/a_17900000000000001.jpg',
      52.5,
      13.4,
      null,
    ],
  )
  const again = { media: [{ uri: 'other/a_17900000000000001.webp', creation_timestamp: 1_700_000_000 }] }
  assert.equal(read('instagram.export', { kind: 'post', record: again }).id, one?.id, 'in another export')
  assert.throws(() => read('instagram.export', { kind: 'post', record: { title: 'a' } }), BadPayload)
})

test('an export in two zips is one', async (t) => {
  const [files = {}] = layouts
  const all = Object.entries(files)
  const one = await zipOf(t, Object.fromEntries(all.filter(([path]) => path.endsWith('.json'))), 'one.zip')
  const two = await zipOf(t, Object.fromEntries(all.filter(([path]) => !path.endsWith('.json'))), 'two.zip')
  const tree = await treeOf(t, one, two)
  const media = readAll(await draftsOf(instagram, tree)).flatMap((post) => post.media)
  assert.equal(media.length, 6)
  for (const { path } of media) assert.ok(path !== null && tree.find(path))
})

test('posts of Facebook in both shapes', async (t) => {
  const tree = await treeOf(t, await folderOf(t, facebookSample.files))
  const drafts = await draftsOf(facebook, tree)
  const [first, , labelled] = readAll(drafts)
  assert.deepEqual(
    [first?.text, first?.createdAt, first?.updatedAt, first?.isPublic],
    ['Grüße 😀', '2020-09-13T12:26:40.000Z', '2020-09-13T12:41:40.000Z', false],
  )
  assert.deepEqual(first?.metadata, { facebook: { title: 'Ana updated her status.', tags: ['Ben'] } })
  assert.deepEqual([first?.media.length, first?.media[0]?.takenAt], [1, '2017-07-14T02:40:00.000Z'])
  assert.deepEqual([labelled?.id, labelled?.text, labelled?.media.length], ['998877', 'Schön', 1])
  assert.equal(labelled?.html, '<p>Schön</p><p><a href="https://a.example/x">https://a.example/x</a></p>')
  assert.deepEqual(labelled?.metadata, {
    facebook: {
      links: [{ url: 'https://a.example/x' }],
      place: { name: 'Sacramento', latitude: 38.57, longitude: -121.48 },
    },
  })
  assert.deepEqual(
    drafts.flatMap((draft) =>
      draft.kind === 'media' ? [[draft.path.split('/').at(-1), draft.description, draft.takenAt]] : [],
    ),
    [
      ['5.jpg', 'Süd', '2017-07-14T02:40:00.000Z'],
      ['6.jpg', null, '2017-07-14T02:40:00.000Z'],
      ['7.jpg', null, '2017-07-14T02:40:00.000Z'],
    ],
  )
  assert.deepEqual((await facebook.recognise(tree))?.account, {
    platformUserId: 'ana.m',
    username: 'ana.m',
    displayName: 'Ana Müller',
    profileUrl: 'https://www.facebook.com/ana.m',
  })
})

test('check-ins, links and the older layout', async (t) => {
  const checkIn = {
    timestamp: 1_600_000_000,
    attachments: [
      { data: [{ place: { name: 'Park', coordinate: { latitude: 52.5, longitude: 13.4 }, address: '' } }] },
    ],
  }
  const shared = {
    timestamp: 1_600_000_001,
    attachments: [{ data: [{ external_context: { name: 'N', url: 'https://a.example' } }] }],
  }
  const files = {
    'profile_information/profile_information.json': {
      profile: { name: { full_name: 'Ana' }, profile_uri: 'https://www.facebook.com/profile.php?id=1000' },
    },
    'posts/your_posts_1.json': [
      checkIn,
      shared,
      { timestamp: 1_600_000_002, attachments: [{ data: [{ media: picture('1') }, { media: picture('1') }] }] },
    ],
  }
  const tree = await treeOf(t, await folderOf(t, files))
  assert.equal((await facebook.recognise(tree))?.account.platformUserId, '1000')
  const [place, link, twice] = readAll(await draftsOf(facebook, tree))
  assert.deepEqual(place?.metadata, { facebook: { place: { name: 'Park', latitude: 52.5, longitude: 13.4 } } })
  assert.deepEqual(link?.html, '<p><a href="https://a.example">N</a></p>')
  assert.equal(twice?.media.length, 1)
  assert.throws(() => read('facebook.export', { record: { timestamp: 1_600_000_000 } }), BadPayload)
})
