import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isHash, putNamed, type Store } from './store.ts'

const folder = 'damaged'

/**
 * Packs that somebody found to have other bytes than they were written with. They are kept, for some of what is in them may
 * still be read, but count as absent: the next backup writes what they hold again.
 */
export async function damagedPacks({ dir }: Pick<Store, 'dir'>): Promise<ReadonlySet<string>> {
  // Repositories of before have no such folder; without its notes a pack is found damaged when it is read.
  const names = await readdir(join(dir, folder)).catch((): string[] => [])
  return new Set(names.filter(isHash))
}

/**
 * Notes what reading packs showed: the hurt ones, and those that were noted before and are whole after all, as after a
 * failing cable. Where the repository cannot be written nothing is noted; the caller reports the damage all the same.
 */
export async function notePacks(
  { dir }: Pick<Store, 'dir'>,
  found: { readonly hurt: Iterable<string>; readonly whole: Iterable<string> },
): Promise<void> {
  const known = await damagedPacks({ dir })
  try {
    for (const pack of found.hurt) if (!known.has(pack)) await putNamed(dir, join(folder, pack), new Uint8Array())
    for (const pack of found.whole) if (known.has(pack)) await forgetNote({ dir }, pack)
  } catch {
    // A drive that only reads, or that fails: the note is a help for the next run and nothing more.
  }
}

/** Removes the note of a pack that is gone or whole. */
export async function forgetNote({ dir }: Pick<Store, 'dir'>, pack: string): Promise<void> {
  await rm(join(dir, folder, pack), { force: true })
}
