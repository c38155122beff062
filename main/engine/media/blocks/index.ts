import { readExif } from './exif.ts'
import { photoshopId, photoshopResources, readIptc } from './iptc.ts'
import type { TagBlocks, Tags } from './tags.ts'
import { readXmp } from './xmp.ts'

/** Metadata as a container holds it, not read yet. Where two blocks of a kind say the same, the first counts. */
export interface Blocks {
  readonly exif: Uint8Array[]
  readonly xmp: Uint8Array[]
  readonly iptc: Uint8Array[]
}

export function noBlocks(): Blocks {
  return { exif: [], xmp: [], iptc: [] }
}

/** Reads each block on its own: a broken one costs nothing but itself. */
export async function readBlocks(blocks: Blocks): Promise<TagBlocks> {
  const exif = await Promise.all(blocks.exif.map(readExif))
  return {
    ifd0: merged(exif.map((each) => each.ifd0)),
    exif: merged(exif.map((each) => each.exif)),
    gps: merged(exif.map((each) => each.gps)),
    xmp: merged(blocks.xmp.map(readXmp)),
    iptc: merged(blocks.iptc.map(readIptc)),
  }
}

function merged(all: readonly Tags[]): Tags {
  return all.length === 1 ? (all[0] ?? {}) : Object.assign({}, ...all.toReversed())
}

/** Puts what Photoshop keeps in its resources to the other blocks. */
export function addPhotoshop(blocks: Blocks, resources: Uint8Array): void {
  const found = photoshopResources(resources)
  const put = (list: Uint8Array[], id: number): void => {
    const block = found.get(id)
    if (block) list.push(block)
  }
  put(blocks.iptc, photoshopId.iptc)
  put(blocks.exif, photoshopId.exif)
  put(blocks.exif, photoshopId.exif3)
  put(blocks.xmp, photoshopId.xmp)
}

/** An EXIF block without the name that some containers put before it. */
export function withoutExifName(block: Uint8Array): Uint8Array {
  const isNamed = Buffer.from(block.subarray(0, 6)).toString('latin1') === 'Exif\0\0'
  return isNamed ? block.subarray(6) : block
}
