import type { ImportProgress } from '../../../contract/index.ts'

/** What is counted of an import; the same numbers are in its row when it stops. */
export type ImportCounts = Omit<
  ImportProgress,
  'filesPerSecond' | 'bytesPerSecond' | 'remainingSeconds' | 'currentFile'
>

/** Figures of imports that run in this process, and the switch that stops each of them. Nothing here is stored. */
export interface LiveImport {
  /** Aborts when the import must stop: paused, cancelled, or the engine is closing. */
  readonly signal: AbortSignal
  /** `path` is for people to read. */
  currentFile(path: string): void
  /** Adds to what is counted; what is not named stays. */
  count(more: Partial<Omit<ImportCounts, 'scanComplete'>>): void
  scanned(): void
  end(): void
}

export interface LiveImports {
  /** `from`: what is counted already, of an import that goes on. */
  begin(importId: string, userId: string, closing: AbortSignal, from: ImportCounts): LiveImport
  /** Tells a running import to stop where it is safe. Resolves when it has; its own caller need not wait for that. */
  stop(importId: string): Promise<void>
  /** Null when it does not run here. */
  progress(importId: string): ImportProgress | null
  isRunning(): boolean
  /** Called at most a few times a second for each import, and once with null when it has stopped. */
  listen(listener: (importId: string, userId: string, progress: ImportProgress | null) => void): () => void
}

interface Sample {
  readonly atMs: number
  readonly files: number
  readonly bytes: number
}

interface Entry {
  readonly userId: string
  readonly stop: AbortController
  readonly ended: Promise<void>
  readonly samples: Sample[]
  counts: ImportCounts
  file: string | null
  noticedAt: number
  due: NodeJS.Timeout | null
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

/** Rates are over this long, so that they are steady to look at and still follow the disk. */
const windowMs = 8000
const noticeEveryMs = 250

export function createLiveImports(now: () => number = () => performance.now()): LiveImports {
  const running = new Map<string, Entry>()
  const listeners = new Set<(importId: string, userId: string, progress: ImportProgress | null) => void>()

  /** Of several changes within a moment the last is sent when the moment is over. */
  function notice(importId: string, entry: Entry): void {
    if (entry.due !== null) return
    const waitMs = Math.max(entry.noticedAt + noticeEveryMs - now(), 0)
    entry.due = setTimeout(() => {
      entry.due = null
      entry.noticedAt = now()
      for (const listener of listeners) listener(importId, entry.userId, progressOf(entry))
    }, waitMs)
    entry.due.unref()
  }

  function progressOf(entry: Entry): ImportProgress {
    const { counts, samples } = entry
    const [first, last] = [samples[0], samples.at(-1)]
    const seconds = first ? Math.max((now() - first.atMs) / 1000, 0.001) : 1
    const filesPerSecond = first && last ? (last.files - first.files) / seconds : 0
    const bytesPerSecond = first && last ? (last.bytes - first.bytes) / seconds : 0
    // Bytes tell more than files: one film weighs as much as a thousand pictures. Files serve where no bytes are read.
    const byBytes = bytesPerSecond > 0 ? (counts.totalBytes - counts.doneBytes) / bytesPerSecond : null
    const byFiles = filesPerSecond > 0 ? (counts.seen - doneOf(counts)) / filesPerSecond : null
    const left = byBytes ?? byFiles
    return {
      ...counts,
      filesPerSecond,
      bytesPerSecond,
      remainingSeconds: counts.scanComplete && left !== null ? Math.max(left, 0) : null,
      currentFile: entry.file,
    }
  }

  return {
    begin(importId, userId, closing, from) {
      const stop = new AbortController()
      const ended = Promise.withResolvers<void>()
      const entry: Entry = {
        userId,
        stop,
        ended: ended.promise,
        samples: [{ atMs: now(), files: doneOf(from), bytes: from.doneBytes }],
        counts: from,
        file: null,
        noticedAt: -Infinity,
        due: null,
      }
      running.set(importId, entry)
      return {
        signal: AbortSignal.any([stop.signal, closing]),
        currentFile(path) {
          entry.file = path
          notice(importId, entry)
        },
        count(more) {
          const counts = { ...entry.counts }
          for (const name of counted) counts[name] += more[name] ?? 0
          entry.counts = counts
          entry.samples.push({ atMs: now(), files: doneOf(entry.counts), bytes: entry.counts.doneBytes })
          while (entry.samples.length > 2 && (entry.samples[1]?.atMs ?? 0) < now() - windowMs) entry.samples.shift()
          notice(importId, entry)
        },
        scanned() {
          entry.counts = { ...entry.counts, scanComplete: true }
          notice(importId, entry)
        },
        end() {
          running.delete(importId)
          if (entry.due !== null) clearTimeout(entry.due)
          ended.resolve()
          for (const listener of listeners) listener(importId, userId, null)
        },
      }
    },
    async stop(importId) {
      const entry = running.get(importId)
      entry?.stop.abort()
      await entry?.ended
    },
    progress(importId) {
      const entry = running.get(importId)
      return entry ? progressOf(entry) : null
    },
    isRunning: () => running.size > 0,
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Files that were dealt with. */
export function doneOf(counts: ImportCounts): number {
  const { added, duplicates, stacked, unsupported, damaged, later, failed } = counts
  return added + duplicates + stacked + unsupported + damaged + later + failed
}
