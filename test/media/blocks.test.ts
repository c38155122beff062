import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { readExif } from '../../main/engine/media/blocks/exif.ts'
import { readIptc } from '../../main/engine/media/blocks/iptc.ts'
import { readXmp } from '../../main/engine/media/blocks/xmp.ts'
import { ownSamples, pngChunk, startBench } from './support.ts'

const bench = startBench()
const picture = (): ReturnType<typeof sharp> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })

const photo = readFileSync(join(ownSamples, 'DSCN0010.jpg'))
/** The EXIF block of a real photo. */
function exifBlock(): Buffer {
  const at = photo.indexOf('Exif\0\0', 0, 'latin1') + 6
  return Buffer.from(photo.subarray(at, at + photo.readUInt16BE(at - 8) - 8))
}

/** Every entry of the three tables of a little-endian block: its tag and where it stands. */
function entriesOf(block: Buffer): { readonly tag: number; readonly at: number }[] {
  const found: { tag: number; at: number }[] = []
  const tables = [block.readUInt32LE(4)]
  for (let table = tables.shift(); table !== undefined; table = tables.shift()) {
    for (let entry = 0; entry < block.readUInt16LE(table); entry += 1) {
      const at = table + 2 + entry * 12
      const tag = block.readUInt16LE(at)
      if (tag === 0x8769 || tag === 0x8825) tables.push(block.readUInt32LE(at + 8))
      else found.push({ tag, at })
    }
  }
  return found
}

const spoilt: Readonly<Record<string, (block: Buffer, at: number) => void>> = {
  'of type 0': (block, at) => block.writeUInt16LE(0, at + 2),
  'of no type there is': (block, at) => block.writeUInt16LE(52_739, at + 2),
  'with too many values': (block, at) => block.writeUInt32LE(0xff_ff_ff_ff, at + 4),
  'that points far outside': (block, at) => {
    block.writeUInt32LE(40, at + 4)
    block.writeUInt32LE(0xff_ff_ff_f0, at + 8)
  },
  'that points beyond the end': (block, at) => {
    block.writeUInt32LE(40, at + 4)
    block.writeUInt32LE(block.length - 1, at + 8)
  },
  'without values': (block, at) => block.writeUInt32LE(0, at + 4),
}

for (const [how, spoil] of Object.entries(spoilt)) {
  test(`an EXIF entry ${how} costs only itself`, async () => {
    const whole = await readExif(exifBlock())
    const entries = entriesOf(exifBlock())
    assert.ok(entries.length > 40)
    const wanted = [
      { tag: 0x10f, of: (read: typeof whole) => read.ifd0['Make'] },
      { tag: 0x110, of: (read: typeof whole) => read.ifd0['Model'] },
      { tag: 0x132, of: (read: typeof whole) => read.ifd0['ModifyDate'] },
      { tag: 0x9003, of: (read: typeof whole) => read.exif['DateTimeOriginal'] },
      { tag: 0x829d, of: (read: typeof whole) => read.exif['FNumber'] },
      { tag: 0x920a, of: (read: typeof whole) => read.exif['FocalLength'] },
    ]
    for (const { tag, at } of entries) {
      const block = exifBlock()
      spoil(block, at)
      const read = await readExif(block)
      for (const each of wanted) {
        if (each.tag !== tag)
          assert.deepEqual(each.of(read), each.of(whole), `0x${tag.toString(16)} took another along`)
      }
      // The place is four entries together.
      if (tag > 4)
        assert.equal(read.gps['latitude'], whole.gps['latitude'], `0x${tag.toString(16)} took the place along`)
    }
  })
}

test('a block with a broken mark or a broken end still says what is before', async () => {
  const whole = await readExif(exifBlock())
  const marked = exifBlock()
  marked.writeUInt16LE(0x13_2a, 2)
  assert.equal((await readExif(marked)).ifd0['Model'], whole.ifd0['Model'])
  for (const block of [exifBlock().subarray(0, 400), Buffer.from('II*\0'), Buffer.from('MM'), Buffer.alloc(20)]) {
    await assert.doesNotReject(readExif(block))
  }
  assert.equal((await readExif(exifBlock().subarray(0, 400))).ifd0['Make'], 'NIKON')
})

test('whatever bytes a block has, nothing is thrown', async () => {
  let seed = 7
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  for (let round = 0; round < 300; round += 1) {
    const block = exifBlock()
    for (let spot = 0; spot < 8; spot += 1) block[random(1200)] = random(256)
    await assert.doesNotReject(readExif(block))
    readIptc(block)
    readXmp(block)
  }
})

const rdf = (inner: string, attributes = ''): string =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" ${attributes}>${inner}</rdf:Description></rdf:RDF></x:xmpmeta>`

test('XMP is read in every encoding and spelling', () => {
  const text = rdf('<xmp:Rating>4</xmp:Rating>')
  const packets: [name: string, packet: Uint8Array][] = [
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['UTF-16, big, without a mark', Buffer.from(text, 'utf16le').swap16()],
    ['as an attribute', Buffer.from(rdf('', 'xmp:Rating="4"'))],
    ['with CDATA', Buffer.from(rdf('<xmp:Rating><![CDATA[4]]></xmp:Rating>'))],
    ['with another prefix', Buffer.from(rdf('<a:Rating xmlns:a="http://ns.adobe.com/xap/1.0/">4</a:Rating>'))],
    ['with an entity', Buffer.from(rdf('<xmp:Rating>&#52;</xmp:Rating>'))],
    ['behind a comment', Buffer.from(`<!-- ${'-'.repeat(2)}> ${text}`)],
    ['without an end', Buffer.from(text.slice(0, text.indexOf('</xmp:Rating>') + 5))],
    [
      'with what XML does not allow',
      Buffer.from(rdf('<xmp:Label>a & b &unknown; c</xmp:Label><xmp:Rating>4</xmp:Rating>')),
    ],
  ]
  for (const [name, packet] of packets) assert.equal(readXmp(packet)['xmp:Rating'], '4', name)
})

test('lists, structures and languages of XMP keep their shape', () => {
  const found = readXmp(
    rdf(
      `<dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>Zoë</rdf:li></rdf:Bag></dc:subject>
       <dc:title><rdf:Alt><rdf:li xml:lang="de">Meer</rdf:li><rdf:li xml:lang="x-default">Sea</rdf:li></rdf:Alt></dc:title>
       <exif:ISOSpeedRatings><rdf:Seq><rdf:li>160</rdf:li></rdf:Seq></exif:ISOSpeedRatings>
       <exif:Flash rdf:parseType="Resource"><exif:Fired>True</exif:Fired></exif:Flash>`,
    ),
  )
  assert.deepEqual(found, {
    'dc:subject': ['sea', 'Zoë'],
    'dc:title': [
      { lang: 'x-default', value: 'Sea' },
      { lang: 'de', value: 'Meer' },
    ],
    'exif:ISOSpeedRatings': '160',
    'exif:Flash': { 'exif:Fired': 'True' },
  })
})

test('a sidecar gives place, exposure and stars, and it is known which', async () => {
  const sidecar = bench.path('s.xmp')
  writeFileSync(
    sidecar,
    rdf(
      '<exif:ISOSpeedRatings><rdf:Seq><rdf:li>160</rdf:li></rdf:Seq></exif:ISOSpeedRatings>',
      'exif:GPSLatitude="40,14.0786N" exif:GPSLongitude="76,17.2285W" exif:ExposureTime="1/180" exif:DateTimeOriginal="1993-08" xmlns:M="http://ns.microsoft.com/photo/1.0/" M:Rating="75"',
    ),
  )
  await picture().jpeg().toFile(bench.path('s.jpg'))
  const { facts } = await bench.inspect(bench.path('s.jpg'), { sidecar })
  assert.deepEqual(
    [facts.takenLocal, facts.takenPrecision, facts.takenSource, facts.iso, facts.exposureSeconds, facts.rating],
    ['1993-08-16T12:00:00', 'month', 'xmp-sidecar', 160, 1 / 180, 4],
  )
  assert.ok(Math.abs((facts.latitude ?? 0) - 40.23464) < 1e-5 && Math.abs((facts.longitude ?? 0) + 76.28714) < 1e-5)
  assert.deepEqual(facts.fromSidecar, ['taken', 'place', 'rating', 'exposure'])
})

test('words come from every list that programs write', async () => {
  const lists = `<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>
    <lr:hierarchicalSubject xmlns:lr="http://ns.adobe.com/lightroom/1.0/"><rdf:Bag><rdf:li>places|Rome</rdf:li></rdf:Bag></lr:hierarchicalSubject>
    <d:TagsList xmlns:d="http://www.digikam.org/ns/1.0/"><rdf:Seq><rdf:li>people/Zoë</rdf:li></rdf:Seq></d:TagsList>`
  await picture().withXmp(rdf(lists)).jpeg().toFile(bench.path('words.jpg'))
  assert.deepEqual((await bench.inspect(bench.path('words.jpg'))).facts.tags, ['sea', 'Rome', 'Zoë'])
})

const dataset = (number: number, text: string): Buffer =>
  Buffer.concat([Buffer.from([0x1c, 2, number, 0, text.length]), Buffer.from(text)])
const iptc = Buffer.concat([dataset(55, '19930800'), dataset(120, 'By the sea'), dataset(25, 'a'), dataset(25, 'b')])

test('IPTC is read up to what is broken in it, and behind padding', () => {
  const all = { DateCreated: '19930800', Caption: 'By the sea', Keywords: ['a', 'b'] }
  assert.deepEqual(readIptc(iptc), all)
  assert.deepEqual(readIptc(Buffer.concat([Buffer.alloc(3), iptc, Buffer.from([0x1c, 2, 5, 0xff, 0xff])])), all)
  assert.deepEqual(readIptc(iptc.subarray(0, 13 + 15)), { DateCreated: '19930800', Caption: 'By the sea' })
  assert.deepEqual(readIptc(Buffer.from('nothing of the kind')), {})
})

test('IPTC of a TIFF is read whatever type of number it is said to be', async () => {
  const tiff = await picture().tiff().toBuffer()
  const padded = Buffer.concat([iptc, Buffer.alloc((4 - (iptc.length % 4)) % 4)])
  for (const [name, type, bytes] of [
    ['byte', 1, padded],
    ['undefined', 7, padded],
    ['long', 4, padded],
    ['long and turned around', 4, Buffer.from(padded).swap32()],
  ] as const) {
    const path = bench.path(`${name}.tif`)
    writeFileSync(path, withField(tiff, 33_723, type, bytes))
    const { facts, damage } = await bench.inspect(path)
    assert.deepEqual([damage, facts.description, facts.takenLocal], [null, 'By the sea', '1993-08-16T12:00:00'], name)
  }
})

/** Adds a field to the first table of a little-endian TIFF, which moves to the end for that. */
function withField(tiff: Buffer, tag: number, type: number, value: Buffer): Buffer {
  const table = tiff.readUInt32LE(4)
  const count = tiff.readUInt16LE(table)
  const entries = Array.from({ length: count }, (_, at) => tiff.subarray(table + 2 + at * 12, table + 14 + at * 12))
  const field = Buffer.alloc(12)
  field.writeUInt16LE(tag, 0)
  field.writeUInt16LE(type, 2)
  field.writeUInt32LE(type === 4 ? value.length / 4 : value.length, 4)
  field.writeUInt32LE(tiff.length, 8)
  const sorted = [...entries, field].sort((one, other) => one.readUInt16LE(0) - other.readUInt16LE(0))
  const out = Buffer.concat([tiff, value, Buffer.from([sorted.length, 0]), ...sorted, Buffer.alloc(4)])
  out.writeUInt32LE(tiff.length + value.length, 4)
  return out
}

test('each block of a JPEG speaks although another one is broken', async () => {
  const jpeg = await picture()
    .withExif({ IFD0: { Make: 'Acme' } })
    .withXmp(rdf('', 'xmp:Rating="3"'))
    .jpeg()
    .toBuffer()
  const at = jpeg.indexOf('Exif\0\0', 0, 'latin1')
  const cases: [name: string, bytes: Buffer, make: string | null][] = [
    ['whole', jpeg, 'Acme'],
    ['EXIF of noise', Buffer.from(jpeg).fill(0xaa, at + 6, at + 40), null],
  ]
  const broken = Buffer.from(jpeg)
  // A length that leads into nowhere: the segments behind it are found by their names.
  broken.writeUInt16BE(11, at - 2)
  cases.push(['a broken chain', broken, null])
  for (const [name, bytes, make] of cases) {
    writeFileSync(bench.path('blocks.jpg'), bytes)
    const { facts } = await bench.inspect(bench.path('blocks.jpg'))
    assert.equal(facts.rating, 3, name)
    if (make !== null) assert.equal(facts.cameraMake, make, name)
  }
})

test('PNG keeps what stands behind its pixels, in each of its ways', async () => {
  const exif = Buffer.from(exifBlock())
  const profile = (name: string, bytes: Buffer): Buffer => {
    const hex = bytes.toString('hex').replaceAll(/(.{72})/g, '$1\n')
    return text(`Raw profile type ${name}`, Buffer.from(`\n${name}\n${String(bytes.length).padStart(8)}\n${hex}\n`))
  }
  const ways: [
    name: string,
    chunk: Buffer,
    check: (facts: Awaited<ReturnType<typeof bench.inspect>>['facts']) => unknown,
    value: unknown,
  ][] = [
    ['eXIf', pngChunk('eXIf', exif), (facts) => facts.cameraMake, 'NIKON'],
    [
      'eXIf with its name',
      pngChunk('eXIf', Buffer.concat([Buffer.from('Exif\0\0'), exif])),
      (facts) => facts.cameraMake,
      'NIKON',
    ],
    [
      'profile exif',
      profile('exif', Buffer.concat([Buffer.from('Exif\0\0'), exif])),
      (facts) => facts.cameraMake,
      'NIKON',
    ],
    [
      'profile APP1',
      profile('APP1', Buffer.concat([Buffer.from('Exif\0\0'), exif])),
      (facts) => facts.cameraMake,
      'NIKON',
    ],
    ['profile iptc', profile('iptc', iptc), (facts) => facts.description, 'By the sea'],
    ['profile xmp', profile('xmp', Buffer.from(rdf('', 'xmp:Rating="2"'))), (facts) => facts.rating, 2],
    ['XMP', international('XML:com.adobe.xmp', rdf('', 'xmp:Rating="2"'), false), (facts) => facts.rating, 2],
    ['XMP, packed', international('XML:com.adobe.xmp', rdf('', 'xmp:Rating="2"'), true), (facts) => facts.rating, 2],
    [
      'a date',
      text('Creation Time', Buffer.from('2006:04:05 13:33:39')),
      (facts) => facts.takenLocal,
      '2006-04-05T13:33:39',
    ],
    [
      'a date of letters',
      text('Creation Time', Buffer.from('Wed 5 Apr 2006 13:33:39 -0000')),
      (facts) => facts.takenLocal,
      '2006-04-05T13:33:39',
    ],
    [
      'a packed date',
      packed('CreationTime', '1999:01:01 00:08:50'),
      (facts) => facts.takenLocal,
      '1999-01-01T00:08:50',
    ],
    ['a caption', text('Description', Buffer.from('By the sea')), (facts) => facts.description, 'By the sea'],
    [
      'the last change',
      pngChunk('tIME', Buffer.from([0x07, 0xd6, 4, 5, 13, 9, 43])),
      (facts) => facts.takenSource,
      'png-text',
    ],
  ]
  const png = await picture().png().toBuffer()
  for (const [name, added, check, value] of ways) {
    writeFileSync(bench.path('late.png'), Buffer.concat([png.subarray(0, -12), added, png.subarray(-12)]))
    const { facts, damage } = await bench.inspect(bench.path('late.png'))
    assert.deepEqual([check(facts), damage], [value, null], name)
  }
})

function text(keyword: string, value: Buffer): Buffer {
  return pngChunk('tEXt', Buffer.concat([Buffer.from(`${keyword}\0`), value]))
}

function packed(keyword: string, value: string): Buffer {
  return pngChunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`), deflateSync(value)]))
}

function international(keyword: string, value: string, isPacked: boolean): Buffer {
  const head = Buffer.from(`${keyword}\0${isPacked ? '\u0001' : '\0'}\0en\0\0`)
  return pngChunk('iTXt', Buffer.concat([head, isPacked ? deflateSync(value) : Buffer.from(value)]))
}
