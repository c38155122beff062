import type { BackupProgressNow, BackupRunKind } from '../../contract/index.ts'

type Figures = Omit<BackupProgressNow, 'kind' | 'bytesPerSecond' | 'secondsLeft'>

/** What backup runs show of themselves while they run, and the keys given for this session. */
export interface LiveBackups {
  begin(backupId: string, kind: BackupRunKind, outer: AbortSignal): LiveRun
  progress(backupId: string): BackupProgressNow | null
  isRunning(): boolean
  /** Stops the run of a backup, and waits until it has. */
  stop(backupId: string): Promise<void>
  /** Repository keys by backup, in memory only. */
  readonly keys: Map<string, string>
}

export interface LiveRun {
  readonly signal: AbortSignal
  /** Stopped by a person rather than by the engine that closes. */
  isStopped(): boolean
  say(now: Figures): void
  end(): void
}

/** Rates are over this long, so that they are steady to look at and still follow the disk. */
const windowMs = 10_000
/** Before that a rate says nothing. */
const leastMs = 1000

interface Run {
  readonly kind: BackupRunKind
  readonly stop: AbortController
  readonly ended: PromiseWithResolvers<void>
  now: Figures
  samples: { readonly atMs: number; readonly done: number }[]
}

/** What is counted: bytes where they are known, files elsewhere. */
const doneOf = (now: Figures): number => (now.totalBytes > 0 ? now.bytes : now.files)
const totalOf = (now: Figures): number => (now.totalBytes > 0 ? now.totalBytes : now.totalFiles)

export function createLiveBackups(nowMs: () => number = () => performance.now()): LiveBackups {
  const runs = new Map<string, Run>()

  function shown({ kind, now, samples }: Run): BackupProgressNow {
    const [first, last] = [samples[0], samples.at(-1)]
    const ms = first ? nowMs() - first.atMs : 0
    const perSecond = first && last && ms >= leastMs ? ((last.done - first.done) / ms) * 1000 : 0
    return {
      kind,
      ...now,
      bytesPerSecond: perSecond > 0 && now.totalBytes > 0 ? perSecond : null,
      secondsLeft: perSecond > 0 ? (totalOf(now) - doneOf(now)) / perSecond : null,
    }
  }

  return {
    keys: new Map(),
    begin(backupId, kind, outer) {
      const run: Run = {
        kind,
        stop: new AbortController(),
        ended: Promise.withResolvers(),
        now: { phase: 'start', files: 0, totalFiles: 0, bytes: 0, totalBytes: 0 },
        samples: [],
      }
      runs.set(backupId, run)
      return {
        signal: AbortSignal.any([outer, run.stop.signal]),
        isStopped: () => run.stop.signal.aborted,
        say(now) {
          // Another phase counts something else.
          if (now.phase !== run.now.phase) run.samples = []
          run.now = now
          run.samples.push({ atMs: nowMs(), done: doneOf(now) })
          while (run.samples.length > 2 && (run.samples[1]?.atMs ?? 0) < nowMs() - windowMs) run.samples.shift()
        },
        end() {
          runs.delete(backupId)
          run.ended.resolve()
        },
      }
    },
    progress(backupId) {
      const run = runs.get(backupId)
      return run ? shown(run) : null
    },
    isRunning: () => runs.size > 0,
    async stop(backupId) {
      const run = runs.get(backupId)
      run?.stop.abort(new Error('stopped'))
      await run?.ended.promise
    },
  }
}
