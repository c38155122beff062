import './browser.ts'
import assert from 'node:assert/strict'
import { test } from 'vitest'
import { connectors, type Connection, type SyncRun } from '../../main/contract/index.ts'
import {
  connectionName,
  intervalLine,
  needsAttention,
  runLine,
  stateOfConnection,
  syncingLine,
} from '../../renderer/messages/connection-lines.ts'
import { en } from '../../renderer/messages/en.ts'
import { platformName } from '../../renderer/messages/platform-name.ts'

const calm: Connection = {
  id: 'a',
  platform: 'mastodon',
  username: 'ann',
  displayName: 'Ann',
  profileUrl: null,
  server: 'mastodon.social',
  status: 'connected',
  isEnabled: true,
  authKind: 'oauth',
  tokenExpiresAt: null,
  lastSyncAt: null,
  lastSyncStatus: null,
  nextSyncAt: null,
  intervalMinutes: 60,
  pausesOnBattery: false,
  problem: null,
  failures: 0,
  posts: 0,
  media: { downloaded: 0, pending: 0, failed: 0, unavailable: 0 },
  deadLetters: 0,
  running: null,
}

test('a connection stands as what presses most', () => {
  const running = { phase: 'posts', done: 0, total: 0 } as const
  const states = [
    [{}, 'connected'],
    [{ status: 'pending' }, 'pending'],
    [{ isEnabled: false }, 'paused'],
    [{ status: 'error' }, 'error'],
    [{ status: 'error', isEnabled: false }, 'paused'],
    [{ status: 'token_expired', isEnabled: false }, 'token_expired'],
    [{ status: 'disconnected' }, 'disconnected'],
    [{ authKind: 'archive' }, 'archive'],
    [{ authKind: 'archive', status: 'disconnected' }, 'disconnected'],
    [{ status: 'error', running }, 'syncing'],
  ] as const
  for (const [change, state] of states) assert.equal(stateOfConnection({ ...calm, ...change }), state)
  assert.deepEqual(
    states.filter(([change]) => needsAttention({ ...calm, ...change })).map(([, state]) => state),
    ['error', 'token_expired'],
  )
})

test('it is called by its name there, or by its service', () => {
  assert.equal(connectionName(calm), '@ann')
  assert.equal(connectionName({ ...calm, username: '@ann@a.example' }), '@ann@a.example')
  assert.equal(connectionName({ ...calm, username: null }), 'Ann')
  assert.equal(connectionName({ ...calm, username: null, displayName: null }), 'Mastodon')
  assert.equal(platformName('google_photos'), 'Google Photos')
  assert.equal(platformName('some_new_one'), 'Some new one')
})

test('intervals are said as people say them', () => {
  assert.deepEqual([15, 60, 360, 1440, 10_080].map(intervalLine), [
    'Every 15 min',
    'Every hour',
    'Every 6 h',
    'Once a day',
    'Once a week',
  ])
})

test('a sync is told with every figure that is something', () => {
  const run: SyncRun = {
    id: 'r',
    accountId: 'a',
    kind: 'manual',
    status: 'success',
    fetched: 0,
    created: 0,
    updated: 0,
    deleted: 0,
    mediaDownloaded: 0,
    mediaFailed: 0,
    problem: null,
    startedAt: '2026-01-01T00:00:00Z',
    finishedAt: null,
    durationMs: null,
    details: {},
  }
  assert.equal(runLine(run), '0 read')
  assert.equal(
    runLine({ ...run, fetched: 1200, created: 3, deleted: 1, mediaDownloaded: 1, mediaFailed: 2, durationMs: 65_000 }),
    '1,200 read · 3 new · 1 gone there · 1 picture fetched · 2 pictures not fetched · took 2 min',
  )
  assert.equal(syncingLine({ phase: 'posts', done: 0, total: 0 }), 'Looking for new posts…')
  assert.equal(syncingLine({ phase: 'media', done: 3, total: 10 }), 'Fetching pictures: 3 of 10')
})

test('every service that is offered is explained, and how to get its export', () => {
  for (const { platform, ways } of connectors) {
    assert.ok(`connect.lead.${platform}` in en, platform)
    if (ways.some((way) => way === 'archive')) assert.ok(`connect.steps.${platform}` in en, platform)
  }
})
