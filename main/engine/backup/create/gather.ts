import { open, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Database, Dumped, Snapshot } from '../../database/index.ts'
import { originalPath, placeOf, sidecarPath, type OriginalPlace } from '../../files/index.ts'
import { recordsIn, type SnapshotAlbum, type SnapshotFile } from './snapshot.ts'

/** An original, and where its bytes are now. */
export interface Gathered extends SnapshotFile {
  readonly source: string
}

/** One moment of a vault. What may be long lies in files of the scratch folder. */
export interface PointInTime {
  readonly dumped: Dumped
  /** The database as a script for `psql`. */
  readonly sqlPath: string
  readonly albums: readonly SnapshotAlbum[]
  /** Goes through the originals, many at a time; as often as is wanted. */
  originals(): AsyncGenerator<readonly Gathered[]>
}

/** Where the bytes of an original are to be read. */
export function sourceOf(
  vaultDir: string,
  vault: { readonly isOwn: boolean },
  { source, isReference }: Gathered,
): OriginalPlace {
  return placeOf(vaultDir, vault, { path: source, storage: isReference ? 'reference' : 'vault' })
}

const pageSize = 2000

/** Writes the database into the scratch folder and lists the originals, both of the same transaction. */
export async function gather(database: Database, scratch: string): Promise<PointInTime> {
  const [sqlPath, listPath] = [join(scratch, 'database.sql'), join(scratch, 'originals.jsonl')]
  return database.snapshot(async (tx) => {
    await using out = await open(sqlPath, 'wx', 0o600)
    const dumped = await tx.dump((part) => out.appendFile(part))
    await writeFile(listPath, pagesOf(tx), { mode: 0o600 })
    return { dumped, sqlPath, albums: await albums(tx), originals: () => recordsIn<Gathered>(listPath) }
  })
}

/** Photos and the rest, then the sidecars that are kept with them: all are originals. */
async function* pagesOf(tx: Snapshot): AsyncGenerator<string> {
  yield* pagesOfTable(
    tx,
    `select id, user_id, hash, size, file_path, storage, filename, taken_local, null::text as kind from vault.media`,
  )
  // A schema that was rolled back knows of none, and is backed up all the same.
  const known = await tx.one<{ isThere: boolean }>(`select to_regclass('vault.sidecars') is not null as "isThere"`)
  if (known?.isThere !== true) return
  yield* pagesOfTable(
    tx,
    `select id, user_id, hash, size, file_path, storage, filename, null::timestamp as taken_local, kind from vault.sidecars`,
  )
}

async function* pagesOfTable(tx: Snapshot, rows: string): AsyncGenerator<string> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const row = await tx.one<{ packed: string | null }>(
      `select json_agg(json_build_array(id, user_id, hash, size, file_path, storage = 'reference', filename,
                                        to_char(taken_local, 'YYYY-MM-DD'), kind) order by id)::text as packed
       from (select * from (${rows}) original where id > $1 order by id limit ${pageSize}) page`,
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
      string | null,
    ][]
    let text = ''
    for (const [mediaId, userId, sha256, size, source, isReference, filename, takenLocal, kind] of page) {
      // A restored vault holds what was only indexed in place: the place itself may be gone.
      const path = !isReference
        ? source
        : kind === null
          ? originalPath(userId, mediaId, extensionOf(filename), takenLocal)
          : sidecarPath(userId, mediaId, kind)
      text += `${JSON.stringify({ sha256, size, path, mediaId, filename, isReference, source } satisfies Gathered)}\n`
    }
    yield text
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    after = last[0]
  }
}

/** Only letters and digits become part of a path: a name is whatever somebody called the file. */
function extensionOf(filename: string): string {
  return /^\.([a-z0-9]{1,10})$/.exec(extname(filename).toLowerCase())?.[1] ?? 'bin'
}

async function albums(tx: Snapshot): Promise<SnapshotAlbum[]> {
  const rows = await tx.query<{ id: string; name: string; media: string }>(
    `select a.id, a.name, coalesce((select json_agg(l.to_object_id order by l.sort_order) from core.links l
        where l.from_object_id = a.id and l.link_type = 'contains' and l.deleted_at is null), '[]')::text as media
     from vault.albums a where a.deleted_at is null order by a.name, a.id`,
  )
  return rows.map((row) => ({ id: row.id, name: row.name, media: JSON.parse(row.media) as string[] }))
}
