import { exifReader, tagsOf } from '../blocks/exif.ts'
import { isTags, noTags, type TagBlocks } from '../blocks/tags.ts'
import { readXmp } from '../blocks/xmp.ts'
import { firstBytes } from '../first-bytes.ts'

const maxBytes = 64 << 20

/**
 * Tags of a picture whose container nothing else here reads, such as JPEG XL, or that the decoder does not open: by the
 * reader that knows most of them. Nothing is thrown.
 */
export async function readContainer(path: string): Promise<TagBlocks> {
  try {
    const read = await exifReader.load(await firstBytes(path, maxBytes), {
      expanded: true,
      computed: true,
      async: true,
    })
    const packet: unknown = isTags(read.xmp) ? read.xmp['_raw'] : undefined
    return { ...noTags, ...tagsOf(read), xmp: typeof packet === 'string' ? readXmp(packet) : {} }
  } catch {
    // A container it does not know either.
    return noTags
  }
}
