import type { AlbumName, Item } from './gather.ts'
import { readText, writeText } from './lines.ts'
import { sidecarsOf } from './names.ts'
import { takeoutJson } from './takeout.ts'
import { isOwnXmp, xmpOf } from './xmp.ts'

interface Named {
  readonly tags: readonly string[]
  readonly albums: readonly AlbumName[]
}

/** Writes what goes beside an original. A sidecar that another program has changed since is left as it is. */
export async function writeSidecars(dir: string, path: string, item: Item, more: Named): Promise<void> {
  await writeXmp(dir, path, item, more)
  const { takeout } = sidecarsOf(path)
  await replaceOwn(dir, takeout, takeoutJson(item), (text) => text.includes('"coffer"'))
}

/** Writes only the XMP sidecar, where there is anything to say. */
export async function writeXmp(dir: string, path: string, item: Item, { tags, albums }: Named): Promise<void> {
  const packet = xmpOf(item, { tags, albums: albums.map((album) => album.name) })
  if (packet === null) return
  for (const each of sidecarsOf(path).xmp) await replaceOwn(dir, each, packet, isOwnXmp)
}

async function replaceOwn(dir: string, path: string, text: string, isOwn: (text: string) => boolean): Promise<void> {
  const there = await readText(dir, path)
  if (there === text || (there !== null && !isOwn(there))) return
  await writeText(dir, path, text)
}
