import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { colourAt, samples, startBench, withoutSamples } from './support.ts'

const bench = startBench()

/** Two by two pixels: red, green, blue, white. */
const colours = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]
const near = (found: readonly number[], wanted: readonly number[]): boolean =>
  wanted.every((value, at) => Math.abs(value - (found[at] ?? 0)) < 40)

function tga(): Buffer {
  const head = Buffer.alloc(18)
  head[2] = 2
  head.writeUInt16LE(2, 12)
  head.writeUInt16LE(2, 14)
  head[16] = 24
  // Its first row is the upper one; blue comes first.
  head[17] = 0x20
  return Buffer.concat([head, swapped()])
}

function bmp(): Buffer {
  const head = Buffer.alloc(54)
  head.write('BM', 0, 'latin1')
  head.writeUInt32LE(54 + 16, 2)
  head.writeUInt32LE(54, 10)
  head.writeUInt32LE(40, 14)
  head.writeInt32LE(2, 18)
  head.writeInt32LE(-2, 22)
  head.writeUInt16LE(1, 26)
  head.writeUInt16LE(24, 28)
  const pixels = swapped()
  // Rows are padded to four bytes.
  return Buffer.concat([head, pixels.subarray(0, 6), Buffer.alloc(2), pixels.subarray(6), Buffer.alloc(2)])
}

function swapped(): Buffer {
  const bytes = Buffer.from(colours)
  for (let at = 0; at < bytes.length; at += 3) [bytes[at], bytes[at + 2]] = [bytes[at + 2] ?? 0, bytes[at] ?? 0]
  return bytes
}

function pcx(): Buffer {
  const head = Buffer.alloc(128)
  head.set([0x0a, 5, 1, 8], 0)
  head.writeUInt16LE(1, 8)
  head.writeUInt16LE(1, 10)
  head[65] = 3
  head.writeUInt16LE(2, 66)
  const rows = [0, 1].flatMap((row) =>
    [0, 1, 2].flatMap((plane) => [0, 1].flatMap((column) => [0xc1, colours[(row * 2 + column) * 3 + plane] ?? 0])),
  )
  return Buffer.concat([head, Buffer.from(rows)])
}

const made: readonly [name: string, bytes: Buffer][] = [
  ['a.ppm', Buffer.concat([Buffer.from('P6\n# by hand\n2 2\n255\n'), Buffer.from(colours)])],
  ['b.ppm', Buffer.from(`P3\n2 2\n255\n${colours.join(' ')}\n`)],
  ['a.tga', tga()],
  ['a.bmp', bmp()],
  ['a.pcx', pcx()],
]

test('pictures that only FFmpeg knows are shown, each the right way round', async () => {
  for (const [name, bytes] of made) {
    writeFileSync(bench.path(name), bytes)
    const { facts, pictures, damage, note, gridPath } = await bench.inspect(bench.path(name))
    assert.deepEqual([facts.width, facts.height, damage, note], [2, 2, null, null], name)
    assert.ok(pictures, name)
    // Two pixels a side leave JPEG little to tell colours by; the corners still differ.
    assert.ok(
      near(await colourAt(gridPath, 0.9, 0.9), [255, 255, 255]),
      `${name}: ${String(await colourAt(gridPath, 0.9, 0.9))}`,
    )
  }
})

test('one that cannot be decoded costs the next one nothing', async () => {
  writeFileSync(bench.path('broken.psd'), Buffer.concat([Buffer.from('8BPS\0\u0001'), Buffer.alloc(40, 0xff)]))
  writeFileSync(bench.path('words.bmp'), 'no picture at all')
  for (const name of ['broken.psd', 'words.bmp', 'broken.psd']) {
    const { pictures, damage, kind } = await bench.inspect(bench.path(name))
    assert.deepEqual([pictures, damage, kind.mediaType], [null, null, 'photo'], name)
  }
  assert.ok((await bench.inspect(bench.path('a.tga'))).pictures)
})

test(
  'a Photoshop document is shown by its own small picture where nothing decodes it',
  { skip: withoutSamples },
  async () => {
    const psd = readFileSync(join(samples, 'hard/8x4x8bit-Grayscale.psd'))
    // A depth that FFmpeg does not know.
    const odd = Buffer.from(psd)
    odd.writeUInt16BE(7, 22)
    writeFileSync(bench.path('odd.psd'), odd)
    const { facts, pictures } = await bench.inspect(bench.path('odd.psd'))
    assert.deepEqual([facts.width, facts.height, facts.takenSource], [8, 4, 'xmp'])
    assert.ok(pictures)
  },
)

test('a picture that claims to be huge is refused without its pixels being made', async () => {
  writeFileSync(bench.path('huge.pgm'), Buffer.from('P5\n60000 60000\n255\n'))
  const started = performance.now()
  const { pictures, later } = await bench.inspect(bench.path('huge.pgm'))
  assert.deepEqual([pictures, later], [null, null])
  assert.ok(performance.now() - started < 10_000)
})
