import { knownFolders } from '../../base/inside.ts'
import { hashOpen, openKept, statKept, thumbnailPath } from '../../files/index.ts'
import type { Listed } from '../check/check.ts'
import type { Repository } from '../repository/repository.ts'
import { partsOf, recordsOf, type SnapshotFile, type SnapshotThumbnail } from './snapshot.ts'

export interface ThumbnailSource {
  readonly vaultDir: string
  readonly repository: Repository
  /** What the repository has, newest first. */
  readonly snapshots: readonly Listed[]
  readonly signal: AbortSignal
}

/**
 * The small pictures of originals, with their hashes. Those that the newest snapshot has, and that were not written since,
 * are not read again.
 */
export async function* thumbnailsOf(
  { vaultDir, repository, snapshots, signal }: ThumbnailSource,
  originals: AsyncIterable<readonly SnapshotFile[]>,
): AsyncGenerator<readonly SnapshotThumbnail[]> {
  const { known, atMs } = await lastThumbnails(repository, snapshots)
  const folders = knownFolders()
  async function pictureAt(path: string): Promise<SnapshotThumbnail | null> {
    const facts = await statKept(vaultDir, path, folders).catch(() => null)
    // What is missing is made again.
    if (!facts) return null
    const before = known.get(path)
    if (before?.size === facts.size && facts.mtimeMs < atMs) return before
    await using file = await openKept(vaultDir, path, folders)
    const { hash } = await hashOpen(file, signal)
    return { sha256: hash, size: facts.size, path }
  }

  for await (const some of originals) {
    const found: SnapshotThumbnail[] = []
    for (const { path: original, mediaId } of some) {
      const [, userId = ''] = original.split('/')
      for (const path of [thumbnailPath(userId, mediaId, 'grid'), thumbnailPath(userId, mediaId, 'viewer')]) {
        const picture = await pictureAt(path)
        if (picture) found.push(picture)
      }
    }
    yield found
  }
}

async function lastThumbnails(
  repository: Repository,
  snapshots: readonly Listed[],
): Promise<{ known: ReadonlyMap<string, SnapshotThumbnail>; atMs: number }> {
  const known = new Map<string, SnapshotThumbnail>()
  const newest = snapshots.find((each) => each.about.thumbnails !== undefined)
  if (!newest) return { known, atMs: 0 }
  for await (const part of partsOf(repository, newest.name)) {
    if (part.name === 'database.sql') break
    if (part.name !== 'thumbnails.jsonl') continue
    for await (const some of recordsOf<SnapshotThumbnail>(part)) for (const each of some) known.set(each.path, each)
  }
  return { known, atMs: Date.parse(newest.about.createdAt) }
}
