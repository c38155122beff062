import { readdir } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { Reason } from '../../contract/index.ts'
import { reason } from '../files/index.ts'
import type { IntakeContext } from './context.ts'

/** A kind of folder that tells more of its files than they do themselves, such as an export of Coffer. */
export interface FolderReader {
  /** What a folder holds; null when it is none of these. Throws when it is one that cannot be used. */
  recognise(folder: string): Promise<KnownFolder | null>
}

export interface KnownFolder {
  readonly path: string
  /** Whether a file below it is to come in, by its path from the folder on, with `/`. The rest is its own bookkeeping. */
  isItem(path: string): boolean
  /**
   * What to make of an XMP file beside an item, both by their paths from the folder on: `keep` is the person's, `read` was
   * written by the folder's program, `skip` says nothing that `finish` does not bring back.
   */
  sidecar(path: string, photo: string): Promise<'keep' | 'read' | 'skip'>
  /**
   * Called when every file of an import is settled, to bring back what the folder knows of them. Safe to repeat. Returns
   * why some of it could not be used, or null.
   */
  finish(run: { readonly id: string; readonly userId: string }, signal: AbortSignal): Promise<Reason | null>
}

/** A known folder, and the path of a file from there on. */
interface Place {
  readonly known: KnownFolder
  readonly path: string
}

/** Finds the known folder that a file lies in, looking at each folder once. */
export function folderFinder({ folders }: Pick<IntakeContext, 'folders'>): (path: string) => Promise<Place | null> {
  const looked = new Map<string, Promise<KnownFolder | null>>()
  const look = (folder: string): Promise<KnownFolder | null> => {
    const before = looked.get(folder)
    if (before) return before
    const found = recognise(folder)
    looked.set(folder, found)
    return found
  }
  async function recognise(folder: string): Promise<KnownFolder | null> {
    for (const reader of folders) {
      const known = await reader.recognise(folder)
      if (known) return known
    }
    const above = dirname(folder)
    return above === folder ? null : look(above)
  }
  return async (path) => {
    if (folders.length === 0) return null
    const known = await look(dirname(path))
    return known && { known, path: relative(known.path, path).split(sep).join('/') }
  }
}

/** Lets every known folder that an import met bring back what it knows. Returns what could not be used. */
export async function finishFolders(
  context: IntakeContext,
  run: { readonly id: string; readonly userId: string; readonly paths: readonly string[] },
  signal: AbortSignal,
): Promise<Reason | null> {
  if (context.folders.length === 0) return null
  const find = folderFinder(context)
  // One path for each folder there is: which one does not matter.
  const rows = await context.database.asService((tx) =>
    tx.query<{ path: string }>(
      `select min(path) as path from meta.import_items where import_id = $1
       group by regexp_replace(path, '[/\\\\][^/\\\\]*$', '')`,
      [run.id],
    ),
  )
  const met = new Map<string, KnownFolder>()
  for (const { path } of rows) {
    // One that cannot be used was said of its files, when they were listed.
    const found = await find(path).catch(() => null)
    if (found) met.set(found.known.path, found.known)
  }
  for (const folder of await foldersAt(run.paths)) {
    for (const reader of context.folders) {
      const found = await reader.recognise(folder).catch(() => null)
      if (found) met.set(found.path, found)
    }
  }
  let problem: Reason | null = null
  for (const known of met.values()) {
    const found: Reason | null = await known.finish(run, signal)
    const before: number = problem?.code === found?.code ? Number(problem?.details['count'] ?? 0) : 0
    if (found !== null)
      problem = reason(found.code, { ...found.details, count: before + Number(found.details['count'] ?? 0) })
  }
  return problem
}

/** What was imported and the folders right in it: a known folder may hold no files that come in, and still tell something. */
async function foldersAt(paths: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    // A file, or a folder that is gone by now.
    const entries = await readdir(path, { withFileTypes: true }).catch(() => null)
    if (entries === null) continue
    found.push(path, ...entries.filter((entry) => entry.isDirectory()).map((entry) => join(path, entry.name)))
  }
  return found
}
