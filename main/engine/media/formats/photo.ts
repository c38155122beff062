import { stat } from 'node:fs/promises'
import type { Metadata } from 'sharp'
import { noBlocks, readBlocks, withoutExifName, type Blocks } from '../blocks/index.ts'
import { noTags, type TagBlocks } from '../blocks/tags.ts'
import { readXmp } from '../blocks/xmp.ts'
import { firstBytes } from '../first-bytes.ts'
import type { FileKind } from '../types.ts'
import { readContainer } from './container.ts'
import { readGif } from './gif.ts'
import { readJpegHead } from './jpeg.ts'
import { readPng } from './png.ts'
import { readPsd } from './psd.ts'
import { readRiff } from './riff.ts'
import { tiffBlocks } from './tiff.ts'

/** What the container of a picture says, without decoding it. */
export interface PhotoRead {
  readonly tags: TagBlocks
  /** Before rotation. */
  readonly size?: { readonly width: number; readonly height: number } | null
  readonly texts?: ReadonlyMap<string, string>
  readonly changedUtc?: string | undefined
  readonly preview?: Uint8Array | undefined
}

/** The bytes tags can be in. A file this big is a panorama or a RAW, whose tables lie at its front. */
const maxTagBytes = 128 << 20

export function tagBytes(path: string): Promise<Buffer> {
  return firstBytes(path, maxTagBytes)
}

/**
 * Reads the metadata of a picture from its container. `header` is what the decoder says of it, which knows the boxes of
 * HEIC and AVIF; null when it does not open the file.
 */
export async function readPhoto(path: string, kind: FileKind, header: Metadata | null): Promise<PhotoRead> {
  switch (kind.mimeType) {
    case 'image/jpeg': {
      const { blocks, size } = await readJpegHead(path)
      return { tags: await readBlocks(blocks), size }
    }
    case 'image/png':
    case 'image/apng': {
      const { blocks, texts, changedUtc } = await readPng(path)
      return { tags: await readBlocks(blocks), texts, changedUtc }
    }
    case 'image/tiff':
      return { tags: await readBlocks(tiffBlocks(await tagBytes(path))) }
    case 'image/gif':
      return { tags: await readBlocks(await readGif(path)) }
    case 'image/webp':
      return { tags: await readBlocks((await readRiff(path)).blocks) }
    case 'image/vnd.adobe.photoshop': {
      const { blocks, size, preview } = await readPsd(path)
      return { tags: await readBlocks(blocks), size, preview }
    }
    case 'image/svg+xml':
      return { tags: await svgTags(path) }
    case 'image/jxl':
      return { tags: await readContainer(path) }
    default:
      if (header) return { tags: await readBlocks(headerBlocks(header)) }
      return { tags: kind.decodable ? await readContainer(path) : noTags }
  }
}

function headerBlocks(header: Metadata): Blocks {
  const blocks = noBlocks()
  if (header.exif) blocks.exif.push(withoutExifName(header.exif))
  if (header.xmp) blocks.xmp.push(header.xmp)
  if (header.iptc) blocks.iptc.push(header.iptc)
  return blocks
}

const maxDrawingBytes = 8 << 20

/** A drawing may hold an XMP packet among its elements. */
async function svgTags(path: string): Promise<TagBlocks> {
  const { size } = await stat(path)
  return size > maxDrawingBytes ? noTags : { ...noTags, xmp: readXmp(await firstBytes(path, maxDrawingBytes)) }
}
