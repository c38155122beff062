import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'vitest'
import { coffer } from '../support/coffer.ts'
import { temporaryFolder } from '../support/folders.ts'
import { zipOf } from './fixtures.ts'

const actor = { id: 'https://social.example/users/ann', type: 'Person', preferredUsername: 'ann', name: 'Ann' }
const note = (number: number): object => {
  const id = `https://social.example/users/ann/statuses/${number}`
  const published = `2024-05-0${number}T10:00:00Z`
  return {
    id: `${id}/activity`,
    type: 'Create',
    actor: actor.id,
    published,
    to: [],
    object: { id, type: 'Note', published, content: `<p>Toot ${number}</p>` },
  }
}

test('the command line imports an export, tells what it gave, and reads it again', async (t) => {
  const vault = join(await temporaryFolder(t), 'vault')
  assert.equal((await coffer(['init', vault])).code, 0)
  const items = [note(1), { type: 'Create', object: 7 }, note(2)]
  const path = await zipOf(t, {
    'actor.json': actor,
    'outbox.json': { type: 'OrderedCollection', orderedItems: items },
  })
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await coffer(['--vault', vault, '--json', ...args])
    return { code, stderr, json: JSON.parse(stdout) as Record<string, unknown> }
  }
  const dry = await run('archive', 'import', path, '--dry-run')
  assert.equal(dry.code, 3)
  assert.deepEqual(dry.json['types'], { post: { added: 2, updated: 0, same: 0, left: 0, failed: 1 } })
  const first = await run('archive', 'import', path)
  // One record could not be read: done, but.
  assert.equal(first.code, 3)
  assert.deepEqual(
    [first.json['source'], first.json['types']],
    ['mastodon', { post: { added: 2, updated: 0, same: 0, left: 0, failed: 1 } }],
  )
  const list = await run('sync', 'list')
  assert.deepEqual(
    (list.json as unknown as { platform: string; posts: number }[]).map(({ platform, posts }) => [platform, posts]),
    [['mastodon', 2]],
  )
  assert.deepEqual((await run('reprocess', '--posts')).json, { posts: 2, changed: 0, failed: 0 })
  assert.equal((await run('reprocess')).code, 2)
  const log = await run('sync', 'log')
  assert.equal((log.json as unknown as { kind: string; status: string }[])[0]?.status, 'partial')
  const none = await run('sync', 'run', 'nobody')
  assert.equal((none.json['error'] as { code: string }).code, 'not-found')
  const unknown = await run('connect', 'myspace', 'ann')
  assert.equal((unknown.json['error'] as { code: string }).code, 'connection-unsupported')
})
