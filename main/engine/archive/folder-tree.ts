import { createReadStream } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { systemCode } from '../base/errors.ts'
import type { Counter } from './entry-name.ts'
import { wholeOf } from './whole.ts'
import type { TreeFile } from './tree.ts'

/** All files below a folder. Links are left out, and so is what is no file. */
export async function folderFiles(folder: string, count: Counter): Promise<TreeFile[]> {
  const found: TreeFile[] = []
  const ahead = ['']
  for (let inner = ahead.pop(); inner !== undefined; inner = ahead.pop()) {
    for (const entry of await readdir(join(folder, inner), { withFileTypes: true })) {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`
      if (entry.isDirectory()) ahead.push(path)
      if (!entry.isFile()) continue
      const facts = await lstat(join(folder, path)).catch((error: unknown) => {
        // A name that is no text cannot be asked for.
        if (systemCode(error) === 'ENOENT') return null
        throw error
      })
      if (facts?.isFile() !== true) continue
      count(facts.size)
      found.push(plainFile(join(folder, path), path, facts.size))
    }
  }
  return found
}

/** A file on the disk, as part of a tree. */
export function plainFile(place: string, path: string, size: number): TreeFile {
  const open = async (): Promise<Readable> =>
    size === 0 ? Readable.from([]) : createReadStream(place, { end: size - 1, highWaterMark: 256 << 10 })
  return { path, size, open, bytes: (maxBytes) => wholeOf(path, size, open, maxBytes) }
}
