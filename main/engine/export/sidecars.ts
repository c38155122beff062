import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AlbumName, Item } from './gather.ts'
import { writeText } from './lines.ts'
import { sidecarsOf } from './names.ts'
import { takeoutJson } from './takeout.ts'
import { isOwnXmp, xmpOf } from './xmp.ts'

/** Writes what goes beside an original. A sidecar that another program has changed since is left as it is. */
export async function writeSidecars(
  dir: string,
  path: string,
  item: Item,
  more: { readonly tags: readonly string[]; readonly albums: readonly AlbumName[] },
): Promise<void> {
  const { xmp, takeout } = sidecarsOf(path)
  const packet = xmpOf(item, { tags: more.tags, albums: more.albums.map((album) => album.name) })
  for (const each of xmp) if (packet !== null) await replaceOwn(join(dir, each), packet, isOwnXmp)
  await replaceOwn(join(dir, takeout), takeoutJson(item), (text) => text.includes('"coffer"'))
}

async function replaceOwn(path: string, text: string, isOwn: (text: string) => boolean): Promise<void> {
  const there = await readFile(path, 'utf8').catch(() => null)
  if (there === text || (there !== null && !isOwn(there))) return
  await writeText(path, text)
}
