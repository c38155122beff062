import { isDamage } from './damage.ts'
import type { TreeFile } from './tree.ts'

/** The first bytes of a file, each as one character; empty for one that is damaged. */
export async function startOf(file: TreeFile, bytes = 64 << 10): Promise<string> {
  const pieces: Buffer[] = []
  let length = 0
  try {
    for await (const piece of (await file.open()) as AsyncIterable<Buffer>) {
      pieces.push(piece)
      length += piece.length
      if (length >= bytes) break
    }
  } catch (error) {
    if (!isDamage(error)) throw error
  }
  return Buffer.concat(pieces).toString('latin1', 0, bytes)
}
