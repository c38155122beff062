import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { test } from 'vitest'
import { strava } from '../../main/engine/archive/strava/source.ts'
import { BadPayload, formatOf, type PostDraft, readTrack, summaryOf } from '../../main/engine/platforms/index.ts'
import { dateOf } from '../../main/engine/platforms/strava/date.ts'
import { type Place, simplified } from '../../main/engine/platforms/strava/line.ts'
import { draftsOf, folderOf, treeOf } from './fixtures.ts'
import { cellsOf, csv, fit, gpx, header, strava as sample, tcx } from './samples/strava.ts'

function read(data: unknown): PostDraft {
  const format = formatOf('strava.export')
  assert.ok(format)
  return format.normalise(data, { platformUserId: null, username: null })
}

const first = {
  lat: 52.5,
  lon: 13.4,
  ele: 34.5,
  time: Date.parse('2024-11-20T17:31:07Z'),
  hr: 120,
  cad: 80,
  watts: 210,
  temp: 18,
}

test('GPX, TCX and FIT give the same points', async () => {
  assert.deepEqual((await readTrack('1.gpx', Buffer.from(gpx)))[0], first)
  const points = await readTrack('1.tcx.gz', gzipSync(tcx))
  assert.deepEqual(points, [
    { ...first, temp: null },
    { lat: null, lon: null, ele: null, time: first.time + 1000, hr: null, cad: null, watts: null, temp: null },
  ])
  const [point] = await readTrack('1.fit.gz', gzipSync(fit()))
  assert.ok(point && point.lat !== null && point.lon !== null)
  assert.ok(Math.abs(point.lat - 52.5) < 1e-5 && Math.abs(point.lon - 13.4) < 1e-5)
  assert.deepEqual({ ...point, lat: 52.5, lon: 13.4, ele: 34.5 }, first)
  assert.ok(point.ele !== null && Math.abs(point.ele - 34.6) < 0.3)
})

test('a recording that is none, cut off, or made to do harm ends', async () => {
  for (const bytes of ['', 'text', '<gpx/>', '<html>', gzipSync('x').subarray(0, 10)])
    await assert.rejects(readTrack('x', Buffer.from(bytes)), BadPayload)
  await assert.rejects(readTrack('x.fit', fit().subarray(0, 14)), BadPayload)
  await assert.rejects(readTrack('x.gz', gzipSync(Buffer.alloc(200 << 20))), BadPayload)
  assert.equal((await readTrack('x', Buffer.from(gpx.slice(0, gpx.length - 120)))).length, 1)
  const bomb = `<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><gpx><trkpt lat="1" lon="2"><ele>&b;</ele></trkpt></gpx>`
  assert.equal((await readTrack('x', Buffer.from(bomb)))[0]?.ele, null)
  const impossible = '<gpx><trkpt lat="181" lon="2"><hr>0</hr></trkpt><trkpt lat="0" lon="0"/></gpx>'
  assert.ok((await readTrack('x', Buffer.from(impossible))).every(({ lat, hr }) => lat === null && hr === null))
})

test('a way is simplified to ten metres, and never has too many points', () => {
  const straight = Array.from({ length: 1000 }, (_, at): Place => [52, 13 + at / 1e5])
  assert.deepEqual(simplified(straight), [straight[0], straight.at(-1)])
  const corner: Place[] = [
    [52, 13],
    [52, 13.01],
    [52.01, 13.01],
  ]
  assert.deepEqual(simplified(corner), corner)
  const wild = Array.from({ length: 100_000 }, (_, at): Place => [50 + (at % 2) * 0.01, 10 + at / 1e4])
  assert.ok(simplified(wild).length <= 2000)
  assert.deepEqual(simplified([]), [])
})

test('of columns with the same name the second is the exact one', async (t) => {
  const tree = await treeOf(t, await folderOf(t, sample.files))
  const drafts = await draftsOf(strava, tree)
  const posts = drafts.flatMap((draft) => (draft.kind === 'post' ? [read(draft.data)] : []))
  const [run, lines, , failed] = posts
  assert.deepEqual(run?.metadata, {
    strava: {
      distanceMetres: 10_234.5,
      movingSeconds: 3500,
      elapsedSeconds: 3601,
      elevationGainMetres: 120,
      averageSpeed: 2.9,
      maxSpeed: 5.1,
      averageHeartRate: 150,
      maxHeartRate: 171,
      averageWatts: 200,
      maxWatts: 300,
      calories: 650,
      gear: 'Shoes',
      privateNote: 'note',
      track: 'activities/1.gpx',
      bounds: [52.5, 13.4, 52.50001, 13.401],
      polyline: [
        [52.5, 13.4],
        [52.5, 13.401],
      ],
    },
  })
  assert.deepEqual(
    [run.type, run.activityType, run.text, run.createdAt],
    ['activity', 'Run', 'Run', '2024-11-20T17:31:07.000Z'],
  )
  assert.deepEqual(
    run.media.map(({ kind, path }) => [kind, path]),
    [
      ['photo', 'media/a.jpg'],
      ['video', 'media/b.mp4'],
    ],
  )
  assert.ok(lines?.text?.endsWith('\nline one\nline "two"'))
  assert.ok(failed)
  assert.equal((failed.metadata['strava'] as { track?: string }).track, undefined)
})

test('in another language columns are found by where they stand', () => {
  const other = header.map((_, at) => `Spalte ${at}`)
  const data = { cells: cellsOf({ id: '1', media: 'media/a.jpg' }), track: null }
  assert.deepEqual(read({ header: other, ...data }), read({ header, ...data }))
})

test('dates of several languages, and none', () => {
  const wanted = '2024-11-20T17:31:07.000Z'
  for (const text of [
    'Nov 20, 2024, 5:31:07 PM',
    'Nov 20, 2024, 5:31:07\u202FPM',
    '20.11.2024, 17:31:07',
    '20 nov. 2024, 17:31:07',
    '20 nov 2024, 17:31:07',
    '2024-11-20 17:31:07',
  ])
    assert.equal(dateOf(text), wanted, text)
  assert.equal(dateOf('Jan 1, 2024, 12:00:00 AM'), '2024-01-01T00:00:00.000Z')
  assert.equal(dateOf('1 févr. 2024, 12:00:00'), '2024-02-01T12:00:00.000Z')
  for (const text of ['', 'never', '2024年11月20日 17:31:07', '20.13.2024, 17:31:07'])
    assert.equal(dateOf(text), null, text)
  const track = { path: 'x', ...summaryOf([]), startedAt: wanted }
  assert.equal(read({ header, cells: cellsOf({ id: '1', date: '2024年11月20日 17:31:07' }), track }).createdAt, wanted)
})

test('a recording that is missing or broken costs the recording', async (t) => {
  const table = csv([
    header,
    cellsOf({ id: '1', file: 'activities/1.gpx' }),
    cellsOf({ id: '2', file: 'activities/2.gpx' }),
  ])
  const tree = await treeOf(
    t,
    await folderOf(t, { ...sample.files, 'activities.csv': table, 'activities/1.gpx': 'broken' }),
  )
  const [, ...drafts] = await draftsOf(strava, tree)
  assert.deepEqual(
    drafts.map((draft) => (draft.kind === 'problem' ? draft.reason.code : draft.kind)),
    ['archive-record-unreadable', 'post', 'archive-file-missing', 'post'],
  )
})
