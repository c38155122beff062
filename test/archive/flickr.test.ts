import assert from 'node:assert/strict'
import { test } from 'vitest'
import { formatOf, type PostDraft } from '../../main/engine/platforms/index.ts'
import { flickr } from '../../main/engine/archive/flickr/source.ts'
import { threads } from '../../main/engine/archive/threads/source.ts'
import type { Source } from '../../main/engine/archive/source.ts'
import { draftsOf, folderOf, treeOf, zipOf } from './fixtures.ts'
import { flickr as photos, photo } from './samples/flickr.ts'
import { threads as posts } from './samples/threads.ts'
import type { TestContext } from 'vitest'

async function read(t: TestContext, source: Source, ...paths: string[]): Promise<PostDraft[]> {
  const drafts = await draftsOf(source, await treeOf(t, ...paths))
  return drafts.flatMap((draft) => {
    const format = draft.kind === 'post' ? formatOf(draft.format) : null
    return draft.kind === 'post' && format
      ? [format.normalise(draft.data, { platformUserId: null, username: null })]
      : []
  })
}

test('a photo of Flickr has its picture from another part, its place and its figures', async (t) => {
  const all = Object.entries(photos.files)
  const one = await zipOf(t, Object.fromEntries(all.filter(([path]) => path.endsWith('.json'))), 'one.zip')
  const two = await zipOf(t, Object.fromEntries(all.filter(([path]) => !path.endsWith('.json'))), 'two.zip')
  const [first, second, third] = await read(t, flickr, one, two)
  assert.deepEqual(
    [first?.text, first?.createdAt, first?.isPublic],
    ['Killarney Lake\nSeen from here', '2008-07-03T09:48:30.000Z', true],
  )
  assert.deepEqual(first?.engagement, { views: 53, likes: 2, replies: 1 })
  const [medium] = first?.media ?? []
  assert.deepEqual(
    [medium?.key, medium?.path, medium?.url, medium?.latitude, medium?.longitude],
    ['flickr:2634391576', 'killarney-lake_2634391576_o.jpg', null, 49.696401, -123.159753],
  )
  assert.deepEqual(first?.metadata, {
    flickr: {
      taken: '2008-07-01 13:04:18',
      privacy: 'public',
      license: 'All Rights Reserved',
      tags: ['lake'],
      albums: ['Canada'],
    },
  })
  assert.deepEqual([second?.media[0]?.path, second?.media[0]?.latitude], ['2634391577_6ab6f1017f_o.jpg', null])
  assert.deepEqual([third?.isPublic, third?.media[0]?.kind, third?.text], [false, 'video', 'Seen from here'])
})

test('a photo whose picture is not there has its address', () => {
  const format = formatOf('flickr.photo')
  const account = { platformUserId: null, username: null }
  const post = format?.normalise({ photo: photo('1'), file: null }, account)
  assert.deepEqual(
    [post?.media[0]?.path, post?.media[0]?.url],
    [null, 'https://farm4.staticflickr.com/3008/1_6ab_o.jpg'],
  )
  const figures = { photo: photo('1', { count_views: '99' }), file: null }
  assert.deepEqual(format?.lasting?.(figures), format?.lasting?.({ photo: photo('1'), file: null }))
})

test('posts of Threads without a picture, with several, and replies', async (t) => {
  const [reply, , pictures] = await read(t, threads, await folderOf(t, posts.files))
  assert.deepEqual([reply?.type, reply?.text, reply?.media], ['reply', 'agreed — yes', []])
  assert.deepEqual(reply?.metadata, { threads: { replyControl: 'everyone', crossPostedFrom: ['FB'] } })
  assert.deepEqual(
    [pictures?.type, pictures?.text, pictures?.media.map(({ kind }) => kind)],
    ['post', 'two pictures', ['photo', 'video']],
  )
})
