import { basename, join } from 'node:path'
import { newId } from '../../base/ids.ts'
import { shownPath } from '../../base/path-text.ts'
import type { Reader } from '../../database/index.ts'
import {
  lookAt,
  modifiedMs,
  originalsOf,
  withReadablePath,
  type OriginalRow,
  type SourceFile,
} from '../../files/index.ts'
import type { FactGroup } from '../../media/index.ts'
import type { IntakeContext } from '../context.ts'
import type { ItemResult, WaitingItem } from '../item.ts'
import { unreadable, type ImportToPrepare } from '../prepare.ts'
import type { LaterFacts } from './apply.ts'
import { sidecarKind, withoutExtension } from './names.ts'
import { keptReason } from './reason.ts'
import { isReason, takeSidecar, type NewSidecar } from './take.ts'

/** A sidecar as it is kept, by the path it was last seen at. */
interface KeptSidecar {
  readonly id: string
  readonly mediaId: string | null
  readonly importId: string | null
  readonly filename: string
  readonly fields: readonly FactGroup[]
  readonly hash: string
}

/**
 * What becomes of a sidecar that was found as a file of its own, once the photos of its import are in: kept with its photo,
 * which then says what the two say together, or kept until the photo comes. `kept` is what was last seen at this path.
 */
export async function prepareSidecar(
  context: IntakeContext,
  run: ImportToPrepare & { readonly id: string },
  item: WaitingItem,
  signal: AbortSignal,
): Promise<ItemResult> {
  const { path } = item.file
  const kept = await context.database.read(run.userId, (tx) => lastSeenAt(tx, path, item.file))
  const photo = (await run.beside.ownerOf(path)) ?? withoutExtension(path)
  const name = shownPath(basename(photo))
  if (kept?.isUnchanged === true && kept.mediaId !== null) {
    // Its photo brought it along in this very import, or an earlier one did.
    if (kept.importId !== run.id)
      return { outcome: 'duplicate', item, mediaId: kept.mediaId, restore: false, reason: null }
    return { outcome: 'stacked', item, reason: keptReason(kept.fields, name) }
  }
  const mediaId = await context.database.read(run.userId, (tx) => mediaSeenAt(tx, photo))
  let sidecar: NewSidecar
  try {
    const taken = await takeSidecar(context, run, path, signal)
    if (isReason(taken)) return { outcome: 'failed', item, reason: taken }
    sidecar = taken
  } catch (error) {
    return unreadable(item, error, signal)
  }
  try {
    const before = mediaId === null ? [] : await context.database.read(run.userId, (tx) => sidecarsOf(tx, mediaId))
    const known = before.find((each) => each.hash === sidecar.hash)
    const isNews = known === undefined || (kept !== null && kept.hash !== sidecar.hash)
    const isRead = sidecar.kind === 'xmp' && isNews && (await isTheOneToRead(run, photo, path))
    const given = before.flatMap((each) => each.fields)
    const apply =
      mediaId !== null && isRead
        ? await laterFacts(context, run, { mediaId, photo, readFrom: sidecar.readFrom, given }, signal)
        : null
    return { outcome: 'sidecar', item, sidecar, mediaId, name, apply, knownFields: known?.fields ?? [] }
  } catch (error) {
    if (sidecar.storage === 'vault') context.space.release(run.userId, sidecar.sizeBytes)
    throw error
  }
}

/** A file that is not there any more can lose to none. */
async function isTheOneToRead(run: ImportToPrepare, photo: string, sidecar: string): Promise<boolean> {
  const best = await run.beside.xmpOf(photo)
  return best === null || best === sidecar
}

/** Reads an item that is here again, together with a sidecar. Null when its bytes cannot be read now. */
export async function laterFacts(
  context: Pick<IntakeContext, 'database' | 'vaultDir' | 'workers'>,
  run: Pick<ImportToPrepare, 'userId' | 'incoming'>,
  wanted: {
    readonly mediaId: string
    readonly photo: string
    readonly readFrom: string
    /** What sidecars gave it before. */
    readonly given: readonly FactGroup[]
  },
  signal: AbortSignal,
): Promise<LaterFacts | null> {
  const { mediaId, photo, readFrom, given } = wanted
  const row = await context.database.read(run.userId, (tx) =>
    tx.one<OriginalRow & { filename: string; mtimeMs: number | null }>(
      `select filename, file_path as path, storage, (select min(s.mtime_ns) / 1000000 from vault.media_sources s
         where s.media_id = m.id)::double precision as "mtimeMs" from vault.media m where m.id = $1`,
      [mediaId],
    ),
  )
  if (!row) return null
  const place = await originalsOf(context.vaultDir, context.database)
    .place(row)
    .catch(() => null)
  if (place === null) return null
  const now = await lookAt(photo)
  const scratch = join(run.incoming, newId())
  const found = await withReadablePath(place, run.incoming, (path) =>
    withReadablePath(readFrom, run.incoming, (sidecarXmpPath) =>
      context.workers.inspect(
        {
          path,
          filename: row.filename,
          mtimeMs: now ? modifiedMs(now) : (row.mtimeMs ?? 0),
          sidecarXmpPath,
          gridPath: `${scratch}.grid`,
          viewerPath: `${scratch}.viewer`,
        },
        { signal, isFactsOnly: true },
      ),
    ),
  )
  // MediaMetadata that were not read would set what is known back to what the name says.
  if (!found?.isRead) return null
  return { mediaId, facts: found.facts, groups: [...new Set([...found.facts.fromSidecar, ...given])] }
}

async function lastSeenAt(
  tx: Reader,
  path: string,
  file: SourceFile,
): Promise<(KeptSidecar & { readonly isUnchanged: boolean }) | null> {
  const row = await tx.one<KeptSidecar & { isUnchanged: boolean }>(
    `select id, media_id as "mediaId", import_id as "importId", filename, fields, hash,
            size = $2 and mtime_ns = $3 and ctime_ns = $4 and inode = $5 as "isUnchanged"
     from vault.sidecars where path_key = core.text_key($1) and path = $1 and kind <> 'export' order by seen_at desc, id desc limit 1`,
    [path, file.sizeBytes, String(file.mtimeNs), String(file.ctimeNs), file.inode],
  )
  return row ?? null
}

/** The item that was last seen at a path; it may be in the trash. */
async function mediaSeenAt(tx: Reader, path: string): Promise<string | null> {
  const row = await tx.one<{ id: string }>(
    `select s.media_id as id from vault.media_sources s where s.path_key = core.text_key($1) and s.path = $1`,
    [path],
  )
  return row?.id ?? null
}

async function sidecarsOf(tx: Reader, mediaId: string): Promise<KeptSidecar[]> {
  return tx.query<KeptSidecar>(
    `select id, media_id as "mediaId", import_id as "importId", filename, fields, hash from vault.sidecars
     where media_id = $1`,
    [mediaId],
  )
}

/** Sidecars that wait for a photo this import has brought, linked with it now, one after the other. */
export async function adoptWaiting(
  context: IntakeContext,
  run: ImportToPrepare & { readonly id: string },
  signal: AbortSignal,
): Promise<readonly { readonly id: string; readonly apply: LaterFacts | null; readonly mediaId: string }[]> {
  const rows = await context.database.asService((tx) =>
    tx.query<{
      id: string
      kind: string
      path: string
      filePath: string
      storage: 'vault' | 'reference'
      mediaId: string
      photo: string
      given: FactGroup[]
    }>(
      `select distinct on (w.id) w.id, w.kind, w.path, w.file_path as "filePath", w.storage, i.media_id as "mediaId", i.path as photo,
              coalesce((select jsonb_agg(f.name) from vault.sidecars o, jsonb_array_elements_text(o.fields) f(name)
                where o.media_id = i.media_id), '[]') as given
       from vault.sidecars w
       join (select media_id, path, core.text_key(lower(path)) as whole,
                    core.text_key(lower(regexp_replace(path, '\\.[^./\\\\]*$', ''))) as stem
             from meta.import_items where import_id = $2 and media_id is not null
               and exists (select from vault.sidecars where user_id = $1 and media_id is null and kind <> 'export')) i
         on w.photo_key in (i.whole, i.stem)
       where w.user_id = $1 and w.media_id is null and w.kind <> 'export'
       order by w.id, w.photo_key = i.whole desc, i.path`,
      [run.userId, run.id],
    ),
  )
  const originals = originalsOf(context.vaultDir, context.database)
  const adopted = []
  for (const row of rows) {
    signal.throwIfAborted()
    const owner = await run.beside.ownerOf(row.path)
    // Beside it on disk lies a file with a better claim, such as the RAW of a JPEG; it comes when that is imported.
    if (owner !== null && owner !== row.photo && sidecarKind(owner) === null) continue
    const readFrom = await originals.place({ path: row.filePath, storage: row.storage }).catch(() => null)
    const { mediaId, photo, given } = row
    const apply =
      row.kind === 'xmp' && readFrom !== null
        ? await laterFacts(context, run, { mediaId, photo, readFrom, given }, signal).catch(() => null)
        : null
    signal.throwIfAborted()
    adopted.push({ id: row.id, apply, mediaId })
  }
  return adopted
}
