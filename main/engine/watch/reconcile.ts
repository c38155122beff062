import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { isInside } from '../base/paths.ts'
import { openable } from '../base/path-text.ts'
import type { Database, Writer } from '../database/index.ts'
import { isAtRest, walk, type SourceFile } from '../files/index.ts'
import { isOfNoKind, startImport, type IntakeContext } from '../intake/index.ts'
import { ignoring } from './ignore.ts'

export interface FolderToWatch {
  readonly id: string
  readonly userId: string
  /** Path text. */
  readonly path: string
  readonly isReference: boolean
  readonly albumPerFolder: boolean
  readonly ignore: readonly string[]
}

/** What one look at a folder found. `gone`: the folder, or all that was ever seen in it, is not there. */
export type Look =
  | { readonly kind: 'gone'; readonly fingerprint: string | null }
  | {
      readonly kind: 'looked'
      /** How many files were handed to imports. */
      readonly fresh: number
      /** Files that are still being written; look at them again soon. */
      readonly restless: readonly string[]
      /** Of the whole folder, when nothing in it was new or under way; null otherwise. */
      readonly fingerprint: string | null
    }

/** An import with more files than this is split, so that its list of paths stays small. */
const filesPerImport = 5000

/**
 * Compares a folder, or only some paths of it, with what was seen of it, and starts imports of what is new or different.
 * Files that an earlier import could not read are handed over again by a look at the whole folder. `before` is what such a look
 * found last: of a folder that looks as it did then, nothing is asked or stored.
 */
export async function reconcile(
  context: IntakeContext,
  folder: FolderToWatch,
  paths: readonly string[] | null,
  signal: AbortSignal,
  before: Look | null = null,
): Promise<Look> {
  const facts = await stat(openable(folder.path)).catch(() => null)
  if (!facts?.isDirectory()) return { kind: 'gone', fingerprint: null }
  if (paths === null && before !== null && before.fingerprint !== null) {
    if ((await fingerprintOf(context, folder, signal)) === before.fingerprint) return before
  }
  const { seen, isUnderWay } = await seenFiles(context.database, folder, paths)
  const isIgnored = ignoring(folder.path, folder.ignore)
  const present = new Set<string>()
  const fresh: SourceFile[] = []
  const restless: string[] = []
  const sum = createHash('sha256')
  const roots = paths === null ? [folder.path] : await existing(outermost(paths))
  // What a link leads to was found by its real path, or is found by the next look at the whole folder.
  const options = { avoid: [context.vaultDir], signal, withoutFolderLinks: paths !== null }
  for await (const found of walk(roots, options)) {
    if (found.kind !== 'file' || isIgnored(found.file.path)) continue
    present.add(found.file.path)
    sum.update(lineOf(found.file))
    if (seen.get(found.file.path) === markOf(found.file)) continue
    if (isAtRest(found.file)) fresh.push(found.file)
    // A log that is written to all the time is not waited for; a look at the whole folder finds it when it rests.
    else if (!(await isOfNoKind(context.workers, found.file, signal))) restless.push(found.file.path)
  }
  // A drive that was taken away often leaves its empty folder behind.
  if (paths === null && present.size === 0 && seen.size > 0) return { kind: 'gone', fingerprint: sum.digest('hex') }
  for (let at = 0; at < fresh.length; at += filesPerImport) {
    await handOver(context, folder, fresh.slice(at, at + filesPerImport))
  }
  if (paths === null) await forgetAllBut(context.database, folder, present, seen)
  const isSettled = paths === null && !isUnderWay && fresh.length === 0 && restless.length === 0
  return { kind: 'looked', fresh: fresh.length, restless, fingerprint: isSettled ? sum.digest('hex') : null }
}

/** One short text of a whole folder: each file with its path, size, time and place on disk. */
async function fingerprintOf(context: IntakeContext, folder: FolderToWatch, signal: AbortSignal): Promise<string> {
  const isIgnored = ignoring(folder.path, folder.ignore)
  const sum = createHash('sha256')
  for await (const found of walk([folder.path], { avoid: [context.vaultDir], signal })) {
    if (found.kind === 'file' && !isIgnored(found.file.path)) sum.update(lineOf(found.file))
  }
  return sum.digest('hex')
}

function lineOf(file: SourceFile): string {
  return `${markOf(file)}|${file.path}\n`
}

function markOf(file: SourceFile): string {
  return `${file.sizeBytes}|${file.mtimeNs}|${file.inode}`
}

/** Paths that lie in others of the list are looked at with them. */
function outermost(paths: readonly string[]): string[] {
  const kept: string[] = []
  for (const path of paths.toSorted()) {
    const last = kept.at(-1)
    if (last === undefined || !isInside(path, last)) kept.push(path)
  }
  return kept
}

async function existing(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => stat(openable(path)).catch(() => null)))
  return paths.filter((_, index) => found[index])
}

/** What was seen, by path. One packed text: a folder may hold a hundred thousand files. */
async function seenFiles(
  database: Database,
  folder: FolderToWatch,
  paths: readonly string[] | null,
): Promise<{
  readonly seen: ReadonlyMap<string, string>
  /** An import of it is not over, and may still leave files that it could not read. */
  readonly isUnderWay: boolean
}> {
  const row = await database.asService((tx) =>
    tx.one<{ packed: string | null; isUnderWay: boolean }>(
      `select exists (select from meta.imports where watched_folder_id = $1 and status in ('running', 'waiting', 'paused')) as "isUnderWay",
              json_agg(json_build_array(w.path, w.size_bytes || '|' || w.mtime_ns || '|' || w.inode))::text as packed
       from meta.watched_files w
       where w.folder_id = $1
         and ($2::text[] is null or w.path_key = any(core.text_keys($2::text[]))
              or exists (select 1 from unnest($2::text[]) p where starts_with(w.path, p || $3)))
         and ($2::text[] is not null or not exists (
           select 1 from meta.import_items i
           where i.import_id = w.import_id and i.path_key = w.path_key and i.outcome = 'failed'))`,
      [folder.id, paths, process.platform === 'win32' ? '\\' : '/'],
    ),
  )
  return { seen: new Map(JSON.parse(row?.packed ?? '[]') as [string, string][]), isUnderWay: row?.isUnderWay ?? true }
}

async function handOver(context: IntakeContext, folder: FolderToWatch, files: readonly SourceFile[]): Promise<void> {
  await startImport(
    context,
    folder.userId,
    {
      paths: files.map((file) => file.path),
      reference: folder.isReference,
      dryRun: false,
      albumPerFolder: folder.albumPerFolder,
      watchedFolderId: folder.id,
    },
    (tx, importId) => noteSeen(tx, folder, importId, files),
  )
}

async function noteSeen(
  tx: Writer,
  folder: FolderToWatch,
  importId: string,
  files: readonly SourceFile[],
): Promise<void> {
  const rows = new Map(
    files.map(({ path, sizeBytes, mtimeNs, inode }) => [
      path,
      { path, size_bytes: sizeBytes, mtime_ns: String(mtimeNs), inode },
    ]),
  )
  const stored = await tx.execute(
    `insert into meta.watched_files (folder_id, user_id, import_id, path, size_bytes, mtime_ns, inode)
     select $1, $2, $3, r.path, r.size_bytes, r.mtime_ns, r.inode
     from jsonb_to_recordset($4::jsonb) as r(path text, size_bytes bigint, mtime_ns bigint, inode text)
     on conflict (folder_id, path_key) do update set import_id = excluded.import_id, size_bytes = excluded.size_bytes,
       mtime_ns = excluded.mtime_ns, inode = excluded.inode, seen_at = now()`,
    [folder.id, folder.userId, importId, JSON.stringify([...rows.values()])],
  )
  if (stored !== rows.size) throw new Error(`${rows.size - stored} files of a watched folder were not noted`)
}

async function forgetAllBut(
  database: Database,
  folder: FolderToWatch,
  present: ReadonlySet<string>,
  seen: ReadonlyMap<string, string>,
): Promise<void> {
  const gone = [...seen.keys()].filter((path) => !present.has(path))
  await database.asService(async (tx) => {
    await tx.execute(
      `delete from meta.watched_files where folder_id = $1 and path_key = any(core.text_keys($2::text[]))`,
      [folder.id, gone],
    )
    await tx.execute(`update meta.watched_folders set last_scan_at = now() where id = $1`, [folder.id])
  })
}
