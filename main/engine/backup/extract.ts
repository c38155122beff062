import { availableParallelism } from 'node:os'
import { readCatalogue } from './catalogue.ts'
import { startPool, type PackPool } from './pool.ts'
import type { Repository } from './repository.ts'

/** More than processors: whoever writes small files waits for the disk most of the time. */
const writingThreads = Math.min(6, 2 * availableParallelism())

export interface RestoreProgress {
  readonly phase: 'database' | 'originals'
  readonly files: number
  readonly totalFiles: number
}

/** Writes whole originals to where they are wanted and returns the hashes that were whole. */
export async function extract(
  repository: Repository,
  targets: ReadonlyMap<string, readonly string[]>,
  options: { readonly signal: AbortSignal; readonly onProgress?: (now: RestoreProgress) => void },
): Promise<ReadonlySet<string>> {
  const { store, identity } = repository
  const catalogue = await readCatalogue(repository)
  const byPack = new Map<string, string[]>()
  for (const hash of targets.keys()) {
    const pack = catalogue.packOf.get(hash)
    if (pack !== undefined) byPack.set(pack, [...(byPack.get(pack) ?? []), hash])
  }
  const whole = new Set<string>()
  await using pool: PackPool = startPool(options.signal, { threads: writingThreads })
  async function read(pack: string, hashes: readonly string[]): Promise<void> {
    const wanted = hashes.map((hash): [string, readonly string[]] => [hash, targets.get(hash) ?? []])
    const result = await pool.read({ path: store.path('data', pack), name: null, identity, targets: wanted })
    for (const hash of result.whole) if (targets.has(hash)) whole.add(hash)
    options.onProgress?.({ phase: 'originals', files: whole.size, totalFiles: targets.size })
  }
  const queue = byPack.entries()
  async function lane(): Promise<void> {
    for (const [pack, hashes] of queue) await read(pack, hashes)
  }
  await Promise.all(Array.from({ length: 2 * pool.size }, lane))
  // What no index names may still lie in a pack whose index was damaged or never written.
  if (whole.size < targets.size) {
    for (const pack of (await store.list('data')).keys()) {
      const left = [...targets.keys()].filter((hash) => !whole.has(hash))
      if (left.length > 0 && !catalogue.packs.has(pack)) await read(pack, left)
    }
  }
  return whole
}
