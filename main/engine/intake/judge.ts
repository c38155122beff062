import { basename } from 'node:path'
import type { Reason } from '../../contract/index.ts'
import { openable, shownPath } from '../base/path-text.ts'
import { hashFile, readHead, reason, reasonOf } from '../files/index.ts'
import { KIND_BYTES } from '../media/index.ts'
import type { IntakeContext } from './context.ts'
import type { WaitingItem } from './item.ts'
import { mediaWithHashes } from './known.ts'
import { sidecarKind } from './sidecars/names.ts'
import { isGone } from './waiting.ts'

export interface Verdict {
  readonly outcome: 'added' | 'duplicate' | 'stacked' | 'unsupported' | 'failed'
  readonly mediaId: string | null
  readonly reason: Reason | null
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
  if (isGone(item)) return { outcome: 'failed', mediaId: null, reason: reason('gone') }
  if (sidecarKind(file.path) !== null) return { outcome: 'stacked', mediaId: null, reason: reason('sidecar-of-photo') }
  if (file.sizeBytes === 0) return { outcome: 'failed', mediaId: null, reason: reason('empty') }
  try {
    const head = await readHead(openable(file.path), KIND_BYTES)
    const kind = await context.workers.recognise(head, shownPath(basename(file.path)), { signal })
    if (kind === null) return { outcome: 'unsupported', mediaId: null, reason: reason('unknown-kind') }
    const hash = once(() => hashFile(openable(file.path), signal).then((read) => read.hash))
    if (sizes.stored.has(file.sizeBytes)) {
      const digest = await hash()
      const known = (await context.database.read(userId, (tx) => mediaWithHashes(tx, userId, [digest]))).get(digest)
      if (known && !known.isTrashed) return { outcome: 'duplicate', mediaId: known.id, reason: null }
    }
    const twin = sizes.met.get(file.sizeBytes)
    if (!twin) {
      sizes.met.set(file.sizeBytes, { first: item, hashes: null })
      return { outcome: 'added', mediaId: null, reason: null }
    }
    twin.hashes ??= new Set([(await hashFile(openable(twin.first.file.path), signal)).hash])
    const digest = await hash()
    if (twin.hashes.has(digest)) return { outcome: 'duplicate', mediaId: null, reason: reason('twice-in-import') }
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
