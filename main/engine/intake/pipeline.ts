import { shownPath } from '../base/path-text.ts'
import { assertRoom } from '../database/index.ts'
import { CopyFailed, keepAll, reason } from '../files/index.ts'
import type { IntakeContext } from './context.ts'
import { assertWritable, describe, ImportStopped, stopReason } from './faults.ts'
import type { ItemResult, SettledResult, WaitingItem } from './item.ts'
import type { ImportWork } from './import-work.ts'
import type { ImportToPrepare } from './prepare.ts'
import { storeInHalves } from '../base/in-halves.ts'
import { bytesOf, mediaOf, noOutcomes, storeResults, type ImportToStore, type Stored } from './store.ts'

/** A batch is stored when it has this many results or is this old: rows wait little, transactions stay few. */
const newBatchSize = 48
const batchSize = 256
/** More batches than this waiting to be stored hold the reading back. */
const maxQueuedBatches = 4
const batchMs = 400

export interface RunToIntake extends ImportToPrepare, ImportToStore {
  /** Called after each batch that is stored: something got done that lasts. */
  progressed(): void
}

/** Reads a few files at once and stores what became of them in batches. */
export interface Pipeline {
  /** Takes a file in as soon as there is a free place; returns when it was handed over, not when it is done. */
  take(item: WaitingItem, prepare: (item: WaitingItem) => Promise<ItemResult>): Promise<void>
  settle(result: ItemResult): void
  /** Holds the caller while storing lags behind. */
  caughtUp(): Promise<void>
  /** Waits until everything handed over is stored; gives back the files that are still being written. */
  drained(): Promise<WaitingItem[]>
  close(): Promise<void>
}

export function openPipeline(context: IntakeContext, run: RunToIntake, work: ImportWork): Pipeline {
  const width = context.workers.size + 2
  const running = new Set<Promise<void>>()
  let failure: { error: unknown } | null = null
  let ready: SettledResult[] = []
  let unsettled: WaitingItem[] = []
  let storing: Promise<void> = Promise.resolve()
  let queued = 0
  let timer: NodeJS.Timeout | undefined
  const store = batchStore(context, run)

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const batch = ready
    ready = []
    if (batch.length === 0) return
    queued += 1
    storing = storing.then(async () => {
      queued -= 1
      try {
        if (failure) return
        const { added, duplicate, ...others } = await store(batch)
        context.database.noteBulk(batch.length)
        work.count({ added, duplicates: duplicate, ...others, doneBytes: bytesOf(batch) })
        run.progressed()
      } catch (error) {
        failure ??= { error }
      } finally {
        for (const result of batch) releaseRoom(context, run.userId, result)
      }
    })
  }

  function settle(result: ItemResult): void {
    if (result.outcome === 'unsettled') {
      unsettled.push(result.item)
      return
    }
    ready.push(result)
    if (ready.length >= batchSize || fresh() >= newBatchSize) flush()
    else timer ??= setTimeout(flush, batchMs)
  }

  function fresh(): number {
    return ready.reduce((sum, result) => sum + (result.outcome === 'new' || result.outcome === 'sidecar' ? 1 : 0), 0)
  }

  function throwFailure(): void {
    if (failure) throw failure.error
  }

  async function takeOne(item: WaitingItem, prepare: (item: WaitingItem) => Promise<ItemResult>): Promise<void> {
    try {
      // The database needs room to go on, and a full disk is easier to bear before it is full.
      await assertRoom(context.vaultDir, run.isReference ? 0 : Math.max(item.file.sizeBytes, 0))
      settle(await prepare(item))
    } catch (error) {
      // What an abort cuts off runs again later; what was finished before it is still stored.
      if (work.signal.aborted) return
      try {
        if (stopReason(error) !== null) throw error
        await assertWritable(run.incoming)
        context.log.error('import-item-failed', { import: run.id, item: item.id, error: describe(error) })
        settle({ outcome: 'failed', item, reason: reason('not-stored') })
      } catch (general) {
        failure ??= { error: general }
      }
    }
  }

  return {
    settle,
    async caughtUp() {
      if (queued > maxQueuedBatches) await storing
      throwFailure()
    },
    async take(item, prepare) {
      while (running.size >= width) await Promise.race(running)
      throwFailure()
      work.signal.throwIfAborted()
      work.currentFile(shownPath(item.file.path))
      const task: Promise<void> = takeOne(item, prepare).finally(() => running.delete(task))
      running.add(task)
    },
    async drained() {
      await Promise.all(running)
      flush()
      await storing
      throwFailure()
      const files = unsettled
      unsettled = []
      return files
    },
    async close() {
      await Promise.all(running)
      flush()
      await storing
    },
  }
}

function releaseRoom(context: IntakeContext, userId: string, result: SettledResult): void {
  const kept =
    result.outcome === 'new'
      ? [result.media, ...(result.media.sidecar === null ? [] : [result.media.sidecar])]
      : result.outcome === 'sidecar'
        ? [result.sidecar]
        : []
  for (const each of kept) if (each.storage === 'vault') context.space.release(userId, each.sizeBytes)
}

/**
 * Keeps the files of a batch and stores its rows in one transaction. When the database refuses it, the batch is halved until
 * only the odd file is left: it is listed as failed, and everything else is in.
 */
function batchStore(
  context: IntakeContext,
  run: RunToIntake,
): (batch: readonly SettledResult[]) => Promise<Stored['counts']> {
  /** Ids that later results may name, of items that came to be another, or none. */
  const merged = new Map<string, string>()
  const refused = new Set<string>()

  return async (given) => {
    let total = noOutcomes
    const unkept = new Set<string>()

    const storeSome = (results: readonly SettledResult[]): Promise<void> =>
      storeInHalves(results, {
        async store(some) {
          const stored = await context.database.asService((tx) => storeResults(tx, run, some.map(followed)))
          for (const [from, to] of stored.merged) merged.set(from, to)
          for (const id of stored.unneeded) unkept.add(id)
          total = sum(total, stored.counts)
        },
        isOfItems: (error) => !(error instanceof ImportStopped) && stopReason(error) === null,
        async onAlone(only, error) {
          if (only.outcome === 'failed') throw error
          context.log.error('import-item-not-stored', { import: run.id, item: only.item.id, error: describe(error) })
          await refuse(only)
        },
      })

    async function refuse(result: SettledResult): Promise<void> {
      for (const id of ownersOf(result)) unkept.add(id)
      if (result.outcome === 'new') refused.add(result.media.id)
      await storeSome([{ outcome: 'failed', item: result.item, reason: reason('not-stored') }])
    }

    /** A result that points at an item of another batch, as that came out. */
    function followed(result: SettledResult): SettledResult {
      const id = result.outcome === 'duplicate' ? mediaOf(result) : null
      if (id === null || result.outcome !== 'duplicate') return result
      if (refused.has(id)) return { outcome: 'failed', item: result.item, reason: reason('not-stored') }
      const other = merged.get(id)
      return other === undefined ? result : { ...result, mediaId: other }
    }

    try {
      const keeping = given.flatMap(keepingOf)
      await keepAll(context.vaultDir, run.incoming, keeping, async (unmoved) => {
        const hasMoved = (result: SettledResult): boolean => !ownersOf(result).some((id) => unmoved.has(id))
        await storeSome(given.filter(hasMoved))
        for (const result of given) {
          if (hasMoved(result)) continue
          const [error] = ownersOf(result).flatMap((id) => unmoved.get(id) ?? [])
          context.log.error('import-item-not-kept', { import: run.id, item: result.item.id, error: describe(error) })
          await refuse(result)
        }
        return unkept
      })
    } catch (error) {
      // What the system says here it says of the vault: the person's files are not touched.
      const isSystem = error instanceof Error && 'syscall' in error
      throw isSystem ? new CopyFailed(error) : error
    }
    for (const result of given) if (result.outcome === 'new') run.inFlight.delete(result.media.hash)
    return total
  }
}

function ownersOf(result: SettledResult): string[] {
  if (result.outcome === 'sidecar') return [result.sidecar.id]
  if (result.outcome !== 'new') return []
  return [result.media.id, ...(result.media.sidecar === null ? [] : [result.media.sidecar.id])]
}

function keepingOf(result: SettledResult) {
  return result.outcome === 'new' ? result.media.keeping : result.outcome === 'sidecar' ? result.sidecar.keeping : []
}

function sum(one: Stored['counts'], other: Stored['counts']): Stored['counts'] {
  return {
    added: one.added + other.added,
    duplicate: one.duplicate + other.duplicate,
    stacked: one.stacked + other.stacked,
    unsupported: one.unsupported + other.unsupported,
    damaged: one.damaged + other.damaged,
    later: one.later + other.later,
    failed: one.failed + other.failed,
  }
}
