import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filenameDate } from '../../main/engine/media/filename-date.ts'
import { taken, type DateClues } from '../../main/engine/media/taken.ts'

const now = Temporal.Instant.from('2025-06-01T00:00:00Z')
const mtimeMs = Date.UTC(2024, 0, 2, 3, 4, 5)
type Row = [
  name: string,
  clues: Partial<DateClues>,
  local: string | null,
  offset: number | null,
  source: string,
  confidence: string,
  at?: string | null,
]

const original = '2021:07:15 10:20:30'
const rows: Row[] = [
  ['wall time alone stays without a zone', { original }, '2021-07-15T10:20:30', null, 'exif', 'high', null],
  [
    'its own offset',
    { original, offsetOriginal: '+02:00' },
    '2021-07-15T10:20:30',
    120,
    'exif-offset',
    'high',
    '2021-07-15T08:20:30.000Z',
  ],
  [
    'a negative offset',
    { original, offsetOriginal: '-03:30' },
    '2021-07-15T10:20:30',
    -210,
    'exif-offset',
    'high',
    '2021-07-15T13:50:30.000Z',
  ],
  [
    'the original offset before the digitised',
    { original, offsetOriginal: '+01:00', offsetDigitized: '+05:00' },
    '2021-07-15T10:20:30',
    60,
    'exif-offset',
    'high',
  ],
  [
    'the digitised offset before the zone',
    { original, offsetDigitized: '+05:00', zone: 'Europe/Rome' },
    '2021-07-15T10:20:30',
    300,
    'exif-offset',
    'high',
  ],
  [
    'summer time of the place',
    { original, zone: 'Europe/Rome' },
    '2021-07-15T10:20:30',
    120,
    'gps-zone',
    'high',
    '2021-07-15T08:20:30.000Z',
  ],
  [
    'winter time of the place',
    { original: '2021:01:15 10:20:30', zone: 'Europe/Rome' },
    '2021-01-15T10:20:30',
    60,
    'gps-zone',
    'high',
  ],
  [
    'the zone before the satellites',
    { original, zone: 'Europe/Rome', gpsInstant: '2021:07:15 01:20:30' },
    '2021-07-15T10:20:30',
    120,
    'gps-zone',
    'high',
  ],
  [
    'satellites, rounded to a quarter',
    { original, gpsInstant: '2021:07:15 04:37:02' },
    '2021-07-15T10:20:30',
    345,
    'gps-delta',
    'high',
    '2021-07-15T04:35:30.000Z',
  ],
  [
    'satellites west of Greenwich',
    { original, gpsInstant: '2021:07:15 18:20:00' },
    '2021-07-15T10:20:30',
    -480,
    'gps-delta',
    'high',
  ],
  [
    'a satellite difference no place has',
    { original, gpsInstant: '2021:07:14 10:00:00' },
    '2021-07-15T10:20:30',
    null,
    'exif',
    'high',
  ],
  [
    'satellites before the offset of the modification',
    { original, gpsInstant: '2021:07:15 08:20:30', offsetModified: '+09:00' },
    '2021-07-15T10:20:30',
    120,
    'gps-delta',
    'high',
  ],
  [
    'the offset of the modification as a last resort',
    { original, offsetModified: '+09:00' },
    '2021-07-15T10:20:30',
    540,
    'exif-offset',
    'medium',
  ],
  ['an offset that is none', { original, offsetOriginal: '   :  ' }, '2021-07-15T10:20:30', null, 'exif', 'high'],
  ['an offset beyond the earth', { original, offsetOriginal: '+19:00' }, '2021-07-15T10:20:30', null, 'exif', 'high'],
  ['"5" is half a second', { original, originalSubSec: '5' }, '2021-07-15T10:20:30.500', null, 'exif', 'high'],
  ['"05" is a twentieth', { original, originalSubSec: '05' }, '2021-07-15T10:20:30.050', null, 'exif', 'high'],
  [
    '"123456" keeps milliseconds',
    { original, originalSubSec: '123456 ' },
    '2021-07-15T10:20:30.123',
    null,
    'exif',
    'high',
  ],
  ['"000" is none', { original, originalSubSec: '000' }, '2021-07-15T10:20:30', null, 'exif', 'high'],
  [
    'a sidecar before the file',
    { original, sidecarDate: '2020-01-02T03:04:05+01:00' },
    '2020-01-02T03:04:05',
    60,
    'xmp-sidecar',
    'high',
    '2020-01-02T02:04:05.000Z',
  ],
  [
    'the digitised date when there is no original',
    { digitized: original },
    '2021-07-15T10:20:30',
    null,
    'exif',
    'high',
  ],
  [
    'zeros are no date',
    { original: '0000:00:00 00:00:00', digitized: original },
    '2021-07-15T10:20:30',
    null,
    'exif',
    'high',
  ],
  [
    'blanks are no date',
    { original: '    :  :     :  :  ', xmpDate: '2020-05-06T07:08:09' },
    '2020-05-06T07:08:09',
    null,
    'xmp',
    'medium',
  ],
  [
    '31 February is no date',
    { original: '2021:02:31 10:00:00' },
    '2024-01-02T03:04:05',
    null,
    'mtime',
    'low',
    '2024-01-02T03:04:05.000Z',
  ],
  [
    'the future is no date',
    { original: '2031:01:01 10:00:00', filename: 'IMG_20160822_093541.jpg' },
    '2016-08-22T09:35:41',
    null,
    'filename',
    'medium',
  ],
  [
    'a camera reset gives way to a better clue',
    { original: '2000:01:01 00:00:12', filename: 'IMG_20160822_093541.jpg' },
    '2016-08-22T09:35:41',
    null,
    'filename',
    'medium',
  ],
  ['a camera reset alone is doubtful', { original: '1980:01:01 00:00:00' }, '1980-01-01T00:00:00', null, 'exif', 'low'],
  ['midnight of New Year is doubtful', { original: '2015:01:01 00:00:00' }, '2015-01-01T00:00:00', null, 'exif', 'low'],
  [
    'a photo of New Year’s Eve is not',
    { original: '2015:01:01 00:00:07' },
    '2015-01-01T00:00:07',
    null,
    'exif',
    'high',
  ],
  [
    'Apple’s own date before the header',
    { quicktimeLocal: '2019-07-24T11:25:40+0300', quicktimeUtc: '2019-07-24T09:00:00Z' },
    '2019-07-24T11:25:40',
    180,
    'quicktime',
    'high',
    '2019-07-24T08:25:40.000Z',
  ],
  [
    'the header of a film at a known place',
    { quicktimeUtc: '2019-07-24T09:00:00Z', zone: 'Asia/Tokyo' },
    '2019-07-24T18:00:00',
    540,
    'quicktime',
    'medium',
    '2019-07-24T09:00:00.000Z',
  ],
  [
    'the header of a film is a guess without a zone',
    { quicktimeUtc: '2019-07-24T09:00:00Z' },
    '2019-07-24T09:00:00',
    null,
    'quicktime',
    'medium',
    '2019-07-24T09:00:00.000Z',
  ],
  [
    '1904 is the zero of films',
    { quicktimeUtc: '1904-01-01T00:00:00Z', filename: 'VID_20170102_030405.mp4' },
    '2017-01-02T03:04:05',
    null,
    'filename',
    'medium',
  ],
  [
    '2036 in a header is no date',
    { quicktimeUtc: '2036-02-06T06:28:16Z' },
    '2024-01-02T03:04:05',
    null,
    'mtime',
    'low',
  ],
  [
    'an XMP date with its zone',
    { xmpDate: '2005-09-07T15:07:40-07:00' },
    '2005-09-07T15:07:40',
    -420,
    'xmp',
    'medium',
    '2005-09-07T22:07:40.000Z',
  ],
  ['IPTC', { iptcDate: '2003-08-31T12:00:01+0200' }, '2003-08-31T12:00:01', 120, 'iptc', 'medium'],
  ['PNG text as ISO', { pngText: '2022-03-04T05:06:07' }, '2022-03-04T05:06:07', null, 'png-text', 'medium'],
  [
    'PNG text as the PNG standard writes it',
    { pngText: 'Fri, 4 Mar 2022 05:06:07 +0100' },
    '2022-03-04T05:06:07',
    60,
    'png-text',
    'medium',
    '2022-03-04T04:06:07.000Z',
  ],
  [
    'Pixel names are UTC',
    { filename: 'PXL_20210304_050607089.jpg', zone: 'America/New_York' },
    '2021-03-04T00:06:07',
    -300,
    'filename',
    'medium',
    '2021-03-04T05:06:07.000Z',
  ],
  [
    'WhatsApp knows the day',
    { filename: 'IMG-20220122-WA0122.jpg' },
    '2022-01-22T00:00:00',
    null,
    'filename',
    'medium',
    null,
  ],
  [
    'the modification date before the file time',
    { modified: '2012:01:09 22:52:11' },
    '2012-01-09T22:52:11',
    null,
    'exif',
    'low',
  ],
  [
    'a name before the modification date',
    { modified: '2012:01:09 22:52:11', filename: 'VID_20110102_030405.mp4' },
    '2011-01-02T03:04:05',
    null,
    'filename',
    'medium',
  ],
  ['the file time is the last word', {}, '2024-01-02T03:04:05', null, 'mtime', 'low', '2024-01-02T03:04:05.000Z'],
]

for (const [name, clues, local, offset, source, confidence, at] of rows) {
  test(`taken: ${name}`, () => {
    const zoneBefore = process.env['TZ']
    process.env['TZ'] = 'UTC'
    try {
      const found = taken({ filename: 'a.jpg', mtimeMs, ...clues }, now)
      const expected = {
        takenLocal: local,
        takenAt: at === undefined ? found.takenAt : at,
        utcOffsetMinutes: offset,
        takenSource: source,
        takenConfidence: confidence,
      }
      assert.deepEqual(found, expected)
      // An instant is known exactly when something told the zone.
      if (offset !== null) assert.ok(found.takenAt !== null)
    } finally {
      if (zoneBefore === undefined) delete process.env['TZ']
      else process.env['TZ'] = zoneBefore
    }
  })
}

const names: [filename: string, local: string | null, isUtc?: boolean][] = [
  ['IMG_20160822_093541.jpg', '2016-08-22T09:35:41'],
  ['IMG_20160822_093541123.jpg', '2016-08-22T09:35:41'],
  ['PXL_20210304_050607089.MP.jpg', '2021-03-04T05:06:07', true],
  ['IMG-20220122-WA0122.jpg', '2022-01-22T00:00:00'],
  ['VID-20220122-WA0003.mp4', '2022-01-22T00:00:00'],
  ['VID_20170102_030405.mp4', '2017-01-02T03:04:05'],
  ['Screenshot_20231027_123303_Facebook.jpg', '2023-10-27T12:33:03'],
  ['Screenshot_2023-10-27-12-33-03-12_abc.png', '2023-10-27T12:33:03'],
  ['Screenshot 2023-10-27 at 12.33.03.png', '2023-10-27T12:33:03'],
  ['2016-08-22 09.35.41.jpg', '2016-08-22T09:35:41'],
  ['2016-08-22 09.35.41-2.jpg', '2016-08-22T09:35:41'],
  ['signal-2021-03-04-101112.jpg', '2021-03-04T10:11:12'],
  ['signal-2021-03-04-10-11-12-345.jpg', '2021-03-04T10:11:12'],
  ['20160822_093541.jpg', '2016-08-22T09:35:41'],
  ['WhatsApp Image 2021-03-04 at 10.11.12.jpeg', '2021-03-04T10:11:12'],
  ['IMG_20160231_093541.jpg', null],
  ['DSCN0010.JPG', null],
  ['IMG_0001.JPG', null],
  ['120160822093541.jpg', null],
  ['1600x1200.jpg', null],
]
for (const [filename, local, isUtc = false] of names) {
  test(`file name: ${filename}`, () => {
    const found = filenameDate(filename)
    assert.equal(found?.local.toString() ?? null, local)
    assert.equal(found?.isUtc ?? false, isUtc)
  })
}
