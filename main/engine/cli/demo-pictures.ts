import sharp from 'sharp'

/** A picture of the demo: where and when it was taken, and what is on it. */
export interface Scene {
  readonly kind: 'mountains' | 'sea' | 'forest' | 'city' | 'desert' | 'meadow' | 'snow' | 'night'
  readonly takenLocal: string
  readonly offset: string
  readonly camera: readonly [make: string, model: string, lens: string]
  readonly place: { readonly latitude: number; readonly longitude: number } | null
  readonly seed: number
  readonly isPortrait: boolean
}

interface Light {
  readonly sky: readonly [string, string, string]
  readonly ground: readonly string[]
  readonly sun: string
}

const lights: Readonly<Record<Scene['kind'], readonly Light[]>> = {
  mountains: [
    { sky: ['#f7c59f', '#efaf8f', '#7a8fb8'], ground: ['#8593b5', '#5d6d94', '#3a4668', '#20273d'], sun: '#fff1d6' },
    { sky: ['#dbeaf7', '#a9cbe8', '#5f97c9'], ground: ['#a3b7cc', '#6f8aa6', '#4b6580', '#2c4155'], sun: '#ffffff' },
  ],
  sea: [
    { sky: ['#ffd29d', '#ff9e7a', '#8c5a8c'], ground: ['#b56a80', '#7a4d78', '#4b3b66', '#2c2a4a'], sun: '#fff3c4' },
    { sky: ['#e3f2fb', '#b4dcf2', '#66b2dd'], ground: ['#5aa9c9', '#3a89b0', '#276c93', '#e6d3a8'], sun: '#ffffff' },
  ],
  forest: [
    { sky: ['#eef3dc', '#c8dcb2', '#8fb58a'], ground: ['#7ba274', '#54805a', '#355f43', '#1d3d2b'], sun: '#fffbe0' },
    { sky: ['#f6d9a8', '#e9b266', '#c9803f'], ground: ['#c28740', '#96602f', '#6a4225', '#3d2818'], sun: '#fff0c9' },
  ],
  city: [
    { sky: ['#f9d5a7', '#e79a7c', '#5c5f8d'], ground: ['#6d6c94', '#4c4d76', '#333556', '#1c1e35'], sun: '#ffe9bd' },
    { sky: ['#e8eef3', '#c6d5e0', '#93aec2'], ground: ['#a3b3bf', '#7d8f9d', '#5a6b78', '#37444f'], sun: '#ffffff' },
  ],
  desert: [
    { sky: ['#fbe3bd', '#f2b880', '#c9776a'], ground: ['#e0a56c', '#c98252', '#a5603d', '#71402c'], sun: '#fff5d8' },
  ],
  meadow: [
    { sky: ['#e6f4fb', '#bfe0f3', '#7fbde3'], ground: ['#a8cf86', '#82b463', '#5f964a', '#3e7136'], sun: '#fffdf0' },
  ],
  snow: [
    { sky: ['#f4e9ef', '#d5d9ea', '#9fb3d4'], ground: ['#e9eef6', '#cfdaea', '#b0c1da', '#8aa0c2'], sun: '#fff8ee' },
  ],
  night: [
    { sky: ['#27315a', '#171d3d', '#0a0d20'], ground: ['#1a2242', '#141a34', '#0e1226', '#080a17'], sun: '#f4f2e3' },
  ],
}

/** Paints a scene as a JPEG with the facts a camera writes. The same scene is always the same file. */
export async function paint(scene: Scene): Promise<Buffer> {
  const [width, height] = scene.isPortrait ? [1200, 1600] : [1600, 1200]
  const next = dice(scene.seed)
  const choices = lights[scene.kind]
  const light = choices[Math.floor(next() * choices.length)] ?? choices[0]
  if (!light) throw new Error('a scene without light')
  const horizon = height * (0.42 + next() * 0.16)
  const [low, middle, high] = light.sky
  const parts = [
    `<defs><linearGradient id="sky" x1="0" y1="1" x2="0" y2="0"><stop offset="0" stop-color="${low}"/>
      <stop offset=".45" stop-color="${middle}"/><stop offset="1" stop-color="${high}"/></linearGradient>
      <radialGradient id="glow"><stop offset="0" stop-color="${light.sun}" stop-opacity=".9"/>
      <stop offset=".25" stop-color="${light.sun}" stop-opacity=".35"/><stop offset="1" stop-color="${light.sun}" stop-opacity="0"/></radialGradient>
      <radialGradient id="cloud"><stop offset="0" stop-color="#fff" stop-opacity=".34"/><stop offset="1" stop-color="#fff" stop-opacity="0"/>
      </radialGradient></defs>`,
    `<rect width="${width}" height="${height}" fill="url(#sky)"/>`,
    sun(width, horizon, light, next, scene.kind === 'night'),
    scene.kind === 'night' ? stars(width, horizon, next) : clouds(width, horizon, next),
  ]
  light.ground.forEach((colour, depth) => {
    const top = horizon + (height - horizon) * (depth / light.ground.length) * 0.9 - (depth === 0 ? height * 0.06 : 0)
    parts.push(layer(scene.kind, { width, height, top, colour, depth }, next))
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${parts.join('')}</svg>`
  return sharp(Buffer.from(svg))
    .flatten({ background: high })
    .composite([{ input: grain, raw: { width: 256, height: 256, channels: 3 }, tile: true, blend: 'soft-light' }])
    .withExif(factsOf(scene))
    .jpeg({ quality: 82 })
    .toBuffer()
}

function factsOf(scene: Scene) {
  const [make, model, lens] = scene.camera
  const time = scene.takenLocal.replaceAll('-', ':').replace('T', ' ')
  const degrees = (value: number): string => {
    const all = Math.round(Math.abs(value) * 360_000)
    return `${Math.floor(all / 360_000)}/1 ${Math.floor((all % 360_000) / 6000)}/1 ${all % 6000}/100`
  }
  return {
    IFD0: { Make: make, Model: model, DateTime: time },
    IFD2: {
      DateTimeOriginal: time,
      OffsetTimeOriginal: scene.offset,
      LensModel: lens,
      FNumber: '28/10',
      ExposureTime: '1/250',
      ISOSpeedRatings: '200',
      FocalLength: '35/1',
    },
    ...(scene.place && {
      IFD3: {
        GPSLatitudeRef: scene.place.latitude < 0 ? 'S' : 'N',
        GPSLatitude: degrees(scene.place.latitude),
        GPSLongitudeRef: scene.place.longitude < 0 ? 'W' : 'E',
        GPSLongitude: degrees(scene.place.longitude),
      },
    }),
  }
}

function sun(width: number, horizon: number, light: Light, next: () => number, isMoon: boolean): string {
  const [x, y] = [width * (0.2 + next() * 0.6), horizon * (isMoon ? 0.3 : 0.55 + next() * 0.35)]
  const size = width * (isMoon ? 0.028 : 0.04)
  return `<circle cx="${x}" cy="${y}" r="${size * 9}" fill="url(#glow)"/><circle cx="${x}" cy="${y}" r="${size}" fill="${light.sun}"/>`
}

function stars(width: number, horizon: number, next: () => number): string {
  return Array.from(
    { length: 220 },
    () =>
      `<circle cx="${next() * width}" cy="${next() * horizon}" r="${0.5 + next() * 1.6}" fill="#fff" opacity="${0.3 + next() * 0.7}"/>`,
  ).join('')
}

function clouds(width: number, horizon: number, next: () => number): string {
  return Array.from({ length: 4 }, () => {
    const [x, y, size] = [next() * width, horizon * (0.1 + next() * 0.5), 60 + next() * 120]
    return Array.from(
      { length: 5 },
      () =>
        `<ellipse cx="${x + (next() - 0.5) * size * 4}" cy="${y + (next() - 0.5) * size * 0.3}" rx="${size * (0.8 + next())}"
          ry="${size * 0.24}" fill="url(#cloud)"/>`,
    ).join('')
  }).join('')
}

interface Band {
  readonly width: number
  readonly height: number
  readonly top: number
  readonly colour: string
  readonly depth: number
}

function layer(kind: Scene['kind'], band: Band, next: () => number): string {
  if (kind === 'city' && band.depth < 3) return towers(band, next)
  if (kind === 'forest') return trees(band, next)
  if (kind === 'sea') return water(band, next)
  const rough = kind === 'mountains' || kind === 'snow' || kind === 'night' ? 0.16 : 0.05
  return ridge(band, rough / (1 + band.depth * 0.35), next)
}

/** A skyline by halving: each middle point is put off a little, less at every step. */
function ridge({ width, height, top, colour }: Band, rough: number, next: () => number): string {
  let points = [top + (next() - 0.5) * height * rough, top + (next() - 0.5) * height * rough]
  for (let spread = height * rough; spread > 1.5; spread *= 0.52) {
    points = points.flatMap((y, at) => {
      const after = points[at + 1]
      return after === undefined ? [y] : [y, (y + after) / 2 + (next() - 0.5) * spread]
    })
  }
  const line = points.map((y, at) => `${((at / (points.length - 1)) * width).toFixed(1)},${y.toFixed(1)}`).join(' ')
  return `<polygon points="0,${height} ${line} ${width},${height}" fill="${colour}"/>`
}

function towers({ width, height, top, colour, depth }: Band, next: () => number): string {
  let shapes = `<rect y="${top}" width="${width}" height="${height - top}" fill="${colour}"/>`
  for (let x = -40; x < width;) {
    const [wide, tall] = [50 + next() * 110, height * (0.06 + next() * 0.22) * (1 + depth * 0.2)]
    shapes += `<rect x="${x}" y="${top - tall}" width="${wide}" height="${tall + 4}" fill="${colour}"/>`
    for (let lit = 0; lit < depth * 9; lit += 1) {
      shapes += `<rect x="${x + 6 + next() * (wide - 16)}" y="${top - tall + 8 + next() * (tall - 14)}" width="5" height="7" fill="#ffd98a" opacity=".75"/>`
    }
    x += wide + next() * 26
  }
  return shapes
}

function trees({ width, height, top, colour, depth }: Band, next: () => number): string {
  let shapes = `<rect y="${top + 30}" width="${width}" height="${height}" fill="${colour}"/>`
  const size = 60 + depth * 60
  for (let x = -size; x < width + size; x += size * (0.25 + next() * 0.4)) {
    const tall = size * (1.6 + next() * 1.4)
    shapes += `<polygon points="${x},${top - tall} ${x + size * 0.42},${top + 60} ${x - size * 0.42},${top + 60}" fill="${colour}" opacity=".93"/>`
  }
  return shapes
}

function water({ width, height, top, colour, depth }: Band, next: () => number): string {
  let shapes = `<rect y="${top}" width="${width}" height="${height - top}" fill="${colour}"/>`
  for (let wave = 0; wave < 26; wave += 1) {
    const [x, y, long] = [next() * width, top + next() * height * 0.14, 40 + next() * 160 * (depth + 1)]
    shapes += `<rect x="${x}" y="${y}" width="${long}" height="${1 + depth}" rx="1" fill="#fff" opacity="${0.07 + next() * 0.1}"/>`
  }
  return shapes
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The grain of a sensor: without it a painted sky has steps. */
const grain = (() => {
  const next = dice(7)
  const bytes = Buffer.alloc(256 * 256 * 3)
  for (let at = 0; at < bytes.length; at += 3) bytes.fill(Math.round(128 + (next() + next() - 1) * 26), at, at + 3)
  return bytes
})()
