import assert from 'node:assert/strict'
import { copyFile, mkdir, readdir, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { test } from 'vitest'
import type { ImportItem, Media } from '../../main/contract/index.ts'
import { samples, withoutSamples } from '../support/folders.ts'
import { settledFile } from '../support/pictures.ts'
import { testVault } from '../support/engine.ts'

type Expected = Partial<
  Pick<
    Media,
    | 'takenLocal'
    | 'takenPrecision'
    | 'utcOffsetMinutes'
    | 'takenSource'
    | 'description'
    | 'width'
    | 'height'
    | 'durationSeconds'
    | 'latitude'
    | 'longitude'
    | 'mimeType'
    | 'hasThumbnail'
  >
> & {
  readonly model?: string
  readonly exposure?: Partial<Media['exposure']>
  readonly tags?: readonly string[]
  readonly orientation?: number
  readonly outcome?: ImportItem['outcome']
}

/** The values of the samples' README, each by the program it names there. */
const expected: Readonly<Record<string, Expected>> = {
  'ExifTool.tif': {
    model: 'Canon EOS DIGITAL REBEL',
    takenLocal: '2004-02-20T00:00:00',
    takenPrecision: 'day',
    description: 'The picture caption',
  },
  'CanonRaw.cr3': { takenLocal: '2018-02-21T12:08:56.21', model: 'Canon EOS M50', width: 6000, height: 4000 },
  'CanonRaw.crw': { outcome: 'added', takenLocal: '2003-11-10T17:39:26' },
  // To the second as the camera wrote it; the README names the minute. The film itself is cut off.
  'Pentax.avi': { takenLocal: '2009-10-27T12:14:34', outcome: 'damaged' },
  'c3018ebe53d0046eecb58858ca869a99.jpg': { takenLocal: '2006-10-14T22:52:07', orientation: 1 },
  'm5-63c8b14ea08a18c884d05a3431716047.tif': { takenLocal: '2005-09-15T16:28:54' },
  'ecf22eaecaf11fc75938973745138868.tif': { takenLocal: '1997-08-25T13:12:50' },
  'sampleWithExifData.png': { description: 'This is an image with exif data' },
  'm1-1b5df699719c4a7cc8314ab9af139405.png': { takenLocal: '2006-04-05T13:33:39' },
  '5e2b64196b9e014e0ed0a27873cafdb3.png': { takenLocal: '1999-01-01T00:08:50' },
  '1ebd73c1d3fbc89782f29507364128fc.png': { takenLocal: '2007-04-25T15:46:33' },
  '4c5b82ba0a9c12356007bd71e52185b2.png': { exposure: { seconds: 1 / 180, aperture: 5.6, focalLengthMm: 75 } },
  '8x4x8bit-Grayscale.psd': {
    width: 8,
    height: 4,
    takenLocal: '2012-05-22T15:52:27',
    utcOffsetMinutes: 60,
    hasThumbnail: true,
  },
  '24bpp-10x10.bmp': { width: 10, height: 10, hasThumbnail: true },
  'shellmap.tga': { mimeType: 'image/x-tga', width: 128, height: 128, hasThumbnail: true },
  'gimp-export-raw.ppm': { width: 32, height: 16, hasThumbnail: true, outcome: 'added' },
  'Issue 201.gif': { tags: ['foobarisawesome'] },
  'chirp-1.mp3': { durationSeconds: 0.13 },
  'crash-309e9bd98fb2e48b48889ea90fe7a2f1bc176da6.fuzzed': { takenLocal: '2008-08-08T23:40:15' },
  'crash-01be33c8ba2985e5f3307f8b83a926c15890c403.fuzzed': { durationSeconds: null },
  'gps-datetime.jpg': { takenLocal: '2023-11-15T04:30:00', utcOffsetMinutes: -480, takenSource: 'gps' },
  '2000.jpg': { takenLocal: '2000-09-27T14:35:33', utcOffsetMinutes: 120, takenSource: 'xmp-sidecar' },
  'iso-value-array.jpg': { latitude: 40.23464, longitude: -76.28714, exposure: { iso: 160 } },
  'f6419b06a39ff09604343848658b1a41.jpg': { width: 150, height: 200, mimeType: 'image/jpeg' },
  'b9bc00e0fb28f2a525c0acfe78251eda.tif': { outcome: 'added', hasThumbnail: true },
}

test('an import of the hard files gives the values of their README', { skip: withoutSamples }, async (t) => {
  const zone = process.env['TZ']
  // Times that are UTC by their standard are shown in the computer's zone where no place is known.
  process.env['TZ'] = 'UTC'
  t.onTestFinished(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })
  const vault = await testVault(t)
  const source = join(vault.folder, 'hard')
  await mkdir(source)
  for (const name of await readdir(join(samples, 'hard'))) {
    await copyFile(join(samples, 'hard', name), join(source, name))
    await utimes(join(source, name), 1_600_000_000, 1_600_000_000)
  }
  // The sidecars have lost their photos; any will do.
  for (const name of ['2000.jpg', 'iso-value-array.jpg']) await settledFile(join(source, name), await plainJpeg(name))
  const done = await vault.import({ paths: [source] })
  assert.equal(done.status, 'done')
  const { items } = await vault.get<{ items: ImportItem[] }>(`/imports/${done.id}/items?limit=5000`)
  const wrong: string[] = []
  for (const [name, want] of Object.entries(expected)) {
    const item = items.find((each) => basename(each.path) === name)
    assert.ok(item?.mediaId, `${name} is not kept: ${item?.outcome} ${item?.reason?.code}`)
    const media = await vault.get<Media>(`/media/${item.mediaId}`)
    for (const [what, mine, other] of differences(want, media, item)) {
      wrong.push(`${name} ${what}: ${JSON.stringify(mine)}, should be ${JSON.stringify(other)}`)
    }
  }
  assert.deepEqual(wrong, [])
})

function* differences(want: Expected, media: Media, item: ImportItem): Generator<[string, unknown, unknown]> {
  const { model, exposure, tags, orientation, outcome, ...fields } = want
  const found: [string, unknown, unknown][] = Object.entries(fields).map(([name, value]) => [
    name,
    Reflect.get(media, name),
    value,
  ])
  if (model !== undefined) found.push(['model', media.camera.model, model])
  if (tags !== undefined) found.push(['tags', media.tags, tags])
  if (orientation !== undefined) found.push(['orientation', media.metadata['orientation'], orientation])
  if (outcome !== undefined) found.push(['outcome', item.outcome, outcome])
  for (const [name, value] of Object.entries(exposure ?? {})) {
    found.push([name, Reflect.get(media.exposure, name), value])
  }
  for (const [name, mine, other] of found) if (!isSame(mine, other)) yield [name, mine, other]
}

function isSame(mine: unknown, other: unknown): boolean {
  if (typeof mine === 'number' && typeof other === 'number') return Math.abs(mine - other) <= Math.abs(other) * 0.01
  return JSON.stringify(mine) === JSON.stringify(other)
}

/** A photo that says nothing of itself. */
async function plainJpeg(name: string): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  const background = name.startsWith('2') ? '#a04020' : '#2040a0'
  return sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .jpeg()
    .toBuffer()
}

test(
  'the damaged files are kept and called damaged, and nothing waits or fails',
  { skip: withoutSamples },
  async (t) => {
    const vault = await testVault(t)
    const source = join(vault.folder, 'damaged')
    await mkdir(source)
    for (const name of await readdir(join(samples, 'damaged'))) {
      await copyFile(join(samples, 'damaged', name), join(source, name))
      await utimes(join(source, name), 1_600_000_000, 1_600_000_000)
    }
    const done = await vault.import({ paths: [source] })
    assert.deepEqual(
      { seen: done.seen, damaged: done.damaged, later: done.later, failed: done.failed, unsupported: done.unsupported },
      { seen: 7, damaged: 7, later: 0, failed: 0, unsupported: 0 },
    )
  },
)
