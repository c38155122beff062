import { createHash } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { createInside, removeInside } from '../../base/inside.ts'
import type { AgeKeys } from '../../keys/index.ts'
import { incomplete, readSmallParts, type Contents } from './contents.ts'
import type { RestoreProgress } from './extract.ts'
import { settle } from './restore.ts'
import { beginRestore, databaseFrom, intoFreeFolder, resultOf, type RestoreResult } from './restored.ts'
import { decrypted, partsIn, textOf, type SnapshotAbout, type TarPart } from '../create/snapshot.ts'

const endSchema = z.object({ files: z.int(), missing: z.array(z.object({ sha256: z.string() })) })

/** Whether a path is a file, and so a single-file backup rather than the folder of a repository. */
export async function isArchive(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  )
}

/** What a single-file backup says of itself; reads only its beginning. Throws `backup-wrong-key`, `backup-damaged`. */
export async function readArchive(path: string, ways: AgeKeys): Promise<SnapshotAbout> {
  const parts = partsIn(decrypted(path, ways))
  try {
    return (await readSmallParts(parts)).about
  } finally {
    await parts.return(undefined)
  }
}

/**
 * Restores a whole vault out of a single file into an empty or missing folder, in one pass. Every original is compared with
 * its hash. Throws as `restoreVault` does; a file without its end is `backup-damaged`.
 */
export async function restoreArchive(
  path: string,
  ways: AgeKeys,
  to: string,
  options: { readonly signal: AbortSignal; readonly onProgress?: (now: RestoreProgress) => void },
): Promise<RestoreResult> {
  const startedMs = performance.now()
  const parts = partsIn(decrypted(path, ways))
  const read = (): ReturnType<typeof readSmallParts> => {
    options.onProgress?.({ phase: 'database', files: 0, totalFiles: 0 })
    return readSmallParts(parts)
  }
  try {
    return await intoFreeFolder(to, read, async (dir, contents) => {
      const { about, files } = contents
      let lost: Contents['files'] = []
      const source = { from: path, snapshot: about.id }
      await beginRestore(dir, contents.vault, source)
      const database = await databaseFrom(contents, dir, source, {
        fill: async (fresh) => {
          const whole = await takeOriginals(parts, dir, contents, options)
          lost = files.filter((file) => !whole.has(file.path))
          await settle(fresh, contents, new Set(lost.map((file) => file.mediaId)))
        },
      })
      await database.close()
      return resultOf({ snapshot: about.id, createdAt: about.createdAt, to: dir, files, lost, startedMs })
    })
  } finally {
    await parts.return(undefined)
  }
}

/** Writes the originals to their places and returns the paths of those that are whole. */
async function takeOriginals(
  parts: AsyncGenerator<TarPart>,
  dir: string,
  { files }: Contents,
  options: { readonly signal: AbortSignal; readonly onProgress?: (now: RestoreProgress) => void },
): Promise<ReadonlySet<string>> {
  const users = join(dir, 'users')
  await mkdir(users, { recursive: true, mode: 0o700 })
  const hashes = new Map(files.map((file) => [file.path, file.sha256]))
  const whole = new Set<string>()
  let isEnded = false
  for (;;) {
    options.signal.throwIfAborted()
    const { value: part, done } = await parts.next()
    if (done === true) break
    if (part.name === 'end.json') {
      endSchema.parse(JSON.parse(await textOf(part)))
      isEnded = true
      continue
    }
    // A path is data of the backup: only what it lists is written, and nothing out of the vault.
    if (!hashes.has(part.name) || !part.name.startsWith('users/')) throw incomplete()
    const target = part.name.slice('users/'.length)
    await removeInside(users, target)
    const file = await createInside(users, target)
    const digest = createHash('sha256')
    const chunks = Readable.from(part.chunks)
    chunks.on('data', (chunk: Buffer) => digest.update(chunk))
    await pipeline(chunks, file.createWriteStream())
    if (digest.digest('hex') === hashes.get(part.name)) whole.add(part.name)
    else await removeInside(users, target)
    options.onProgress?.({ phase: 'originals', files: whole.size, totalFiles: files.length })
  }
  if (!isEnded) throw incomplete()
  return whole
}
