import { mkdir, rename, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import type { Database } from '../database/index.ts'
import { recordChanges } from '../changes/index.ts'
import { thumbnailPath, userFolders } from '../files/index.ts'
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
    tx.query<{ id: string; path: string; filename: string }>(
      `select id, file_path as path, filename from vault.media where thumbnail_generated and deleted_at is null`,
    ),
  )
  let made = 0
  for (const row of rows) {
    if (options.signal?.aborted === true) return made
    const places = (['grid', 'viewer'] as const).map((size) => join(vaultDir, thumbnailPath(userId, row.id, size)))
    const present = await Promise.all(
      places.map((path) =>
        stat(path).then(
          (facts) => facts.size > 0,
          () => false,
        ),
      ),
    )
    if (present.every(Boolean)) continue
    const path = isAbsolute(row.path) ? row.path : join(vaultDir, row.path)
    const facts = await stat(path, { bigint: true }).catch(() => null)
    if (!facts) continue
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
      await mkdir(dirname(to), { recursive: true, mode: 0o700 })
      await rename(from, to)
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
