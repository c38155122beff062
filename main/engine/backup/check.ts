import { CofferError } from '../base/errors.ts'
import { readCatalogue } from './catalogue.ts'
import { startPool } from './pool.ts'
import type { Repository } from './repository.ts'
import { neededBy, readAbout, type SnapshotAbout } from './snapshot.ts'
import type { Kind } from './store.ts'

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

/** The snapshots of a repository, newest first; damaged ones are named apart. */
export async function listSnapshots(
  repository: Repository,
): Promise<{ snapshots: Listed[]; damaged: { name: string; problem: string }[] }> {
  const snapshots: Listed[] = []
  const damaged: { name: string; problem: string }[] = []
  for (const [name, size] of await repository.store.list('snapshots')) {
    try {
      const about = repository.abouts.get(name) ?? (await readAbout(repository, name))
      repository.abouts.set(name, about)
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
  throw new CofferError(`No single snapshot is called “${wanted}”. See coffer backup list.`, {
    code: 'snapshot-not-found',
  })
}

/** The name of the snapshot that is wanted, or of the newest. Throws `snapshot-not-found`. */
export async function findSnapshot(repository: Repository, wanted: string | undefined): Promise<string> {
  const { snapshots } = await listSnapshots(repository)
  if (wanted !== undefined) return snapshotNamed(snapshots, wanted).name
  const [newest] = snapshots
  if (newest) return newest.name
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
  const [catalogue, present] = await Promise.all([readCatalogue(repository), store.list('data')])
  const damage: { file: string; problem: string }[] = catalogue.damaged.map((name) => ({
    file: `index/${name}.age`,
    problem: 'Its bytes are not those it was written with.',
  }))
  const badPacks = new Set<string>()
  for (const { pack, size } of catalogue.packs.values()) {
    const now = present.get(pack)
    if (now === size) continue
    badPacks.add(pack)
    damage.push({
      file: fileOf('data', pack),
      problem: now === undefined ? 'It is missing.' : 'It has another length.',
    })
  }
  const chosen = [...present.keys()].filter((name) => !badPacks.has(name) && Math.random() * 100 < share)
  const small: [Kind, string][] = share > 0 ? await namesOf(repository) : []
  const todo: [Kind, string][] = [...small, ...chosen.map((name): [Kind, string] => ['data', name])]
  const has = (hash: string): boolean => {
    const pack = catalogue.packOf.get(hash)
    return pack !== undefined && present.has(pack) && !badPacks.has(pack)
  }
  const knownBad = badPacks.size
  let done = 0
  // The threads read what lies on the disk while the snapshots are gone through here.
  const [early] = await Promise.all([
    missing(repository, has, options.signal),
    ...todo.map(async ([kind, name]) => {
      const result = await pool.read({ path: store.path(kind, name), name, identity: null, targets: [] })
      done += 1
      options.onProgress?.(done, todo.length)
      if (result.damage === null) return
      if (kind === 'data') badPacks.add(name)
      damage.push({ file: fileOf(kind, name), problem: result.damage })
    }),
  ])
  const { lost, snapshots, unreadable } =
    badPacks.size === knownBad ? early : await missing(repository, has, options.signal)
  for (const each of unreadable) {
    if (!damage.some((known) => known.file === each.file)) damage.push(each)
  }
  return {
    snapshots,
    packs: present.size,
    bytes: [...present.values()].reduce((sum, size) => sum + size, 0),
    read: todo.length,
    damage: damage.toSorted((left, right) => (left.file < right.file ? -1 : 1)),
    lost,
  }
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
  has: (hash: string) => boolean,
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
          if (filename !== null && !has(sha256)) lost.push({ sha256, filename, snapshot: name })
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
