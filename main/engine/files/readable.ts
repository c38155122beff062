import { copyFile, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '../base/ids.ts'
import { openable } from '../base/path-text.ts'

/**
 * Lends a path in plain UTF-8 by which a file can be opened while `work` runs: libraries that read pictures take no bytes for a
 * name. A file whose name is no UTF-8 is reached through a link in `scratch`, or a copy where the system makes no links.
 */
export async function withReadablePath<T>(
  path: string,
  scratch: string,
  work: (readable: string) => Promise<T>,
): Promise<T> {
  const exact = openable(path)
  if (typeof exact === 'string') return work(exact)
  const link = join(scratch, `link-${newId()}`)
  try {
    await symlink(exact, link).catch(() => copyFile(exact, link))
    return await work(link)
  } finally {
    await rm(link, { force: true })
  }
}
