import { CofferError } from '../../base/errors.ts'
import { catalogueWith, readCatalogue, writeIndex, type Catalogue, type PackEntry } from '../repository/catalogue.ts'
import { notePacks } from '../repository/damage-notes.ts'
import type { PackPool } from '../pack/pool.ts'
import type { Repository } from '../repository/repository.ts'

/** So many of the packs a run wrote are read back. */
const sampledPacks = 3

/** Old packs that a run reads again, in bytes; one at least. */
const rereadBytes = 64 << 20

/**
 * Reads packs that no index names, since their index is damaged, gone, or was never written: what is in them is known again.
 * Those that are damaged themselves are noted so. With `some`, old packs are read as well, picked by chance, so that damage
 * does not wait until a restore finds it.
 */
export async function readAgain(
  repository: Repository,
  catalogue: Catalogue,
  pool: PackPool,
  { some }: { readonly some: boolean },
): Promise<{ catalogue: Catalogue; found: readonly PackEntry[]; readBytes: number }> {
  const { store, identity } = repository
  const unknown = [...catalogue.present.keys()].filter(
    (pack) => !catalogue.packs.has(pack) && !catalogue.hurt.has(pack),
  )
  const chosen = [...unknown, ...(some ? chance(catalogue) : [])]
  const looked = { hurt: new Set<string>(), whole: new Set<string>() }
  const found: PackEntry[] = []
  let readBytes = 0
  await Promise.all(
    chosen.map(async (pack) => {
      const { damage, whole, bytes } = await pool.read({
        path: store.path('data', pack),
        name: pack,
        identity,
        targets: [],
      })
      looked[damage === null ? 'whole' : 'hurt'].add(pack)
      readBytes += bytes
      if (damage === null && !catalogue.packs.has(pack)) found.push({ pack, size: bytes, entries: whole })
    }),
  )
  await notePacks(store, looked)
  return { catalogue: catalogueWith(catalogue, { ...looked, found }), found, readBytes }
}

/** Packs that an index names and that nobody found damaged, in no order, as many as are read at a time. */
function chance({ packs, present, hurt }: Catalogue): string[] {
  const chosen: string[] = []
  let bytes = 0
  for (const pack of [...packs.keys()].toSorted(() => Math.random() - 0.5)) {
    const size = present.get(pack)
    if (size === undefined || hurt.has(pack) || (chosen.length > 0 && bytes + size > rereadBytes)) continue
    chosen.push(pack)
    bytes += size
  }
  return chosen
}

/**
 * Makes the index whole again: packs that no index names get one, then index files that are damaged are removed, for
 * nothing can be read in them. The lock must be held.
 */
export async function mendIndex(
  repository: Repository,
  found: readonly PackEntry[],
  damaged: readonly string[],
): Promise<void> {
  if (found.length > 0) await writeIndex(repository, found)
  for (const name of damaged) await repository.store.remove('index', name)
}

/** The catalogue, read and made whole. The lock must be held. */
export async function wholeCatalogue(repository: Repository, pool: PackPool): Promise<Catalogue> {
  const read = await readCatalogue(repository)
  if (read.damaged.length === 0) return read
  const { catalogue, found } = await readAgain(repository, read, pool, { some: false })
  await mendIndex(repository, found, read.damaged)
  return { ...catalogue, damaged: [] }
}

/** A pack a run wrote, and how many originals are in it. */
export interface WrittenPack {
  readonly pack: string
  readonly size: number
  readonly entries: number
}

/**
 * Reads some of what was just written back from the disk and decrypts it; returns how many bytes that was. A pack that is
 * not whole is noted as damaged, so that the next run writes what it holds again. Throws `backup-damaged`.
 */
export async function provesSample(
  repository: Repository,
  pool: PackPool,
  packs: readonly WrittenPack[],
  snapshot: string,
): Promise<number> {
  const { store, identity } = repository
  const sample = packs.toSorted(() => Math.random() - 0.5).slice(0, sampledPacks)
  const read = await Promise.all(
    sample.map(async (pack) => ({
      pack,
      result: await pool.read({ path: store.path('data', pack.pack), name: pack.pack, identity, targets: [] }),
    })),
  )
  const hurt = read.filter(({ pack, result }) => result.damage !== null || result.whole.length !== pack.entries)
  await notePacks(store, { hurt: hurt.map(({ pack }) => pack.pack), whole: [] })
  const about = await pool.read({
    path: store.path('snapshots', snapshot),
    name: snapshot,
    identity: null,
    targets: [],
  })
  if (hurt.length === 0 && about.damage === null) return read.reduce((sum, { result }) => sum + result.bytes, 0)
  throw new CofferError('What was written to the backup could not be read back. Its drive may be failing.', {
    code: 'backup-damaged',
  })
}
