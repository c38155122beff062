import { join } from 'node:path'
import type { Reason } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { pathText } from '../base/path-text.ts'
import { isInside } from '../base/paths.ts'
import { scratchName } from '../base/scratch.ts'
import type { Writer } from '../database/index.ts'
import { reason, walk, type Found } from '../files/index.ts'
import type { IntakeContext } from './context.ts'
import { folderFinder } from './folders.ts'
import type { ImportWork } from './import-work.ts'

const batchSize = 500

export interface ImportToScan {
  readonly id: string
  readonly userId: string
  readonly paths: readonly string[]
}

/**
 * Lists every file of an import as waiting items. Safe to run again after a crash: an item is stored once per path.
 * Junk is counted, what cannot be read becomes a failed item at once. Throws when a file that was found could not be listed:
 * none may be lost without a word.
 */
export async function scan(context: IntakeContext, run: ImportToScan, work: ImportWork): Promise<void> {
  // A scan that starts again counts from nothing: only the counts of items that are already settled stay.
  await context.database.asService((tx) =>
    tx.execute(
      `update meta.imports i set skipped = 0, seen = s.seen, total_bytes = s.bytes from (
         select count(*) as seen, coalesce(sum(size_bytes), 0) as bytes from meta.import_items where import_id = $1) s
       where i.id = $1`,
      [run.id],
    ),
  )
  const find = folderFinder(context)
  let batch: Found[] = []
  // What was uploaded is in the vault itself until it is taken in; no request can name a path there.
  const scratch = pathText(join(context.vaultDir, scratchName))
  const avoid = run.paths.every((path) => isInside(path, scratch)) ? [] : [context.vaultDir]
  for await (const found of walk(run.paths, { avoid, signal: work.signal })) {
    batch.push(found.kind === 'file' ? await inKnownFolder(find, found) : found)
    if (batch.length < batchSize) continue
    await store(context, run, work, batch)
    batch = []
  }
  await store(context, run, work, batch)
  await context.database.asService((tx) =>
    tx.execute(`update meta.imports set scan_complete = true where id = $1`, [run.id]),
  )
  work.scanned()
}

/** A folder that cannot be used, such as an export of a newer Coffer, costs its own files and no others. */
async function inKnownFolder(
  find: ReturnType<typeof folderFinder>,
  found: Extract<Found, { kind: 'file' }>,
): Promise<Found> {
  try {
    const place = await find(found.file.path)
    return place?.known.isItem(place.path) === false ? { kind: 'junk' } : found
  } catch (error) {
    const isNewer = error instanceof CofferError && error.code === 'vault-newer'
    if (!isNewer) throw error
    return { kind: 'problem', root: found.root, path: found.file.path, reason: reason('export-newer') }
  }
}

async function store(
  context: IntakeContext,
  run: ImportToScan,
  work: ImportWork,
  batch: readonly Found[],
): Promise<void> {
  if (batch.length === 0) return
  work.count(await context.database.asService((tx) => insertItems(tx, run, batch)))
}

interface ItemRow {
  readonly path: string
  readonly root: string
  readonly size_bytes: number
  readonly mtime_ns: string | null
  readonly outcome: 'waiting' | 'failed'
  readonly reason: Reason | null
}

async function insertItems(
  tx: Writer,
  run: ImportToScan,
  batch: readonly Found[],
): Promise<{ seen: number; totalBytes: number; failed: number; skipped: number }> {
  const rows = new Map(batch.flatMap((found) => rowsOf(found).map((row): [string, ItemRow] => [row.path, row])))
  const added = await tx.one<{ seen: number; bytes: number; failed: number }>(
    `with stored as (
       insert into meta.import_items (import_id, user_id, path, root, size_bytes, mtime_ns, outcome, reason)
       select $1, $2, r.path, r.root, r.size_bytes, r.mtime_ns, r.outcome, r.reason
       from jsonb_to_recordset($3::jsonb) as r(path text, root text, size_bytes bigint, mtime_ns bigint, outcome text,
                                               reason jsonb)
       on conflict (import_id, path_key) do nothing returning size_bytes, outcome)
     select count(*) as seen, coalesce(sum(size_bytes), 0)::bigint as bytes,
            count(*) filter (where outcome = 'failed') as failed from stored`,
    [run.id, run.userId, JSON.stringify([...rows.values()])],
  )
  if ((added?.seen ?? 0) < rows.size) await assertListed(tx, run, [...rows.keys()])
  const junk = batch.filter((found) => found.kind === 'junk').length
  await tx.execute(
    `update meta.imports set seen = seen + $2, total_bytes = total_bytes + $3, failed = failed + $4, skipped = skipped + $5
     where id = $1`,
    [run.id, added?.seen ?? 0, added?.bytes ?? 0, added?.failed ?? 0, junk],
  )
  return { seen: added?.seen ?? 0, totalBytes: added?.bytes ?? 0, failed: added?.failed ?? 0, skipped: junk }
}

function rowsOf(found: Found): ItemRow[] {
  switch (found.kind) {
    case 'junk':
      return []
    case 'problem': {
      const { path, root, reason: why } = found
      return [{ path, root, size_bytes: 0, mtime_ns: null, outcome: 'failed', reason: why }]
    }
    case 'file': {
      const { path, sizeBytes, mtimeNs } = found.file
      const row = { path, root: found.root, size_bytes: sizeBytes, mtime_ns: String(mtimeNs) }
      return [{ ...row, outcome: 'waiting', reason: null }]
    }
  }
}

/** A row that was not stored must be one that an earlier scan of this import has stored. */
async function assertListed(tx: Writer, run: ImportToScan, paths: readonly string[]): Promise<void> {
  const row = await tx.one<{ n: number }>(
    `select count(*) as n from meta.import_items where import_id = $1
       and path_key = any(core.text_keys($2::text[]))`,
    [run.id, paths],
  )
  if (row?.n !== paths.length) throw new Error(`${paths.length - (row?.n ?? 0)} files were not listed`)
}
