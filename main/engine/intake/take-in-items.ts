import { isAtRest, reason } from '../files/index.ts'
import { recordChanges } from '../changes/index.ts'
import type { IntakeContext } from './context.ts'
import { folderFinder } from './folders.ts'
import type { ItemResult, WaitingItem } from './item.ts'
import { knownSources, storedSizes } from './known.ts'
import type { ImportWork } from './import-work.ts'
import { openPipeline, type Pipeline, type RunToIntake } from './pipeline.ts'
import { prepare } from './prepare.ts'
import { takeWhenAtRest } from './rest.ts'
import { applyLaterFacts } from './sidecars/apply.ts'
import { lookBeside } from './sidecars/beside.ts'
import { sidecarKind } from './sidecars/names.ts'
import { adoptWaiting, prepareSidecar } from './sidecars/prepare.ts'
import { linkWaiting } from './sidecars/store.ts'
import { isGone, waitingPages } from './waiting.ts'

export interface ImportToTakeIn {
  readonly id: string
  readonly userId: string
  readonly isReference: boolean
  readonly albumPerFolder: boolean
  readonly isWatched: boolean
  readonly incoming: string
  readonly isUrgent: boolean
  /** Called after each batch that is stored. */
  progressed(): void
}

/**
 * Takes every waiting file of an import in: first photos and all the rest, then sidecars, which belong to a photo that is in
 * then, and at last those that waited since an earlier import.
 */
export async function takeInItems(context: IntakeContext, given: ImportToTakeIn, work: ImportWork): Promise<void> {
  const run: RunToIntake = { ...given, inFlight: new Map(), beside: lookBeside(), findFolder: folderFinder(context) }
  await drain(context, run, work, {
    isWanted: (item) => sidecarKind(item.file.path) === null,
    taker: (pipeline) => takeFiles(context, run, work, pipeline),
  })
  await drain(context, run, work, {
    isWanted: (item) => sidecarKind(item.file.path) !== null,
    taker: (pipeline) => async (items) => {
      for (const item of items) await pipeline.take(item, (each) => prepareSidecar(context, run, each, work.signal))
    },
  })
  await adopt(context, run, work)
}

type Take = (items: readonly WaitingItem[]) => Promise<void>

/** Goes once through all waiting items, takes those that are wanted, and waits until everything is stored. */
async function drain(
  context: IntakeContext,
  run: RunToIntake,
  work: ImportWork,
  which: { readonly isWanted: (item: WaitingItem) => boolean; readonly taker: (pipeline: Pipeline) => Take },
): Promise<void> {
  const pipeline = openPipeline(context, run, work)
  const take = which.taker(pipeline)
  const restless: WaitingItem[] = []
  try {
    for await (const page of waitingPages(context, run.id, work.signal)) {
      const wanted = page.filter(which.isWanted)
      for (const item of wanted) {
        if (isGone(item)) pipeline.settle({ outcome: 'failed', item, reason: reason('gone') })
      }
      const there = wanted.filter((item) => !isGone(item))
      restless.push(...there.filter((item) => !isAtRest(item.file)))
      await take(there.filter((item) => isAtRest(item.file)))
      await pipeline.caughtUp()
    }
    restless.push(...(await pipeline.drained()))
    await takeWhenAtRest(restless, pipeline, take, { workers: context.workers, signal: work.signal })
    await pipeline.drained()
  } finally {
    await pipeline.close()
  }
}

/** Takes files as photos, films and the rest; what earlier imports know of their paths and sizes spares much of the work. */
function takeFiles(context: IntakeContext, run: RunToIntake, work: ImportWork, pipeline: Pipeline): Take {
  /** Sizes that items have: only a file of one of these can be a duplicate. */
  const met = new Set<number>()
  return async (items) => {
    if (items.length === 0) return
    const { unchanged, halves } = await knownSources(context.database, run.userId, items)
    const sizes = items.map((item) => item.file.sizeBytes)
    const stored = await context.database.read(run.userId, (tx) => storedSizes(tx, run.userId, sizes))
    for (const size of stored) met.add(size)
    for (const item of items) {
      const mediaId = unchanged.get(item.id)
      if (mediaId !== undefined) {
        pipeline.settle({ outcome: 'duplicate', item, mediaId, restore: false, reason: null })
        continue
      }
      const half = halves.get(item.id)
      const isNewSize = !met.has(item.file.sizeBytes)
      met.add(item.file.sizeBytes)
      const take = (each: WaitingItem): Promise<ItemResult> => prepare(context, run, each, work.signal, isNewSize)
      await pipeline.take(half ? { ...item, half } : item, take)
    }
  }
}

/** Links sidecars that were kept before their photo came with the photos this import has brought. */
async function adopt(context: IntakeContext, run: RunToIntake, work: ImportWork): Promise<void> {
  for (const { id, mediaId, apply } of await adoptWaiting(context, run, work.signal)) {
    await context.database.asService(async (tx) => {
      const fields = apply === null ? [] : await applyLaterFacts(tx, run.userId, apply)
      await linkWaiting(tx, { id, mediaId, fields })
      await recordChanges(tx, run.userId, [{ noun: 'media', objectId: mediaId, kind: 'changed' }])
    })
  }
}
