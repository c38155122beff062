import type { Database, Reader } from '../../database/index.ts'
import type { WaitingItem } from './item.ts'

export interface KnownMedia {
  readonly id: string
  readonly isTrashed: boolean
  /** Where the bytes of an item that is only indexed in place were last seen. */
  readonly referencePath: string | null
}

/**
 * Which of these files were read before and have not been touched since (same path, size, modification and change
 * time, same place on disk) while their media item is still live. The change time cannot be set by programs, so a file
 * rewritten with its old date is read again.
 */
export async function unchangedSources(
  database: Database,
  userId: string,
  items: readonly WaitingItem[],
): Promise<ReadonlyMap<number, string>> {
  const byPath = new Map(items.map((item) => [item.file.path, item]))
  const rows = await database.read(userId, (tx) =>
    tx.query<{ path: string; mediaId: string; size: number; mtime: string; ctime: string; inode: string }>(
      `select s.path, s.media_id as "mediaId", s.size_bytes as size, s.mtime_ns::text as mtime,
              s.ctime_ns::text as ctime, s.inode
       from vault.media_sources s join vault.media m on m.id = s.media_id
       where s.user_id = $1 and s.path = any($2::text[]) and m.deleted_at is null and m.user_id = $1`,
      [userId, [...byPath.keys()]],
    ),
  )
  const known = new Map<number, string>()
  for (const row of rows) {
    const item = byPath.get(row.path)
    if (!item || item.file.pathRaw !== null) continue
    const { file } = item
    const isSame =
      file.sizeBytes === row.size &&
      String(file.mtimeNs) === row.mtime &&
      String(file.ctimeNs) === row.ctime &&
      file.inode === row.inode
    if (isSame) known.set(item.id, row.mediaId)
  }
  return known
}

/** The item with these bytes: the live one, or else the one trashed last. */
export async function mediaWithHash(tx: Reader, userId: string, hash: string): Promise<KnownMedia | undefined> {
  return tx.one<KnownMedia>(
    `select id, deleted_at is not null as "isTrashed",
            case when storage = 'reference' then file_path end as "referencePath" from vault.media
     where user_id = $1 and hash = $2 order by deleted_at desc nulls first limit 1`,
    [userId, hash],
  )
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
