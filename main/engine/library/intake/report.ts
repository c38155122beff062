import type { Import, ImportItem, ImportStatus } from '../../../contract/index.ts'
import type { Reader } from '../../database/index.ts'
import type { LiveImports } from './live.ts'

interface ImportRow {
  id: string
  status: ImportStatus
  dryRun: boolean
  reference: boolean
  watchedFolderId: string | null
  paths: string[]
  startedAt: string
  finishedAt: string | null
  scanComplete: boolean
  seen: number
  added: number
  duplicates: number
  stacked: number
  unsupported: number
  damaged: number
  later: number
  failed: number
  skipped: number
  totalBytes: number
  doneBytes: number
  problem: string | null
}

const columns = `id, status, dry_run as "dryRun", is_reference as reference, watched_folder_id as "watchedFolderId",
  coalesce((select jsonb_build_array(f.path) from meta.watched_folders f where f.id = watched_folder_id), paths) as paths, started_at as "startedAt",
  finished_at as "finishedAt", scan_complete as "scanComplete", seen, added, duplicates, stacked, unsupported, damaged,
  later, failed, skipped, total_bytes as "totalBytes", done_bytes as "doneBytes", problem`

/** One import with its figures as they are now; undefined when this person has none with that id. */
export async function readImport(tx: Reader, live: LiveImports, id: string): Promise<Import | undefined> {
  const row = await tx.one<ImportRow>(`select ${columns} from meta.imports where id = $1`, [id])
  return row && withFigures(row, live)
}

/** This person's imports, newest first; previews are left out. */
export async function listImports(tx: Reader, live: LiveImports, limit = 200): Promise<Import[]> {
  const rows = await tx.query<ImportRow>(
    `select ${columns} from meta.imports where not dry_run order by started_at desc, id desc limit $1`,
    [limit],
  )
  return rows.map((row) => withFigures(row, live))
}

function withFigures(row: ImportRow, live: LiveImports): Import {
  const figures = live.figures(row.id)
  const done = row.added + row.duplicates + row.stacked + row.unsupported + row.damaged + row.later + row.failed
  // Bytes tell more than files: one film weighs as much as a thousand pictures. Files serve where no bytes are read.
  const byBytes =
    figures && figures.bytesPerSecond > 0 ? (row.totalBytes - row.doneBytes) / figures.bytesPerSecond : null
  const byFiles = figures && figures.filesPerSecond > 0 ? (row.seen - done) / figures.filesPerSecond : null
  return {
    ...row,
    filesPerSecond: figures?.filesPerSecond ?? null,
    bytesPerSecond: figures?.bytesPerSecond ?? null,
    remainingSeconds: row.scanComplete ? (byBytes ?? byFiles) : null,
    currentFile: figures?.currentFile ?? null,
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
  if (wanted.newest === true) {
    const items = await tx.query<ImportItem>(
      `select path, outcome, media_id as "mediaId", reason, size_bytes as "sizeBytes" from meta.import_items
       where import_id = $1 and ($2::text[] is null or outcome = any($2::text[])) order by id desc limit $3`,
      [importId, wanted.outcomes ?? null, wanted.limit],
    )
    return { items, next: null }
  }
  const rows = await tx.query<ImportItem & { place: number }>(
    `select id as place, path, outcome, media_id as "mediaId", reason, size_bytes as "sizeBytes" from meta.import_items
     where import_id = $1 and id > $2 and ($3::text[] is null or outcome = any($3::text[])) order by id limit $4`,
    [importId, wanted.after ?? 0, wanted.outcomes ?? null, wanted.limit + 1],
  )
  const page = rows.slice(0, wanted.limit)
  const items = page.map(({ path, outcome, mediaId, reason, sizeBytes }) => ({
    path,
    outcome,
    mediaId,
    reason,
    sizeBytes,
  }))
  return { items, next: rows.length > page.length ? String(page.at(-1)?.place) : null }
}
