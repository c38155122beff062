import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { pathToFileURL } from 'node:url'
import sharp, { type Sharp } from 'sharp'
import { thumbHashToRGBA } from 'thumbhash'
import { pictureMimeType } from '../../main/engine/media/index.ts'
import { colourAt, difference, ownSamples, samples, startBench, withoutSamples } from './support.ts'

const bench = startBench()
const redBlue = (width: number, height: number): Sharp => {
  const right = { create: { width: Math.ceil(width / 2), height, channels: 3, background: '#0000ff' } } as const
  const picture = sharp({ create: { width, height, channels: 3, background: '#ff0000' } })
  return picture.composite([{ input: right, left: Math.floor(width / 2), top: 0 }])
}
/** Near enough after JPEG or WebP at quality 80. */
function isNear(actual: readonly number[], expected: readonly number[], tolerance = 12): boolean {
  return expected.every((value, index) => Math.abs(value - (actual[index] ?? -999)) <= tolerance)
}

test('all eight orientations land upright', async () => {
  const upright = redBlue(600, 400)
  const plain = bench.path('o1.jpg')
  await upright.clone().jpeg({ quality: 95 }).toFile(plain)
  // What a camera stores so that turning by the orientation gives the upright picture back.
  const stored: Record<number, (image: Sharp) => Sharp> = {
    1: (image) => image,
    2: (image) => image.flop(),
    3: (image) => image.rotate(180),
    4: (image) => image.flip(),
    // sharp mirrors before it turns.
    5: (image) => image.flop().rotate(270),
    6: (image) => image.rotate(270),
    7: (image) => image.flop().rotate(90),
    8: (image) => image.rotate(90),
  }
  for (const [orientation, turn] of Object.entries(stored)) {
    const path = bench.path(`orientation-${orientation}.jpg`)
    const pixels = await turn(sharp(await upright.clone().png().toBuffer()))
      .png()
      .toBuffer()
    await sharp(pixels)
      .withMetadata({ orientation: Number(orientation) })
      .jpeg({ quality: 95 })
      .toFile(path)
    const { facts, pictures, damage, viewerPath } = await bench.inspect(path)
    assert.deepEqual([facts.orientation, facts.width, facts.height, damage], [Number(orientation), 600, 400, null])
    assert.deepEqual([pictures?.viewer.width, pictures?.viewer.height], [600, 400])
    assert.ok((await difference(viewerPath, plain)) < 3, `orientation ${orientation}`)
  }
})

test('the public orientation set lands upright', { skip: withoutSamples }, async () => {
  for (const shape of ['landscape', 'portrait']) {
    const folder = join(samples, 'exif-samples/jpg/orientation')
    const first = await bench.inspect(join(folder, `${shape}_1.jpg`))
    for (let orientation = 2; orientation <= 8; orientation += 1) {
      const other = await bench.inspect(join(folder, `${shape}_${orientation}.jpg`))
      assert.deepEqual([other.facts.width, other.facts.height], [first.facts.width, first.facts.height])
      assert.ok((await difference(first.gridPath, other.gridPath)) < 12, `${shape} ${orientation}`)
    }
  }
})

test('HEIC shows, upright and in its own colours', { skip: withoutSamples }, async () => {
  const expected: [string, number, number][] = [
    ['formats/IMG_2927.HEIC', 3024, 4032],
    ['exif-samples/heic/mobile/iphone_13_pro_max.HEIC', 3024, 4032],
    ['exif-samples/heic/mobile/HMD_Nokia_8.3_5G.heif', 3456, 4608],
    ['exif-samples/heic/samplefilehub.heif', 640, 426],
  ]
  for (const [name, width, height] of expected) {
    const { facts, pictures, damage, gridPath } = await bench.inspect(join(samples, name))
    assert.deepEqual([facts.width, facts.height, damage], [width, height, null], name)
    assert.ok(pictures)
    // No alpha in a photo: a JPEG, and not an empty one.
    assert.equal(pictureMimeType(readFileSync(gridPath)), 'image/jpeg')
    assert.ok((await sharp(gridPath).stats()).entropy > 4, name)
  }
})

test('sizes: viewer at most 1440, grid about 320 on its short side, never enlarged', async () => {
  const cases: [number, number, [number, number], [number, number]][] = [
    [3000, 2000, [1440, 960], [480, 320]],
    [2000, 3000, [960, 1440], [320, 480]],
    [4000, 400, [1440, 144], [960, 96]],
    [200, 100, [200, 100], [200, 100]],
    [1, 1, [1, 1], [1, 1]],
    [5000, 1, [1440, 1], [960, 1]],
  ]
  for (const [width, height, viewer, grid] of cases) {
    const path = bench.path(`${width}x${height}.jpg`)
    await redBlue(width, height)
      .jpeg()
      .toFile(path)
      .catch(async () => {
        await sharp({ create: { width, height, channels: 3, background: 'red' } })
          .jpeg()
          .toFile(path)
      })
    const { pictures, facts } = await bench.inspect(path)
    assert.deepEqual([facts.width, facts.height], [width, height])
    assert.deepEqual([pictures?.viewer.width, pictures?.viewer.height], viewer)
    assert.deepEqual([pictures?.grid.width, pictures?.grid.height], grid)
  }
})

test('each format shows', async () => {
  const picture = redBlue(400, 300)
  const files: [string, Buffer][] = [
    ['a.png', await picture.clone().png().toBuffer()],
    ['a.webp', await picture.clone().webp().toBuffer()],
    ['a.gif', await picture.clone().gif().toBuffer()],
    ['a.tif', await picture.clone().tiff().toBuffer()],
    ['a.avif', await picture.clone().avif().toBuffer()],
    ['grey.jpg', await picture.clone().greyscale().jpeg().toBuffer()],
    ['progressive.jpg', await picture.clone().jpeg({ progressive: true }).toBuffer()],
    ['palette.png', await picture.clone().png({ palette: true }).toBuffer()],
    ['deep.png', await picture.clone().toColourspace('rgb16').png().toBuffer()],
    ['deep.tif', await picture.clone().toColourspace('rgb16').tiff().toBuffer()],
    [
      'a.svg',
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="200" height="300" fill="#f00"/><rect x="200" width="200" height="300" fill="#00f"/></svg>',
      ),
    ],
  ]
  for (const [name, bytes] of files) {
    writeFileSync(bench.path(name), bytes)
    const { facts, pictures, damage, gridPath } = await bench.inspect(bench.path(name))
    assert.deepEqual([facts.width, facts.height, damage], [400, 300, null], name)
    assert.ok(pictures, name)
    const left = await colourAt(gridPath, 0.2, 0.5)
    const expected = name === 'grey.jpg' ? [127, 127, 127] : [255, 0, 0]
    assert.ok(isNear(left, expected, 25), `${name}: ${left.join()}`)
  }
})

test('CMYK and wide colours become sRGB', async () => {
  const green = sharp({ create: { width: 64, height: 64, channels: 3, background: '#20a040' } })
  writeFileSync(
    bench.path('cmyk.jpg'),
    await green.clone().toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 95 }).toBuffer(),
  )
  const cmyk = await bench.inspect(bench.path('cmyk.jpg'))
  assert.equal(cmyk.damage, null)
  assert.ok(isNear(await colourAt(cmyk.gridPath, 0.5, 0.5), [0x20, 0xa0, 0x40], 30))
  // The same numbers mean a stronger green in Display P3; taken as sRGB they would stay as they are.
  writeFileSync(bench.path('p3.jpg'), await green.clone().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer())
  const p3 = await bench.inspect(bench.path('p3.jpg'))
  const stored = await sharp(bench.path('p3.jpg'), { ignoreIcc: true }).raw().toBuffer()
  assert.ok(isNear(await colourAt(p3.gridPath, 0.5, 0.5), [0x20, 0xa0, 0x40], 8))
  assert.ok((stored[0] ?? 0) > 0x20 + 20, 'the file holds other numbers than the picture')
})

test('transparency stays, opaque alpha does not cost a WebP', async () => {
  const clear = sharp({
    create: { width: 400, height: 300, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0.5 } },
  })
  await clear.clone().png().toFile(bench.path('clear.png'))
  const see = await bench.inspect(bench.path('clear.png'))
  assert.equal(pictureMimeType(readFileSync(see.gridPath)), 'image/webp')
  assert.equal((await colourAt(see.gridPath, 0.5, 0.5)).length, 4)
  await sharp({ create: { width: 400, height: 300, channels: 4, background: '#ff0000' } })
    .png()
    .toFile(bench.path('opaque.png'))
  const opaque = await bench.inspect(bench.path('opaque.png'))
  assert.equal(pictureMimeType(readFileSync(opaque.gridPath)), 'image/jpeg')
})

test('an animation is shown by its first frame', async () => {
  const frames = await Promise.all(
    ['#ff0000', '#0000ff'].map((background) =>
      sharp({ create: { width: 80, height: 60, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  for (const [name, image] of [
    ['a.webp', sharp(frames, { join: { animated: true } }).webp()],
    ['a.gif', sharp(frames, { join: { animated: true } }).gif()],
  ] as const) {
    writeFileSync(bench.path(`moving-${name}`), await image.toBuffer())
    const { facts, damage, gridPath } = await bench.inspect(bench.path(`moving-${name}`))
    assert.deepEqual([facts.width, facts.height, damage], [80, 60, null])
    assert.ok(isNear(await colourAt(gridPath, 0.5, 0.5), [255, 0, 0], 25), name)
  }
})

test('the placeholder looks like the picture', async () => {
  await redBlue(600, 400).jpeg().toFile(bench.path('hash.jpg'))
  const { pictures } = await bench.inspect(bench.path('hash.jpg'))
  const { w, h, rgba } = thumbHashToRGBA(Buffer.from(pictures?.thumbHash ?? '', 'base64'))
  const at = (x: number): number[] => [
    ...rgba.subarray((Math.floor(h / 2) * w + x) * 4, (Math.floor(h / 2) * w + x) * 4 + 3),
  ]
  const [left, right] = [at(2), at(w - 3)]
  assert.ok((left[0] ?? 0) > 150 && (left[2] ?? 255) < 100, `left ${left.join()}`)
  assert.ok((right[2] ?? 0) > 150 && (right[0] ?? 255) < 100, `right ${right.join()}`)
})

test('an SVG brings in no other file', async () => {
  const secret = bench.path('secret.png')
  await sharp({ create: { width: 100, height: 100, channels: 3, background: '#00ff00' } })
    .png()
    .toFile(secret)
  for (const reference of [pathToFileURL(secret).href, secret, 'secret.png']) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100"><rect width="100" height="100" fill="#fff"/><image width="100" height="100" xlink:href="${reference}" href="${reference}"/></svg>`
    writeFileSync(bench.path('loads.svg'), svg)
    const { gridPath, pictures } = await bench.inspect(bench.path('loads.svg'))
    assert.ok(pictures)
    const colour = await colourAt(gridPath, 0.5, 0.5)
    assert.ok(isNear(colour, [255, 255, 255]), `${reference} gave ${colour.join()}`)
  }
})

test('the photos of the repository show', async () => {
  const { facts, pictures, damage } = await bench.inspect(join(ownSamples, 'DSCN0010.jpg'))
  assert.deepEqual([facts.width, facts.height, damage, pictures?.grid.height], [640, 480, null, 320])
})
