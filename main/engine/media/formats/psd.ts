import { addPhotoshop, noBlocks, type Blocks } from '../blocks/index.ts'
import { photoshopResources } from '../blocks/iptc.ts'
import { readAt, withFile } from './read-at.ts'

export interface PsdFacts {
  readonly blocks: Blocks
  readonly size: { readonly width: number; readonly height: number } | null
  /** The small picture Photoshop puts in, as a JPEG. */
  readonly preview: Uint8Array | undefined
}

/** Photoshop 5 and later; 28 bytes of its own stand before the JPEG. */
const previewId = 0x04_0c
const previewHeadBytes = 28
const maxResourceBytes = 64 << 20

/** Reads the head and the resources of a Photoshop document (Adobe Photoshop File Formats). */
export async function readPsd(path: string): Promise<PsdFacts> {
  return withFile(path, async (file) => {
    const blocks = noBlocks()
    const head = await readAt(file, 0, 30)
    if (head.length < 30 || head.toString('latin1', 0, 4) !== '8BPS') return { blocks, size: null, preview: undefined }
    const size = { height: head.readUInt32BE(14), width: head.readUInt32BE(18) }
    const resourcesAt = 30 + head.readUInt32BE(26)
    const length = await readAt(file, resourcesAt, 4)
    let preview: Uint8Array | undefined
    if (length.length === 4) {
      const bytes = Math.min(length.readUInt32BE(0), maxResourceBytes)
      const resources = await readAt(file, resourcesAt + 4, bytes)
      addPhotoshop(blocks, resources)
      preview = photoshopResources(resources).get(previewId)?.subarray(previewHeadBytes)
    }
    return { blocks, size: size.width > 0 && size.height > 0 ? size : null, preview }
  })
}
