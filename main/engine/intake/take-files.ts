import type { ImportItem, Reason } from '../../contract/index.ts'
import { keepAll, sidecarPath, takeIn } from '../files/index.ts'
import { mkdir, rm, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { newId } from '../base/ids.ts'
import { pathText, shownPath } from '../base/path-text.ts'
import type { IntakeContext } from './context.ts'
import type { ImportWork } from './import-work.ts'
import { takeInItems } from './take-in-items.ts'

/** A file that lies in the scratch of the vault for the moment, and where it really is from. */
export interface FileToTake {
  /** Where it lies now. */
  readonly path: string
  /** Where it is from, for people: `export.zip/media/1.jpg`. */
  readonly from: string
}

/** What became of one. */
export type TakenFile = Pick<ImportItem, 'outcome' | 'mediaId'> & {
  readonly from: string
  readonly reason: Reason | null
}

/** The import that files are taken in for. */
export interface TakingRun {
  readonly id: string
  readonly userId: string
  /** Where copies lie until they are kept. */
  readonly incoming: string
}

/** Later than any camera's clock: nobody is still writing, and nobody takes it for a date. */
const noTime = new Date('2200-01-01T00:00:00Z')

/** Takes files in through the same door as every other, as items of a running import that are named by where they are from. */
export async function takeFiles(
  context: IntakeContext,
  run: TakingRun,
  work: ImportWork,
  files: readonly FileToTake[],
): Promise<TakenFile[]> {
  if (files.length === 0) return []
  const rows = files.map(({ path, from }) => ({ path: pathText(path), from: pathText(from) }))
  for (const { path } of files) await utimes(path, noTime, noTime)
  await context.database.asService(async (tx) => {
    // What an earlier, interrupted run has left of them is settled again.
    await tx.execute(
      `delete from meta.import_items where import_id = $1 and path_key = any(core.text_keys($2::text[]))`,
      [run.id, rows.flatMap(({ path, from }) => [path, from])],
    )
    await tx.execute(
      `insert into meta.import_items (import_id, user_id, path, root, mtime_ns)
       select $1, $2, r.path, r.path, 0 from jsonb_to_recordset($3::jsonb) as r(path text)`,
      [run.id, run.userId, JSON.stringify(rows)],
    )
    await tx.execute(`update meta.imports set seen = seen + $2 where id = $1`, [run.id, rows.length])
  })
  work.count({ seen: rows.length })
  await mkdir(run.incoming, { recursive: true, mode: 0o700 })
  const given = { ...run, isReference: false, albumPerFolder: false, isWatched: false, isUrgent: false }
  await takeInItems(context, { ...given, progressed: () => {} }, work)
  return context.database.asService(async (tx) => {
    const settled = await tx.query<TakenFile>(
      `update meta.import_items i set path = r.from_path, root = r.from_path
       from jsonb_to_recordset($2::jsonb) as r(path text, from_path text)
       where i.import_id = $1 and i.path_key = core.text_key(r.path) and i.path = r.path
       returning i.path as "from", i.outcome, i.media_id as "mediaId", i.reason`,
      [run.id, JSON.stringify(rows.map(({ path, from }) => ({ path, from_path: from })))],
    )
    // Where they lay for a moment says nothing about the photos.
    await tx.execute(
      `delete from vault.media_sources where user_id = $1 and path_key = any(core.text_keys($2::text[]))`,
      [run.userId, rows.map(({ path }) => path)],
    )
    return settled.map((each) => ({ ...each, from: shownPath(each.from) }))
  })
}

/** Keeps a file whole, byte for byte, beside the originals: what an export held besides pictures. One that is kept already is not kept twice. */
export async function keepExport(
  context: Pick<IntakeContext, 'vaultDir' | 'database'>,
  run: TakingRun,
  file: FileToTake,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(run.incoming, { recursive: true, mode: 0o700 })
  const id = newId()
  const copy = join(run.incoming, id)
  const staged = await takeIn({ path: pathText(file.path) }, { copyTo: copy, headBytes: 0, signal })
  const extension = /\.([a-z0-9]{1,8})$/i.exec(file.path)?.[1]?.toLowerCase() ?? 'bin'
  const to = sidecarPath(run.userId, id, extension)
  await keepAll(context.vaultDir, run.incoming, [{ owner: id, from: copy, to, durable: true }], async (unmoved) => {
    if (unmoved.has(id)) throw unmoved.get(id)
    const stored = await context.database.asService((tx) =>
      tx.execute(
        `insert into vault.sidecars (id, user_id, kind, filename, path, size, hash, storage, file_path, mtime_ns, ctime_ns, inode, import_id)
         select $1, $2, 'export', $3, $4, $5, $6, 'vault', $7, 0, 0, '', $8
         where not exists (select from vault.sidecars where user_id = $2 and hash = $6 and kind = 'export')`,
        [
          id,
          run.userId,
          basename(file.from).slice(0, 1024),
          pathText(file.from),
          staged.sizeBytes,
          staged.hash,
          to,
          run.id,
        ],
      ),
    )
    return new Set(stored === 0 ? [id] : [])
  })
  await rm(copy, { force: true })
}
