import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import type { Connection, Import, ImportItem, Post, PostDetail, RecognisedExports } from './types.ts'
import { jpeg } from '../support/pictures.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { zipOf, type Files } from './fixtures.ts'

const actor = { id: 'https://social.example/users/ann', type: 'Person', preferredUsername: 'ann', name: 'Ann' }

function note(number: number, more: object = {}): object {
  const id = `https://social.example/users/ann/statuses/${number}`
  return {
    id: `${id}/activity`,
    type: 'Create',
    actor: actor.id,
    published: `2024-05-${String(number).padStart(2, '0')}T10:00:00Z`,
    to: ['https://www.w3.org/ns/activitystreams#Public'],
    cc: [],
    object: {
      id,
      type: 'Note',
      published: `2024-05-${String(number).padStart(2, '0')}T10:00:00Z`,
      content: `<p>Toot number ${number}</p>`,
      to: ['https://www.w3.org/ns/activitystreams#Public'],
      attachment: [],
      ...more,
    },
  }
}

function exportOf(items: readonly unknown[], more: Files = {}): Files {
  return {
    'actor.json': actor,
    'outbox.json': { id: 'outbox.json', type: 'OrderedCollection', totalItems: items.length, orderedItems: items },
    ...more,
  }
}

const withPicture = (path: string) => ({
  attachment: [{ type: 'Document', mediaType: 'image/jpeg', url: `/${path}`, name: 'A hill', width: 640, height: 480 }],
})

async function imported(vault: TestVault, path: string, more: object = {}): Promise<Import> {
  return vault.import({ paths: [path], archive: true, ...more })
}

const feed = async (vault: TestVault): Promise<Post[]> => (await vault.get<{ items: Post[] }>('/posts/feed')).items
const postFigures = (run: Import) => {
  const { type: _type, ...figures } = run.archive?.types.find(({ type }) => type === 'post') ?? { type: 'post' }
  return figures
}

test('an export comes in with posts, pictures and all the rest, and a second time it changes nothing', async (t) => {
  const vault = await testVault(t)
  const picture = 'media_attachments/files/1/original/hill.jpeg'
  const path = await zipOf(
    t,
    exportOf([note(1), note(2, withPicture(picture)), note(3)], { [picture]: await jpeg(7), 'likes.json': {} }),
  )
  const found = (await vault.ask<RecognisedExports>('POST', '/imports/recognise', { paths: [path, vault.dir] })).body
  assert.deepEqual(found, {
    exports: [
      { paths: [path], source: 'mastodon', platform: 'mastodon', account: found.exports[0]?.account, refused: null },
    ],
    others: [vault.dir],
  })
  const dry = await imported(vault, path, { dryRun: true })
  assert.deepEqual([dry.status, postFigures(dry)], ['done', { added: 3, updated: 0, same: 0, left: 0, failed: 0 }])
  assert.equal(dry.archive?.samples.length, 3)
  assert.deepEqual(await feed(vault), [])

  const first = await imported(vault, path)
  assert.deepEqual([first.status, first.problem], ['done', null])
  assert.deepEqual(postFigures(first), { added: 3, updated: 0, same: 0, left: 0, failed: 0 })
  const posts = await feed(vault)
  assert.deepEqual(
    posts.map(({ text, localAt }) => [text, localAt]),
    [3, 2, 1].map((number) => [`Toot number ${number}`, `2024-05-0${number}T10:00:00`]),
  )
  const [, second] = posts
  assert.deepEqual(
    second?.media.map(({ status, alt, kind, error }) => ({ status, alt, kind, error })),
    [{ status: 'downloaded', alt: 'A hill', kind: 'photo', error: null }],
  )
  const mediaId = second?.media[0]?.mediaId
  const photo = await vault.get<{ filename: string; takenLocal: string | null }>(`/media/${mediaId}`)
  assert.equal(photo.filename, 'hill.jpeg')
  // What is left of the export is kept as one file.
  const kept = await readdir(join(vault.dir, 'users'), { recursive: true })
  assert.equal(kept.filter((name) => /sidecars.*\.zip$/.test(name)).length, 1)

  const again = await imported(vault, path)
  assert.deepEqual(postFigures(again), { added: 0, updated: 0, same: 3, left: 0, failed: 0 })
  assert.equal((await feed(vault)).length, 3)
  const keptAgain = await readdir(join(vault.dir, 'users'), { recursive: true })
  assert.equal(keptAgain.filter((name) => /sidecars.*\.zip$/.test(name)).length, 1)
  const { items } = await vault.get<{ items: Connection[] }>('/connections')
  assert.deepEqual(
    items.map(({ platform, authKind, posts: count, media }) => [platform, authKind, count, media.downloaded]),
    [['mastodon', 'archive', 3, 1]],
  )
})

test('what is in the trash or was deleted for good stays so, an edit comes in, and undoing takes just that away', async (t) => {
  const vault = await testVault(t)
  const before = await zipOf(t, exportOf([note(1), note(2), note(3)]))
  const first = await imported(vault, before)
  const [third, second, one] = await feed(vault)
  assert.ok(third && second && one)
  const remove = (id: string) => vault.ask('DELETE', `/posts/${id}`)
  assert.ok((await remove(third.id)).status < 300)
  assert.ok((await remove(second.id)).status < 300)
  const purged = await vault.ask('POST', '/trash/objects/purge', { items: [{ type: 'post', id: second.id }] })
  assert.ok(purged.status < 300, JSON.stringify(purged.body))
  const edited = note(1, { content: '<p>Edited</p>', updated: '2024-06-01T00:00:00Z' })
  const run = await imported(vault, await zipOf(t, exportOf([edited, note(2), note(3), note(4)])))
  assert.deepEqual(postFigures(run), { added: 1, updated: 1, same: 0, left: 2, failed: 0 })
  const after = await feed(vault)
  assert.deepEqual(
    after.map(({ text }) => text),
    ['Toot number 4', 'Edited'],
  )
  const detail = await vault.get<PostDetail>(`/posts/${one.id}/detail`)
  assert.deepEqual(
    detail.versions.map(({ text }) => text),
    ['Edited', 'Toot number 1'],
  )
  await vault.ask('POST', `/imports/${run.id}/undo`)
  assert.deepEqual(
    (await feed(vault)).map(({ text }) => text),
    ['Edited'],
  )
  await vault.ask('POST', `/imports/${first.id}/undo`)
  assert.deepEqual(await feed(vault), [])
})

test('a record that cannot be read is one line, and everything else comes in', async (t) => {
  const vault = await testVault(t)
  const run = await imported(vault, await zipOf(t, exportOf([note(1), { type: 'Create', object: 7 }, note(2)])))
  assert.equal(run.status, 'done')
  assert.equal((await feed(vault)).length, 2)
  const { items } = await vault.get<{ items: ImportItem[] }>(`/imports/${run.id}/items`)
  assert.deepEqual(
    items.map(({ outcome, reason }) => [outcome, reason?.code]),
    [['failed', 'archive-record-unreadable']],
  )
  assert.equal(run.failed, 1)
})

test('what is no export, or a broken one, is said so', async (t) => {
  const vault = await testVault(t)
  const unknown = await imported(vault, await zipOf(t, { 'hello.txt': 'hello' }))
  assert.deepEqual([unknown.status, unknown.problem?.code], ['failed', 'archive-unknown'])
})

test('what is kept of an export goes out with everything else, and can be read again', async (t) => {
  const vault = await testVault(t)
  await imported(vault, await zipOf(t, exportOf([note(1), note(2)]), 'mastodon.zip'))
  const to = join(vault.folder, 'everything')
  await vault.ask('POST', '/exports', { path: to })
  await vault.engine.vault().jobs.settled()
  const kept = await eventually(async () => {
    const names = await readdir(join(to, 'exports')).catch(() => [])
    return existsSync(join(to, 'index.html')) ? names : []
  })
  assert.match(kept.join(), /^mastodon-[0-9a-f]{8}\.zip$/)
  const other = await testVault(t)
  const run = await imported(other, join(to, 'exports', kept[0] ?? ''))
  assert.deepEqual(postFigures(run), { added: 2, updated: 0, same: 0, left: 0, failed: 0 })
})

async function eventually(look: () => Promise<string[]>): Promise<string[]> {
  for (;;) {
    const found = await look()
    if (found.length > 0) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
