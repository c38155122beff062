/** What is counted of work while it runs. */
export interface Counted {
  readonly files: number
  readonly bytes: number
}

export interface Rates {
  /** Over the last seconds; null until they say something. */
  readonly filesPerSecond: number | null
  readonly bytesPerSecond: number | null
}

/** Measures how fast something gets on. */
export interface Meter {
  note(counted: Counted): void
  rates(): Rates
}

/** Rates are over this long, so that they are steady to look at and still follow the disk. */
const windowMs = 10_000
/** Before that a rate says nothing. */
const leastMs = 1000
/** Of several notes within this long the last one counts. */
const grainMs = 50

interface Sample extends Counted {
  readonly atMs: number
}

export function createMeter(nowMs: () => number): Meter {
  const samples: Sample[] = []
  return {
    note({ files, bytes }) {
      const sample = { atMs: nowMs(), files, bytes }
      const before = samples.at(-2)
      if (before && sample.atMs - before.atMs < grainMs) samples.pop()
      samples.push(sample)
      while (samples.length > 2 && (samples[1]?.atMs ?? 0) < sample.atMs - windowMs) samples.shift()
    },
    rates() {
      const [first, last] = [samples[0], samples.at(-1)]
      const ms = first ? nowMs() - first.atMs : 0
      if (!first || !last || ms < leastMs) return { filesPerSecond: null, bytesPerSecond: null }
      const perSecond = (from: number, to: number): number => ((to - from) / ms) * 1000
      return {
        filesPerSecond: perSecond(first.files, last.files),
        bytesPerSecond: perSecond(first.bytes, last.bytes),
      }
    },
  }
}
