import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../../base/errors.ts'
import type { Database } from '../../database/index.ts'
import { setWorkAside } from '../../jobs/index.ts'
import { rebuildJob } from '../../library/index.ts'
import { findSnapshot } from '../check/check.ts'
import { hashFile, keptPath } from '../../files/index.ts'
import type { Contents } from './contents.ts'
import { extract, type RestoreProgress } from './extract.ts'
import type { Repository } from '../repository/repository.ts'
import { restoreDatabase } from './restore-database.ts'
import { intoFreeFolder, resultOf, type RestoreResult } from './restored.ts'
import type { SnapshotThumbnail } from '../create/snapshot.ts'

export interface RestoreOptions {
  /** Name or id of a snapshot, or enough of its beginning; the newest when absent. */
  readonly snapshot?: string
  readonly signal: AbortSignal
  readonly onProgress?: (now: RestoreProgress) => void
}

/**
 * Restores a whole vault into an empty or missing folder: the database, brought up to this program's schema, and every
 * original, each compared with its hash. Thumbnails that the snapshot has not are made again when the vault is opened. A folder that was only half
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
    } = await restoreDatabase(
      repository,
      name,
      dir,
      { from: repository.store.dir, snapshot: name },
      {
        check: (found) => void targetsIn(dir, [...found.files, ...found.thumbnails]),
        // Originals come out while the database is loaded: the one waits for the disk, the other for a processor.
        beside: async (found) => {
          const targets = targetsIn(dir, [...found.files, ...found.thumbnails])
          const there = await takeWhole(dir, targets, options.signal)
          const whole = await extract(repository, targets, options)
          return found.files.filter((file) => !whole.has(file.sha256) && !there.has(file.sha256))
        },
        after: (opened, found, missing) => settle(opened, found, new Set(missing.map((file) => file.mediaId))),
      },
    )
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
    await tx.execute(
      `update vault.sidecars s set storage = 'vault', file_path = r.path
       from jsonb_to_recordset($1::jsonb) as r(id uuid, path text) where s.id = r.id`,
      [JSON.stringify(here.map((file) => ({ id: file.mediaId, path: file.path })))],
    )
    // What the backup did not have stays missing. Its rows may name no place outside: they are of another computer, or of
    // anybody, and would let their author choose which files of this one are shown.
    const isOutside = `storage <> 'vault' or file_path !~ '^users/[0-9a-f-]{36}/media/' or file_path ~ '(^|/)\\.\\.?(/|$)|\\\\'`
    await tx.execute(
      `update vault.media set storage = 'vault', file_path = 'users/' || user_id || '/media/undated/' || id || '.bin'
       where ${isOutside}`,
    )
    await tx.execute(
      `update vault.sidecars set storage = 'vault', file_path = 'users/' || user_id || '/media/sidecars/' || id || '.' || kind
       where ${isOutside}`,
    )
    // Imports and jobs of the other computer's moment must not go on here by themselves.
    await setWorkAside(tx)
    await tx.execute(`update meta.watched_folders set status = 'paused'`)
    await tx.execute(`insert into meta.jobs (kind, user_id) select $1, id from core.users where deleted_at is null`, [
      rebuildJob.name,
    ])
  })
}

/** Where each original goes. A path is data of the backup: one that leads out of the vault is `path-outside`. */
function targetsIn(dir: string, files: readonly SnapshotThumbnail[]): Map<string, string[]> {
  const targets = new Map<string, string[]>()
  for (const file of files) {
    const path = keptPath(dir, file.path)
    targets.set(file.sha256, [...(targets.get(file.sha256) ?? []), path])
  }
  return targets
}

/**
 * Takes out of `targets` what a restore that was interrupted has brought already, byte for byte, and makes room for the rest.
 * Returns the hashes of what is whole.
 */
async function takeWhole(dir: string, targets: Map<string, string[]>, signal: AbortSignal): Promise<Set<string>> {
  const whole = new Set<string>()
  if (!existsSync(join(dir, 'users'))) return whole
  for (const [hash, paths] of targets) {
    signal.throwIfAborted()
    const left: string[] = []
    for (const path of paths) {
      const there = await hashAt(path, signal)
      if (there === hash) continue
      if (there !== null) await rm(path, { force: true })
      left.push(path)
    }
    if (left.length > 0) targets.set(hash, left)
    else {
      targets.delete(hash)
      whole.add(hash)
    }
  }
  return whole
}

async function hashAt(path: string, signal: AbortSignal): Promise<string | null> {
  try {
    return (await hashFile(path, signal)).hash
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null
    throw error
  }
}
