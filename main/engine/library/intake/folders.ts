import { dirname, relative, sep } from 'node:path'
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
   * Called when every file of an import is settled, to bring back what the folder knows of them. Safe to repeat. Returns
   * a sentence on what could not be used, or null.
   */
  finish(run: { readonly id: string; readonly userId: string }, signal: AbortSignal): Promise<string | null>
}

/** Finds the known folder that a file lies in, looking at each folder once. */
export function folderFinder({
  folders,
}: Pick<IntakeContext, 'folders'>): (
  path: string,
) => Promise<{ readonly known: KnownFolder; readonly isItem: boolean } | null> {
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
    return known && { known, isItem: known.isItem(relative(known.path, path).split(sep).join('/')) }
  }
}

/** Lets every known folder that files of an import came from bring back what it knows. Returns their sentences. */
export async function finishFolders(
  context: IntakeContext,
  run: { readonly id: string; readonly userId: string },
  signal: AbortSignal,
): Promise<string | null> {
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
    const found = await find(path)
    if (found) met.set(found.known.path, found.known)
  }
  const sentences: string[] = []
  for (const known of met.values()) {
    const sentence = await known.finish(run, signal)
    if (sentence !== null) sentences.push(sentence)
  }
  return sentences.length === 0 ? null : sentences.join(' ')
}
