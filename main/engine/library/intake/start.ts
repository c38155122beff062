import { realpath } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import { CofferError, systemCode } from '../../base/errors.ts'
import { isInside } from '../../base/paths.ts'
import { recordChanges } from '../../changes/index.ts'
import type { Writer } from '../../database/index.ts'
import { enqueue } from '../../jobs/index.ts'
import { audit } from '../../objects/index.ts'
import type { IntakeContext } from './context.ts'

export interface ImportWish {
  readonly paths: readonly string[]
  readonly reference: boolean
  readonly dryRun: boolean
  readonly albumPerFolder: boolean
  /** A watched folder asks, not a person: what was trashed or deleted for good then stays so. */
  readonly watchedFolderId?: string
  /** The one file lies in the vault's own scratch, where an upload came to; never said by a request. */
  readonly isUpload?: boolean
}

/** Job kinds: previews have a lane of their own, so that they answer while a long import runs. */
export const importJob = 'import'
export const previewJob = 'import-preview'

/**
 * Stores an import and its job in one transaction and returns its id; nothing has been read yet then. Throws
 * `file-missing` when a path is not there and `path-inside-vault` when one lies in the vault. `also` runs in the same
 * transaction.
 */
export async function startImport(
  context: IntakeContext,
  userId: string,
  wish: ImportWish,
  also: (tx: Writer, importId: string) => Promise<void> = async () => {},
): Promise<string> {
  if (wish.watchedFolderId === undefined && wish.isUpload !== true) await refuseBadPaths(context, wish.paths)
  return context.database.asService(async (tx) => {
    const row = await tx.one<{ id: string }>(
      `insert into meta.imports (user_id, status, dry_run, is_reference, album_per_folder, paths, started_at, watched_folder_id)
       values ($1, 'running', $2, $3, $4, $5::jsonb, now(), $6) returning id`,
      [
        userId,
        wish.dryRun,
        wish.reference,
        wish.albumPerFolder,
        JSON.stringify(wish.paths.map((path) => resolve(path))),
        wish.watchedFolderId ?? null,
      ],
    )
    if (!row) throw new Error('an import was not stored')
    await enqueue(tx, { kind: wish.dryRun ? previewJob : importJob, userId, payload: { importId: row.id } })
    if (!wish.dryRun) {
      await audit(tx, userId, 'imports.started', { type: 'imports', id: row.id }, { paths: wish.paths.length })
      await recordChanges(tx, userId, [{ noun: 'imports', objectId: row.id, kind: 'added' }])
    }
    await also(tx, row.id)
    return row.id
  })
}

async function refuseBadPaths(context: IntakeContext, paths: readonly string[]): Promise<void> {
  const vault = await realpath(context.vaultDir)
  for (const path of paths) {
    if (!isAbsolute(path)) throw new CofferError(`“${path}” is not a full path.`, { code: 'bad-request' })
    // Whether a path of the vault is there is nobody’s business.
    const real = isInside(resolve(path), vault)
      ? vault
      : await realpath(path).catch((error: unknown) => {
          const isGone = systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR'
          const code = isGone ? 'file-missing' : 'file-unreadable'
          const message = isGone ? `There is nothing at ${path}.` : `Coffer cannot read ${path}.`
          throw new CofferError(message, { code, retry: 'later', cause: error })
        })
    if (isInside(real, vault)) {
      throw new CofferError('That folder is part of the vault itself, so there is nothing to import.', {
        code: 'path-inside-vault',
      })
    }
  }
}
