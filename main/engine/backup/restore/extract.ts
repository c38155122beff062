import { availableParallelism } from 'node:os'
import { readCatalogue } from '../repository/catalogue.ts'
import { notePacks } from '../repository/damage-notes.ts'
import { startPool, type PackPool } from '../pack/pool.ts'
import type { Repository } from '../repository/repository.ts'

/** More than processors: anyone who writes small files waits for the disk most of the time. */
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
  const looked = { hurt: new Set<string>(), whole: new Set<string>() }
  await using pool: PackPool = startPool(options.signal, { threads: writingThreads })
  async function read(pack: string, hashes: readonly string[]): Promise<void> {
    const wanted = hashes.map((hash): [string, readonly string[]] => [hash, targets.get(hash) ?? []])
    const result = await pool.read({ path: store.path('data', pack), name: null, identity, targets: wanted })
    // Bytes that cannot be decrypted are damage; a pack of which a part was wanted is read to its end all the same.
    if (result.damage === null) looked.whole.add(pack)
    else if (catalogue.present.has(pack)) looked.hurt.add(pack)
    for (const [hash] of result.whole) if (targets.has(hash)) whole.add(hash)
    options.onProgress?.({ phase: 'originals', files: whole.size, totalFiles: targets.size })
  }
  const queue = byPack.entries()
  async function lane(): Promise<void> {
    for (const [pack, hashes] of queue) await read(pack, hashes)
  }
  await Promise.all(Array.from({ length: 2 * pool.size }, lane))
  // What was damaged where it was looked for may lie in another pack too, also in one whose index is gone.
  if (whole.size < targets.size) {
    for (const pack of catalogue.present.keys()) {
      const listed = catalogue.packs.get(pack)?.entries.map(([hash]) => hash)
      const wanted = (listed ?? [...targets.keys()]).filter(
        (hash) => targets.has(hash) && !whole.has(hash) && catalogue.packOf.get(hash) !== pack,
      )
      if (wanted.length > 0) await read(pack, wanted)
    }
  }
  await notePacks(store, looked)
  return whole
}
