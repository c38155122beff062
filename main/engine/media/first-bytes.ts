import { open } from 'node:fs/promises'

/** A file's first bytes: all of them when it has no more than `maxBytes`. */
export async function firstBytes(path: string, maxBytes: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    // Not from the pool: a broken offset must not reach what lay there before.
    const bytes = Buffer.alloc(Math.min(size, maxBytes))
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
