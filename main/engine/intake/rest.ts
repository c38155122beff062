import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openable, shownPath } from '../base/path-text.ts'
import { isAtRest, readHead, reason, type SourceFile } from '../files/index.ts'
import { KIND_BYTES, type MediaWorkers } from '../media/index.ts'
import type { WaitingItem } from './item.ts'
import type { Pipeline } from './pipeline.ts'
import { sidecarKind } from './sidecars/names.ts'
import { asItNowIs, isGone } from './waiting.ts'

const lookAgainMs = 500
/** A file that never comes to rest is given up after this long; the next import takes it. */
const restLimitMs = 10 * 60_000
/** Every kind is known by less than this; a file that is shorter may still become one. */
const tellingBytes = 512

/**
 * Looks at files that were just written until two looks agree, then takes them in. What is of no known kind is not waited for:
 * a log that is written to all the time must not hold up an import. `take` is given those that are at rest.
 */
export async function takeWhenAtRest(
  files: readonly WaitingItem[],
  pipeline: Pipeline,
  take: (items: readonly WaitingItem[]) => Promise<void>,
  { workers, signal }: { readonly workers: MediaWorkers; readonly signal: AbortSignal },
): Promise<void> {
  const giveUpAt = performance.now() + restLimitMs
  let waiting = files
  while (waiting.length > 0) {
    await pause(lookAgainMs, undefined, { signal })
    const [still, calm]: [WaitingItem[], WaitingItem[]] = [[], []]
    for (const item of waiting) {
      const { file } = await asItNowIs({ id: item.id, path: item.file.path })
      const now: WaitingItem = { ...item, file }
      const isSame = file.sizeBytes === item.file.sizeBytes && file.mtimeNs === item.file.mtimeNs
      if (isGone(now)) pipeline.settle({ outcome: 'failed', item: now, reason: reason('gone') })
      else if (isSame && isAtRest(file)) calm.push(now)
      else if (await isOfNoKind(workers, file, signal)) {
        pipeline.settle({ outcome: 'unsupported', item: now, reason: reason('unknown-kind') })
      } else if (performance.now() > giveUpAt) {
        pipeline.settle({ outcome: 'failed', item: now, reason: reason('still-written') })
      } else still.push(now)
    }
    await take(calm)
    waiting = [...still, ...(await pipeline.drained())]
  }
}

/** True when a file that is still being written will be of no kind we keep, whatever follows. */
export async function isOfNoKind(
  workers: MediaWorkers,
  file: Pick<SourceFile, 'path' | 'sizeBytes'>,
  signal: AbortSignal,
): Promise<boolean> {
  if (file.sizeBytes < tellingBytes || sidecarKind(file.path) !== null) return false
  const head = await readHead(openable(file.path), KIND_BYTES).catch(() => null)
  // Programs that know how long a file will be begin with zeros and fill them in.
  if (head === null || head.subarray(0, tellingBytes).every((byte) => byte === 0)) return false
  return (await workers.recognise(head, shownPath(basename(file.path)), { signal })) === null
}
