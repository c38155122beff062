import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

/** 24 megapixels, as the sensors of most cameras and phones have them. */
const size = { width: 6000, height: 4000 }
/** Scenes are drawn larger, so that each photo is another cut of one. */
const margin = 320
const canvas = { width: size.width + margin, height: size.height + margin }
const scenes = 4
/** Sizes of structure in pixels and how strong each is: coarse light, foliage, grain. As in nature, finer is fainter. */
const octaves = [
  { pixels: 64, sigma: 26 },
  { pixels: 16, sigma: 24 },
  { pixels: 4, sigma: 38 },
  { pixels: 1.6, sigma: 52 },
] as const

export interface Photos {
  readonly folder: string
  readonly paths: readonly string[]
  readonly bytes: number
}

/** Photos already in `folder` are taken as they are when there are enough; else all are made again. */
export async function photosIn(folder: string, count: number): Promise<Photos> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jpg'))
  if (names.length !== count) {
    await rm(folder, { recursive: true, force: true })
    await makePhotos(folder, count)
  }
  const paths = Array.from({ length: count }, (_, number) => join(folder, nameOf(number)))
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size))
  return { folder, paths, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

/**
 * Makes different 24-megapixel JPEGs of a camera's file size: drawn scenes with light, texture and grain, each cut,
 * mirrored and tinted its own way, with the EXIF a camera writes.
 */
async function makePhotos(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  const ground = await drawGround()
  for (let scene = 0; scene < Math.min(scenes, count); scene += 1) {
    const pixels = await drawScene(ground, scene)
    for (let number = scene; number < count; number += scenes) await makePhoto(folder, pixels, number)
  }
}

async function makePhoto(folder: string, scene: Buffer, number: number): Promise<void> {
  const random = randomFrom(number + 1000)
  const path = join(folder, nameOf(number))
  const taken = new Date(Date.UTC(2023, 0, 1) + number * 5_400_000)
  const gain = [0.9 + random() * 0.2, 0.9 + random() * 0.2, 0.9 + random() * 0.2]
  await sharp(scene, { raw: { ...canvas, channels: 3 } })
    .extract({ ...size, left: Math.floor(random() * margin), top: Math.floor(random() * margin) })
    .flop(random() < 0.5)
    .linear(gain, [0, 0, 0])
    .withExif(cameraTags(taken, random))
    .jpeg({ quality: 94 })
    .toFile(path)
  // Files that rest since long ago: what was just written is looked at twice before it is taken in.
  await utimes(path, taken, taken)
}

function nameOf(number: number): string {
  return `IMG_${String(number).padStart(4, '0')}.jpg`
}

function cameraTags(taken: Date, random: () => number): Parameters<ReturnType<typeof sharp>['withExif']>[0] {
  const date = taken.toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', ':')
  const hasPlace = random() < 0.6
  return {
    IFD0: { Make: 'Canon', Model: 'Canon EOS R6m2', DateTime: date, Software: 'Firmware 1.5.0', Artist: 'Ann Example' },
    IFD2: {
      DateTimeOriginal: date,
      DateTimeDigitized: date,
      OffsetTimeOriginal: '+02:00',
      SubSecTimeOriginal: String(Math.floor(random() * 100)),
      ExposureTime: `1/${60 + Math.floor(random() * 1000)}`,
      FNumber: `${28 + Math.floor(random() * 60)}/10`,
      ISOSpeedRatings: String(100 * (1 + Math.floor(random() * 32))),
      FocalLength: `${24 + Math.floor(random() * 80)}/1`,
      LensModel: 'RF24-105mm F4 L IS USM',
      BodySerialNumber: '012345678901',
    },
    ...(hasPlace && {
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: `48/1 ${Math.floor(random() * 60)}/1 ${Math.floor(random() * 6000)}/100`,
        GPSLongitudeRef: 'E',
        GPSLongitude: `2/1 ${Math.floor(random() * 60)}/1 ${Math.floor(random() * 6000)}/100`,
        GPSAltitude: `${Math.floor(random() * 3000)}/10`,
      },
    }),
  }
}

/** Light, foliage and grain: texture of every scale. */
async function drawGround(): Promise<Buffer> {
  const layers = []
  for (const octave of octaves) {
    layers.push({
      input: await texture(octave),
      raw: { ...canvas, channels: 1 as const },
      blend: 'soft-light' as const,
    })
  }
  return sharp({ create: { ...canvas, channels: 3, background: { r: 120, g: 130, b: 110 } } })
    .composite(layers)
    .removeAlpha()
    .raw()
    .toBuffer()
}

/** Half-transparent things with edges, through which the texture shows. */
function drawScene(ground: Buffer, seed: number): Promise<Buffer> {
  return sharp(ground, { raw: { ...canvas, channels: 3 } })
    .composite([{ input: Buffer.from(drawing(seed)) }])
    .removeAlpha()
    .raw()
    .toBuffer()
}

async function texture({ pixels, sigma }: (typeof octaves)[number]): Promise<Buffer> {
  const coarse = { width: Math.ceil(canvas.width / pixels), height: Math.ceil(canvas.height / pixels) }
  const noise = { type: 'gaussian', mean: 128, sigma } as const
  const small = await sharp({ create: { ...coarse, channels: 3, background: 'grey', noise } })
    .raw()
    .toBuffer()
  return sharp(small, { raw: { ...coarse, channels: 3 } })
    .resize({ ...canvas, fit: 'fill', kernel: 'cubic' })
    .extractChannel(0)
    .raw()
    .toBuffer()
}

/** A sky, hills, houses with windows, and branches. */
function drawing(seed: number): string {
  const random = randomFrom(seed + 1)
  const { width, height } = canvas
  const at = (low: number, high: number): number => Math.round(low + random() * (high - low))
  const colour = (light: number): string => `hsl(${at(0, 360)} ${at(15, 55)}% ${light}%)`
  const hills = [0.45, 0.55, 0.65].map((level) => {
    const points = Array.from({ length: 40 }, (_, step) => `${(step * width) / 39},${height * level + at(-180, 180)}`)
    return `<polygon points="0,${height} ${points.join(' ')} ${width},${height}" fill="${colour(40)}" opacity="0.35"/>`
  })
  const houses = Array.from({ length: 24 }, () => {
    const [x, y, wide, high] = [at(0, width), at(height * 0.4, height * 0.8), at(200, 700), at(300, 1200)]
    const windows = Array.from({ length: 30 }, (_, index) => {
      const [column, row] = [index % 5, Math.floor(index / 5)]
      return `<rect x="${x + 20 + (column * wide) / 5}" y="${y + 20 + (row * high) / 6}" width="${wide / 8}" height="${high / 10}" fill="${colour(at(20, 85))}"/>`
    })
    return `<g opacity="0.6"><rect x="${x}" y="${y}" width="${wide}" height="${high}" fill="${colour(55)}"/>${windows.join('')}</g>`
  })
  const branches = Array.from({ length: 500 }, () => {
    const [x, y] = [at(0, width), at(height * 0.2, height)]
    return `<path d="M${x} ${y} q${at(-90, 90)} ${at(-200, 0)} ${at(-160, 160)} ${at(-400, -100)}" stroke="${colour(at(10, 40))}" stroke-width="${at(2, 14)}" fill="none"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="sky" x2="0" y2="1"><stop stop-color="${colour(50)}"/><stop offset="1" stop-color="${colour(85)}"/></linearGradient>
    <rect width="${width}" height="${height * 0.45}" fill="url(#sky)" opacity="0.75"/>
    ${hills.join('')}${houses.join('')}${branches.join('')}</svg>`
}

/** The same numbers for the same seed, so that a run can be repeated (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
