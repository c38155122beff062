import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { samples, startBench, withoutSamples } from './support.ts'

const bench = startBench()

function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, at * 4)
  return bytes
}

interface Header {
  /** Seconds as the header has them. */
  readonly created?: number
  readonly duration?: number
  readonly scale?: number
  readonly long?: { readonly created: bigint; readonly duration: bigint }
}

function movieHeader({ created = 0, duration = 10_000, scale = 1000, long }: Header): Buffer {
  if (!long) return box('mvhd', u32(0, created, created, scale, duration), Buffer.alloc(80))
  const bytes = Buffer.alloc(32)
  bytes.writeUInt32BE(0x01_00_00_00, 0)
  bytes.writeBigUInt64BE(long.created, 4)
  bytes.writeBigUInt64BE(long.created, 12)
  bytes.writeUInt32BE(scale, 20)
  bytes.writeBigUInt64BE(long.duration, 24)
  return box('mvhd', bytes, Buffer.alloc(80))
}

/** The smallest film there is, with whatever else its description holds. */
function film(header: Header, ...more: readonly Buffer[]): Buffer {
  const track = box('trak', box('tkhd', Buffer.alloc(84)), box('mdia', box('minf', box('stbl'))))
  const type = box('ftyp', Buffer.from('isom\0\0\u0002\0isomiso2'))
  return Buffer.concat([type, box('moov', movieHeader(header), track, ...more), box('mdat', Buffer.alloc(8))])
}

async function factsOf(name: string, bytes: Buffer) {
  writeFileSync(bench.path(name), bytes)
  const { facts, damage } = await bench.inspect(bench.path(name))
  return { ...facts, damage }
}

const since1904 = (iso: string): number => Date.parse(iso) / 1000 + 2_082_844_800

test('the header of a film counts from 1904, or from 1970 where that would be before', async () => {
  const right = await factsOf('a.mp4', film({ created: since1904('2019-05-06T07:08:09Z') }))
  assert.equal(right.takenAt, '2019-05-06T07:08:09.000Z')
  const wrong = await factsOf('b.mp4', film({ created: Date.parse('2008-08-08T23:40:15Z') / 1000 }))
  assert.equal(wrong.takenAt, '2008-08-08T23:40:15.000Z')
  const long = { created: BigInt(Date.parse('2012-01-02T03:04:05Z') / 1000), duration: 5000n }
  assert.equal((await factsOf('c.mp4', film({ long }))).takenAt, '2012-01-02T03:04:05.000Z')
  assert.equal((await factsOf('d.mp4', film({ created: 0 }))).takenSource, 'mtime')
})

test('a duration beyond reason is unknown', async () => {
  assert.equal((await factsOf('a.mp4', film({ duration: 10_000 }))).durationSeconds, 10)
  for (const duration of [0xff_ff_ff_fe, 0xff_ff_ff_ff, 0]) {
    assert.equal((await factsOf('b.mp4', film({ duration, scale: 1 }))).durationSeconds, null)
  }
  const long = { created: 0n, duration: 0xff_ff_ff_ff_ff_ffn }
  assert.equal((await factsOf('c.mp4', film({ long }))).durationSeconds, null)
})

const handler = box('hdlr', Buffer.alloc(24))
const data = (text: string): Buffer => box('data', u32(1, 0), Buffer.from(text))
const appleDate = (isWithVersion: boolean): Buffer =>
  box(
    'meta',
    ...(isWithVersion ? [Buffer.alloc(4)] : []),
    handler,
    box('keys', u32(0, 1), box('mdta', Buffer.from('com.apple.quicktime.creationdate'))),
    box('ilst', box('\0\0\0\u0001', data('2019-07-24T11:25:40+0300'))),
  )

test('the date a film was made stands in any of its lists', async () => {
  const ways: [name: string, part: Buffer][] = [
    ['Apple’s keys', appleDate(false)],
    ['Apple’s keys as ISO writes them', appleDate(true)],
    ['Apple’s keys in udta', box('udta', appleDate(true))],
    [
      'iTunes’ list',
      box(
        'udta',
        box('meta', Buffer.alloc(4), handler, box('ilst', box('\u00a9day', data('2019-07-24T11:25:40+0300')))),
      ),
    ],
    [
      'the texts of udta',
      box('udta', box('\u00a9day', Buffer.from([0, 24, 0, 0]), Buffer.from('2019-07-24T11:25:40+0300'))),
    ],
  ]
  for (const [name, part] of ways) {
    const facts = await factsOf('day.mov', film({ created: since1904('2020-01-01T00:00:01Z') }, part))
    assert.deepEqual(
      [facts.takenLocal, facts.utcOffsetMinutes, facts.takenSource],
      ['2019-07-24T11:25:40', 180, 'quicktime'],
      name,
    )
  }
})

test('the year a film came out is no moment', async () => {
  const year = box('udta', box('meta', Buffer.alloc(4), handler, box('ilst', box('\u00a9day', data('2009')))))
  const facts = await factsOf('year.m4v', film({}, year))
  assert.deepEqual([facts.takenLocal, facts.takenPrecision], ['2009-07-02T12:00:00', 'year'])
})

test('3GPP and ISO 6709 give the place', async () => {
  const fixed = (degrees: number): number => Math.round(degrees * 65_536)
  const loci = (name: Buffer): Buffer =>
    box(
      'udta',
      box(
        'loci',
        u32(0),
        Buffer.from([0, 0]),
        name,
        Buffer.from([0]),
        u32(fixed(-76.287), fixed(40.235), fixed(120)),
        Buffer.from([0, 0]),
      ),
    )
  for (const name of [Buffer.from('Farm\0'), Buffer.from([0xfe, 0xff, 0, 0x46, 0, 0])]) {
    const facts = await factsOf('loci.3gp', film({}, loci(name)))
    assert.ok(Math.abs((facts.latitude ?? 0) - 40.235) < 1e-3 && Math.abs((facts.longitude ?? 0) + 76.287) < 1e-3)
    assert.ok(Math.abs((facts.altitudeM ?? 0) - 120) < 1e-3)
  }
  const texts: [text: string, latitude: number, longitude: number][] = [
    ['+48.8584+002.2945+035.000/', 48.8584, 2.2945],
    ['-3351.5-07030.0/', -33.858_333, -70.5],
    ['+485130+0021740/', 48.858_333, 2.294_444],
  ]
  for (const [text, latitude, longitude] of texts) {
    const part = box('udta', box('\u00a9xyz', Buffer.from([0, text.length, 0, 0]), Buffer.from(text)))
    const facts = await factsOf('xyz.mp4', film({}, part))
    assert.ok(Math.abs((facts.latitude ?? 0) - latitude) < 1e-5, text)
    assert.ok(Math.abs((facts.longitude ?? 0) - longitude) < 1e-5, text)
  }
})

function riff(form: string, ...chunks: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from(form), ...chunks])
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}

function riffChunk(type: string, body: Buffer): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}

const aviHeader = (frames: number): Buffer => {
  const body = Buffer.alloc(56)
  body.writeUInt32LE(40_000, 0)
  body.writeUInt32LE(frames, 16)
  body.writeUInt32LE(640, 32)
  body.writeUInt32LE(480, 36)
  return riffChunk('avih', body)
}

test('AVI tells its date in a chunk or a list, wherever it stands', async () => {
  const date = Buffer.from('Tue Oct 27 12:14:00 2009\n\0')
  const header = riffChunk('LIST', Buffer.concat([Buffer.from('hdrl'), aviHeader(250)]))
  const inHeader = riffChunk('LIST', Buffer.concat([Buffer.from('hdrl'), aviHeader(250), riffChunk('IDIT', date)]))
  const info = riffChunk('LIST', Buffer.concat([Buffer.from('INFO'), riffChunk('ICRD', Buffer.from('2009-10-27\0'))]))
  const frames = riffChunk('LIST', Buffer.concat([Buffer.from('movi'), Buffer.alloc(100_000)]))
  const ways: [name: string, bytes: Buffer, local: string][] = [
    ['in the header', riff('AVI ', inHeader, frames), '2009-10-27T12:14:00'],
    ['beside it', riff('AVI ', header, riffChunk('IDIT', date), frames), '2009-10-27T12:14:00'],
    ['behind the frames', riff('AVI ', header, frames, info), '2009-10-27T00:00:00'],
  ]
  for (const [name, bytes, local] of ways) {
    const facts = await factsOf('a.avi', bytes)
    assert.deepEqual([facts.takenLocal, facts.width, facts.durationSeconds, facts.damage], [local, 640, 10, null], name)
  }
  const forever = riffChunk('LIST', Buffer.concat([Buffer.from('hdrl'), aviHeader(0xff_ff_ff_ff)]))
  assert.equal((await factsOf('b.avi', riff('AVI ', forever))).durationSeconds, null)
})

/** An element of Matroska with a length of eight bytes. */
function element(id: number, body: Buffer): Buffer {
  const name = Buffer.from(id.toString(16), 'hex')
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(BigInt(body.length))
  length[0] = 1
  return Buffer.concat([name, length, body])
}

test('Matroska tells its date as a number, or as a tag', async () => {
  const nanoseconds = Buffer.alloc(8)
  nanoseconds.writeBigInt64BE(BigInt(Date.parse('2015-03-04T05:06:07Z') - Date.UTC(2001, 0, 1)) * 1_000_000n)
  const head = element(0x1a_45_df_a3, element(0x42_82, Buffer.from('matroska')))
  const info = element(
    0x15_49_a9_66,
    Buffer.concat([element(0x2a_d7_b1, Buffer.from([0x0f, 0x42, 0x40])), element(0x44_61, nanoseconds)]),
  )
  const cluster = element(0x1f_43_b6_75, Buffer.alloc(50_000))
  const dated = await factsOf('a.mkv', Buffer.concat([head, element(0x18_53_80_67, Buffer.concat([info, cluster]))]))
  assert.deepEqual([dated.takenAt, dated.takenSource], ['2015-03-04T05:06:07.000Z', 'quicktime'])
  const simple = Buffer.concat([
    element(0x45_a3, Buffer.from('DATE_RECORDED')),
    element(0x44_87, Buffer.from('2015-03-04 05:06:07')),
  ])
  const tags = element(0x12_54_c3_67, element(0x73_73, element(0x67_c8, simple)))
  const tagged = await factsOf('b.mkv', Buffer.concat([head, element(0x18_53_80_67, Buffer.concat([cluster, tags]))]))
  assert.equal(tagged.takenLocal, '2015-03-04T05:06:07')
})

test('XMP in a film is read', async () => {
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="5"/></rdf:RDF></x:xmpmeta>`
  const uuid = box('uuid', Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), Buffer.from(packet))
  assert.equal((await factsOf('x.mp4', Buffer.concat([film({}), uuid]))).rating, 5)
})

test('recordings and films of other containers tell their length', { skip: withoutSamples }, async () => {
  const { facts, damage } = await bench.inspect(join(samples, 'hard/chirp-1.mp3'))
  assert.deepEqual([Math.round((facts.durationSeconds ?? 0) * 100) / 100, damage], [0.13, null])
})

test('whatever bytes a film has, it is kept', { skip: withoutSamples }, async () => {
  const whole = readFileSync(join(samples, 'formats/with-gps.mp4'))
  const moov = whole.indexOf('moov', 0, 'latin1')
  let seed = 11
  for (let round = 0; round < 40; round += 1) {
    const bytes = Buffer.from(whole)
    for (let spot = 0; spot < 20; spot += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      bytes[moov + (seed % 600)] = seed % 251
    }
    writeFileSync(bench.path('noise.mp4'), bytes)
    assert.equal((await bench.inspect(bench.path('noise.mp4'))).kind.mediaType, 'video')
  }
})
