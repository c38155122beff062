import { firstBytes } from '../first-bytes.ts'
import { noBlocks, type Blocks } from '../blocks/index.ts'

const maxBytes = 64 << 20
const xmpName = 'XMP DataXMP'

/** The XMP of a GIF (XMP specification, part 3): an application extension whose text is followed by 258 bytes of trailer. */
export async function readGif(path: string): Promise<Blocks> {
  const blocks = noBlocks()
  const bytes = await firstBytes(path, maxBytes)
  const at = bytes.indexOf(xmpName, 0, 'latin1')
  // 0x21 0xff 0x0b stand before the name: an extension, of an application, of eleven letters.
  if (at < 3 || bytes.readUIntBE(at - 3, 3) !== 0x21_ff_0b) return blocks
  const start = at + xmpName.length
  const trailer = bytes.indexOf(Buffer.from([0x01, 0xff, 0xfe, 0xfd]), start)
  blocks.xmp.push(bytes.subarray(start, trailer < 0 ? bytes.length : trailer))
  return blocks
}
