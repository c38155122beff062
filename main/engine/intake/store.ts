import { basename, dirname } from 'node:path'
import type { Reason } from '../../contract/index.ts'
import { shownPath } from '../base/path-text.ts'
import { fileIntoFolderAlbum } from '../albums/index.ts'
import { recordChanges, type Change } from '../changes/index.ts'
import type { Writer } from '../database/index.ts'
import { reason } from '../files/index.ts'
import { restore } from '../objects/index.ts'
import { problemOf, readLaterWhenIdle } from '../library/index.ts'
import { ImportStopped } from './faults.ts'
import { replaceHalf } from './half.ts'
import type { SettledResult } from './item.ts'
import { duplicateOf, mediaWithHashes } from './known.ts'
import { applyLaterFacts } from './sidecars/apply.ts'
import { keptReason } from './sidecars/reason.ts'
import { storeSidecars, type SidecarToStore } from './sidecars/store.ts'
import { insertMedia } from './store-media.ts'

export interface ImportToStore {
  readonly id: string
  readonly userId: string
  readonly albumPerFolder: boolean
  /** A watched folder asks, not a person. */
  readonly isWatched: boolean
}

export interface Stored {
  /** Items that came to be the same as one that is here, by the id they would have had. */
  readonly merged: ReadonlyMap<string, string>
  /** Ids of rows that were not stored because their bytes are here already: their files are not needed. */
  readonly unneeded: ReadonlySet<string>
  readonly counts: OutcomeCounts
}

/**
 * Stores a batch of results: media rows, where their bytes were seen, the items' outcomes, counts and changes. Looks once
 * more, in this very transaction, whether bytes that are taken for new have come in by another way since: their files are
 * not to be kept then. Throws `ImportStopped` when the import was cancelled, undone or removed meanwhile.
 */
export async function storeResults(tx: Writer, run: ImportToStore, batch: readonly SettledResult[]): Promise<Stored> {
  const now = await tx.one<{ status: string }>(`select status from meta.imports where id = $1 for update`, [run.id])
  if (!now || now.status === 'cancelled' || now.status === 'undone') throw new ImportStopped()
  const { results, merged } = await mergedWithPresent(tx, run, batch)
  const fresh = results.filter((result) => result.outcome === 'new')
  await insertMedia(
    tx,
    run,
    fresh.map((result) => result.media),
  )
  const back = results.flatMap((result) =>
    result.outcome === 'duplicate' && result.restore && result.mediaId ? [result.mediaId] : [],
  )
  const restored = new Set(await restore(tx, run.userId, 'media', back))
  await moveReferences(tx, results)
  await insertSources(tx, run, results)
  for (const result of results) await replaceHalf(tx, run.userId, result)
  const sidecars = await storeSidecarsOf(tx, run, results)
  const counts = await settleItems(tx, run, results, { restored, used: sidecars.used })
  await tx.execute(
    `update meta.imports set added = added + $2, duplicates = duplicates + $3, stacked = stacked + $4,
            unsupported = unsupported + $5, damaged = damaged + $6, failed = failed + $7, done_bytes = done_bytes + $8,
            later = later + $9
     where id = $1`,
    [
      run.id,
      counts.added,
      counts.duplicate,
      counts.stacked,
      counts.unsupported,
      counts.damaged,
      counts.failed,
      bytesOf(results),
      counts.later,
    ],
  )
  if (counts.later > 0) await readLaterWhenIdle(tx, run.userId)
  if (run.albumPerFolder) await fileIntoFolderAlbums(tx, run, results)
  const changes: Change[] = fresh.map((result) => ({ noun: 'media', objectId: result.media.id, kind: 'added' }))
  await recordChanges(tx, run.userId, [...changes, { noun: 'imports', objectId: run.id, kind: 'changed' }])
  const dropped = batch.flatMap((result) =>
    result.outcome === 'new' && merged.has(result.media.id) ? (result.media.sidecar?.id ?? []) : [],
  )
  return { merged, unneeded: new Set([...merged.keys(), ...dropped, ...sidecars.unneeded]), counts }
}

/** Keeps the sidecars of a batch, and says of each that came by itself what in it was used. */
async function storeSidecarsOf(
  tx: Writer,
  run: ImportToStore,
  results: readonly SettledResult[],
): Promise<{ unneeded: ReadonlySet<string>; used: ReadonlyMap<number, readonly string[]> }> {
  const used = new Map<number, readonly string[]>()
  const given: SidecarToStore[] = []
  for (const result of results) {
    if (result.outcome === 'new' && result.media.sidecar !== null) {
      const { id: mediaId, sidecar, inspection } = result.media
      given.push({ sidecar, mediaId, fields: inspection.facts.fromSidecar })
    }
    if (result.outcome !== 'sidecar') continue
    const { sidecar, mediaId, apply } = result
    const fields = apply === null ? null : await applyLaterFacts(tx, run.userId, apply)
    used.set(result.item.id, fields ?? result.knownFields)
    given.push({ sidecar, mediaId, fields })
  }
  return { unneeded: await storeSidecars(tx, run, given), used }
}

/** Bytes of the files that were dealt with. */
export function bytesOf(results: readonly SettledResult[]): number {
  return results.reduce((sum, result) => sum + Math.max(result.item.file.sizeBytes, 0), 0)
}

async function mergedWithPresent(
  tx: Writer,
  run: ImportToStore,
  batch: readonly SettledResult[],
): Promise<{ results: readonly SettledResult[]; merged: Stored['merged'] }> {
  const hashes = batch.flatMap((result) => (result.outcome === 'new' ? [result.media.hash] : []))
  const present = await mediaWithHashes(tx, run.userId, hashes)
  if (present.size === 0) return { results: batch, merged: new Map() }
  const merged = new Map<string, string>()
  const results = batch.map((result): SettledResult => {
    const known = result.outcome === 'new' ? present.get(result.media.hash) : undefined
    if (result.outcome !== 'new' || !known) return result
    merged.set(result.media.id, known.id)
    const { replaces } = result
    return { ...duplicateOf(known, result.item, run.isWatched), ...(replaces !== undefined && { replaces }) }
  })
  const idOf = (id: string | null): string | null => (id === null ? null : (merged.get(id) ?? id))
  return {
    merged,
    results: results.map((result) =>
      result.outcome === 'duplicate' ? { ...result, mediaId: idOf(result.mediaId) } : result,
    ),
  }
}

/** The item a file is, new or known; null for what became none. */
export function mediaOf(result: SettledResult): string | null {
  return result.outcome === 'new' ? result.media.id : result.outcome === 'duplicate' ? result.mediaId : null
}

async function insertSources(tx: Writer, run: ImportToStore, results: readonly SettledResult[]): Promise<void> {
  const rows = new Map(
    results.flatMap((result) => {
      const mediaId = mediaOf(result)
      const { path, sizeBytes, mtimeNs, ctimeNs, inode } = result.item.file
      if (mediaId === null) return []
      const times = { mtime_ns: String(mtimeNs), ctime_ns: String(ctimeNs) }
      return [[path, { media_id: mediaId, path, size_bytes: sizeBytes, ...times, inode }] as const]
    }),
  )
  if (rows.size === 0) return
  await tx.execute(
    `insert into vault.media_sources (user_id, media_id, path, size_bytes, mtime_ns, ctime_ns, inode, import_id)
     select $1, r.media_id, r.path, r.size_bytes, r.mtime_ns, r.ctime_ns, r.inode, $2
     from jsonb_to_recordset($3::jsonb) as r(media_id uuid, path text, size_bytes bigint, mtime_ns bigint,
                                             ctime_ns bigint, inode text)
     on conflict (user_id, path_key) do update set media_id = excluded.media_id, size_bytes = excluded.size_bytes,
       mtime_ns = excluded.mtime_ns, ctime_ns = excluded.ctime_ns, inode = excluded.inode,
       import_id = excluded.import_id, seen_at = now()`,
    [run.userId, run.id, JSON.stringify([...rows.values()])],
  )
}

/** Follows files that are only indexed in place to where they were found again. */
async function moveReferences(tx: Writer, results: readonly SettledResult[]): Promise<void> {
  const moved = results.flatMap((result) =>
    result.outcome === 'duplicate' && result.hasMoved === true
      ? [{ id: result.mediaId, path: result.item.file.path }]
      : [],
  )
  if (moved.length === 0) return
  await tx.execute(
    `update vault.media m set file_path = r.path from jsonb_to_recordset($1::jsonb) as r(id uuid, path text)
     where m.id = r.id and m.storage = 'reference'`,
    [JSON.stringify(moved)],
  )
}

export type OutcomeCounts = Record<
  'added' | 'duplicate' | 'stacked' | 'unsupported' | 'damaged' | 'later' | 'failed',
  number
>

export const noOutcomes: Readonly<OutcomeCounts> = {
  added: 0,
  duplicate: 0,
  stacked: 0,
  unsupported: 0,
  damaged: 0,
  later: 0,
  failed: 0,
}

interface SettledItem {
  readonly outcome: keyof OutcomeCounts
  readonly media_id: string | null
  readonly reason: Reason | null
}

async function settleItems(
  tx: Writer,
  run: ImportToStore,
  results: readonly SettledResult[],
  known: { readonly restored: ReadonlySet<string>; readonly used: ReadonlyMap<number, readonly string[]> },
): Promise<OutcomeCounts> {
  const counts: OutcomeCounts = { ...noOutcomes }
  const rows = results.map((result) => {
    const settled = settle(result, known)
    counts[settled.outcome] += 1
    return { id: result.item.id, ...settled }
  })
  await tx.execute(
    `update meta.import_items i set outcome = r.outcome, media_id = r.media_id, reason = r.reason, updated_at = now()
     from jsonb_to_recordset($2::jsonb) as r(id bigint, outcome text, media_id uuid, reason jsonb)
     where i.import_id = $1 and i.id = r.id`,
    [run.id, JSON.stringify(rows)],
  )
  return counts
}

function settle(
  result: SettledResult,
  { restored, used }: { readonly restored: ReadonlySet<string>; readonly used: ReadonlyMap<number, readonly string[]> },
): SettledItem {
  switch (result.outcome) {
    case 'new': {
      const { id, inspection } = result.media
      const { damage, later } = inspection
      const outcome = later !== null ? 'later' : damage === null ? 'added' : 'damaged'
      const why = problemOf(inspection)
      return { outcome, media_id: id, reason: why === null ? null : reason(why) }
    }
    case 'duplicate': {
      const isBack = result.mediaId !== null && restored.has(result.mediaId)
      return {
        outcome: isBack ? 'added' : 'duplicate',
        media_id: result.mediaId,
        reason: result.restore && !isBack ? null : result.reason,
      }
    }
    case 'sidecar': {
      const { item, mediaId, name } = result
      const why = mediaId === null ? reason('sidecar-waits') : keptReason(used.get(item.id) ?? [], name)
      return { outcome: 'stacked', media_id: null, reason: why }
    }
    case 'stacked':
    case 'unsupported':
    case 'failed':
      return { outcome: result.outcome, media_id: null, reason: result.reason }
  }
}

/** One album for each source folder, found again by its path, with the items in the order of their names. */
async function fileIntoFolderAlbums(tx: Writer, run: ImportToStore, results: readonly SettledResult[]): Promise<void> {
  const { userId } = run
  const byFolder = new Map<string, string[]>()
  for (const result of results) {
    const mediaId = mediaOf(result)
    if (mediaId === null) continue
    const folder = dirname(result.item.file.path)
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), mediaId])
  }
  for (const [path, ids] of byFolder) {
    await fileIntoFolderAlbum(tx, userId, { path, name: shownPath(basename(path) || path) }, ids)
  }
}
