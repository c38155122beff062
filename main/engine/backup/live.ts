import type { BackupProgressNow, BackupRunKind } from '../../contract/index.ts'

/** What backup runs show of themselves while they run, and the keys given for this session. */
export interface LiveBackups {
  begin(backupId: string, kind: BackupRunKind, outer: AbortSignal): LiveRun
  progress(backupId: string): BackupProgressNow | null
  isRunning(): boolean
  /** Stops the run of a backup; true when there was one. */
  stop(backupId: string): boolean
  /** Repository keys by backup, in memory only. */
  readonly keys: Map<string, string>
}

export interface LiveRun {
  readonly signal: AbortSignal
  /** Stopped by a person rather than by the engine that closes. */
  isStopped(): boolean
  say(now: Omit<BackupProgressNow, 'kind'>): void
  end(): void
}

export function createLiveBackups(): LiveBackups {
  const runs = new Map<string, { now: BackupProgressNow; stop: AbortController }>()
  return {
    keys: new Map(),
    begin(backupId, kind, outer) {
      const stop = new AbortController()
      const run = { now: { kind, phase: 'start', files: 0, totalFiles: 0, bytes: 0, totalBytes: 0 }, stop }
      runs.set(backupId, run)
      return {
        signal: AbortSignal.any([outer, stop.signal]),
        isStopped: () => stop.signal.aborted,
        say(now) {
          run.now = { kind, ...now }
        },
        end: () => void runs.delete(backupId),
      }
    },
    progress: (backupId) => runs.get(backupId)?.now ?? null,
    isRunning: () => runs.size > 0,
    stop(backupId) {
      const run = runs.get(backupId)
      run?.stop.abort(new Error('stopped'))
      return run !== undefined
    },
  }
}
