import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname, isAbsolute, join } from 'node:path'
import { hashFile } from '../files/index.ts'
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

const listPath = (dir: string): string => join(dir, 'data', 'files.jsonl')

/** Which originals an earlier run gave a place, by id. */
export async function placesBefore(dir: string): Promise<Map<string, FileLine>> {
  const places = new Map<string, FileLine>()
  for await (const line of readLines(listPath(dir), fileLineSchema)) places.set(line.id, line)
  return places
}

/**
 * Gives every item its place: the one it had, or a free one. A file that lies at its old place and is not its own is left
 * alone, and the item gets another name. `isSafe`: the earlier export was finished, so that files of the right size and
 * time need not be read again.
 */
export async function assignPlaces(
  target: { readonly dir: string; readonly vaultDir: string; readonly isSafe: boolean },
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
  await writeWhole(listPath(dir), async (write) => {
    for (const line of lines) await write(`${JSON.stringify(line)}\n`)
  })
}

async function look(
  target: { readonly dir: string; readonly vaultDir: string; readonly isSafe: boolean },
  item: Item,
  path: string,
  signal: AbortSignal,
): Promise<'nothing' | 'own' | 'foreign'> {
  const full = join(target.dir, path)
  const facts = await stat(full).catch(() => null)
  if (!facts) return 'nothing'
  const dated = fileTimeMs(item)
  const isSame = facts.size === item.sizeBytes && dated !== null && Math.abs(facts.mtimeMs - dated) <= 2000
  if (target.isSafe && isSame) return 'own'
  const there = await hashFile(full, signal).catch(() => null)
  if (there?.hash === item.sha256) return 'own'
  // A damaged original was exported as it is: then the two are damaged in the same way.
  const source = await hashFile(sourceOf(target.vaultDir, item), signal).catch(() => null)
  return there !== null && source?.hash === there.hash ? 'own' : 'foreign'
}

/** Where an item's bytes lie. */
export function sourceOf(vaultDir: string, item: Pick<Item, 'filePath'>): string {
  return isAbsolute(item.filePath) ? item.filePath : join(vaultDir, item.filePath)
}

/** The time on an exported file: when it was taken, else when its source was last changed; null when neither is known. */
export function fileTimeMs(item: Pick<Item, 'takenAt' | 'takenLocal' | 'sourceMtimeMs'>): number | null {
  if (item.takenAt !== null) return Date.parse(item.takenAt)
  // Wall time of unknown zone is read by this computer's clock, as file managers show it.
  if (item.takenLocal !== null) return new Date(item.takenLocal.slice(0, 23)).getTime()
  return item.sourceMtimeMs
}
