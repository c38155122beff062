import { rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder, writeDurably } from '../../base/durable.ts'

/** Replaces a small file so that after a crash the old or the new one is there whole. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const next = `${path}.new`
  await writeDurably(next, text)
  await rename(next, path)
  await syncFolder(dirname(path))
}
