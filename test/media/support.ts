import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll } from 'vitest'
import sharp from 'sharp'
import {
  KIND_BYTES,
  startMediaWorkers,
  type FileKind,
  type Inspection,
  type MediaWorkers,
} from '../../main/engine/media/index.ts'
import { recogniseKind } from '../../main/engine/media/kind/recognise.ts'
import { projectRoot, samples } from '../support/folders.ts'

export { samples, withoutSamples } from '../support/folders.ts'

/** Two photos that travel with the repository. */
export const ownSamples = join(projectRoot, 'test', 'media', 'samples')

/** Every sample file, in a fixed order. */
export function sampleFiles(folder = samples): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'README')
  return files.map((entry) => join(entry.parentPath, entry.name)).sort()
}

export async function kindOf(path: string, name = basename(path)): Promise<FileKind | null> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(KIND_BYTES)
    const { bytesRead } = await file.read(head, 0, KIND_BYTES, 0)
    return await recogniseKind(head.subarray(0, bytesRead), name)
  } finally {
    await file.close()
  }
}

export interface Bench {
  readonly folder: string
  readonly workers: MediaWorkers
  path(name: string): string
  /** Inspects a file; its pictures stay at `path(n + '.grid')` and `.viewer`. */
  inspect(path: string, options?: { readonly name?: string; readonly sidecar?: string }): Promise<Looked>
}
export interface Looked extends Inspection {
  readonly gridPath: string
  readonly viewerPath: string
}

/** Workers and a folder that go away when the test file ends. */
export function startBench(options?: Parameters<typeof startMediaWorkers>[0]): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'coffer-media-'))
  const workers = startMediaWorkers({ size: 2, ...options })
  afterAll(async () => {
    await workers.close()
    rmSync(folder, { recursive: true, force: true })
  })
  let count = 0
  return {
    folder,
    workers,
    path: (name) => join(folder, name),
    async inspect(path, { name = basename(path), sidecar } = {}) {
      count += 1
      const [gridPath, viewerPath] = [join(folder, `${count}.grid`), join(folder, `${count}.viewer`)]
      const { mtimeMs } = await stat(path)
      const job = { path, filename: name, mtimeMs, gridPath, viewerPath }
      const inspection = await workers.inspect(sidecar === undefined ? job : { ...job, sidecarXmpPath: sidecar })
      if (!inspection) throw new Error(`${name} is not recognised`)
      return { ...inspection, gridPath, viewerPath }
    },
  }
}

/** Mean difference of two pictures, 0 to 255, compared at a small size. */
export async function difference(one: string, other: string): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((path) => sharp(path).removeAlpha().resize(64, 64, { fit: 'fill' }).raw().toBuffer()),
  )
  if (!a || a.length !== b?.length) throw new Error('the pictures have different shapes')
  let sum = 0
  for (const [index, value] of a.entries()) sum += Math.abs(value - (b[index] ?? 0))
  return sum / a.length
}

/** Colour of one pixel, from 0 to 1 across and down. */
export async function colourAt(path: string, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true })
  const column = Math.min(Math.floor(x * info.width), info.width - 1)
  const row = Math.min(Math.floor(y * info.height), info.height - 1)
  const at = (row * info.width + column) * info.channels
  return [...data.subarray(at, at + info.channels)]
}

/** A chunk of a PNG with its checksum. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  let crc = 0xff_ff_ff_ff
  for (const byte of body) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xed_b8_83_20 : crc >>> 1
  }
  out.writeUInt32BE((crc ^ 0xff_ff_ff_ff) >>> 0, body.length + 4)
  return out
}
