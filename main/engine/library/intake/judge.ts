import { basename } from 'node:path'
import { hashFile, readHead, reasonOf } from '../../files/index.ts'
import { KIND_BYTES } from '../../media/index.ts'
import type { IntakeContext } from './context.ts'
import type { WaitingItem } from './item.ts'
import { mediaWithHash } from './known.ts'
import { isSidecarName } from './scan.ts'

export interface Verdict {
  readonly outcome: 'added' | 'duplicate' | 'stacked' | 'unsupported' | 'failed'
  readonly mediaId: string | null
  readonly reason: string | null
}

/** Files of one size met in this preview; hashed only when a second one of that size turns up. */
export interface Met {
  readonly first: WaitingItem
  hashes: Set<string> | null
}

/**
 * What an import would make of one file, reading as little as it takes: the first bytes, and the whole file only when
 * something of the same size is stored or was met before. Judge one file after the other: they share `sizes.met`.
 */
export async function judge(
  context: IntakeContext,
  userId: string,
  item: WaitingItem,
  sizes: { readonly stored: ReadonlySet<number>; readonly met: Map<number, Met> },
  signal: AbortSignal,
): Promise<Verdict> {
  const { file } = item
  if (isSidecarName(file.path))
    return { outcome: 'stacked', mediaId: null, reason: 'It is read together with its photo.' }
  if (file.sizeBytes === 0) return { outcome: 'failed', mediaId: null, reason: 'The file is empty (0 bytes).' }
  try {
    const kind = await context.workers.recognise(await readHead(file, KIND_BYTES), basename(file.path), { signal })
    if (kind === null)
      return { outcome: 'unsupported', mediaId: null, reason: 'Coffer does not know this kind of file.' }
    const hash = once(() => hashFile(file.path, signal).then((read) => read.hash))
    if (sizes.stored.has(file.sizeBytes)) {
      const digest = await hash()
      const known = await context.database.read(userId, (tx) => mediaWithHash(tx, userId, digest))
      if (known && !known.isTrashed) return { outcome: 'duplicate', mediaId: known.id, reason: null }
    }
    const twin = sizes.met.get(file.sizeBytes)
    if (!twin) {
      sizes.met.set(file.sizeBytes, { first: item, hashes: null })
      return { outcome: 'added', mediaId: null, reason: null }
    }
    twin.hashes ??= new Set([(await hashFile(twin.first.file.path, signal)).hash])
    const digest = await hash()
    if (twin.hashes.has(digest))
      return { outcome: 'duplicate', mediaId: null, reason: 'The same file is in this import twice.' }
    twin.hashes.add(digest)
    return { outcome: 'added', mediaId: null, reason: null }
  } catch (error) {
    signal.throwIfAborted()
    return { outcome: 'failed', mediaId: null, reason: reasonOf(error) }
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
