import { hash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../../base/errors.ts'
import { makeFolder, putNamed } from './store.ts'

/** A second copy of a file: its bytes are those its name says. */
interface Copy {
  readonly sum: string
  readonly bytes: Buffer
}

/** `<name>.<sha256>.age`: the sum tells which of two that differ is the one to believe. */
const copyName = /^(.+)\.([0-9a-f]{64})\.age$/

/** Folders of the repository whose small files have second copies, `''` for the repository itself. */
export type CopyFolder = '' | 'keys'

/**
 * The second copies of the small files without which nothing opens: of `repository.age` (place `''`) and of `keys/`. Copies
 * that are damaged themselves count for nothing.
 */
export async function copiesIn(dir: string, place: CopyFolder): Promise<ReadonlyMap<string, Copy>> {
  const folder = join(dir, 'copies', place)
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    // Repositories of before have none.
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
  const copies = new Map<string, Copy>()
  for (const entry of entries) {
    const [, name, sum] = copyName.exec(entry.name) ?? []
    if (!entry.isFile() || name === undefined || sum === undefined) continue
    // One that cannot be read is as good as a damaged one: the file itself is tried first.
    const bytes = await readFile(join(folder, entry.name)).catch(() => null)
    if (bytes && hash('sha256', bytes) === sum) copies.set(name, { sum, bytes })
  }
  return copies
}

/**
 * Puts a small file and its second copy in their places. The earlier copy goes first, so that whenever a copy is there and
 * whole, it is of what the file should be. The lock must be held.
 */
export async function putWithCopy(dir: string, place: CopyFolder, name: string, bytes: Uint8Array): Promise<void> {
  await removeCopies(dir, place, name)
  await putNamed(dir, join(place, `${name}.age`), bytes)
  await putCopy(dir, place, name, bytes)
}

/** Writes the second copy of a file that is known to be whole. The lock must be held. */
export async function putCopy(dir: string, place: CopyFolder, name: string, bytes: Uint8Array): Promise<void> {
  await removeCopies(dir, place, name)
  await makeFolder(join(dir, 'copies'))
  await putNamed(dir, join('copies', place, `${name}.${hash('sha256', bytes)}.age`), bytes)
}

/** Removes all second copies of a file. The lock must be held. */
export async function removeCopies(dir: string, place: CopyFolder, name: string): Promise<void> {
  const folder = join(dir, 'copies', place)
  // Repositories of before have no such folder.
  for (const found of await readdir(folder).catch((): string[] => [])) {
    if (copyName.exec(found)?.[1] === name) await rm(join(folder, found), { force: true })
  }
}
