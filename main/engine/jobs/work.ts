import { createMeter, type Counted, type Meter, type Rates } from './meter.ts'

/** How far work is. A total that is not known yet is 0. */
export interface Progress extends Counted {
  readonly phase: string
  readonly totalFiles: number
  readonly totalBytes: number
}

export interface ProgressNow extends Progress, Rates {
  /** Until all of this phase is done; null until that can be told. */
  readonly secondsLeft: number | null
}

/** Work that runs in this process, for anyone who shows it. `Detail` is what its room shows besides. */
export interface RunningWork<Detail> {
  readonly userId: string | null
  readonly progress: ProgressNow
  readonly detail: Detail
}

/** The same, for anyone who does it. */
export interface Work<Detail> {
  /** Fires when it must stop: paused, cancelled, or the engine is closing. */
  readonly signal: AbortSignal
  /** Paused or cancelled by a person, rather than cut off by the engine that closes. */
  isStopped(): boolean
  report(progress: Progress, detail?: Detail): void
  end(): void
}

/** The running work of one kind. What outlives the process (that it is paused, how it ended) its room stores. */
export interface WorkOf<Detail> {
  /** Throws when work of this id runs already. */
  begin(
    id: string,
    given: { readonly userId: string | null; readonly outer: AbortSignal; readonly detail: Detail },
  ): Work<Detail>
  /** Null when it does not run here. */
  find(id: string): RunningWork<Detail> | null
  /** Tells work to stop where it is safe, to go on or not; resolves when it has, at once when it does not run. */
  stop(id: string): Promise<void>
  isRunning(): boolean
}

/** Sent at most four times a second for each piece of work, and once when it has ended. */
export interface WorkEvent {
  readonly kind: string
  readonly id: string
  readonly userId: string | null
  readonly isOver: boolean
}

/** All work that runs in this process. Nothing here is stored. */
export interface WorkRegistry {
  /** The work of one kind. Each kind is asked for once, by its room. */
  of<Detail>(kind: string): WorkOf<Detail>
  listen(listener: (event: WorkEvent) => void): () => void
}

const eventEveryMs = 250
const noProgress: Progress = { phase: '', files: 0, totalFiles: 0, bytes: 0, totalBytes: 0 }

interface Entry<Detail> {
  readonly userId: string | null
  readonly stopping: AbortController
  readonly ended: PromiseWithResolvers<void>
  meter: Meter
  progress: Progress
  detail: Detail
  toldAt: number
  telling: NodeJS.Timeout | null
}

export function createWork(nowMs: () => number = () => performance.now()): WorkRegistry {
  const listeners = new Set<(event: WorkEvent) => void>()
  const kinds = new Set<string>()

  function emit(event: WorkEvent): void {
    for (const listener of listeners) listener(event)
  }

  return {
    of<Detail>(kind: string): WorkOf<Detail> {
      if (kinds.has(kind)) throw new Error(`work of the kind ${kind} has its room already`)
      kinds.add(kind)
      return workOf<Detail>(kind, nowMs, emit)
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function workOf<Detail>(kind: string, nowMs: () => number, emit: (event: WorkEvent) => void): WorkOf<Detail> {
  const running = new Map<string, Entry<Detail>>()

  /** Of several changes within a moment one event is sent when the moment is over. */
  function emitSoon(id: string, entry: Entry<Detail>): void {
    if (entry.telling !== null) return
    entry.telling = setTimeout(
      () => {
        entry.telling = null
        entry.toldAt = nowMs()
        emit({ kind, id, userId: entry.userId, isOver: false })
      },
      Math.max(entry.toldAt + eventEveryMs - nowMs(), 0),
    )
    entry.telling.unref()
  }

  return {
    begin(id, { userId, outer, detail }) {
      if (running.has(id)) throw new Error(`${kind} ${id} runs already`)
      const entry: Entry<Detail> = {
        userId,
        stopping: new AbortController(),
        ended: Promise.withResolvers(),
        meter: createMeter(nowMs),
        progress: noProgress,
        detail,
        toldAt: -Infinity,
        telling: null,
      }
      running.set(id, entry)
      return {
        signal: AbortSignal.any([outer, entry.stopping.signal]),
        isStopped: () => entry.stopping.signal.aborted,
        report(progress, now = entry.detail) {
          // Another phase counts something else.
          if (progress.phase !== entry.progress.phase) entry.meter = createMeter(nowMs)
          entry.meter.note(progress)
          entry.progress = progress
          entry.detail = now
          emitSoon(id, entry)
        },
        end() {
          running.delete(id)
          if (entry.telling !== null) clearTimeout(entry.telling)
          entry.ended.resolve()
          emit({ kind, id, userId, isOver: true })
        },
      }
    },
    find(id) {
      const entry = running.get(id)
      return entry ? { userId: entry.userId, progress: progressOf(entry), detail: entry.detail } : null
    },
    async stop(id) {
      const entry = running.get(id)
      entry?.stopping.abort(new Error('stopped'))
      await entry?.ended.promise
    },
    isRunning: () => running.size > 0,
  }
}

function progressOf({ progress, meter }: Pick<Entry<unknown>, 'progress' | 'meter'>): ProgressNow {
  const rates = meter.rates()
  const left = (total: number, done: number, perSecond: number | null): number | null =>
    total > 0 && perSecond !== null && perSecond > 0 ? Math.max(total - done, 0) / perSecond : null
  return {
    ...progress,
    ...rates,
    // Bytes tell more than files: one film weighs as much as a thousand pictures. Files serve where no bytes are read.
    secondsLeft:
      left(progress.totalBytes, progress.bytes, rates.bytesPerSecond) ??
      left(progress.totalFiles, progress.files, rates.filesPerSecond),
  }
}
