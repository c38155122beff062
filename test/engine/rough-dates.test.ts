import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import type { Media, TimelinePage, TimelineRow } from '../../main/contract/index.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { testVault, type TestVault } from '../support/engine.ts'

async function vaultWithRoughDates(t: Parameters<typeof testVault>[0]): Promise<TestVault> {
  const vault = await testVault(t)
  const source = join(vault.folder, 'album')
  await mkdir(source)
  const dates = {
    'year.jpg': '1993',
    'month.jpg': '1993:08:00 00:00:00',
    'before.jpg': '1993:08:10 12:00:00',
    'after.jpg': '1993:08:20 12:00:00',
  }
  for (const [number, [name, date]] of Object.entries(dates).entries()) {
    await settledFile(join(source, name), await jpeg(number, { date }))
  }
  const done = await vault.import({ paths: [source] })
  assert.equal(done.added, 4)
  return vault
}

async function named(vault: TestVault, filename: string): Promise<Media> {
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  const tile = tiles.find((each) => each.filename === filename)
  return vault.get<Media>(`/media/${tile?.id}`)
}

test('a date of which only the month or year is known says so, and is sorted at its middle', async (t) => {
  const vault = await vaultWithRoughDates(t)
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  assert.deepEqual(
    tiles.map((tile) => [tile.filename, tile.takenLocal, tile.takenPrecision]),
    [
      ['after.jpg', '1993-08-20T12:00:00', null],
      ['month.jpg', '1993-08-16T12:00:00', 'month'],
      ['before.jpg', '1993-08-10T12:00:00', null],
      ['year.jpg', '1993-07-02T12:00:00', 'year'],
    ],
  )
  const { items: rows } = await vault.get<{ items: TimelineRow[] }>('/timeline')
  assert.deepEqual(new Set(rows.map((row) => row.takenPrecision)), new Set([null, 'month', 'year']))
  const month = await named(vault, 'month.jpg')
  assert.deepEqual(
    [month.takenPrecision, month.takenAt, month.utcOffsetMinutes, month.takenSource],
    ['month', null, null, 'exif'],
  )
})

test('a date set by a person is exact, and the way back knows how rough it was', async (t) => {
  const vault = await vaultWithRoughDates(t)
  const { id } = await named(vault, 'month.jpg')
  const zoned = await vault.ask<Media>('PATCH', `/media/${id}`, { utcOffsetMinutes: 120 })
  assert.equal(zoned.body.takenPrecision, 'month', 'a zone makes no month a moment')
  const exact = await vault.ask<Media>('PATCH', `/media/${id}`, { takenLocal: '1993-08-14T15:00:00' })
  assert.deepEqual([exact.body.takenLocal, exact.body.takenPrecision], ['1993-08-14T15:00:00', null])
  const back = await vault.ask('POST', '/media/dates', { ids: [id], change: { to: 'imported' } })
  assert.ok(back.status < 300, JSON.stringify(back.body))
  const media = await vault.get<Media>(`/media/${id}`)
  assert.deepEqual(
    [media.takenLocal, media.takenPrecision, media.takenSource],
    ['1993-08-16T12:00:00', 'month', 'exif'],
  )
})
