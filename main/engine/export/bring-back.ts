import { join } from 'node:path'
import type { Reason } from '../../contract/index.ts'
import { pathText } from '../base/path-text.ts'
import { recordChanges } from '../changes/index.ts'
import type { Writer } from '../database/index.ts'
import { reason } from '../files/index.ts'
import { linkWaiting } from '../intake/index.ts'
import { restoreAlbum, restoreTag } from './bring-back-albums.ts'
import { restoreLinks } from './bring-back-links.ts'
import { itemsBelow, restoreItems } from './bring-back-media.ts'
import { bringBackObjects } from './bring-back-objects.ts'
import { batches, storeEach, takeBackUndone, undoneRecords, type BringBackContext, type Run } from './brought.ts'
import {
  albumLineSchema,
  linkLineSchema,
  mediaLineSchema,
  sidecarLineSchema,
  tagLineSchema,
  type MediaLine,
  type SidecarLine,
  type TagLine,
} from './format.ts'
import { readLines } from './lines.ts'
import { describedTypes } from './object-lines.ts'

/**
 * Brings back what an export tells of the files that an import took from it: dates, names, captions, ratings, favourites,
 * places, the trash, where files were seen, tags, albums, objects of every other type and links. What this import added gets all
 * of it; what was in the vault before keeps its own and only joins albums and tags. Safe to repeat. Returns a reason when
 * lines could not be read or kept.
 */
export async function bringBack(
  context: BringBackContext,
  folder: string,
  run: Run,
  signal: AbortSignal,
): Promise<Reason | null> {
  const { database, log } = context
  let bad = 0
  const onBad = (): void => void (bad += 1)
  const here = await itemsBelow(database, run, folder)
  /** Ids of this vault, by those of the export. */
  const ids = new Map<string, string>()
  const applied = new Set<string>()
  const undone = await undoneRecords(database, run)
  // Everything else may have come through a connection.
  await bringBackObjects(database, folder, run, ids, { types: ['integration'], undone, signal, onBad })
  for await (const lines of batches(readLines(folder, 'data/media.jsonl', mediaLineSchema, onBad))) {
    signal.throwIfAborted()
    const store = async (part: readonly MediaLine[]): Promise<void> => {
      const found = await database.asService((tx) => restoreItems(tx, run, part, { here, applied, ids }))
      for (const { id, line } of found.all) ids.set(line.id, id)
      for (const { id } of found.best) applied.add(id)
    }
    await storeEach(lines, store, onBad)
  }
  const tags: TagLine[] = []
  for await (const line of readLines(folder, 'data/tags.jsonl', tagLineSchema, onBad)) tags.push(line)
  const restoreTags = async (part: readonly TagLine[]): Promise<void> => {
    const made = await database.asService(async (tx) => {
      const pairs: [string, string][] = []
      for (const line of part) pairs.push([line.id, await restoreTag(tx, run, line, ids)])
      return pairs
    })
    for (const [was, is] of made) ids.set(was, is)
    await takeBackUndone(database, run, undone, { type: 'tag', ids: idsOfLive(part, ids) })
  }
  await storeEach(tags, restoreTags, onBad)
  await database.asService(async (tx) => {
    await recordChanges(tx, run.userId, [{ noun: 'media', objectId: null, kind: 'changed' }])
  })
  for await (const line of readLines(folder, 'data/albums.jsonl', albumLineSchema, onBad)) {
    signal.throwIfAborted()
    const restoreIt = async (): Promise<void> => {
      ids.set(line.id, await database.asService((tx) => restoreAlbum(tx, run, line, ids)))
      await takeBackUndone(database, run, undone, { type: 'album', ids: idsOfLive([line], ids) })
    }
    await storeEach([line], restoreIt, onBad)
  }
  const types = describedTypes.filter((type) => type !== 'integration')
  await bringBackObjects(database, folder, run, ids, { types, undone, signal, onBad })
  for await (const lines of batches(readLines(folder, 'data/links.jsonl', linkLineSchema, onBad))) {
    signal.throwIfAborted()
    await restoreLinks(database, run, lines, ids, onBad)
  }
  for await (const lines of batches(readLines(folder, 'data/sidecars.jsonl', sidecarLineSchema, onBad))) {
    signal.throwIfAborted()
    await database.asService((tx) => restoreSidecars(tx, run, folder, lines, ids))
  }
  if (bad === 0) return null
  log.warn('export-lines-unreadable', { count: bad })
  return reason('export-lines-unreadable', { count: bad })
}

/** Ids in this vault of what was live in the export. */
function idsOfLive(
  lines: readonly { readonly id: string; readonly deletedAt: string | null }[],
  ids: ReadonlyMap<string, string>,
): string[] {
  return lines.flatMap(({ id, deletedAt }) => (deletedAt === null ? (ids.get(id) ?? []) : []))
}

/** Gives the sidecars that came in as files of their own back to their items, with where they were seen first. */
async function restoreSidecars(
  tx: Writer,
  run: Run,
  folder: string,
  lines: readonly SidecarLine[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  for (const line of lines) {
    const mediaId = line.mediaId === null ? undefined : ids.get(line.mediaId)
    const seen = pathText(line.seenAt.pathHex === null ? line.seenAt.path : Buffer.from(line.seenAt.pathHex, 'hex'))
    const row = await tx.one<{ id: string }>(
      `update vault.sidecars s set filename = $4, path = $5, mtime_ns = 0, ctime_ns = 0, inode = ''
       where s.user_id = $1 and s.media_id is null and s.path_key = core.text_key($2) and s.hash = $3
         and not exists (select from vault.sidecars o where o.user_id = $1 and o.media_id is null
                         and o.path_key = core.text_key($5) and o.hash = $3)
       returning s.id`,
      [run.userId, join(folder, ...line.path.split('/')), line.sha256, line.filename, seen],
    )
    if (row && mediaId !== undefined) await linkWaiting(tx, { id: row.id, mediaId, fields: line.fields })
  }
}
