import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import type { Status, TimelineRow } from '../../main/contract/index.ts'
import { listen } from '../../main/engine/engine.ts'
import { coffer, type ImportAnswer } from '../support/coffer.ts'
import { samples, temporaryFolder, withoutSamples } from '../support/folders.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { testVault } from '../support/engine.ts'

test('init, import, timeline, show, sql, status, verify: the contract of each', async (t) => {
  const folder = await temporaryFolder(t)
  const vault = join(folder, 'vault')
  const made = await coffer(['init', vault, '--name', 'Ours', '--json'])
  assert.equal(made.code, 0)
  const { formatVersion, id, user } = made.json<{ vault: string; id: string; formatVersion: number; user: string }>()
  assert.deepEqual([formatVersion, typeof id, typeof user], [1, 'string', 'string'])
  await settledFile(join(folder, 'a.jpg'), await jpeg(1))
  await settledFile(join(folder, 'b.jpg'), await jpeg(2, { date: '2023:01:02 03:04:05' }))
  const run = (...args: string[]) => coffer([...args, '--json'], { COFFER_VAULT: vault })
  const imported = await run('import', join(folder, 'a.jpg'), join(folder, 'b.jpg'))
  const answer = imported.json<ImportAnswer>()
  assert.deepEqual([imported.code, answer.added, answer.items.length], [0, 2, 2])
  const timeline = (await run('timeline')).json<TimelineRow[]>()
  assert.deepEqual(
    timeline.map((row) => [row.filename, row.takenLocal, row.takenSource, row.width, row.height]),
    [
      ['a.jpg', '2024-06-15T12:00:00', 'exif', 64, 48],
      ['b.jpg', '2023-01-02T03:04:05', 'exif', 64, 48],
    ],
  )
  assert.equal((await run('timeline', '--from', '2024-01-01')).json<TimelineRow[]>().length, 1)
  assert.equal((await run('timeline', '--limit', '1')).json<TimelineRow[]>().length, 1)
  const shown = await run('show', timeline[0]?.id ?? '')
  assert.equal(shown.json<{ filename: string }>().filename, 'a.jpg')
  const album = (await run('album', 'create', 'Łódź in spring')).json<{ id: string }>()
  await run('album', 'add', album.id, timeline[0]?.id ?? '')
  const whole = (await run('show', album.id)).json<{
    type: string
    links: { label: string; otherTitle: string }[]
  }>()
  assert.deepEqual(
    [whole.type, whole.links.map((link) => [link.label, link.otherTitle])],
    ['album', [['contains', 'a.jpg']]],
  )
  const forPeople = await coffer(['show', album.id], { COFFER_VAULT: vault })
  assert.match(forPeople.stdout, /Łódź in spring[^]*contains: a\.jpg \(media\)/)
  const found = async (...args: string[]) =>
    (await run('search', ...args))
      .json<{ type: string; id: string; title: string }[]>()
      .map((each) => [each.type, each.title])
  assert.deepEqual(await found('łódź in sprng'), [['album', 'Łódź in spring']])
  assert.deepEqual(await found('a.jpg', '--type', 'album', 'note'), [])
  assert.equal((await run('search', 'x', '--type', 'nonsense')).code, 2)
  const rows = (await run('sql', 'select count(*) as n from vault.media')).json<{
    columns: string[]
    rows: unknown[][]
  }>()
  assert.deepEqual(rows, { columns: ['n'], rows: [[2]] })
  const status = (await run('status')).json<Status>()
  assert.deepEqual([status.media, status.albums, status.posts, status.problems], [2, 1, 0, []])
  const verified = await run('verify')
  assert.deepEqual([verified.code, verified.json<object>()], [0, { checked: 2, missing: [], damaged: [], orphans: [] }])
  assert.equal((await run('doctor')).code, 0)
})

test('wrong usage is 2, an unknown vault or id is 1, and --json says why', async (t) => {
  const folder = await temporaryFolder(t)
  const error = (run: { json<T>(): T }) => run.json<{ error: { code: string; message: string; retry: string } }>().error
  for (const args of [['nonsense'], ['import'], ['show'], ['--unknown']]) {
    const run = await coffer([...args, '--json', '--vault', folder])
    assert.deepEqual([run.code, error(run).code], [2, 'wrong-usage'], args.join(' '))
  }
  const missing = await coffer(['status', '--json', '--vault', join(folder, 'nothing')])
  assert.deepEqual([missing.code, error(missing).code], [1, 'vault-not-found'])
  await settledFile(join(folder, 'note.txt'), 'x')
  const full = await coffer(['init', folder, '--json'])
  assert.deepEqual([full.code, error(full).code], [1, 'vault-not-empty'])
  assert.deepEqual(await readdir(folder), ['note.txt'])
})

test('a vault that is open elsewhere is used through its socket, or is exit code 4 without one', async (t) => {
  const open = await testVault(t)
  const refused = await coffer(['status', '--json', '--vault', open.dir])
  assert.equal(refused.code, 4)
  const server = await listen(open.engine)
  t.onTestFinished(() => server.close())
  await settledFile(join(open.folder, 'a.jpg'), await jpeg(1))
  const imported = await coffer(['import', join(open.folder, 'a.jpg'), '--json', '--vault', open.dir])
  assert.deepEqual([imported.code, imported.json<ImportAnswer>().added], [0, 1])
  assert.equal((await open.get<Status>('/status')).media, 1)
})

test(
  'every file in the damaged set ends as damaged or unsupported, with exit code 3',
  { skip: withoutSamples },
  async (t) => {
    const folder = await temporaryFolder(t)
    const vault = join(folder, 'vault')
    await coffer(['init', vault])
    const damaged = join(samples, 'damaged')
    const run = await coffer(['import', damaged, '--json', '--vault', vault])
    const { items } = run.json<ImportAnswer>()
    assert.equal(run.code, 3)
    assert.equal(items.length, (await readdir(damaged)).length)
    assert.deepEqual(
      items.filter((item) => !['damaged', 'unsupported'].includes(item.outcome)),
      [],
    )
    assert.deepEqual(
      items.filter((item) => !item.reason),
      [],
    )
    assert.equal((await coffer(['verify', '--json', '--vault', vault])).code, 0)
    for (const name of await readdir(damaged)) {
      const alone = join(folder, 'alone')
      await coffer(['init', join(alone, name)])
      const one = await coffer(['import', join(damaged, name), '--json', '--vault', join(alone, name)])
      assert.equal(one.code, 3, name)
    }
  },
)
