import type { Writer } from '../../database/index.ts'
import { enqueue } from '../../jobs/index.ts'
import { purgeFilesJob } from '../../library/index.ts'
import type { NewSidecar } from './take.ts'

/** A sidecar with the item it belongs to, and what of that item it gave. */
export interface SidecarToStore {
  readonly sidecar: NewSidecar
  readonly mediaId: string | null
  /** Null where that was found out before. */
  readonly fields: readonly string[] | null
}

/** Programs write their sidecar at every step of an edit: so many of one name stay with an item. */
const keptVersions = 10

/**
 * Stores sidecars beside their items. Returns the ids of those whose bytes are kept already: their files are not needed. One
 * that waited for its photo is linked with it.
 */
export async function storeSidecars(
  tx: Writer,
  run: { readonly id: string; readonly userId: string },
  given: readonly SidecarToStore[],
): Promise<ReadonlySet<string>> {
  if (given.length === 0) return new Set()
  const rows = given.map(({ sidecar, mediaId, fields }) => ({
    id: sidecar.id,
    media_id: mediaId,
    kind: sidecar.kind,
    filename: sidecar.filename.slice(0, 1024),
    path: sidecar.file.path,
    size: sidecar.sizeBytes,
    hash: sidecar.hash,
    storage: sidecar.storage,
    file_path: sidecar.filePath,
    mtime_ns: String(sidecar.file.mtimeNs),
    ctime_ns: String(sidecar.file.ctimeNs),
    inode: sidecar.file.inode,
    fields,
  }))
  const shape = `r(id uuid, media_id uuid, kind text, filename text, path text, size bigint, hash text, storage text,
    file_path text, mtime_ns bigint, ctime_ns bigint, inode text, fields jsonb)`
  const known = await tx.query<{ id: string; hash: string; mediaId: string | null; path: string }>(
    `select id, hash, media_id as "mediaId", path from vault.sidecars where user_id = $1 and hash = any($2::text[])`,
    [run.userId, rows.map((row) => row.hash)],
  )
  const idOf = new Map<string, string>()
  for (const row of rows) {
    const same = known.filter((each) => each.hash === row.hash)
    const found =
      (row.media_id === null ? undefined : same.find((each) => each.mediaId === row.media_id)) ??
      same.find((each) => each.mediaId === null && each.path === row.path)
    if (found) idOf.set(row.id, found.id)
  }
  const [old, fresh] = [rows.filter((row) => idOf.has(row.id)), rows.filter((row) => !idOf.has(row.id))]
  if (old.length > 0) {
    await tx.execute(
      `update vault.sidecars s set media_id = coalesce(r.media_id, s.media_id), path = r.path, filename = r.filename,
         mtime_ns = r.mtime_ns, ctime_ns = r.ctime_ns, inode = r.inode, fields = coalesce(r.fields, s.fields), import_id = $2,
         seen_at = clock_timestamp()
       from jsonb_to_recordset($3::jsonb) as ${shape} where s.id = r.id and s.user_id = $1`,
      [run.userId, run.id, JSON.stringify(old.map((row) => ({ ...row, id: idOf.get(row.id) })))],
    )
  }
  if (fresh.length > 0) {
    await tx.execute(
      `insert into vault.sidecars (id, user_id, media_id, kind, filename, path, size, hash, storage, file_path, mtime_ns,
         ctime_ns, inode, fields, import_id)
       select r.id, $1, r.media_id, r.kind, r.filename, r.path, r.size, r.hash, r.storage, r.file_path, r.mtime_ns,
         r.ctime_ns, r.inode, coalesce(r.fields, '[]'), $2 from jsonb_to_recordset($3::jsonb) as ${shape}`,
      [run.userId, run.id, JSON.stringify(fresh)],
    )
    await forgetOldest(
      tx,
      run.userId,
      fresh.flatMap((row) => row.media_id ?? []),
    )
  }
  return new Set(idOf.keys())
}

async function forgetOldest(tx: Writer, userId: string, mediaIds: readonly string[]): Promise<void> {
  if (mediaIds.length === 0) return
  const gone = await tx.query<{ path: string }>(
    `with old as (
       select id from (
         select id, row_number() over (partition by media_id, filename order by seen_at desc, id desc) as place
         from vault.sidecars where media_id = any($1::uuid[])) each_one
       where place > ${keptVersions})
     delete from vault.sidecars s using old where s.id = old.id
     returning case when s.storage = 'vault' then s.file_path end as path`,
    [mediaIds],
  )
  const files = gone.flatMap((row) => row.path ?? [])
  if (files.length > 0) await enqueue(tx, { kind: purgeFilesJob, userId, payload: { files } })
}

/** Gives a sidecar that waited to its photo. One with the same bytes that is there already makes it needless. */
export async function linkWaiting(
  tx: Writer,
  given: { readonly id: string; readonly mediaId: string; readonly fields: readonly string[] },
): Promise<void> {
  const twin = await tx.one<{ userId: string; path: string | null }>(
    `delete from vault.sidecars w where w.id = $1 and exists (
       select from vault.sidecars s where s.media_id = $2 and s.hash = w.hash)
     returning user_id as "userId", case when storage = 'vault' then file_path end as path`,
    [given.id, given.mediaId],
  )
  if (!twin) {
    await tx.execute(`update vault.sidecars set media_id = $2, fields = $3::jsonb where id = $1`, [
      given.id,
      given.mediaId,
      JSON.stringify(given.fields),
    ])
  } else if (twin.path !== null) {
    await enqueue(tx, { kind: purgeFilesJob, userId: twin.userId, payload: { files: [twin.path] } })
  }
}
