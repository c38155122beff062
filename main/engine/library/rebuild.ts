import { rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { isDiskFull } from '../base/errors.ts'
import { knownFolders, makeFolderInside, type KnownFolders } from '../base/inside.ts'
import type { Database } from '../database/index.ts'
import { recordChanges } from '../changes/index.ts'
import {
  keptPath,
  lookAt,
  modifiedMs,
  originalsOf,
  statKept,
  thumbnailPath,
  userFolders,
  withReadablePath,
  type OriginalRow,
  type Originals,
} from '../files/index.ts'
import { jobKind, type RunningJob } from '../jobs/index.ts'
import type { MediaWorkers } from '../media/index.ts'

/** Makes the pictures of items again whose thumbnails are gone, of those in the trash too. Returns how many were made. */
export async function rebuildThumbnails(options: {
  readonly database: Database
  readonly workers: MediaWorkers
  readonly vaultDir: string
  readonly userId: string
  readonly signal?: AbortSignal
}): Promise<number> {
  const { database, userId } = options
  const rows = await database.read(userId, (tx) =>
    tx.query<Row>(`select id, file_path as path, storage, filename from vault.media where thumbnail_generated`),
  )
  const found = { originals: originalsOf(options.vaultDir, database), known: knownFolders() }
  let made = 0
  for (const row of rows) {
    if (options.signal?.aborted === true) return made
    try {
      if (await rebuildOne(options, found, row)) made += 1
    } catch (error) {
      // An original that cannot be read now is for `verify` to say; the others still get their pictures.
      if (isDiskFull(error)) throw error
    }
  }
  return made
}

interface Row extends OriginalRow {
  readonly id: string
  readonly filename: string
}

async function rebuildOne(
  options: Parameters<typeof rebuildThumbnails>[0],
  { originals, known }: { readonly originals: Originals; readonly known: KnownFolders },
  row: Row,
): Promise<boolean> {
  const { database, workers, vaultDir, userId } = options
  const places = [
    [thumbnailPath(userId, row.id, 'grid'), 'grid'],
    [thumbnailPath(userId, row.id, 'viewer'), 'viewer'],
  ] as const
  const present = await Promise.all(places.map(([path]) => hasBytes(vaultDir, path, known)))
  if (present.every(Boolean)) return false
  const path = await originals.place(row)
  const file = await lookAt(path)
  if (!file) return false
  const scratch = join(userFolders(vaultDir, userId).incoming, `pictures-${row.id}`)
  await makeFolderInside(join(vaultDir, 'users'), `${userId}/incoming/pictures-${row.id}`)
  try {
    const [gridPath, viewerPath] = [join(scratch, 'grid'), join(scratch, 'viewer')]
    const job = { filename: row.filename, mtimeMs: modifiedMs(file), gridPath, viewerPath }
    const found = await withReadablePath(path, scratch, (readable) => workers.inspect({ ...job, path: readable }))
    if (!found?.pictures) return false
    for (const [to, name] of places) {
      await makeFolderInside(join(vaultDir, 'users'), dirname(to.slice('users/'.length)))
      await rename(join(scratch, name), keptPath(vaultDir, to))
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
  await database.write(userId, (tx) =>
    recordChanges(tx, userId, [{ noun: 'media', objectId: row.id, kind: 'changed' }]),
  )
  return true
}

function hasBytes(vaultDir: string, path: string, known: KnownFolders): Promise<boolean> {
  return statKept(vaultDir, path, known).then(
    (facts) => facts !== null && facts.size > 0,
    () => false,
  )
}

/** Makes missing pictures of one person in the background, as after a restore. */
export const rebuildJob = jobKind('rebuild-thumbnails', z.object({}))

/** The handler of `rebuildJob`. */
export async function rebuildPictures(
  context: { readonly database: Database; readonly workers: MediaWorkers; readonly vaultDir: string },
  job: RunningJob,
): Promise<'done' | 'interrupted'> {
  if (job.userId === null) return 'done'
  await rebuildThumbnails({ ...context, userId: job.userId, signal: job.signal })
  return job.signal.aborted ? 'interrupted' : 'done'
}
