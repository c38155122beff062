import type { ImportProgress } from '../../contract/index.ts'
import type { WorkOf } from '../jobs/index.ts'

/** What running imports are called among the work of a vault. */
export const importWork = 'import'

/** What is counted of an import; the same numbers are in its row when it stops. */
export type ImportCounts = Omit<
  ImportProgress,
  'filesPerSecond' | 'bytesPerSecond' | 'remainingSeconds' | 'currentFile'
>

/** What is shown of a running import besides how far it is. */
export interface ImportDetail {
  readonly counts: ImportCounts
  /** For people to read. */
  readonly file: string | null
}

/** A running import, for those who do it. */
export interface ImportWork {
  /** Aborts when the import must stop: paused, cancelled, or the engine is closing. */
  readonly signal: AbortSignal
  /** `path` is for people to read. */
  currentFile(path: string): void
  /** Adds to what is counted; what is not named stays. */
  count(more: Partial<Omit<ImportCounts, 'scanComplete'>>): void
  scanned(): void
  end(): void
}

const counted = [
  'seen',
  'added',
  'duplicates',
  'stacked',
  'unsupported',
  'damaged',
  'later',
  'failed',
  'skipped',
  'totalBytes',
  'doneBytes',
] as const satisfies readonly (keyof ImportCounts)[]

/** Begins the work of an import. `from`: what is counted already, of one that goes on. */
export function beginImport(
  running: WorkOf<ImportDetail>,
  importId: string,
  given: { readonly userId: string; readonly closing: AbortSignal; readonly from: ImportCounts },
): ImportWork {
  let detail: ImportDetail = { counts: given.from, file: null }
  const work = running.begin(importId, { userId: given.userId, outer: given.closing, detail })

  function report(now: Partial<ImportDetail>): void {
    detail = { ...detail, ...now }
    const { counts } = detail
    // Before everything was found, nobody knows how much it is.
    const totals = counts.scanComplete
      ? { totalFiles: counts.seen, totalBytes: counts.totalBytes }
      : { totalFiles: 0, totalBytes: 0 }
    work.report({ phase: '', files: doneOf(counts), bytes: counts.doneBytes, ...totals }, detail)
  }

  report({})
  return {
    signal: work.signal,
    currentFile: (path) => report({ file: path }),
    count(more) {
      const counts = { ...detail.counts }
      for (const name of counted) counts[name] += more[name] ?? 0
      report({ counts })
    },
    scanned: () => report({ counts: { ...detail.counts, scanComplete: true } }),
    end: () => work.end(),
  }
}

/** The figures of an import that runs here; null when it does not. */
export function importProgress(running: WorkOf<ImportDetail>, importId: string): ImportProgress | null {
  const work = running.find(importId)
  if (!work) return null
  const { counts, file } = work.detail
  const { filesPerSecond, bytesPerSecond, secondsLeft } = work.progress
  return { ...counts, filesPerSecond, bytesPerSecond, remainingSeconds: secondsLeft, currentFile: file }
}

/** Files that were dealt with. */
function doneOf(counts: ImportCounts): number {
  const { added, duplicates, stacked, unsupported, damaged, later, failed } = counts
  return added + duplicates + stacked + unsupported + damaged + later + failed
}
