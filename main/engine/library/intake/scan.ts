import { extname, join } from 'node:path'
import { isInside } from '../../base/paths.ts'
import { scratchName } from '../../base/scratch.ts'
import type { Writer } from '../../database/index.ts'
import { walk, type Found } from '../../files/index.ts'
import type { IntakeContext } from './context.ts'
import { folderFinder } from './folders.ts'

const batchSize = 500

export interface ImportToScan {
  readonly id: string
  readonly userId: string
  readonly paths: readonly string[]
}

/**
 * Lists every file of an import as waiting items. Safe to run again after a crash: an item is stored once per path.
 * Junk is counted, what cannot be read becomes a failed item at once.
 */
export async function scan(context: IntakeContext, run: ImportToScan, signal: AbortSignal): Promise<void> {
  // A scan that starts anew counts from nothing: only the counts of items that are already settled stay.
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
  // What was uploaded lies in the vault itself until it is taken in; no request can name a path there.
  const scratch = join(context.vaultDir, scratchName)
  const avoid = run.paths.every((path) => isInside(path, scratch)) ? [] : [context.vaultDir]
  for await (const found of walk(run.paths, { avoid, signal })) {
    const place = found.kind === 'file' ? await find(found.file.path) : null
    batch.push(place?.isItem === false ? { kind: 'junk' } : found)
    if (batch.length < batchSize) continue
    await store(context, run, batch)
    batch = []
  }
  await store(context, run, batch)
  await context.database.asService((tx) =>
    tx.execute(`update meta.imports set scan_complete = true where id = $1`, [run.id]),
  )
}

async function store(context: IntakeContext, run: ImportToScan, batch: readonly Found[]): Promise<void> {
  if (batch.length === 0) return
  await context.database.asService((tx) => insertItems(tx, run, batch))
}

async function insertItems(tx: Writer, run: ImportToScan, batch: readonly Found[]): Promise<void> {
  const rows = batch.flatMap((found): Readonly<Record<string, unknown>>[] => {
    if (found.kind === 'junk') return []
    if (found.kind === 'problem') {
      return [{ path: found.path, root: found.root, size_bytes: 0, outcome: 'failed', reason: found.reason }]
    }
    const { file } = found
    return [
      {
        path: file.path,
        path_raw: file.pathRaw && `\\x${Buffer.from(file.pathRaw).toString('hex')}`,
        root: found.root,
        size_bytes: file.sizeBytes,
        mtime_ns: String(file.mtimeNs),
        outcome: 'waiting',
        reason: null,
      },
    ]
  })
  const added = await tx.one<{ seen: number; bytes: number; failed: number }>(
    `with stored as (
       insert into meta.import_items (import_id, user_id, path, path_raw, root, size_bytes, mtime_ns, outcome, reason)
       select $1, $2, r.path, r.path_raw, r.root, r.size_bytes, r.mtime_ns, r.outcome, r.reason
       from jsonb_to_recordset($3::jsonb) as r(path text, path_raw bytea, root text, size_bytes bigint, mtime_ns bigint,
                                               outcome text, reason text)
       on conflict (import_id, path) do nothing returning size_bytes, outcome)
     select count(*) as seen, coalesce(sum(size_bytes), 0)::bigint as bytes,
            count(*) filter (where outcome = 'failed') as failed from stored`,
    [run.id, run.userId, JSON.stringify(rows)],
  )
  const junk = batch.filter((found) => found.kind === 'junk').length
  await tx.execute(
    `update meta.imports set seen = seen + $2, total_bytes = total_bytes + $3, failed = failed + $4, skipped = skipped + $5
     where id = $1`,
    [run.id, added?.seen ?? 0, added?.bytes ?? 0, added?.failed ?? 0, junk],
  )
}

/** Sidecars are read with their photo; they are no items of the timeline. */
export function isSidecarName(path: string): boolean {
  return ['.xmp', '.aae'].includes(extname(path).toLowerCase())
}
