import { mkdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { knownFolders, makeFolderInside } from '../base/inside.ts'
import type { Database } from '../database/index.ts'
import { recordChanges } from '../changes/index.ts'
import { keptPath, originalsOf, statKept, thumbnailPath, userFolders, type OriginalRow } from '../files/index.ts'
import type { RunningJob } from '../jobs/index.ts'
import type { MediaWorkers } from '../media/index.ts'

/** Makes the pictures of items again whose thumbnails are gone. Returns how many were made. */
export async function rebuildThumbnails(options: {
  readonly database: Database
  readonly workers: MediaWorkers
  readonly vaultDir: string
  readonly userId: string
  readonly signal?: AbortSignal
}): Promise<number> {
  const { database, workers, vaultDir, userId } = options
  const rows = await database.read(userId, (tx) =>
    tx.query<OriginalRow & { id: string; filename: string }>(
      `select id, file_path as path, storage, filename from vault.media where thumbnail_generated and deleted_at is null`,
    ),
  )
  const originals = originalsOf(vaultDir, database)
  const known = knownFolders()
  let made = 0
  for (const row of rows) {
    if (options.signal?.aborted === true) return made
    const places = (['grid', 'viewer'] as const).map((size) => thumbnailPath(userId, row.id, size))
    const present = await Promise.all(
      places.map((path) =>
        statKept(vaultDir, path, known).then(
          (facts) => facts !== null && facts.size > 0,
          () => false,
        ),
      ),
    )
    if (present.every(Boolean)) continue
    const path = await originals.place(row).catch(() => null)
    const facts = path === null ? null : await stat(path, { bigint: true }).catch(() => null)
    if (path === null || !facts) continue
    const incoming = userFolders(vaultDir, userId).incoming
    await mkdir(incoming, { recursive: true, mode: 0o700 })
    const [gridPath, viewerPath] = [join(incoming, `${row.id}.grid`), join(incoming, `${row.id}.viewer`)]
    const mtimeMs = Number(facts.mtimeMs)
    const inspection = await workers.inspect({ path, filename: row.filename, mtimeMs, gridPath, viewerPath })
    if (!inspection?.pictures) continue
    for (const [from, to] of [
      [gridPath, places[0]],
      [viewerPath, places[1]],
    ] as const) {
      if (to === undefined) continue
      await makeFolderInside(join(vaultDir, 'users'), dirname(to.slice('users/'.length)))
      await rename(from, keptPath(vaultDir, to))
    }
    await database.write(userId, (tx) =>
      recordChanges(tx, userId, [{ noun: 'media', objectId: row.id, kind: 'changed' }]),
    )
    made += 1
  }
  return made
}

/** Makes missing pictures of one person in the background, as after a restore. */
export const rebuildJob = 'rebuild-thumbnails'

/** The handler of `rebuildJob`. */
export async function rebuildPictures(
  context: { readonly database: Database; readonly workers: MediaWorkers; readonly vaultDir: string },
  job: RunningJob,
): Promise<'done' | 'interrupted'> {
  if (job.userId === null) return 'done'
  await rebuildThumbnails({ ...context, userId: job.userId, signal: job.signal })
  return job.signal.aborted ? 'interrupted' : 'done'
}
