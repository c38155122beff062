import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Pixels } from './pictures.ts'

interface HeifImage {
  get_width(): number
  get_height(): number
  is_primary?(): boolean
  display(
    target: { data: Uint8ClampedArray; width: number; height: number },
    done: (result: object | null) => void,
  ): void
  free?(): void
}
interface Heif {
  readonly HeifDecoder: new () => { decode(data: Uint8Array): HeifImage[] }
}

/** libheif as WebAssembly: sharp's own build has no HEVC decoder (its patents), so HEIC goes through this. */
let loaded: Heif | undefined
function heif(): Heif {
  loaded ??= createRequire(import.meta.url)('libheif-js/wasm-bundle') as Heif
  return loaded
}

/**
 * Decodes the main picture of a HEIC or HEIF file to RGBA, turned and mirrored as its container says; EXIF orientation
 * must not be applied again. Throws when the file is broken or has more than `maxPixels`.
 */
export async function decodeHeic(path: string, maxPixels: number): Promise<Pixels> {
  const images = new (heif().HeifDecoder)().decode(await readFile(path))
  const image = images.find((each) => each.is_primary?.() === true) ?? images[0]
  if (!image) throw new Error('the file holds no picture')
  const [width, height] = [image.get_width(), image.get_height()]
  if (width * height > maxPixels) throw new Error('Input image exceeds pixel limit')
  const data = new Uint8ClampedArray(width * height * 4)
  await new Promise<void>((resolve, reject) => {
    image.display({ data, width, height }, (result) => {
      if (result) resolve()
      else reject(new Error('the picture could not be decoded'))
    })
  })
  for (const each of images) each.free?.()
  return { data: new Uint8Array(data.buffer), width, height, channels: 4 }
}
