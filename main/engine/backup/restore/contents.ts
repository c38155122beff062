import { z } from 'zod'
import { CofferError } from '../../base/errors.ts'
import { vaultFileSchema, type VaultFile } from '../../database/index.ts'
import { isUuid } from '../../base/ids.ts'
import type { Repository } from '../repository/repository.ts'
import {
  partsOf,
  recordsOf,
  snapshotSchema,
  textOf,
  type SnapshotAbout,
  type SnapshotAlbum,
  type SnapshotFile,
  type SnapshotThumbnail,
} from '../create/snapshot.ts'
import { isHash } from '../repository/store.ts'

/** What a snapshot says besides its database. */
export interface Contents {
  readonly about: SnapshotAbout
  readonly vault: VaultFile
  readonly files: SnapshotFile[]
  readonly albums: SnapshotAlbum[]
  /** Small pictures, where they were asked for. */
  readonly thumbnails: SnapshotThumbnail[]
}

type Parts = ReturnType<typeof partsOf>
type SnapshotPart = Parts extends AsyncGenerator<infer P> ? P : never

/** Everything before the dump, which comes last because it is the largest. */
export async function readSmallParts(parts: Parts): Promise<Contents & { database: SnapshotPart | null }> {
  return smallParts(parts).catch((error: unknown) => {
    // What is no JSON, or not of the form it should have.
    throw error instanceof SyntaxError || error instanceof z.ZodError || error instanceof TypeError
      ? incomplete()
      : error
  })
}

async function smallParts(parts: Parts): Promise<Contents & { database: SnapshotPart | null }> {
  let about: SnapshotAbout | undefined
  let vault: VaultFile | undefined
  const files: SnapshotFile[] = []
  const albums: SnapshotAlbum[] = []
  const thumbnails: SnapshotThumbnail[] = []
  for (;;) {
    const { value: part, done } = await parts.next()
    if (done === true || part.name === 'database.sql') {
      if (!about || !vault) throw incomplete()
      return { about, vault, files, albums, thumbnails, database: done === true ? null : part }
    }
    if (part.name === 'snapshot.json') about = snapshotSchema.parse(JSON.parse(await textOf(part)))
    else if (part.name === 'vault.json') vault = vaultFileSchema.parse(JSON.parse(await textOf(part)))
    else if (part.name === 'files.jsonl') {
      for await (const some of recordsOf<SnapshotFile>(part)) {
        if (!some.every(isFile)) throw incomplete()
        files.push(...some)
      }
    } else if (part.name === 'albums.jsonl') {
      for await (const some of recordsOf<SnapshotAlbum>(part)) {
        if (!some.every(isAlbum)) throw incomplete()
        albums.push(...some)
      }
    } else if (part.name === 'thumbnails.jsonl') {
      for await (const some of recordsOf<SnapshotThumbnail>(part)) {
        if (!some.every(isThumbnail)) throw incomplete()
        thumbnails.push(...some)
      }
    } else for await (const chunk of part.chunks) void chunk
  }
}

/** Lines are data of the backup, which anyone who holds its key could have written. */
function isThumbnail(line: SnapshotThumbnail): boolean {
  return isHash(line.sha256) && typeof line.path === 'string' && typeof line.size === 'number'
}

function isAlbum({ id, name, media }: SnapshotAlbum): boolean {
  return typeof id === 'string' && typeof name === 'string' && Array.isArray(media)
}

function isFile(line: SnapshotFile): boolean {
  return isThumbnail(line) && isUuid(line.mediaId) && typeof line.filename === 'string'
}

/** The small parts alone. Throws `backup-damaged`. */
export async function readContents(repository: Repository, name: string): Promise<Contents> {
  const parts = partsOf(repository, name)
  try {
    return await readSmallParts(parts)
  } finally {
    await parts.return(undefined)
  }
}

/** A snapshot that lacks one of its parts, or has one that cannot be. */
export function incomplete(): CofferError {
  return new CofferError('This snapshot is not complete.', { code: 'backup-damaged' })
}
