import type { Database, Reader } from '../database/index.ts'
import { reason, type SourceFile } from '../files/index.ts'
import type { Half, SettledResult, WaitingItem } from './item.ts'

export interface KnownMedia {
  readonly id: string
  readonly isTrashed: boolean
  /** Where the bytes of an item that is only indexed in place were last seen. */
  readonly referencePath: string | null
}

/** What earlier imports know of the paths of these files. */
export interface KnownSources {
  /** Files that were read before and have not been touched since, by item, with the live media item they are. */
  readonly unchanged: ReadonlyMap<number, string>
  /** Files that were damaged when they were read and have changed since, by item. */
  readonly halves: ReadonlyMap<number, Half>
}

interface SourceRow {
  readonly path: string
  readonly mediaId: string
  readonly hash: string
  readonly isDamaged: boolean
  readonly keptAt: string | null
  readonly size: number
  readonly mtime: string
  readonly ctime: string
  readonly inode: string
}

/**
 * Looks these files up by their paths. A file counts as unchanged when size, modification time, change time and place on
 * disk are what they were. The change time cannot be set by programs, so a file rewritten with its old date is read again.
 */
export async function knownSources(
  database: Database,
  userId: string,
  files: readonly { readonly id: number; readonly file: SourceFile }[],
): Promise<KnownSources> {
  const byPath = new Map(files.map((each) => [each.file.path, each]))
  const rows = await database.read(userId, (tx) =>
    tx.query<SourceRow>(
      // In two steps: joined in one, a plan of before the statistics were made may begin with every item there is.
      `with s as materialized (
         select * from vault.media_sources where user_id = $1 and path_key = any(core.text_keys($2::text[])))
       select s.path, s.media_id as "mediaId", m.hash, m.processing_status = 'failed' as "isDamaged",
              case when m.storage = 'vault' then m.file_path end as "keptAt", s.size_bytes as size,
              s.mtime_ns::text as mtime, s.ctime_ns::text as ctime, s.inode
       from s join vault.media m on m.id = s.media_id where m.deleted_at is null and m.user_id = $1`,
      [userId, [...byPath.keys()]],
    ),
  )
  const unchanged = new Map<number, string>()
  const halves = new Map<number, Half>()
  for (const row of rows) {
    const found = byPath.get(row.path)
    if (!found) continue
    if (isSame(row, found.file)) unchanged.set(found.id, row.mediaId)
    else if (row.isDamaged) {
      halves.set(found.id, { mediaId: row.mediaId, hash: row.hash, sizeBytes: row.size, keptAt: row.keptAt })
    }
  }
  return { unchanged, halves }
}

function isSame(row: SourceRow, file: SourceFile): boolean {
  return (
    file.sizeBytes === row.size &&
    String(file.mtimeNs) === row.mtime &&
    String(file.ctimeNs) === row.ctime &&
    file.inode === row.inode
  )
}

/** The items with these bytes, by hash: of several the live one, or else the one trashed last. */
export async function mediaWithHashes(
  tx: Reader,
  userId: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, KnownMedia>> {
  if (hashes.length === 0) return new Map()
  const rows = await tx.query<KnownMedia & { hash: string }>(
    `select distinct on (hash) hash, id, deleted_at is not null as "isTrashed",
            case when storage = 'reference' then file_path end as "referencePath" from vault.media
     where user_id = $1 and hash = any($2::text[]) order by hash, deleted_at desc nulls first`,
    [userId, hashes],
  )
  return new Map(rows.map(({ hash, ...known }) => [hash, known]))
}

/** What an import makes of bytes that are here already. Only a person brings something back out of the trash. */
export function duplicateOf(
  known: KnownMedia,
  item: WaitingItem,
  isWatched: boolean,
): Extract<SettledResult, { outcome: 'duplicate' }> {
  const restore = known.isTrashed && !isWatched
  const why = known.isTrashed ? reason(restore ? 'back-from-trash' : 'in-trash') : null
  return { outcome: 'duplicate', item, mediaId: known.id, restore, reason: why }
}

/** Whether an item with these bytes was deleted for good. */
export async function isBuried(tx: Reader, userId: string, hash: string): Promise<boolean> {
  const stone = await tx.one(`select 1 as x from meta.tombstones where user_id = $1 and hash = $2 limit 1`, [
    userId,
    hash,
  ])
  return stone !== undefined
}

/** Which of these sizes any item has, live or trashed: only then can a file be a duplicate. */
export async function storedSizes(tx: Reader, userId: string, sizes: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await tx.query<{ size: number }>(
    `select distinct size from vault.media where user_id = $1 and size = any($2::bigint[])`,
    [userId, sizes],
  )
  return new Set(rows.map((row) => row.size))
}
