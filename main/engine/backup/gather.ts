import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { extname } from 'node:path'
import type { Database, Dumped, Snapshot } from '../database/index.ts'
import { originalPath } from '../files/index.ts'
import type { SnapshotAlbum, SnapshotFile } from './snapshot.ts'

/** One moment of a vault: the database written to a file, and every original it speaks of. */
export interface Moment {
  readonly dumped: Dumped
  readonly files: readonly (SnapshotFile & { readonly source: string })[]
  readonly albums: readonly SnapshotAlbum[]
}

const pageSize = 5000

/** Writes the database to `sqlPath` and lists the originals, both of the same transaction. */
export async function gather(database: Database, sqlPath: string): Promise<Moment> {
  return database.snapshot(async (tx) => {
    const out = createWriteStream(sqlPath, { mode: 0o600, highWaterMark: 1 << 20 })
    const failed = once(out, 'error').then(([error]) => {
      throw error
    })
    failed.catch(() => {})
    const dumped = await tx.dump(async (text) => {
      if (!out.write(text)) await Promise.race([once(out, 'drain'), failed])
    })
    out.end()
    await Promise.race([once(out, 'close'), failed])
    return { dumped, files: await originals(tx), albums: await albums(tx) }
  })
}

async function originals(tx: Snapshot): Promise<Moment['files']> {
  const files: (SnapshotFile & { source: string })[] = []
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const row = await tx.one<{ packed: string | null }>(
      `select json_agg(json_build_array(id, user_id, hash, size, file_path, storage = 'reference', filename,
                                        to_char(taken_local, 'YYYY-MM-DD')) order by id)::text as packed
       from (select * from vault.media where id > $1 order by id limit ${pageSize}) page`,
      [after],
    )
    const page = JSON.parse(row?.packed ?? '[]') as [
      string,
      string,
      string,
      number,
      string,
      boolean,
      string,
      string | null,
    ][]
    for (const [mediaId, userId, sha256, size, source, isReference, filename, takenLocal] of page) {
      // A restored vault holds what was only indexed in place: the place itself may be gone.
      const path = isReference
        ? originalPath(userId, mediaId, extname(filename).slice(1).toLowerCase() || 'bin', takenLocal)
        : source
      files.push({ sha256, size, path, mediaId, filename, isReference, source })
    }
    const last = page.at(-1)
    if (!last || page.length < pageSize) return files
    after = last[0]
  }
}

async function albums(tx: Snapshot): Promise<SnapshotAlbum[]> {
  const rows = await tx.query<{ id: string; name: string; media: string }>(
    `select a.id, a.name, coalesce((select json_agg(l.to_object_id order by l.sort_order) from core.links l
        where l.from_object_id = a.id and l.link_type = 'contains' and l.deleted_at is null), '[]')::text as media
     from vault.albums a where a.deleted_at is null order by a.name, a.id`,
  )
  return rows.map((row) => ({ id: row.id, name: row.name, media: JSON.parse(row.media) as string[] }))
}
