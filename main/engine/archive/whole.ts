import type { Readable } from 'node:stream'
import { damaged } from './damage.ts'

const mostWhole = 16 << 20

/** All bytes of a file that is read whole. Throws `archive-damaged` for more than `maxBytes`. */
export async function wholeOf(
  path: string,
  size: number,
  open: () => Promise<Readable>,
  maxBytes = mostWhole,
): Promise<Buffer> {
  if (size > maxBytes) throw damaged(`“${path}” in this export is larger than such a file can be.`)
  const pieces: Buffer[] = []
  for await (const piece of (await open()) as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces)
}
