import { rm } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import type { Database } from '../database/index.ts'
import { rebuildJob } from '../library/index.ts'
import { findSnapshot } from './check.ts'
import { incomplete, type Contents } from './contents.ts'
import { extract, type RestoreProgress } from './extract.ts'
import type { Repository } from './repository.ts'
import { restoreDatabase } from './restore-database.ts'
import { intoFreeFolder, resultOf, type RestoreResult } from './restored.ts'
import type { SnapshotThumbnail } from './snapshot.ts'

export interface RestoreOptions {
  /** Name or id of a snapshot, or enough of its beginning; the newest when absent. */
  readonly snapshot?: string
  readonly signal: AbortSignal
  readonly onProgress?: (now: RestoreProgress) => void
}

/**
 * Restores a whole vault into an empty or missing folder: the database, brought up to this program's schema, and every
 * original, each held against its hash. Thumbnails that the snapshot has not are made again when the vault is opened. A folder that was only half
 * filled when the program died says so (`vault-unfinished`) and can be restored into again. Throws `vault-not-empty`,
 * `snapshot-not-found`, `backup-damaged`.
 */
export async function restoreVault(
  repository: Repository,
  to: string,
  options: RestoreOptions,
): Promise<RestoreResult> {
  const startedMs = performance.now()
  const find = (): Promise<string> => findSnapshot(repository, options.snapshot)
  return intoFreeFolder(to, find, async (dir, name) => {
    options.onProgress?.({ phase: 'database', files: 0, totalFiles: 0 })
    const {
      database,
      contents,
      beside: lost,
    } = await restoreDatabase(repository, name, dir, {
      // Originals come out while the database is loaded: the one waits for the disk, the other for a processor.
      beside: async (found) => {
        const targets = targetsIn(dir, [...found.files, ...found.thumbnails])
        await rm(join(dir, 'users'), { recursive: true, force: true })
        const whole = await extract(repository, targets, options)
        return found.files.filter((file) => !whole.has(file.sha256))
      },
      after: (opened, found, missing) => settle(opened, found, new Set(missing.map((file) => file.mediaId))),
    })
    await database.close()
    const { about, files } = contents
    return resultOf({ snapshot: name, createdAt: about.createdAt, to: dir, files, lost, startedMs })
  })
}

/** Puts right in the restored rows what differs from the day of the backup. */
export async function settle(database: Database, contents: Contents, lost: ReadonlySet<string>): Promise<void> {
  const here = contents.files.filter((file) => file.isReference && !lost.has(file.mediaId))
  await database.asService(async (tx) => {
    await tx.execute(
      `update vault.media m set storage = 'vault', file_path = r.path
       from jsonb_to_recordset($1::jsonb) as r(id uuid, path text) where m.id = r.id`,
      [JSON.stringify(here.map((file) => ({ id: file.mediaId, path: file.path })))],
    )
    // Imports and jobs of the other computer's moment must not go on here by themselves.
    await tx.execute(
      `update meta.imports set status = 'cancelled', finished_at = now() where status in ('running', 'waiting')`,
    )
    await tx.execute(`update meta.jobs set status = 'cancelled' where status in ('queued', 'running', 'parked')`)
    await tx.execute(
      `update meta.backup_runs set status = 'cancelled', finished_at = now() where status in ('running', 'paused')`,
    )
    await tx.execute(`update meta.watched_folders set status = 'paused'`)
    await tx.execute(`insert into meta.jobs (kind, user_id) select $1, id from core.users where deleted_at is null`, [
      rebuildJob,
    ])
  })
}

function targetsIn(dir: string, files: readonly SnapshotThumbnail[]): Map<string, string[]> {
  const users = join(dir, 'users')
  const targets = new Map<string, string[]>()
  for (const file of files) {
    const path = resolve(dir, file.path)
    // A path is data of the backup; it may not lead out of the vault.
    if (!path.startsWith(users + sep)) throw incomplete()
    targets.set(file.sha256, [...(targets.get(file.sha256) ?? []), path])
  }
  return targets
}
