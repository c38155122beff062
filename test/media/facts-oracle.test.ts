import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { join, relative } from 'node:path'
import { test } from 'vitest'
import type { MediaMetadata } from '../../main/engine/media/index.ts'
import { kindOf, sampleFiles, samples, startBench, withoutSamples } from './support.ts'

const hasExiftool = spawnSync('exiftool', ['-ver']).status === 0
const bench = startBench()
type Value = string | number | null | undefined
type Said = Readonly<Record<string, string | number | undefined>>

/** Where Coffer and exiftool differ on purpose. */
const explained = new Map([
  [
    'exif-samples/jpg/WWL_(Polaroid)_ION230.jpg taken',
    'its camera clock runs years ahead; a date to come is refused while it is',
  ],
  ['exif-samples/heic/mobile/HMD_Nokia_8.3_5G.heif size', 'turned by the container; exiftool reports it as stored'],
  ['exif-samples/heic/mobile/iphone_13_pro_max.HEIC size', 'turned by the container; exiftool reports it as stored'],
  ['formats/with-gps.mov size', 'turned by the track matrix; exiftool reports it as stored'],
])

test('facts agree with exiftool over every sample', { skip: withoutSamples || !hasExiftool }, async () => {
  // The hard and the damaged ones have tests of their own.
  const files = ['exif-samples', 'formats'].flatMap((each) => sampleFiles(join(samples, each)))
  const said = askExiftool(files)
  const differences: string[] = []
  let compared = 0
  for (const [index, path] of files.entries()) {
    const kind = await kindOf(path)
    const theirs = said[index]
    if (!kind || !theirs) continue
    const { facts } = await bench.inspect(path)
    for (const [what, mine, other] of pairs(facts, theirs, kind.mimeType)) {
      const where = `${relative(samples, path)} ${what}`
      compared += 1
      if (!isSame(mine, other) && !explained.has(where))
        differences.push(`${where}: ${String(mine)}, exiftool ${String(other)}`)
    }
  }
  assert.deepEqual(differences, [])
  assert.ok(compared > 1000, `only ${compared} values were compared`)
})

function askExiftool(files: readonly string[]): readonly Said[] {
  const options = { maxBuffer: 1 << 28, encoding: 'utf8', stdio: 'pipe' } as const
  return JSON.parse(execFileSync('exiftool', ['-j', '-n', '-G1', '-a', ...files], options)) as Said[]
}

function* pairs(
  facts: MediaMetadata,
  said: Said,
  mimeType: string,
): Generator<[what: string, mine: Value, theirs: Value]> {
  const date = said['ExifIFD:DateTimeOriginal'] ?? said['ExifIFD:CreateDate']
  if (typeof date === 'string' && /^[12]/.test(date))
    yield ['taken', facts.takenLocal?.slice(0, 19), date.replace(/^(\d+):(\d+):(\d+) /, '$1-$2-$3T')]
  const offset = said['ExifIFD:OffsetTimeOriginal'] ?? said['ExifIFD:OffsetTimeDigitized']
  if (typeof offset === 'string') yield ['offset', facts.utcOffsetMinutes, minutes(offset)]
  yield ['latitude', facts.latitude, said['Composite:GPSLatitude']]
  yield ['longitude', facts.longitude, said['Composite:GPSLongitude']]
  yield ['altitude', facts.altitudeM, altitude(said)]
  const orientation = said['IFD0:Orientation']
  yield ['orientation', facts.orientation, orientation]
  const [width, height] = String(said['Composite:ImageSize'] ?? '')
    .split(' ')
    .map(Number)
  const isTurned = Number(orientation) >= 5 && !mimeType.startsWith('image/hei')
  if (width && height)
    yield ['size', `${facts.width}x${facts.height}`, isTurned ? `${height}x${width}` : `${width}x${height}`]
  if (mimeType.startsWith('image/')) {
    yield ['make', facts.cameraMake, text(said['IFD0:Make'])]
    yield ['model', facts.cameraModel, text(said['IFD0:Model'])]
    yield ['exposure', facts.exposureSeconds, positive(said['ExifIFD:ExposureTime'])]
    yield ['aperture', facts.aperture, positive(said['ExifIFD:FNumber'])]
    yield ['iso', facts.iso, positive(said['ExifIFD:ISO'])]
    yield ['focal length', facts.focalLengthMm, positive(said['ExifIFD:FocalLength'])]
  } else {
    const duration = said['QuickTime:Duration']
    if (duration !== undefined) yield ['duration', facts.durationSeconds, duration]
  }
}

/**
 * exiftool composes no altitude for a file that leaves out whether it is above the sea. EXIF gives that field a default,
 * above, so the bare number stands for itself then.
 */
function altitude(said: Said): Value {
  const bare = said['GPS:GPSAltitude']
  const isPlain = typeof bare === 'number' && said['GPS:GPSAltitudeRef'] === undefined
  return said['Composite:GPSAltitude'] ?? (isPlain ? bare : undefined)
}

function isSame(mine: Value, theirs: Value): boolean {
  const [a, b] = [mine ?? null, theirs === '' ? null : (theirs ?? null)]
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= Math.max(1e-4, Math.abs(b) * 1e-3)
  return a === b || (a !== null && b !== null && String(a) === String(b))
}

function minutes(offset: string): number {
  const [, sign, hours, rest] = /^([+-])(\d\d):(\d\d)/.exec(offset) ?? []
  return (Number(hours) * 60 + Number(rest)) * (sign === '-' ? -1 : 1)
}

function text(value: Value): string | null {
  return value === undefined ? null : String(value).split('\0')[0]?.trim() || null
}

function positive(value: Value): number | null {
  return Number(value) > 0 ? Number(value) : null
}
