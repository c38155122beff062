import { realpath } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import { idSchema } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { openable, pathText } from '../base/path-text.ts'
import { isInside } from '../base/paths.ts'
import type { Writer } from '../database/index.ts'
import { pathsAt, reasonOf } from '../files/index.ts'
import { enqueue, jobKind } from '../jobs/index.ts'
import { record } from '../objects/index.ts'
import type { IntakeContext } from './context.ts'

export interface ImportRequest {
  readonly paths: readonly string[]
  readonly reference: boolean
  readonly dryRun: boolean
  readonly albumPerFolder: boolean
  /** A watched folder asks, not a person: what was trashed or deleted for good then stays so. Its paths are path text. */
  readonly watchedFolderId?: string
  /**
   * The one file is in the vault's own scratch, where an upload was written; no request sets this. Somebody waits for it, so it does
   * not queue behind an import.
   */
  readonly isUpload?: boolean
  /** The paths are one export of a service. */
  readonly archive?: boolean
}

/** Job kinds: previews and uploads have lanes of their own, so that they are answered while a long import runs. */
const importPayload = z.object({ importId: idSchema, isUrgent: z.boolean().optional() })
export type ImportPayload = z.infer<typeof importPayload>
export const importJob = jobKind('import', importPayload)
export const previewJob = jobKind('import-preview', importPayload)
export const uploadJob = jobKind('import-upload', importPayload)
/** Exports of services; how those are read is for a room above this one. */
export const archiveJob = jobKind('archive-import', importPayload)
export const archivePreviewJob = jobKind('archive-preview', importPayload)
export const importJobs = [importJob, previewJob, uploadJob, archiveJob, archivePreviewJob]

/**
 * Stores an import and its job in one transaction and returns its id; nothing has been read yet then. Throws
 * `file-missing` when a path is not there and `path-inside-vault` when one lies in the vault. `also` runs in the same
 * transaction.
 */
export async function startImport(
  context: IntakeContext,
  userId: string,
  input: ImportRequest,
  also: (tx: Writer, importId: string) => Promise<void> = async () => {},
): Promise<string> {
  const paths = input.watchedFolderId === undefined ? await pathsAsked(context, input) : input.paths
  return context.database.asService(async (tx) => {
    const row = await tx.one<{ id: string }>(
      `insert into meta.imports (user_id, status, dry_run, is_reference, album_per_folder, paths, started_at, watched_folder_id, is_archive,
         scan_complete)
       values ($1, 'running', $2, $3, $4, $5::jsonb, now(), $6, $7, $7) returning id`,
      [
        userId,
        input.dryRun,
        input.reference,
        input.albumPerFolder,
        JSON.stringify(paths),
        input.watchedFolderId ?? null,
        input.archive === true,
      ],
    )
    if (!row) throw new Error('an import was not stored')
    const isUrgent = input.isUpload === true
    const kind = kindOf(input)
    await enqueue(tx, { kind, userId, payload: { importId: row.id, ...(isUrgent && { isUrgent }) } })
    if (!input.dryRun) {
      await record(tx, {
        userId,
        action: 'imports.started',
        ids: [row.id],
        change: 'added',
        details: { paths: input.paths.length },
      })
    }
    await also(tx, row.id)
    return row.id
  })
}

function kindOf(input: ImportRequest): typeof importJob {
  if (input.archive === true) return input.dryRun ? archivePreviewJob : archiveJob
  if (input.dryRun) return previewJob
  return input.isUpload === true ? uploadJob : importJob
}

/** A request may name no path of the vault; where an upload came to, Coffer itself has chosen. */
async function pathsAsked(context: IntakeContext, { paths, isUpload }: ImportRequest): Promise<string[]> {
  return isUpload === true ? paths.map((path) => pathText(path)) : pathsOf(context, paths)
}

/** The paths that were given, as path text. Throws for what is not there, cannot be read, or is part of the vault. */
async function pathsOf(context: IntakeContext, given: readonly string[]): Promise<string[]> {
  const vault = await realpath(context.vaultDir)
  const inside = new CofferError('That folder is part of the vault itself, so there is nothing to import.', {
    code: 'path-inside-vault',
  })
  const paths: string[] = []
  for (const path of given) {
    if (!isAbsolute(path) || path.includes('\0')) {
      throw new CofferError(`“${path}” is not a full path.`, { code: 'bad-request' })
    }
    // Whether a path of the vault is there is nobody’s business.
    if (isInside(resolve(path), vault)) throw inside
    const found = await pathsAt(resolve(path))
    if (found.length === 0) throw await whyNot(path)
    for (const each of found) {
      const real = await realpath(openable(each), { encoding: 'buffer' }).catch(() => Buffer.from(path))
      if (isInside(pathText(real), vault)) throw inside
      paths.push(each)
    }
  }
  return paths
}

async function whyNot(path: string): Promise<CofferError> {
  const cause: unknown = await realpath(path).catch((error: unknown) => error)
  const isGone = ['gone', 'broken-link'].includes(reasonOf(cause).code)
  const message = isGone ? `There is nothing at ${path}.` : `Coffer cannot read ${path}.`
  return new CofferError(message, { code: isGone ? 'file-missing' : 'file-unreadable', retry: 'later', cause })
}
