import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import sharp from 'sharp'
import { ownSamples, samples, startBench, withoutSamples } from './support.ts'

const bench = startBench()
const picture = (): ReturnType<typeof sharp> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
const gps = (latitude: string, ns: string, longitude: string, ew: string): Record<string, string> => ({
  GPSLatitude: latitude,
  GPSLatitudeRef: ns,
  GPSLongitude: longitude,
  GPSLongitudeRef: ew,
})

async function factsWith(name: string, exif: Parameters<ReturnType<typeof sharp>['withExif']>[0], sidecar?: string) {
  const path = bench.path(name)
  const image = picture().withExif(exif)
  if (name.endsWith('.png')) await image.png().toFile(path)
  else if (name.endsWith('.webp')) await image.webp().toFile(path)
  else if (name.endsWith('.avif')) await image.avif().toFile(path)
  else await image.jpeg().toFile(path)
  return (await bench.inspect(path, sidecar === undefined ? {} : { sidecar })).facts
}

test('a photo with a place', async () => {
  const { facts } = await bench.inspect(join(ownSamples, 'DSCN0010.jpg'))
  assert.deepEqual(
    [facts.takenLocal, facts.takenAt, facts.utcOffsetMinutes, facts.takenSource, facts.cameraModel],
    ['2008-10-22T16:28:39', '2008-10-22T14:28:39.000Z', 120, 'gps-zone', 'COOLPIX P6000'],
  )
  assert.ok(Math.abs((facts.latitude ?? 0) - 43.467448) < 1e-5)
  assert.ok(JSON.stringify(facts.exif).length > 200)
  assert.deepEqual(structuredClone(facts.exif), JSON.parse(JSON.stringify(facts.exif)))
})

test('EXIF is read in each container', async () => {
  for (const name of ['a.jpg', 'a.png', 'a.webp', 'a.avif']) {
    const facts = await factsWith(name, {
      IFD0: { Make: 'Acme', Model: 'One' },
      IFD2: { DateTimeOriginal: '2021:07:15 10:20:30' },
    })
    assert.deepEqual(
      [facts.cameraMake, facts.cameraModel, facts.takenLocal],
      ['Acme', 'One', '2021-07-15T10:20:30'],
      name,
    )
  }
})

test('EXIF is read behind much else', async () => {
  const jpeg = await picture()
    .withExif({ IFD0: { Make: 'Acme' } })
    .jpeg()
    .toBuffer()
  const other = Buffer.alloc(60_002)
  other.writeUInt32BE(0xff_e9_ea_60)
  writeFileSync(bench.path('late.jpg'), Buffer.concat([jpeg.subarray(0, 2), other, other, other, jpeg.subarray(2)]))
  const { facts, damage } = await bench.inspect(bench.path('late.jpg'))
  assert.deepEqual([facts.cameraMake, damage], ['Acme', null])
})

test('EXIF is read in a TIFF', async () => {
  writeFileSync(bench.path('a.tif'), withTiffDate(await picture().tiff().toBuffer(), 'Acme', '2021:07:15 10:20:30'))
  const { facts, damage } = await bench.inspect(bench.path('a.tif'))
  assert.deepEqual([damage, facts.cameraMake, facts.takenLocal], [null, 'Acme', '2021-07-15T10:20:30'])
})

test('XMP is read in each container', async () => {
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF></x:xmpmeta>`
  for (const name of ['x.jpg', 'x.png', 'x.webp', 'x.avif'] as const) {
    await picture().withXmp(packet).toFile(bench.path(name))
    assert.equal((await bench.inspect(bench.path(name))).facts.rating, 4, name)
  }
})

test('places: hemispheres, the pair of zeros, a real zero', async () => {
  const south = await factsWith('south.jpg', { IFD3: gps('33/1 51/1 0/1', 'S', '70/1 30/1 0/1', 'W') })
  assert.deepEqual([south.latitude, south.longitude], [-33.85, -70.5])
  const none = await factsWith('none.jpg', { IFD3: gps('0/1 0/1 0/1', 'N', '0/1 0/1 0/1', 'E') })
  assert.deepEqual([none.latitude, none.longitude], [null, null])
  const greenwich = await factsWith('zero.jpg', { IFD3: gps('51/1 30/1 0/1', 'N', '0/1 0/1 0/1', 'E') })
  assert.deepEqual([greenwich.latitude, greenwich.longitude], [51.5, 0])
  const beyond = await factsWith('beyond.jpg', { IFD3: gps('123/1 0/1 0/1', 'N', '10/1 0/1 0/1', 'E') })
  assert.deepEqual([beyond.latitude, beyond.longitude], [null, null])
})

test('captions: what cameras write by themselves is none', async () => {
  assert.equal(
    (await factsWith('junk.jpg', { IFD0: { ImageDescription: 'OLYMPUS DIGITAL CAMERA         ' } })).description,
    null,
  )
  assert.equal((await factsWith('said.jpg', { IFD0: { ImageDescription: 'By the sea' } })).description, 'By the sea')
})

test('a caption keeps its letters', async () => {
  // libvips writes EXIF text in plain ASCII, so the letters take the place of as many others.
  const caption = 'Grüße aus Łódź'
  const stand = 'x'.repeat(Buffer.byteLength(caption))
  const jpeg = await picture()
    .withExif({ IFD0: { ImageDescription: stand } })
    .jpeg()
    .toBuffer()
  jpeg.write(caption, jpeg.indexOf(stand), 'utf8')
  writeFileSync(bench.path('letters.jpg'), jpeg)
  assert.equal((await bench.inspect(bench.path('letters.jpg'))).facts.description, caption)
})

test('a sidecar speaks before the file', async () => {
  const sidecar = bench.path('s.jpg.xmp')
  writeFileSync(
    sidecar,
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmp:Rating="4" exif:DateTimeOriginal="2019-02-03T04:05:06+01:00"><dc:subject><rdf:Bag><rdf:li>Zoë</rdf:li><rdf:li>sea</rdf:li></rdf:Bag></dc:subject><lr:hierarchicalSubject><rdf:Bag><rdf:li>people|Zoë</rdf:li><rdf:li>places|Rome</rdf:li></rdf:Bag></lr:hierarchicalSubject><dc:description><rdf:Alt><rdf:li xml:lang="x-default">By the sea</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>`,
  )
  const facts = await factsWith('s.jpg', { IFD2: { DateTimeOriginal: '2021:07:15 10:20:30' } }, sidecar)
  assert.deepEqual(
    [facts.takenLocal, facts.utcOffsetMinutes, facts.takenSource, facts.rating, facts.description, facts.tags],
    ['2019-02-03T04:05:06', 60, 'xmp-sidecar', 4, 'By the sea', ['Zoë', 'sea', 'Rome']],
  )
})

test('a sidecar that is missing, empty or no XML changes nothing', async () => {
  writeFileSync(bench.path('bad.xmp'), 'not < xml')
  for (const sidecar of [bench.path('bad.xmp'), bench.path('gone.xmp')]) {
    const facts = await factsWith('t.jpg', { IFD2: { DateTimeOriginal: '2021:07:15 10:20:30' } }, sidecar)
    assert.equal(facts.takenSource, 'exif')
  }
})

test('films tell length, size after rotation, place and time', { skip: withoutSamples }, async () => {
  const { facts, pictures, damage } = await bench.inspect(join(samples, 'formats/with-gps.mov'))
  assert.deepEqual([pictures, damage, facts.width, facts.height, facts.cameraModel], [null, null, 320, 568, 'iPhone 6'])
  assert.deepEqual(
    [facts.takenLocal, facts.utcOffsetMinutes, facts.takenSource],
    ['2019-07-24T11:25:40', 180, 'quicktime'],
  )
  assert.deepEqual([facts.latitude, facts.longitude, Math.round(facts.durationSeconds ?? 0)], [32.0929, 34.862, 4])
})

test('IPTC words keep their letters', async () => {
  for (const [name, encoding, isMarked] of [
    ['utf8.jpg', 'utf8', true],
    ['unmarked.jpg', 'utf8', false],
    ['latin1.jpg', 'latin1', false],
  ] as const) {
    writeFileSync(bench.path(name), withIptc(await picture().jpeg().toBuffer(), encoding, isMarked))
    const { facts } = await bench.inspect(bench.path(name))
    assert.deepEqual([facts.tags, facts.description], [['Zoë'], 'Grüße'], name)
  }
})

/** Gives a TIFF a maker and a date: libvips writes none, so its table is copied to the end with more entries. */
function withTiffDate(tiff: Buffer, make: string, date: string): Buffer {
  const table = tiff.readUInt32LE(4)
  const end = table + 2 + tiff.readUInt16LE(table) * 12
  const [makeAt, dateAt] = [tiff.length, tiff.length + make.length + 1]
  const exifAt = dateAt + date.length + 1
  const entry = (tag: number, type: number, count: number, value: number): Buffer => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16LE(tag, 0)
    bytes.writeUInt16LE(type, 2)
    bytes.writeUInt32LE(count, 4)
    bytes.writeUInt32LE(value, 8)
    return bytes
  }
  const ifd = (entries: readonly Buffer[]): Buffer => {
    const sorted = [...entries].sort((one, other) => one.readUInt16LE(0) - other.readUInt16LE(0))
    return Buffer.concat([Buffer.from([entries.length, 0]), ...sorted, Buffer.alloc(4)])
  }
  const own: Buffer[] = []
  for (let at = table + 2; at < end; at += 12) own.push(tiff.subarray(at, at + 12))
  const exif = ifd([entry(0x9003, 2, date.length + 1, dateAt)])
  own.push(entry(0x10f, 2, make.length + 1, makeAt), entry(0x8769, 4, 1, exifAt))
  const out = Buffer.concat([tiff, Buffer.from(`${make}\0${date}\0`, 'latin1'), exif, ifd(own)])
  out.writeUInt32LE(exifAt + exif.length, 4)
  return out
}

/** Puts keywords and a caption into an APP13 segment. */
function withIptc(jpeg: Buffer, encoding: 'utf8' | 'latin1', isMarked: boolean): Buffer {
  const field = (dataset: number, bytes: Buffer, record = 2): Buffer => {
    const head = Buffer.from([0x1c, record, dataset, 0, bytes.length])
    return Buffer.concat([head, bytes])
  }
  const marker = isMarked ? field(90, Buffer.from('\x1b%G', 'latin1'), 1) : Buffer.alloc(0)
  const iptc = Buffer.concat([
    marker,
    field(25, Buffer.from('Zoë', encoding)),
    field(120, Buffer.from('Grüße', encoding)),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(iptc.length)
  const padding = Buffer.alloc(iptc.length % 2)
  const body = Buffer.concat([Buffer.from('Photoshop 3.0\u00008BIM\x04\x04\0\0', 'latin1'), length, iptc, padding])
  const segment = Buffer.alloc(4)
  segment.writeUInt16BE(0xff_ed, 0)
  segment.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), segment, body, jpeg.subarray(2)])
}
