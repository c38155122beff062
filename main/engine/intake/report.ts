import type { Import, ImportArchive, ImportItem, ImportStatus, Reason } from '../../contract/index.ts'
import { shownPath } from '../base/path-text.ts'
import type { Database, Reader } from '../database/index.ts'
import type { WorkOf } from '../jobs/index.ts'
import { importProgress, type ImportCounts, type ImportDetail } from './import-work.ts'

interface ImportRow extends ImportCounts {
  readonly id: string
  readonly status: ImportStatus
  readonly dryRun: boolean
  readonly reference: boolean
  readonly watchedFolderId: string | null
  readonly paths: string[]
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly problem: Reason | null
  readonly archive: ImportArchive | null
}

/** Columns of `meta.imports` that are counted. */
export const countColumns = `scan_complete as "scanComplete", seen, added, duplicates, stacked, unsupported, damaged, later, failed, skipped,
  total_bytes as "totalBytes", done_bytes as "doneBytes"`

const columns = `id, status, dry_run as "dryRun", is_reference as reference, watched_folder_id as "watchedFolderId",
  coalesce((select jsonb_build_array(f.path) from meta.watched_folders f where f.id = watched_folder_id), paths) as paths, started_at as "startedAt",
  finished_at as "finishedAt", problem, ${countColumns}, case when is_archive then jsonb_build_object('source', source,
    'platform', about->'platform', 'account', about->'account', 'connectionId', account_id, 'earliest', about->'earliest',
    'latest', about->'latest', 'samples', coalesce(about->'samples', '[]'::jsonb),
    'types', coalesce((select jsonb_agg(jsonb_build_object('type', t.type, 'added', t.added, 'updated', t.updated, 'same', t.same,
      'left', t.kept_out, 'failed', t.failed) order by t.type) from meta.import_types t where t.import_id = imports.id), '[]'::jsonb)) end as archive`

/** What is counted of an import, as it is stored. */
export async function importCounts(database: Database, id: string): Promise<ImportCounts> {
  const row = await database.asService((tx) =>
    tx.one<ImportCounts>(`select ${countColumns} from meta.imports where id = $1`, [id]),
  )
  if (!row) throw new Error('there is no such import')
  return row
}

/** One import with its figures as they are now; undefined when this person has none with that id. */
export async function readImport(tx: Reader, running: WorkOf<ImportDetail>, id: string): Promise<Import | undefined> {
  const row = await tx.one<ImportRow>(`select ${columns} from meta.imports where id = $1`, [id])
  return row && withProgress(row, running)
}

/** This person's imports, newest first; previews are left out. */
export async function listImports(tx: Reader, running: WorkOf<ImportDetail>, limit = 200): Promise<Import[]> {
  const rows = await tx.query<ImportRow>(
    `select ${columns} from meta.imports where not dry_run order by started_at desc, id desc limit $1`,
    [limit],
  )
  return rows.map((row) => withProgress(row, running))
}

function withProgress(row: ImportRow, running: WorkOf<ImportDetail>): Import {
  const progress = importProgress(running, row.id)
  return {
    ...row,
    paths: row.paths.map(shownPath),
    filesPerSecond: progress?.filesPerSecond ?? null,
    bytesPerSecond: progress?.bytesPerSecond ?? null,
    remainingSeconds: progress?.remainingSeconds ?? null,
    currentFile: progress?.currentFile ?? null,
  }
}

/** The files of an import in the order they were found, optionally only those with certain outcomes. */
export async function importItems(
  tx: Reader,
  importId: string,
  wanted: {
    readonly outcomes?: readonly string[]
    readonly after?: number
    readonly limit: number
    /** The last ones that were decided, newest first: one page and no more. */
    readonly newest?: boolean
  },
): Promise<{ items: ImportItem[]; next: string | null }> {
  const isNewest = wanted.newest === true
  const rows = await tx.query<ImportItem & { place: number }>(
    `select id as place, path, outcome, media_id as "mediaId", reason, size_bytes as "sizeBytes" from meta.import_items
     where import_id = $1 and id > $2 and ($3::text[] is null or outcome = any($3::text[]))
     order by id ${isNewest ? 'desc' : ''} limit $4`,
    [importId, isNewest ? 0 : (wanted.after ?? 0), wanted.outcomes ?? null, wanted.limit + (isNewest ? 0 : 1)],
  )
  const page = rows.slice(0, wanted.limit)
  const items = page.map(({ path, outcome, mediaId, reason, sizeBytes }) => ({
    path: shownPath(path),
    outcome,
    mediaId,
    reason,
    sizeBytes,
  }))
  return { items, next: !isNewest && rows.length > page.length ? String(page.at(-1)?.place) : null }
}
