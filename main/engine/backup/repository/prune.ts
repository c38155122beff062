import { CofferError } from '../../base/errors.ts'
import { hasWhole, writeIndex, type Catalogue, type PackEntry } from './catalogue.ts'
import { listSnapshots, newestFirst, snapshotNamed, type Listed } from '../check/check.ts'
import { sweepTemporary } from '../create/create.ts'
import { forgetNote } from './damage-notes.ts'
import { wholeCatalogue } from '../check/read-again.ts'
import { startPool } from '../pack/pool.ts'
import type { Repository } from './repository.ts'
import { neededBy } from '../create/snapshot.ts'

/** How many snapshots stay: the newest of each of the last so many days, weeks and months that have one. */
export interface Keep {
  readonly daily: number
  readonly weekly: number
  readonly monthly: number
}

export const usualKeep: Keep = { daily: 30, weekly: 8, monthly: 12 }

const recentMs = 86_400_000

/** Which snapshots a rule keeps; the newest one always, and all of the last 24 hours before it. */
export function kept(snapshots: readonly Listed[], keep: Keep): ReadonlySet<string> {
  const ordered = snapshots.toSorted(newestFirst)
  const newest = Date.parse(ordered[0]?.about.createdAt ?? '')
  // Measured from the newest one and not from now, so that a clock that was set forth removes nothing more. Where it was
  // set back all others lie after the newest one, and stay until it is right again.
  const recent = ordered.filter((each) => newest - Date.parse(each.about.createdAt) < recentMs)
  const names = new Set(recent.map((each) => each.name))
  const rules: [number, (at: string) => string][] = [
    [keep.daily, (at) => at.slice(0, 10)],
    [keep.weekly, weekOf],
    [keep.monthly, (at) => at.slice(0, 7)],
  ]
  for (const [count, periodOf] of rules) {
    const periods = new Set<string>()
    for (const each of ordered) {
      const period = periodOf(each.about.createdAt)
      if (periods.has(period) || periods.size >= count) continue
      periods.add(period)
      names.add(each.name)
    }
  }
  return names
}

/** The Monday of the week of a day, in UTC. */
function weekOf(at: string): string {
  const day = Temporal.PlainDate.from(at.slice(0, 10))
  return day.subtract({ days: day.dayOfWeek - 1 }).toString()
}

/**
 * Removes snapshots: those named, or those a rule does not keep. The last one of a repository is never removed. Their
 * originals stay until `prune`. Throws `snapshot-not-found`, `backup-locked`.
 */
export async function forgetSnapshots(
  repository: Repository,
  which: { readonly names: readonly string[] } | { readonly keep: Keep },
): Promise<{ forgotten: string[]; left: number }> {
  const lock = await repository.store.lock()
  try {
    const { snapshots } = await listSnapshots(repository)
    let gone: string[]
    if ('names' in which) {
      gone = which.names.map((wanted) => snapshotNamed(snapshots, wanted).name)
      if (gone.length >= snapshots.length) {
        throw new CofferError('The last snapshot of a backup cannot be removed. Delete the folder instead.', {
          code: 'conflict',
        })
      }
    } else {
      const keeping = kept(snapshots, which.keep)
      gone = snapshots.map((each) => each.name).filter((name) => !keeping.has(name))
    }
    for (const name of gone) await repository.store.remove('snapshots', name)
    return { forgotten: gone, left: snapshots.length - gone.length }
  } finally {
    await lock.release()
  }
}

export interface PruneResult {
  readonly removedPacks: number
  readonly removedBytes: number
  readonly keptPacks: number
}

/**
 * Removes packs that no snapshot needs and puts all index files together. A pack stays while one original in it is needed.
 * When any snapshot cannot be read nothing is removed, for it may need anything. Throws `backup-damaged` then.
 */
export async function prune(repository: Repository): Promise<PruneResult> {
  const { store } = repository
  const lock = await store.lock()
  try {
    await sweepTemporary(store.dir)
    await using pool = startPool(new AbortController().signal)
    const catalogue = await wholeCatalogue(repository, pool)
    const { present } = catalogue
    const { needed, isAllWhole } = await neededPacks(repository, catalogue)
    // Of a damaged pack that no index names nobody knows what could still be read in it.
    const mayHold = (pack: string): boolean => !isAllWhole && catalogue.hurt.has(pack) && !catalogue.packs.has(pack)
    const oldIndexes = [...(await store.list('index')).keys()]
    const keeping: PackEntry[] = [...catalogue.packs.values()].filter(
      (entry) => needed.has(entry.pack) && present.has(entry.pack),
    )
    const isTidy = oldIndexes.length <= 1 && keeping.length === catalogue.packs.size
    const index = keeping.length === 0 || isTidy ? null : await writeIndex(repository, keeping)
    if (!isTidy) for (const name of oldIndexes) if (name !== index) await store.remove('index', name)
    let removedPacks = 0
    let removedBytes = 0
    for (const [pack, size] of present) {
      if (needed.has(pack) || mayHold(pack)) continue
      await store.remove('data', pack)
      if (catalogue.hurt.has(pack)) await forgetNote(store, pack)
      removedPacks += 1
      removedBytes += size
    }
    return { removedPacks, removedBytes, keptPacks: needed.size }
  } finally {
    await lock.release()
  }
}

async function neededPacks(
  repository: Repository,
  catalogue: Catalogue,
): Promise<{ needed: ReadonlySet<string>; isAllWhole: boolean }> {
  const needed = new Set<string>()
  let isAllWhole = true
  for (const name of (await repository.store.list('snapshots')).keys()) {
    for await (const some of neededBy(repository, name)) {
      for (const { sha256 } of some) {
        const pack = catalogue.packOf.get(sha256)
        if (pack !== undefined) needed.add(pack)
        isAllWhole &&= hasWhole(catalogue, sha256)
      }
    }
  }
  return { needed, isAllWhole }
}
