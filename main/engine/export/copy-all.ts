import type { ExportProgress, ExportResult } from '../../contract/index.ts'
import { copyOriginal, setTime, type CopyOutcome, type CopyTarget } from './copy.ts'
import { fileTimeMs, type Placed } from './places.ts'

/** Copies at once: one reads while another waits for the disk to sync. */
const lanes = 4

export const copyReasons = {
  missing: 'Its original is not where it should be, or cannot be read.',
  damaged: 'Its contents are not what was stored. It was exported as it is.',
  changing: 'Its original was changing. Export again.',
} as const

export interface CopyFailure {
  readonly id: string
  readonly filename: string
  readonly outcome: Exclude<CopyOutcome, 'copied'>
  readonly reason: string
}

/**
 * Brings every original to its place, several at once, and then what goes beside it. Answers those that could not be
 * copied, or are damaged, in the order given. Throws what the destination throws and what `signal` gives as its reason.
 */
export async function copyAll(
  target: CopyTarget,
  placed: readonly Placed[],
  signal: AbortSignal,
  say: (now: Omit<ExportProgress, 'phase'>) => void,
  writeBeside: (each: Placed) => Promise<void>,
): Promise<CopyFailure[]> {
  const totalBytes = placed.reduce((sum, { item }) => sum + item.sizeBytes, 0)
  const failed: (CopyFailure & { place: number })[] = []
  let files = 0
  let bytes = 0
  const queue = placed.entries()
  async function lane(): Promise<void> {
    for (const [place, each] of queue) {
      signal.throwIfAborted()
      const { item, path, isThere } = each
      if (isThere) await setTime(target.dir, path, fileTimeMs(item))
      else {
        const outcome = await copyOriginal(target, each, signal)
        if (outcome !== 'copied') {
          failed.push({ place, id: item.id, filename: item.filename, outcome, reason: copyReasons[outcome] })
        }
      }
      await writeBeside(each)
      files += 1
      bytes += item.sizeBytes
      say({ files, totalFiles: placed.length, bytes, totalBytes })
    }
  }
  const done = await Promise.allSettled(Array.from({ length: lanes }, lane))
  const failure = done.find((each) => each.status === 'rejected')
  if (failure) throw failure.reason
  return failed.toSorted((left, right) => left.place - right.place)
}

/** What of an export is in its folder now, when these could not be copied; a damaged one is there as it is. */
export function sumOfCopied(
  placed: readonly Placed[],
  failures: readonly CopyFailure[],
): Pick<ExportResult, 'files' | 'bytes' | 'byType' | 'failed'> & { readonly lost: ReadonlySet<string> } {
  const lost = new Set(failures.filter((each) => each.outcome !== 'damaged').map((each) => each.id))
  const there = placed.filter(({ item }) => !lost.has(item.id))
  const byType: Record<string, number> = {}
  for (const { item } of there) byType[item.mediaType] = (byType[item.mediaType] ?? 0) + 1
  return {
    files: there.length,
    bytes: there.reduce((sum, { item }) => sum + item.sizeBytes, 0),
    byType,
    failed: failures.map(({ id, filename, reason }) => ({ id, filename, reason })),
    lost,
  }
}
