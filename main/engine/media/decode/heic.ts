import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tiffEnvelope } from './tiff-envelope.ts'

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

export interface HeicPicture {
  /** A TIFF file with the decoded pixels and the colour profile they came with. */
  readonly tiff: Uint8Array
  readonly width: number
  readonly height: number
}

/** libheif as WebAssembly: sharp's own build has no HEVC decoder (its patents), so HEIC goes through this. */
let loaded: Heif | undefined
function heif(): Heif {
  loaded ??= createRequire(import.meta.url)('libheif-js/wasm-bundle') as Heif
  return loaded
}

/**
 * Decodes the main picture of a HEIC or HEIF file, turned and mirrored as its container says; EXIF orientation must not
 * be applied again. Throws when the file is broken or has more than `maxPixels`.
 */
export async function decodeHeic(
  path: string,
  maxPixels: number,
  iccProfile: Uint8Array | undefined,
): Promise<HeicPicture> {
  const images = new (heif().HeifDecoder)().decode(await readFile(path))
  try {
    const image = images.find((each) => each.is_primary?.() === true) ?? images[0]
    if (!image) throw new Error('the file holds no picture')
    const [width, height] = [image.get_width(), image.get_height()]
    if (width * height > maxPixels) throw new Error('Input image exceeds pixel limit')
    const { bytes, pixels } = tiffEnvelope(width, height, iccProfile)
    await new Promise<void>((resolve, reject) => {
      image.display({ data: pixels, width, height }, (result) => {
        if (result) resolve()
        else reject(new Error('the picture could not be decoded'))
      })
    })
    return { tiff: bytes, width, height }
  } finally {
    for (const each of images) each.free?.()
  }
}
