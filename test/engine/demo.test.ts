import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'vitest'
import type { Album } from '../../main/contract/index.ts'
import { paint, type Scene } from '../../main/engine/cli/demo-pictures.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { coffer } from '../support/coffer.ts'
import { vaultOver } from '../support/engine.ts'
import { temporaryFolder } from '../support/folders.ts'

test('a demo vault has photos with places in albums, and a life around them', async (t) => {
  const folder = await temporaryFolder(t)
  const dir = join(folder, 'demo')
  const run = await coffer(['demo', dir, '--photos', '17', '--json'])
  assert.equal(run.code, 0, run.stderr)
  const answer = run.json<{ media: number; objects: Record<string, number> }>()
  assert.equal(answer.media, 17)
  const engine = startEngine({ stateDir: null })
  t.onTestFinished(() => engine.close())
  await engine.open(dir)
  const vault = vaultOver(engine, dir, folder)
  const { items: albums } = await vault.get<{ items: Album[] }>('/albums/overview')
  assert.deepEqual([albums.length, albums.reduce((sum, album) => sum + album.mediaCount, 0)], [8, 17])
  const status = await vault.get<{ media: number; posts: number; problems: object[] }>('/status')
  assert.deepEqual([status.media, status.posts, status.problems], [17, 4, []])
  const { items: objects } = await vault.get<{ items: { latitude: number | null; taken_at: string | null }[] }>(
    '/objects?type=media',
  )
  assert.deepEqual(
    [objects.filter((each) => each.latitude !== null).length, objects.filter((each) => each.taken_at !== null).length],
    [15, 17],
  )
  const found = await vault.get<{ items: { type: string }[] }>('/search?q=norway')
  assert.deepEqual([...new Set(found.items.map((each) => each.type))].sort(), ['media', 'tag'])
  assert.deepEqual((await vault.ask('POST', '/verify')).body, { checked: 17, missing: [], damaged: [], orphans: [] })
  assert.equal((await coffer(['demo', dir, '--json'])).code, 1, 'a vault that is there is left alone')
  assert.equal((await coffer(['demo', join(folder, 'x'), '--photos', 'many', '--json'])).code, 2)
})

test('the same scene is the same file, another number another picture', async () => {
  const scene: Scene = {
    kind: 'mountains',
    takenLocal: '2024-06-15T12:00:00',
    offset: '+02:00',
    camera: ['Fujifilm', 'X-T5', 'XF23mm'],
    place: { latitude: -33.8688, longitude: 151.2093 },
    seed: 1,
    isPortrait: true,
  }
  const hashes = await Promise.all(
    [scene, scene, { ...scene, seed: 2 }].map(async (each) =>
      createHash('sha256')
        .update(await paint(each))
        .digest('hex'),
    ),
  )
  assert.deepEqual([hashes[0] === hashes[1], hashes[0] === hashes[2]], [true, false])
})
