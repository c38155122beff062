import { open } from 'node:fs/promises'

const chunkBytes = 1 << 18

/**
 * Whether a file is another one written on: it agrees with it at every byte, but where that still had zeros or had ended. Programs
 * that know how long a file will be make it of zeros first and fill them in, not always in order.
 */
export async function isFilledIn(part: string | Buffer, whole: string | Buffer): Promise<boolean> {
  const [one, other] = [await open(part, 'r'), await open(whole, 'r')]
  try {
    const [before, after] = [Buffer.alloc(chunkBytes), Buffer.alloc(chunkBytes)]
    for (let at = 0; ;) {
      const { bytesRead } = await one.read(before, 0, chunkBytes, at)
      if (bytesRead === 0) return true
      const read = await readWhole(other, after, bytesRead, at)
      if (read < bytesRead) return false
      if (!agrees(before.subarray(0, bytesRead), after)) return false
      at += bytesRead
    }
  } finally {
    await one.close()
    await other.close()
  }
}

function agrees(part: Buffer, whole: Buffer): boolean {
  if (part.equals(whole.subarray(0, part.length))) return true
  return part.every((byte, at) => byte === 0 || byte === whole[at])
}

async function readWhole(
  file: Awaited<ReturnType<typeof open>>,
  into: Buffer,
  bytes: number,
  position: number,
): Promise<number> {
  let read = 0
  while (read < bytes) {
    const { bytesRead } = await file.read(into, read, bytes - read, position + read)
    if (bytesRead === 0) return read
    read += bytesRead
  }
  return read
}
