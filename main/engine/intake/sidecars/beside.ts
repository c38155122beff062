import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openable, pathText } from '../../base/path-text.ts'
import { ownerAmong, sidecarKind, withoutExtension, xmpAmong } from './names.ts'

/** What lies beside the files of one import. A folder is listed once for many of its files, and again after a while. */
export interface Beside {
  /** The XMP file to read with a photo; null when it has none. */
  xmpOf(photo: string): Promise<string | null>
  /** The file a sidecar speaks of; null when it is not beside it. */
  ownerOf(sidecar: string): Promise<string | null>
}

interface Listing {
  readonly atMs: number
  /** Names that could belong together: those that begin with the same characters up to the first dot. */
  readonly byStart: Promise<ReadonlyMap<string, readonly string[]>>
}

const validMs = 3000
const maxFolders = 2

export function lookBeside(now: () => number = () => performance.now()): Beside {
  const listings = new Map<string, Listing>()

  async function namesLike(path: string): Promise<readonly string[]> {
    const folder = dirname(path)
    let listing = listings.get(folder)
    if (!listing || now() - listing.atMs > validMs) {
      listing = { atMs: now(), byStart: list(folder) }
      listings.delete(folder)
      listings.set(folder, listing)
      const [oldest] = listings.keys()
      if (listings.size > maxFolders && oldest !== undefined) listings.delete(oldest)
    }
    return (await listing.byStart).get(startOf(path.slice(folder.length + (folder.endsWith('/') ? 0 : 1)))) ?? []
  }

  return {
    async xmpOf(photo) {
      const name = xmpAmong(photo, await namesLike(photo))
      return name === undefined ? null : join(dirname(photo), name)
    },
    async ownerOf(sidecar) {
      const kind = sidecarKind(sidecar)
      const name = kind === null ? undefined : ownerAmong(sidecar, kind, await namesLike(sidecar))
      return name === undefined ? null : join(dirname(sidecar), name)
    },
  }
}

async function list(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  // A folder that cannot be listed has nothing to tell; its files are reported by themselves.
  const entries = await readdir(openable(folder), { encoding: 'buffer', withFileTypes: true }).catch(() => [])
  const byStart = new Map<string, string[]>()
  for (const entry of entries) {
    if (entry.isDirectory()) continue
    const name = pathText(entry.name)
    const start = startOf(name)
    const names = byStart.get(start)
    if (names) names.push(name)
    else byStart.set(start, [name])
  }
  return byStart
}

/** `a` of `a.jpg.xmp`, `a.jpg` and `a.xmp`; a name that begins with a dot keeps it. */
function startOf(name: string): string {
  let start = name
  while (withoutExtension(start) !== start) start = withoutExtension(start)
  return start
}
