import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { ExportProgress, ExportResult } from '../../contract/index.ts'
import { syncFolder } from '../base/durable.ts'
import { makeFolders } from '../base/folders.ts'
import { openInside, statInside } from '../base/inside.ts'
import { originalsOf } from '../files/index.ts'
import type { ExportContext } from './context.ts'
import { copyAll, sumOfCopied } from './copy-all.ts'
import { gather, type Item } from './gather.ts'
import { copyKeptSidecars } from './kept-sidecars.ts'
import { safeName, takenNames } from './names.ts'
import { hashOf, type Placed } from './places.ts'
import { writeXmp } from './sidecars.ts'
import { acceptFolder } from './target.ts'

/**
 * Copies originals into any folder, under their own names and beside whatever lies there: nothing is written over. What a
 * person said of one goes with it as an XMP sidecar. A file that is there already with the same bytes is left as it is, so that
 * a run that was cut off is simply done again. Throws what `acceptFolder` throws, what the destination throws, and what
 * `signal` gives as its reason.
 */
export async function copySelection(
  context: Pick<ExportContext, 'vaultDir' | 'database'>,
  input: { readonly userId: string; readonly path: string; readonly ids: readonly string[] },
  options: { readonly signal: AbortSignal; readonly onProgress: (now: ExportProgress) => void },
): Promise<ExportResult> {
  const startedMs = performance.now()
  const { vaultDir, database } = context
  const { signal } = options
  const dir = await acceptFolder(input.path, vaultDir)
  await makeFolders(dir, 0o777)
  const gathered = await gather(database, input.userId, input.ids)
  const placed = await assignNames(dir, gathered.items, signal)
  const files = { dir, originals: originalsOf(vaultDir, database), mode: 0o666 }
  const failures = await copyAll(
    files,
    placed,
    signal,
    (now) => options.onProgress({ phase: 'originals', ...now }),
    ({ item, path }) =>
      writeXmp(dir, path, item, {
        tags: gathered.tagsOf.get(item.id) ?? [],
        albums: gathered.albumsOf.get(item.id) ?? [],
      }),
  )
  const unkept = await copyKeptSidecars(files, database, input.userId, placed, signal)
  await syncFolder(dir)
  const { lost: _, ...copied } = sumOfCopied(placed, [...failures, ...unkept])
  return { ...copied, albums: 0, tags: 0, posts: 0, tables: 0, seconds: (performance.now() - startedMs) / 1000 }
}

async function assignNames(dir: string, items: readonly Item[], signal: AbortSignal): Promise<Placed[]> {
  const names = takenNames()
  const placed: Placed[] = []
  for (const item of items) {
    const name = safeName(item.filename, extname(item.filePath) || '.bin')
    let path: string
    let isThere = false
    // Each candidate is taken as it is looked at, so the next one has another number.
    do {
      path = names.free('.', name, () => false).slice('./'.length)
      isThere = await isSame(dir, path, item, signal)
    } while (!isThere && existsSync(join(dir, path)))
    placed.push({ item, path, isThere })
  }
  return placed
}

async function isSame(dir: string, path: string, item: Item, signal: AbortSignal): Promise<boolean> {
  const facts = await statInside(dir, path).catch(() => null)
  return facts?.size === item.sizeBytes && (await hashOf(() => openInside(dir, path), signal)) === item.sha256
}
