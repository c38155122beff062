import { open } from 'node:fs/promises'
import { CofferError } from '../../base/errors.ts'
import { hashOpen } from '../../files/index.ts'
import { catalogueWith, hasWhole, isUsable, readCatalogue, type Catalogue } from '../repository/catalogue.ts'
import { notePacks } from '../repository/damage-notes.ts'
import { readAgain } from './read-again.ts'
import { startPool } from '../pack/pool.ts'
import type { Repository } from '../repository/repository.ts'
import { neededBy, readAbout, type SnapshotAbout } from '../create/snapshot.ts'
import type { Kind } from '../repository/store.ts'

export interface CheckResult {
  readonly snapshots: number
  readonly packs: number
  readonly bytes: number
  /** Files whose bytes were read. */
  readonly read: number
  readonly damage: readonly { readonly file: string; readonly problem: string }[]
  /** Originals that some snapshot needs and no whole pack has. */
  readonly lost: readonly { readonly sha256: string; readonly filename: string; readonly snapshot: string }[]
}

export interface Listed {
  readonly name: string
  readonly size: number
  readonly about: SnapshotAbout
}

/** By their numbers, since a clock may have been set back; those of before have none and are older. */
export function newestFirst({ about: left }: Listed, { about: right }: Listed): number {
  const byNumber = (right.number ?? 0) - (left.number ?? 0)
  return byNumber === 0 ? Date.parse(right.createdAt) - Date.parse(left.createdAt) : byNumber
}

/**
 * The snapshots of a repository, newest first; damaged ones are named apart. With `names`, their bytes are read, so that one
 * that was put in the place of another is found too.
 */
export async function listSnapshots(
  repository: Repository,
  { names = false }: { readonly names?: boolean } = {},
): Promise<{ snapshots: Listed[]; damaged: { name: string; problem: string }[] }> {
  const snapshots: Listed[] = []
  const damaged: { name: string; problem: string }[] = []
  for (const [name, size] of await repository.store.list('snapshots')) {
    try {
      const about = repository.abouts.get(name) ?? (await readAbout(repository, name))
      repository.abouts.set(name, about)
      if (names) await assertNamed(repository, name)
      snapshots.push({ name, size, about })
    } catch (error) {
      damaged.push({ name, problem: error instanceof Error ? error.message : String(error) })
    }
  }
  snapshots.sort(newestFirst)
  return { snapshots, damaged }
}

/** The one snapshot whose name or id begins so. Throws `snapshot-not-found`. */
export function snapshotNamed(snapshots: readonly Listed[], wanted: string): Listed {
  const [found, another] = snapshots.filter((each) => each.name.startsWith(wanted) || each.about.id.startsWith(wanted))
  if (found && !another) return found
  throw new CofferError(`No snapshot, or more than one, matches “${wanted}”. See “coffer backup list”.`, {
    code: 'snapshot-not-found',
  })
}

/** Throws `backup-damaged` for a snapshot whose bytes are not those it is named by. */
async function assertNamed({ store }: Repository, name: string): Promise<void> {
  await using file = await open(store.path('snapshots', name))
  if ((await hashOpen(file)).hash === name) return
  throw new CofferError(
    `Snapshot ${name.slice(0, 12)} is not what was saved under this name. Restore another one: see “coffer backup list”.`,
    { code: 'backup-damaged' },
  )
}

/** The name of the snapshot that is wanted, or of the newest. Throws `snapshot-not-found`, `backup-damaged`. */
export async function findSnapshot(repository: Repository, wanted: string | undefined): Promise<string> {
  const { snapshots } = await listSnapshots(repository)
  const found = wanted === undefined ? snapshots[0] : snapshotNamed(snapshots, wanted)
  if (found) {
    await assertNamed(repository, found.name)
    return found.name
  }
  throw new CofferError('There is no snapshot in this backup yet.', { code: 'snapshot-not-found' })
}

/**
 * Looks whether a repository holds what its snapshots need. Without options: indexes and snapshots are read, packs must be
 * there with their sizes. `readData` reads every byte and holds it against its name; `sample` does so for a percentage.
 */
export async function checkRepository(
  repository: Repository,
  options: {
    readonly readData?: boolean
    readonly sample?: number
    readonly signal: AbortSignal
    readonly onProgress?: (done: number, of: number) => void
  },
): Promise<CheckResult> {
  const { store } = repository
  const share = options.readData === true ? 100 : (options.sample ?? 0)
  await using pool = startPool(options.signal)
  if (share > 0) for (let thread = 0; thread < pool.size; thread += 1) pool.prepare()
  const before = await readCatalogue(repository)
  // Where an index is damaged or gone, what is in its packs is found out by reading them.
  const isKnown =
    before.damaged.length === 0 &&
    [...before.present.keys()].every((pack) => before.packs.has(pack) || before.hurt.has(pack))
  let catalogue = isKnown ? before : (await readAgain(repository, before, pool, { some: false })).catalogue
  const { present } = catalogue
  const damage: { file: string; problem: string }[] = before.damaged.map((name) => ({
    file: `index/${name}.age`,
    problem: 'Its contents are not what was written.',
  }))
  function say(found: { file: string; problem: string }): void {
    if (!damage.some((known) => known.file === found.file)) damage.push(found)
  }
  const looked = { hurt: new Set<string>(), whole: new Set<string>() }
  const chosen = [...present.keys()].filter((name) => isSupposedWhole(name, catalogue) && Math.random() * 100 < share)
  const small: [Kind, string][] = share > 0 ? await namesOf(repository) : []
  const todo: [Kind, string][] = [...small, ...chosen.map((name): [Kind, string] => ['data', name])]
  let done = 0
  // The threads read what lies on the disk while the snapshots are gone through here.
  const [early] = await Promise.all([
    missing(repository, catalogue, options.signal),
    ...todo.map(async ([kind, name]) => {
      const result = await pool.read({ path: store.path(kind, name), name, identity: null, targets: [] })
      done += 1
      options.onProgress?.(done, todo.length)
      if (kind === 'data') looked[result.damage === null ? 'whole' : 'hurt'].add(name)
      else if (result.damage !== null) say({ file: fileOf(kind, name), problem: result.damage })
    }),
  ])
  await notePacks(store, looked)
  const hasChanged = looked.hurt.size > 0 || [...looked.whole].some((pack) => catalogue.hurt.has(pack))
  if (hasChanged) catalogue = catalogueWith(catalogue, looked)
  damagedIn(catalogue).forEach(say)
  const { lost, snapshots, unreadable } = hasChanged ? await missing(repository, catalogue, options.signal) : early
  unreadable.forEach(say)
  return {
    snapshots,
    packs: present.size,
    bytes: [...present.values()].reduce((sum, size) => sum + size, 0),
    read: todo.length,
    damage: damage.toSorted((left, right) => (left.file < right.file ? -1 : 1)),
    lost,
  }
}

/** One with another length than it was written with need not be read to be known as damaged. */
function isSupposedWhole(pack: string, { packs, present }: Catalogue): boolean {
  const size = packs.get(pack)?.size
  return size === undefined || size === present.get(pack)
}

/** Packs that are damaged and hold what no whole pack has; the others are left-overs that `prune` removes. */
function damagedIn(catalogue: Catalogue): { file: string; problem: string }[] {
  const { packs, present, hurt } = catalogue
  const damaged: { file: string; problem: string }[] = []
  for (const pack of new Set([...packs.keys(), ...hurt])) {
    if (isUsable(catalogue, pack)) continue
    const entries = packs.get(pack)?.entries
    if (entries?.every(([hash]) => hasWhole(catalogue, hash))) continue
    const size = present.get(pack)
    if (size === undefined && !packs.has(pack)) continue
    damaged.push({
      file: fileOf('data', pack),
      problem:
        size === undefined
          ? 'It is missing.'
          : entries && size !== packs.get(pack)?.size
            ? 'Its length is wrong.'
            : 'Its contents are not what was written.',
    })
  }
  return damaged
}

function fileOf(kind: Kind, name: string): string {
  return kind === 'data' ? `data/${name.slice(0, 2)}/${name}.age` : `${kind}/${name}.age`
}

async function namesOf(repository: Repository): Promise<[Kind, string][]> {
  const names: [Kind, string][] = []
  for (const kind of ['index', 'snapshots'] as const) {
    for (const name of (await repository.store.list(kind)).keys()) names.push([kind, name])
  }
  return names
}

/** Goes through every snapshot to its end. */
async function missing(
  repository: Repository,
  catalogue: Catalogue,
  signal: AbortSignal,
): Promise<{
  lost: CheckResult['lost'][number][]
  snapshots: number
  unreadable: { file: string; problem: string }[]
}> {
  const lost: CheckResult['lost'][number][] = []
  const unreadable: { file: string; problem: string }[] = []
  let snapshots = 0
  for (const name of (await repository.store.list('snapshots')).keys()) {
    try {
      for await (const some of neededBy(repository, name)) {
        signal.throwIfAborted()
        for (const { sha256, filename } of some) {
          // A small picture that is lost is made again from its original.
          if (filename !== null && !hasWhole(catalogue, sha256)) lost.push({ sha256, filename, snapshot: name })
        }
      }
      snapshots += 1
    } catch (error) {
      if (signal.aborted || !(error instanceof CofferError)) throw error
      unreadable.push({ file: fileOf('snapshots', name), problem: error.message })
    }
  }
  return { lost, snapshots, unreadable }
}
