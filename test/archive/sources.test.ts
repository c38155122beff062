import assert from 'node:assert/strict'
import { describe, test } from 'vitest'
import { sources } from '../../main/engine/archive/sources.ts'
import { recognise, recogniseAll } from '../../main/engine/archive/recognise.ts'
import type { Draft } from '../../main/engine/archive/source.ts'
import type { Tree } from '../../main/engine/archive/tree.ts'
import { formatOf, type PostDraft } from '../../main/engine/platforms/index.ts'
import { type Files, folderOf, tarOf, treeOf, zipOf } from './fixtures.ts'
import { samples } from './samples/index.ts'
import { ip, mended } from './samples/odd.ts'

type Post = Extract<Draft, { kind: 'post' }>

async function read(tree: Tree): Promise<Draft[]> {
  const found = await recognise(tree)
  assert.ok(found, 'not recognised')
  assert.equal(found.recognised.refused, null)
  return Array.fromAsync(found.source.read(tree, found.recognised))
}

function postsOf(drafts: readonly Draft[]): Post[] {
  return drafts.filter((draft): draft is Post => draft.kind === 'post')
}

function normalised({ format, data }: Post): PostDraft {
  const found = formatOf(format)
  assert.ok(found, `there is no format ${format}`)
  return found.normalise(data, { platformUserId: 'id', username: 'name' })
}

/** A tree in which only some files are. */
function without(tree: Tree, path: RegExp): Tree {
  const files = tree.files().filter((file) => !path.test(file.path))
  return { name: tree.name, files: () => files, find: (name) => files.find((file) => file.path === name) ?? null }
}

test('every source has a sample', () => {
  assert.deepEqual(
    sources.map(({ name }) => name),
    samples.map(({ name }) => name),
  )
})

test('an export of Instagram with posts of Threads is both', async (t) => {
  const both = samples.filter(({ name }) => name === 'instagram' || name === 'threads')
  const files = Object.assign({}, ...both.map(({ files }) => files)) as Files
  const found = await recogniseAll(await treeOf(t, await folderOf(t, files)))
  assert.deepEqual(
    found.map(({ source }) => source.name),
    ['instagram', 'threads'],
  )
})

for (const { name, files, broken, posts, isOdd = false, html } of samples) {
  describe(name, () => {
    test('is recognised as itself and as nothing else', async (t) => {
      const tree = await treeOf(t, await folderOf(t, files))
      for (const source of sources) {
        const recognised = await source.recognise(tree)
        assert.equal(recognised !== null, source.name === name, source.name)
      }
      assert.equal(await recognise(await treeOf(t, await folderOf(t, { 'a.txt': 'a', 'b.json': '[]' }))), null)
    })

    test('gives the same from a folder, a zip, a tar, a folder in it, and twice', async (t) => {
      const inner: Files = Object.fromEntries(
        Object.entries(files).map(([path, content]) => [`my export/${path}`, content]),
      )
      const [first, ...others] = await Promise.all(
        [await folderOf(t, files), await zipOf(t, files), await tarOf(t, files), await zipOf(t, inner)].map(
          async (path) => {
            const tree = await treeOf(t, path)
            const drafts = await read(tree)
            assert.deepEqual(await read(tree), drafts)
            return drafts
          },
        ),
      )
      assert.ok(first)
      for (const other of others) assert.deepEqual(other, first)
      assert.deepEqual(
        first.filter(({ kind }) => kind === 'problem'),
        [],
      )
      const ids = postsOf(first).map(({ postId }) => postId)
      assert.equal(new Set(ids).size, ids.length, 'ids')
      if (typeof posts === 'number') assert.equal(ids.length, posts)
      else assert.deepEqual(ids, posts)
    })

    test('a broken record is one problem, and the others come', async (t) => {
      const whole = postsOf(await read(await treeOf(t, await folderOf(t, files))))
      const drafts = await read(await treeOf(t, await folderOf(t, broken)))
      const problems = drafts.filter((draft) => draft.kind === 'problem')
      assert.equal(problems.length, 1)
      assert.equal(problems[0]?.reason.code, 'archive-record-unreadable')
      const left = postsOf(drafts).map(({ postId }) => postId)
      assert.equal(left.length, whole.length - 1)
      const ids = new Set(whole.map(({ postId }) => postId))
      assert.ok(left.every((id) => ids.has(id)))
    })

    test('every post can be read, and stored', async (t) => {
      const tree = await treeOf(t, await folderOf(t, files))
      const drafts = await read(tree)
      const stored = JSON.stringify(drafts)
      assert.ok(!/\\u0000|\\ud[89a-f]/.test(stored), 'what no database can hold')
      assert.ok(!stored.includes(ip), 'a network address')
      const platform = (await recognise(tree))?.recognised.platform
      let isFound = false
      for (const draft of postsOf(drafts)) {
        // As it comes back from the database.
        const post = normalised({ ...draft, data: JSON.parse(JSON.stringify(draft.data)) as object })
        assert.equal(post.id, draft.postId)
        assert.equal(formatOf(draft.format)?.platform, platform)
        assert.equal(new Date(post.createdAt).toISOString(), post.createdAt)
        assert.ok(!/\\u0000|\\ud[89a-f]/.test(JSON.stringify(post)))
        for (const media of post.media) {
          assert.ok(media.url === null || media.path === null)
          if (media.path !== null) assert.ok(tree.find(media.path), media.path)
        }
        assert.deepEqual(
          Object.keys(post.metadata).filter((key) => key !== platform),
          [],
        )
        isFound ||= post.text?.includes(mended) === true
        const lasting = formatOf(draft.format)?.lasting?.(draft.data)
        assert.deepEqual(lasting, formatOf(draft.format)?.lasting?.(draft.data))
      }
      assert.equal(isFound, isOdd)
    })

    test('needs no file that is not there', async (t) => {
      const tree = await treeOf(t, await folderOf(t, files))
      const found = await recognise(tree)
      assert.ok(found)
      const bare = without(tree, /./)
      assert.deepEqual(postsOf(await Array.fromAsync(found.source.read(bare, found.recognised))), [])
    })

    test.runIf(html)('in HTML is refused with a reason', async (t) => {
      const found = await recognise(await treeOf(t, await folderOf(t, html ?? {})))
      assert.equal(found?.source.name, name)
      assert.equal(found.recognised.refused?.code, 'archive-html')
    })
  })
}
