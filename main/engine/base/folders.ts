import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from './errors.ts'
import { plainError } from './plain-error.ts'

/**
 * Makes a folder that a person named, and what is missing above it. Node's own recursion says of a drive that can only be
 * read that the folder is absent; here it is said in a sentence what stands in the way.
 */
export async function makeFolders(path: string, mode = 0o700): Promise<void> {
  try {
    await make(path, mode)
  } catch (error) {
    throw plainError(error, path)
  }
}

async function make(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode })
  } catch (error) {
    const isThere = await stat(path).then(
      (facts) => facts.isDirectory(),
      () => false,
    )
    if (isThere) return
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) throw error
    await make(dirname(path), mode)
    await mkdir(path, { mode })
  }
}
