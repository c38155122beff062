import { open, type FileHandle } from 'node:fs/promises'

/** Part of a file; shorter where the file ends, empty where it does not reach. Never from the pool of buffers. */
export async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  if (length <= 0 || at < 0) return Buffer.alloc(0)
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, at)
  return bytes.subarray(0, bytesRead)
}

/** Opens a file for as long as `read` takes. */
export async function withFile<T>(path: string, read: (file: FileHandle, size: number) => Promise<T>): Promise<T> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    return await read(file, size)
  } finally {
    await file.close()
  }
}
