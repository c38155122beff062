import { existsSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { isPlainName, openInside, statInside } from '../base/inside.ts'
import { hashOpen, type OriginalRow, type Originals } from '../files/index.ts'
import { fileLineSchema, type FileLine } from './format.ts'
import type { Item } from './gather.ts'
import { readLines, writeWhole } from './lines.ts'
import { folderOf, safeName, takenNames } from './names.ts'

/** An item with its place in the export. */
export interface Placed {
  readonly item: Item
  /** Relative to the export, with `/`. */
  readonly path: string
  /** Its bytes are there already. */
  readonly isThere: boolean
}

const listPath = 'data/files.jsonl'

/** Which originals an earlier run gave a place, by id. The list may have been changed since: what is no place of ours is passed over. */
export async function placesBefore(dir: string): Promise<Map<string, FileLine>> {
  const places = new Map<string, FileLine>()
  for await (const line of readLines(dir, listPath, fileLineSchema)) {
    const [top, ...below] = line.path.split('/')
    if (top === 'originals' && below.length > 0 && below.every(isPlainName)) places.set(line.id, line)
  }
  return places
}

/**
 * Gives every item its place: the one it had, or a free one. A file that lies at its old place and is not its own is left
 * alone, and the item gets another name. `isSafe`: the earlier export was finished, so that files of the right size and
 * time need not be read again.
 */
export async function assignPlaces(
  target: { readonly dir: string; readonly originals: Originals; readonly isSafe: boolean },
  items: readonly Item[],
  before: ReadonlyMap<string, FileLine>,
  options: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
): Promise<Placed[]> {
  const names = takenNames()
  for (const { path } of before.values()) names.take(path)
  const placed: Placed[] = []
  for (const item of items) {
    options.signal.throwIfAborted()
    const old = before.get(item.id)
    const found = old ? await look(target, item, old.path, options.signal) : 'nothing'
    if (old && found !== 'foreign') placed.push({ item, path: old.path, isThere: found === 'own' })
    else {
      const ending = extname(item.filePath) || '.bin'
      const path = names.free(folderOf(item), safeName(item.filename, ending), (each) =>
        existsSync(join(target.dir, each)),
      )
      placed.push({ item, path, isThere: false })
    }
    options.onProgress(placed.length)
  }
  return placed
}

/** Writes down which original goes where, before the first one does: the next run then knows what is its own. */
export async function notePlaces(
  dir: string,
  placed: readonly Placed[],
  before: ReadonlyMap<string, FileLine>,
): Promise<void> {
  const here = new Set(placed.map(({ item }) => item.id))
  const lines: FileLine[] = placed.map(({ item, path }) => ({ id: item.id, sha256: item.sha256, path }))
  // What was deleted from the vault since stays in the folder, and stays known as Coffer's.
  for (const old of before.values()) if (!here.has(old.id)) lines.push(old)
  await writeWhole(dir, listPath, async (write) => {
    for (const line of lines) await write(`${JSON.stringify(line)}\n`)
  })
}

async function look(
  target: { readonly dir: string; readonly originals: Originals; readonly isSafe: boolean },
  item: Item,
  path: string,
  signal: AbortSignal,
): Promise<'nothing' | 'own' | 'foreign'> {
  const facts = await statInside(target.dir, path).catch(() => null)
  // Also a link of that name, or something that is no file: it is replaced and not followed.
  if (!facts) return 'nothing'
  const dated = fileTimeMs(item)
  const isSame = facts.size === item.sizeBytes && dated !== null && Math.abs(facts.mtimeMs - dated) <= 2000
  if (target.isSafe && isSame) return 'own'
  const there = await hashOf(() => openInside(target.dir, path), signal)
  if (there === item.sha256) return 'own'
  // A damaged original was exported as it is: then the two are damaged in the same way.
  const source = await hashOf(() => target.originals.open(rowOf(item)), signal)
  return there !== null && source === there ? 'own' : 'foreign'
}

/** The SHA-256 of a file; null when it cannot be read. */
export async function hashOf(open: () => Promise<FileHandle>, signal: AbortSignal): Promise<string | null> {
  try {
    await using file = await open()
    return (await hashOpen(file, signal)).hash
  } catch {
    signal.throwIfAborted()
    return null
  }
}

/** An item as the vault finds its bytes by. */
export function rowOf(item: Pick<Item, 'filePath' | 'isReference'>): OriginalRow {
  return { path: item.filePath, storage: item.isReference ? 'reference' : 'vault' }
}

/** The time on an exported file: when it was taken, else when its source was last changed; null when neither is known. */
export function fileTimeMs(item: Pick<Item, 'takenAt' | 'takenLocal' | 'sourceMtimeMs'>): number | null {
  if (item.takenAt !== null) return Date.parse(item.takenAt)
  // Wall time of unknown zone is read by this computer's clock, as file managers show it.
  if (item.takenLocal !== null) return new Date(item.takenLocal.slice(0, 23)).getTime()
  return item.sourceMtimeMs
}
