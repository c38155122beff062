import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { test } from 'vitest'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { kindOf, ownSamples, pngChunk, sampleFiles, samples, startBench, withoutSamples } from './support.ts'

const bench = startBench()

/** Samples outside `damaged` that are broken indeed, each looked at by hand. */
const reallyBroken = new Set([
  'exif-samples/jpg/corrupted.jpg', // the same file as damaged/corrupted.jpg
  'formats/Issue 419.rw2', // 368 bytes of a RAW whose first table lies behind its end
])

test('every damaged sample ends damaged or unsupported', { skip: withoutSamples }, async () => {
  const files = sampleFiles(join(samples, 'damaged'))
  assert.ok(files.length >= 7)
  for (const path of files) {
    if ((await kindOf(path)) === null) continue
    const { damage } = await bench.inspect(path)
    assert.ok(damage === 'picture-cut-off' || damage === 'film-cut-off', `${basename(path)}: ${damage ?? 'fine'}`)
  }
})

test('a corrupt photo is still shown as far as it goes', { skip: withoutSamples }, async () => {
  const { damage, pictures, facts, gridPath } = await bench.inspect(join(samples, 'damaged/corrupted.jpg'))
  assert.ok(damage)
  assert.deepEqual([facts.takenLocal, facts.width, facts.height], ['2015-09-08T11:02:17', 3648, 2736])
  assert.deepEqual([pictures?.grid.width, pictures?.grid.height], [427, 320])
  assert.ok((await sharp(gridPath).stats()).entropy > 3)
})

test('good samples are not called damaged', { skip: withoutSamples }, async () => {
  const files = [...sampleFiles(join(samples, 'exif-samples')), ...sampleFiles(join(samples, 'formats'))]
  assert.ok(files.length > 100)
  const wrong: string[] = []
  await Promise.all(
    files.map(async (path) => {
      const { damage } = await bench.inspect(path)
      const name = relative(samples, path)
      if ((damage !== null) !== reallyBroken.has(name)) wrong.push(`${name}: ${damage ?? 'fine'}`)
    }),
  )
  assert.deepEqual(wrong, [])
})

test('a file cut in the middle is damaged, in every format', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const picture = sharp({ create: { width: 500, height: 400, channels: 3, background: 'red', noise } })
  const files: [string, Buffer][] = [
    ['a.jpg', await picture.clone().jpeg().toBuffer()],
    ['b.jpg', await picture.clone().jpeg({ progressive: true }).toBuffer()],
    ['a.png', await picture.clone().png().toBuffer()],
    ['a.webp', await picture.clone().webp().toBuffer()],
    ['a.tif', await picture.clone().tiff({ compression: 'none' }).toBuffer()],
    ['a.gif', await picture.clone().gif().toBuffer()],
    ['a.avif', await picture.clone().avif().toBuffer()],
  ]
  for (const [name, bytes] of files) {
    writeFileSync(bench.path(`whole-${name}`), bytes)
    assert.equal((await bench.inspect(bench.path(`whole-${name}`))).damage, null, name)
    for (const part of [0.3, 0.6, 0.9]) {
      writeFileSync(bench.path(`cut-${name}`), bytes.subarray(0, Math.floor(bytes.length * part)))
      const { damage } = await bench.inspect(bench.path(`cut-${name}`))
      assert.ok(damage, `${name} cut at ${part} passed as whole`)
    }
  }
})

test('a cut HEIC is damaged', { skip: withoutSamples }, async () => {
  const bytes = readFileSync(join(samples, 'formats/IMG_2927.HEIC'))
  writeFileSync(bench.path('cut.heic'), bytes.subarray(0, 400_000))
  assert.ok((await bench.inspect(bench.path('cut.heic'))).damage)
})

test('a cut film is damaged, with the facts it still tells', { skip: withoutSamples }, async () => {
  for (const name of ['with-gps.mov', 'with-gps.mp4', 'sample_mpeg4.mp4', 'sample_iTunes.mov']) {
    const bytes = readFileSync(join(samples, 'formats', name))
    writeFileSync(bench.path(name), bytes)
    assert.equal((await bench.inspect(bench.path(name))).damage, null, name)
    writeFileSync(bench.path(name), bytes.subarray(0, bytes.length - 2000))
    assert.ok((await bench.inspect(bench.path(name))).damage, name)
  }
})

test('broken EXIF is no damage', async () => {
  const bytes = readFileSync(join(ownSamples, 'DSCN0010.jpg'))
  const at = bytes.indexOf('Exif\0\0', 0, 'latin1') + 14
  const broken = Buffer.from(bytes)
  for (let index = at; index < at + 400; index += 1) broken[index] = (index * 37) % 256
  writeFileSync(bench.path('exif.jpg'), broken)
  const { damage, pictures, facts } = await bench.inspect(bench.path('exif.jpg'))
  assert.equal(damage, null)
  assert.deepEqual([pictures?.grid.height, facts.width, facts.takenSource], [320, 640, 'mtime'])
})

test('a picture bomb is kept, said, and costs nobody else anything', async () => {
  writeFileSync(bench.path('bomb.png'), bombPng(30_000, 30_000))
  const started = performance.now()
  const { damage, note, pictures, facts, gridPath } = await bench.inspect(bench.path('bomb.png'))
  assert.equal(note, 'too-many-pixels')
  assert.deepEqual([damage, pictures, facts.width, facts.height], [null, null, 30_000, 30_000])
  assert.ok(!existsSync(gridPath))
  assert.ok(performance.now() - started < 5000)
  assert.equal((await bench.inspect(join(ownSamples, 'Canon_40D.jpg'))).damage, null)
})

/** A PNG of one bit a pixel whose rows are all zero: a few kilobytes that claim to be huge. */
function bombPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))), { level: 9 })
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}
