import { CofferError } from '../base/errors.ts'
import type { Progress, WorkOf } from './work.ts'

/** How work stands of which one runs at a time. `about` says what was asked for. */
export type SingleState<About, Result> =
  | { readonly status: 'none' }
  | ({ readonly about: About; readonly progress: Progress } & (
      | { readonly status: 'running' | 'cancelled' }
      | { readonly status: 'done'; readonly result: Result }
      | { readonly status: 'failed'; readonly error: unknown }
    ))

/** Work of which one runs at a time and nothing is stored; how it ended stays until the next begins. */
export interface SingleWork<About, Result> {
  /**
   * Prepares work and begins it; what `prepare` throws is thrown, and changes nothing. Throws `conflict` while one runs or is
   * being prepared.
   */
  start(
    prepare: () => Promise<{
      readonly about: About
      readonly phase: string
      readonly run: (work: {
        readonly signal: AbortSignal
        readonly onProgress: (now: Partial<Progress>) => void
      }) => Promise<Result>
    }>,
  ): Promise<void>
  state(): SingleState<About, Result>
  /** Stops what runs; resolves when it has. */
  cancel(): Promise<void>
  /** Resolves when nothing runs. */
  settled(): Promise<void>
}

/** `running` shows it while it runs; `busy` is the sentence for a caller that asks for a second one. */
export function createSingle<About, Result>(running: WorkOf<null>, busy: string): SingleWork<About, Result> {
  const id = 'single'
  const open = new AbortController()
  let state: SingleState<About, Result> = { status: 'none' }
  let isTaken = false
  let ending: Promise<void> = Promise.resolve()
  return {
    async start(prepare) {
      if (isTaken) throw new CofferError(busy, { code: 'conflict', retry: 'later' })
      isTaken = true
      const prepared = await prepare().catch((error: unknown) => {
        isTaken = false
        throw error
      })
      const { about, phase, run } = prepared
      let progress: Progress = { phase, files: 0, totalFiles: 0, bytes: 0, totalBytes: 0 }
      const work = running.begin(id, { userId: null, outer: open.signal, detail: null })
      const onProgress = (now: Partial<Progress>): void => {
        progress = { ...progress, ...now }
        work.report(progress)
        state = { status: 'running', about, progress }
      }
      onProgress({})
      ending = run({ signal: work.signal, onProgress })
        .then(
          (result) => {
            state = { status: 'done', about, progress, result }
          },
          (error: unknown) => {
            state = work.isStopped()
              ? { status: 'cancelled', about, progress }
              : { status: 'failed', about, progress, error }
          },
        )
        .finally(() => {
          isTaken = false
          work.end()
        })
    },
    state: () => state,
    cancel: () => running.stop(id),
    settled: () => ending,
  }
}
