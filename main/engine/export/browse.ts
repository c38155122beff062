import { readFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { createInside, removeInside, statInside } from '../base/inside.ts'
import { findResource } from '../base/resources.ts'
import { openKept, thumbnailPath } from '../files/index.ts'
import type { AlbumLine } from './format.ts'
import type { Item } from './gather.ts'
import { writeText } from './lines.ts'
import type { Placed } from './places.ts'

const chunkSize = 1000
/** What every browser shows by itself; for the others the large picture is taken along. */
const shownByBrowsers = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'image/svg+xml',
])

/** A page that shows the export from the disk, without the network. */
export async function writeBrowse(
  vault: { readonly vaultDir: string; readonly userId: string; readonly title: string },
  dir: string,
  placed: readonly Placed[],
  more: {
    readonly albums: readonly AlbumLine[]
    readonly posts: number
    /** Items whose original could not be exported. */
    readonly without: ReadonlySet<string>
  },
  options: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
): Promise<void> {
  const live = placed.filter(({ item }) => !item.isTrashed).toSorted(newestFirst)
  await copyPage(dir)
  const lines: unknown[][] = []
  for (const each of live) {
    options.signal.throwIfAborted()
    lines.push(await lineOf(vault, dir, each, more.without))
    options.onProgress(lines.length)
  }
  for (let at = 0; at < lines.length || at === 0; at += chunkSize) {
    await script(dir, `items-${at / chunkSize}`, 'items', at / chunkSize, lines.slice(at, at + chunkSize))
  }
  const placeOf = new Map(live.map(({ item }, place) => [item.id, place]))
  const albums = more.albums.filter((album) => album.deletedAt === null)
  const listed: unknown[] = []
  for (const [number, album] of albums.entries()) {
    const places = placesIn(album, placeOf)
    await script(dir, `album-${number}`, 'album', number, places)
    const chosen = album.cover === null ? undefined : placeOf.get(album.cover.id)
    const cover = chosen ?? places[0] ?? null
    listed.push({ name: album.name, description: album.description ?? '', count: places.length, cover })
  }
  await script(dir, 'index', 'index', {
    title: vault.title,
    count: live.length,
    chunk: chunkSize,
    months: monthsOf(live),
    ratios: live.map(({ item }) => ratioOf(item)),
    albums: listed,
    posts: more.posts,
  })
}

async function copyPage(dir: string): Promise<void> {
  const from = findResource('resources/export')
  if (from === undefined) throw new Error('the page of exports is not shipped')
  for (const [name, to] of [
    ['index.html', 'index.html'],
    ['app.js', 'browse/app.js'],
    ['app.css', 'browse/app.css'],
  ] as const) {
    await writeText(dir, to, await readFile(join(from, name), 'utf8'))
  }
}

function script(dir: string, name: string, call: string, ...given: readonly unknown[]): Promise<void> {
  const text = `coffer.${call}(${given.map((each) => JSON.stringify(each)).join(',')})\n`
  return writeText(dir, `browse/data/${name}.js`, text)
}

function newestFirst({ item: left }: Placed, { item: right }: Placed): number {
  if (left.takenLocal !== right.takenLocal) {
    if (left.takenLocal === null) return 1
    if (right.takenLocal === null) return -1
    return left.takenLocal < right.takenLocal ? 1 : -1
  }
  return left.id < right.id ? 1 : -1
}

function monthsOf(live: readonly Placed[]): [string | null, number][] {
  const months: [string | null, number][] = []
  for (const { item } of live) {
    const month = item.takenLocal?.slice(0, 7) ?? null
    const last = months.at(-1)
    if (last && last[0] === month) last[1] += 1
    else months.push([month, 1])
  }
  return months
}

/** Width for a height of 100. */
function ratioOf({ width, height }: Item): number {
  return width !== null && height !== null && width > 0 && height > 0 ? Math.round((100 * width) / height) : 100
}

function placesIn(album: AlbumLine, placeOf: ReadonlyMap<string, number>): number[] {
  const places = album.items.flatMap(({ id }) => placeOf.get(id) ?? [])
  if (album.sortOrder === 'manual') return places
  return places.toSorted((left, right) => (album.sortOrder === 'date_desc' ? left - right : right - left))
}

async function lineOf(
  vault: { readonly vaultDir: string; readonly userId: string },
  dir: string,
  { item, path }: Placed,
  without: ReadonlySet<string>,
): Promise<unknown[]> {
  const needsLarge = item.mediaType !== 'photo' || !shownByBrowsers.has(item.mimeType)
  return [
    without.has(item.id) ? null : path,
    item.hasPictures ? await copyPicture(vault, dir, 'pictures', 'grid', item.id) : null,
    item.takenLocal,
    item.mediaType,
    item.filename,
    item.description ?? '',
    item.isFavorite ? 1 : 0,
    item.durationSeconds,
    item.hasPictures && needsLarge ? await copyPicture(vault, dir, 'large', 'viewer', item.id) : null,
  ]
}

/** Copies a picture if it is not there yet, and returns its name; null when the vault has none. */
async function copyPicture(
  vault: { readonly vaultDir: string; readonly userId: string },
  dir: string,
  folder: 'pictures' | 'large',
  size: 'grid' | 'viewer',
  id: string,
): Promise<string | null> {
  let picture: FileHandle
  try {
    picture = await openKept(vault.vaultDir, thumbnailPath(vault.userId, id, size))
  } catch {
    // There is none, or a link in its place.
    return null
  }
  try {
    const facts = await picture.stat()
    const name = `${id.slice(-2)}/${id}.${await extensionOf(picture)}`
    const to = `browse/${folder}/${name}`
    const there = await statInside(dir, to).catch(() => null)
    if (there && there.size === facts.size && Math.abs(there.mtimeMs - facts.mtimeMs) <= 2000) return name
    await removeInside(dir, to)
    await using copy = await createInside(dir, to)
    await copy.writeFile(await picture.readFile())
    await copy.utimes(facts.mtime, facts.mtime).catch(() => {})
    return name
  } finally {
    await picture.close()
  }
}

/** Pictures are JPEG, or WebP where they have transparency; the name tells a browser which. Leaves the file at its beginning. */
async function extensionOf(picture: FileHandle): Promise<'jpg' | 'webp'> {
  const head = Buffer.alloc(4)
  await picture.read(head, 0, 4, 0)
  return head.toString('latin1') === 'RIFF' ? 'webp' : 'jpg'
}
