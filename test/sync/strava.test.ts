import assert from 'node:assert/strict'
import { test } from 'vitest'
import type { Post } from '../../main/contract/index.ts'
import { folderOf } from '../archive/fixtures.ts'
import { jpeg } from '../support/pictures.ts'
import { athleteId, fakeStrava, ownApp, type FakeStrava } from './fake-strava.ts'
import { setCursor, signedIn, syncVault, type SyncVault } from './support.ts'

const day = 86_400_000
const at = (daysAgo: number): string => `${new Date(Date.now() - daysAgo * day).toISOString().slice(0, 19)}Z`

const vaultFor = (t: Parameters<typeof syncVault>[0], service: FakeStrava) => syncVault(t, { network: service.network })
const signIn = (vault: SyncVault, service: FakeStrava) =>
  signedIn(vault, { platform: 'strava', ...ownApp }, service.network)
const queueOf = async (vault: SyncVault, id: string): Promise<number> => {
  let queue = 0
  await setCursor(vault, id, (cursor) => {
    queue = (cursor['queue'] as unknown[]).length
    return cursor
  })
  return queue
}
const strava = (post: Post | undefined): Record<string, unknown> =>
  (post?.metadata['strava'] ?? {}) as Record<string, unknown>

test('activities come with what they were, where they went and their pictures; praise is no other version of them', async (t) => {
  const service = await fakeStrava(t)
  const id = service.add({ name: 'Hills', start: '2024-05-01T05:00:00Z', photo: await jpeg(4) })
  service.add({
    name: 'Treadmill',
    start: '2024-05-02T05:00:00Z',
    more: { manual: true, private: true, description: null },
  })
  const vault = await vaultFor(t, service)
  const connection = await signIn(vault, service)
  assert.deepEqual(
    [connection.status, connection.username, connection.displayName, connection.posts, connection.media.downloaded],
    ['connected', null, 'Ann B', 2, 1],
  )
  const [treadmill, hills] = await vault.posts()
  assert.deepEqual(
    [
      hills?.type,
      hills?.activityType,
      hills?.text,
      hills?.url,
      hills?.localAt,
      hills?.utcOffsetMinutes,
      hills?.engagement,
    ],
    [
      'activity',
      'TrailRun',
      'Hills\nAbout Hills',
      `https://www.strava.com/activities/${id}`,
      '2024-05-01T07:00:00',
      120,
      { likes: 4, replies: 1 },
    ],
  )
  const { distanceMetres, gear, calories, polyline } = strava(hills)
  assert.deepEqual([distanceMetres, gear, calories], [10_024.5, 'Old shoes', 700])
  assert.deepEqual(polyline, [
    [52.5, 13.4],
    [52.501, 13.41],
    [52.51, 13.42],
  ])
  assert.deepEqual([hills?.media[0]?.alt, hills?.isPublic], ['At the top', true])
  assert.deepEqual([treadmill?.isPublic, treadmill?.text, strava(treadmill)['isManual']], [false, 'Treadmill', true])
  assert.equal(service.count(/streams/), 1)

  service.edit(id, { kudos_count: 9 })
  await vault.sync(connection.id)
  const [quiet] = await vault.runs(connection.id)
  assert.deepEqual([quiet?.created, quiet?.updated], [0, 0])
})

test('what is new comes by when it began, late uploads too; a whole walk shows edits, older ones and what is gone', async (t) => {
  const service = await fakeStrava(t)
  service.most = 10_000
  const old = Array.from({ length: 8 }, (_, number) => service.add({ name: `Run ${number}`, start: at(100 + number) }))
  service.add({ name: 'Newest', start: at(2) })
  const vault = await vaultFor(t, service)
  const connection = await signIn(vault, service)
  assert.equal(connection.posts, 9)
  const before = service.calls.length
  service.add({ name: 'Uploaded late', start: at(5) })
  service.add({ name: 'From an old watch', start: at(90) })
  service.edit(old[0] ?? 0, { name: 'Run 0, renamed' })
  service.remove(old[1] ?? 0)
  service.edit(old[2] ?? 0, { kudos_count: 77 })
  await vault.sync(connection.id)
  const [recent] = await vault.runs(connection.id)
  assert.deepEqual([recent?.created, recent?.updated, recent?.deleted], [1, 0, 0])
  // Two lists, the second of them empty, and the new one with its recording.
  assert.equal(service.calls.length - before, 4)
  await setCursor(vault, connection.id, (cursor) => ({ ...cursor, walkedAt: '2024-01-01T00:00:00.000Z' }))
  await vault.sync(connection.id)
  const [walk] = await vault.runs(connection.id)
  assert.deepEqual([walk?.created, walk?.updated, walk?.deleted], [1, 1, 1])
  const posts = await vault.posts()
  assert.ok(posts.some(({ text }) => text === 'Run 0, renamed\nAbout Run 0'))
  assert.deepEqual(
    (await vault.posts('&gone=true')).map(({ text }) => text),
    ['Run 1\nAbout Run 1'],
  )
  assert.equal(posts.find(({ text }) => text?.startsWith('Run 2'))?.engagement['likes'], 77)
  // What was edited is asked for once.
  const asked = service.calls.length
  await vault.sync(connection.id)
  assert.equal(service.calls.length - asked, 2)
})

test('the limits are kept: lists come first, what is left waits in a queue, and nothing is asked beyond them', async (t) => {
  const service = await fakeStrava(t)
  for (let number = 0; number < 30; number += 1) service.add({ name: `Run ${number}`, start: at(10 + number) })
  service.most = 21
  const vault = await vaultFor(t, service)
  const connection = await signIn(vault, service)
  assert.deepEqual(
    [connection.status, connection.problem?.code, connection.posts],
    ['connected', 'connection-limited', 30],
  )
  assert.equal(service.reads, 21)
  assert.ok(Date.parse(connection.nextSyncAt ?? '') - Date.now() <= 900_000)
  let left = await queueOf(vault, connection.id)
  assert.ok(left >= 20 && left < 30, String(left))
  for (let quarter = 0; quarter < 10 && left > 0; quarter += 1) {
    service.reads = 0
    await vault.sync(connection.id)
    left = await queueOf(vault, connection.id)
  }
  // An edit that has to wait takes nothing away meanwhile.
  const [first] = (await vault.posts()).filter(({ text }) => text?.includes('About'))
  const id = Number(first?.url?.split('/').at(-1))
  service.edit(id, { name: 'Renamed' })
  service.reads = 0
  service.most = 1
  await vault.sync(connection.id)
  assert.equal((await vault.posts()).find((post) => post.id === first?.id)?.text, first?.text)
  service.most = 100
  service.reads = 0
  await vault.sync(connection.id)
  const posts = await vault.posts()
  assert.equal(posts.find((post) => post.id === first?.id)?.text?.split('\n')[0], 'Renamed')
  assert.deepEqual([posts.length, posts.filter(({ text }) => text?.includes('About')).length], [30, 30])
  assert.equal(service.calls.filter((call) => call.includes('/oauth/token')).length, 1)
  assert.deepEqual((await vault.posts('&gone=true')).length, 0)
})

test('tokens of six hours are renewed, each with a new one to renew it by; a revoked one is said so, and so is what was unticked', async (t) => {
  const service = await fakeStrava(t)
  service.add({ name: 'One', start: at(20) })
  service.expiresIn = 60
  const vault = await vaultFor(t, service)
  const connection = await signIn(vault, service)
  await vault.sync(connection.id)
  assert.equal(service.count('POST /oauth/token'), 3)
  service.expiresIn = 21_600
  await vault.sync(connection.id)
  service.expire()
  service.add({ name: 'Two', start: at(1) })
  assert.equal((await vault.sync(connection.id)).posts, 2)
  assert.equal(service.count('POST /oauth/token'), 5)
  service.revoke()
  const over = await vault.sync(connection.id)
  assert.deepEqual([over.status, over.problem?.code], ['token_expired', 'connection-expired'])
  service.allowed = 'read'
  await assert.rejects(signIn(vault, service), /did not allow/)
  service.allowed = 'read,activity:read'
  const again = await signIn(vault, service)
  assert.deepEqual([again.id, again.status], [connection.id, 'connected'])
  const without = await vault.ask('POST', '/connections/sign-ins', { platform: 'strava' })
  assert.equal(without.status, 400)
  let dumped = ''
  await vault.engine.vault().database.snapshot((tx) => tx.dump(async (part) => void (dumped += part.toString())))
  const answers = JSON.stringify([await vault.get('/connections'), await vault.get('/activity')])
  for (const each of [...service.secrets, ownApp.clientSecret]) {
    assert.ok(!dumped.includes(each) && !answers.includes(each))
  }
})

test('a bulk export and the account itself are one', async (t) => {
  const service = await fakeStrava(t)
  const id = service.add({ name: 'Hills', start: '2024-05-01T05:00:00Z' })
  const header =
    'Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename'
  const folder = await folderOf(t, {
    'activities.csv': `${header}\n${id},"May 1, 2024, 5:00:00 AM",Hills,Run,About Hills,3700,10.02,,,false,A note of my own,Old shoes,\n`,
    'profile.csv': `Athlete ID,Email Address,First Name,Last Name,Sex,Description\n${athleteId},a@mail.example,Ann,B,F,\n`,
  })
  const vault = await vaultFor(t, service)
  const run = await vault.import({ paths: [folder], archive: true })
  assert.deepEqual([run.status, run.archive?.source], ['done', 'strava'])
  const connection = await signIn(vault, service)
  assert.deepEqual([connection.posts, (await vault.get<{ items: unknown[] }>('/connections')).items.length], [1, 1])
  const [post] = await vault.posts()
  // What only the export knows stays.
  assert.deepEqual(
    [post?.text, post?.activityType, strava(post)['privateNote'], strava(post)['calories']],
    ['Hills\nAbout Hills', 'TrailRun', 'A note of my own', 700],
  )
})
