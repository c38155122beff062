/** Figures of imports that run in this process, and the switch that stops each of them. Nothing here is stored. */
export interface LiveImport {
  /** Aborts when the import must stop: paused, cancelled, or the engine is closing. */
  readonly signal: AbortSignal
  currentFile(path: string): void
  progressed(files: number, bytes: number): void
  end(): void
}

export interface LiveFigures {
  readonly currentFile: string | null
  readonly filesPerSecond: number
  readonly bytesPerSecond: number
}

export interface LiveImports {
  begin(importId: string, userId: string, closing: AbortSignal): LiveImport
  /** Tells a running import to stop where it is safe, and waits until it has. */
  stop(importId: string): Promise<void>
  figures(importId: string): LiveFigures | null
  isRunning(): boolean
  listen(listener: (importId: string, userId: string) => void): () => void
}

interface Sample {
  readonly atMs: number
  readonly files: number
  readonly bytes: number
}

/** Rates are over this long, so that they are steady to look at and still follow the disk. */
const windowMs = 8000
const noticeEveryMs = 250

export function createLiveImports(now: () => number = () => performance.now()): LiveImports {
  const running = new Map<
    string,
    { stop: AbortController; ended: Promise<void>; samples: Sample[]; file: string | null }
  >()
  const listeners = new Set<(importId: string, userId: string) => void>()
  let lastNotice = 0

  function notice(importId: string, userId: string, isFinal: boolean): void {
    if (!isFinal && now() - lastNotice < noticeEveryMs) return
    lastNotice = now()
    for (const listener of listeners) listener(importId, userId)
  }

  return {
    begin(importId, userId, closing) {
      const stop = new AbortController()
      const ended = Promise.withResolvers<void>()
      const entry = {
        stop,
        ended: ended.promise,
        samples: [{ atMs: now(), files: 0, bytes: 0 }],
        file: null as string | null,
      }
      running.set(importId, entry)
      return {
        signal: AbortSignal.any([stop.signal, closing]),
        currentFile(path) {
          entry.file = path
          notice(importId, userId, false)
        },
        progressed(files, bytes) {
          const last = entry.samples.at(-1) ?? { atMs: 0, files: 0, bytes: 0 }
          entry.samples.push({ atMs: now(), files: last.files + files, bytes: last.bytes + bytes })
          while (entry.samples.length > 2 && (entry.samples[1]?.atMs ?? 0) < now() - windowMs) entry.samples.shift()
          notice(importId, userId, false)
        },
        end() {
          running.delete(importId)
          ended.resolve()
          notice(importId, userId, true)
        },
      }
    },
    async stop(importId) {
      const entry = running.get(importId)
      entry?.stop.abort()
      await entry?.ended
    },
    figures(importId) {
      const entry = running.get(importId)
      const first = entry?.samples[0]
      const last = entry?.samples.at(-1)
      if (!entry || !first || !last) return null
      const seconds = Math.max((now() - first.atMs) / 1000, 0.001)
      return {
        currentFile: entry.file,
        filesPerSecond: (last.files - first.files) / seconds,
        bytesPerSecond: (last.bytes - first.bytes) / seconds,
      }
    },
    isRunning: () => running.size > 0,
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
