import type { ExportProgress } from '../../contract/index.ts'

/** Figures of exports that run in this process, and the switch that stops each of them. Nothing here is stored. */
export interface LiveExports {
  begin(id: string, outer: AbortSignal): LiveExport
  progress(id: string): ExportProgress | null
  /** Tells an export to stop, and waits until it has. */
  stop(id: string): Promise<void>
}

export interface LiveExport {
  readonly signal: AbortSignal
  /** Stopped by a person rather than by the engine that closes. */
  isStopped(): boolean
  say(now: ExportProgress): void
  end(): void
}

export function createLiveExports(): LiveExports {
  /** Stopped before they began. */
  const unwanted = new Set<string>()
  const running = new Map<string, { now: ExportProgress; stop: AbortController; ended: Promise<void> }>()
  return {
    begin(id, outer) {
      const stop = new AbortController()
      const ended = Promise.withResolvers<void>()
      const now: ExportProgress = { phase: 'look', files: 0, totalFiles: 0, bytes: 0, totalBytes: 0 }
      const run = { now, stop, ended: ended.promise }
      running.set(id, run)
      if (unwanted.delete(id)) stop.abort(new Error('stopped'))
      return {
        signal: AbortSignal.any([outer, stop.signal]),
        isStopped: () => stop.signal.aborted,
        say(next) {
          run.now = next
        },
        end() {
          running.delete(id)
          ended.resolve()
        },
      }
    },
    progress: (id) => running.get(id)?.now ?? null,
    async stop(id) {
      const run = running.get(id)
      if (!run) unwanted.add(id)
      run?.stop.abort(new Error('stopped'))
      await run?.ended
    },
  }
}
