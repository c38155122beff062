import { openText, sealText } from '../../keys/index.ts'
import { CofferError } from '../../base/errors.ts'
import { damagedPacks } from './damage-notes.ts'
import type { Repository } from './repository.ts'
import { isHash } from './store.ts'

/** One pack and what lies in it. */
export interface PackEntry {
  readonly pack: string
  readonly size: number
  readonly entries: readonly (readonly [hash: string, size: number])[]
}

/** All that is known of the packs of a repository. */
export interface Catalogue {
  readonly packs: ReadonlyMap<string, PackEntry>
  /** Names and sizes of the files there are, also of those that no index names. */
  readonly present: ReadonlyMap<string, number>
  /** Packs that somebody found damaged. */
  readonly hurt: ReadonlySet<string>
  /** In which pack an original lies: in a whole one where there is any. */
  readonly packOf: ReadonlyMap<string, string>
  /** Index files that could not be read. */
  readonly damaged: readonly string[]
}

/** Whether a pack is there with its length, and nobody found it damaged. */
export function isUsable({ packs, present, hurt }: Omit<Catalogue, 'packOf'>, pack: string | undefined): boolean {
  return pack !== undefined && !hurt.has(pack) && present.has(pack) && present.get(pack) === packs.get(pack)?.size
}

/** Whether an original lies in a pack that is usable. */
export function hasWhole(catalogue: Catalogue, hash: string): boolean {
  return isUsable(catalogue, catalogue.packOf.get(hash))
}

/** What reading packs showed of them. */
export interface LookedPacks {
  readonly hurt: ReadonlySet<string>
  readonly whole: ReadonlySet<string>
  /** What is in those that no index names. */
  readonly found?: readonly PackEntry[]
}

/** What is known of the packs once some of them were read. */
export function catalogueWith(known: Catalogue, { hurt, whole, found = [] }: LookedPacks): Catalogue {
  return catalogueOf({
    ...known,
    packs: new Map([...known.packs, ...found.map((each): [string, PackEntry] => [each.pack, each])]),
    hurt: new Set([...known.hurt, ...hurt].filter((pack) => !whole.has(pack))),
  })
}

function catalogueOf(known: Omit<Catalogue, 'packOf'>): Catalogue {
  const packOf = new Map<string, string>()
  for (const { pack, entries } of known.packs.values()) {
    const usable = isUsable(known, pack)
    for (const [hash] of entries) if (usable || !packOf.has(hash)) packOf.set(hash, pack)
  }
  return { ...known, packOf }
}

/** Reads every index file. Damaged ones are named, not thrown. */
export async function readCatalogue(repository: Repository): Promise<Catalogue> {
  const { store } = repository
  const packs = new Map<string, PackEntry>()
  const damaged: string[] = []
  const [present, hurt] = await Promise.all([store.list('data'), damagedPacks(store)])
  for (const name of (await store.list('index')).keys()) {
    try {
      const text = await openText(await store.read('index', name), { identities: [repository.identity] })
      for (const line of text.split('\n')) {
        if (line === '') continue
        const entry = JSON.parse(line) as PackEntry
        if (!isEntry(entry)) throw new SyntaxError('it names what is no pack')
        packs.set(entry.pack, entry)
      }
    } catch (error) {
      // The repository key opened the repository, so a file it does not open is damaged in its head.
      if (!(error instanceof CofferError || error instanceof SyntaxError)) throw error
      damaged.push(name)
    }
  }
  return catalogueOf({ packs, present, hurt, damaged })
}

/** An index is data of the backup, and what it names becomes paths. */
function isEntry({ pack, size, entries }: PackEntry): boolean {
  return (
    isHash(pack) &&
    typeof size === 'number' &&
    Array.isArray(entries) &&
    entries.every((entry) => Array.isArray(entry) && isHash(entry[0]))
  )
}

/** Stores which originals lie in which packs; the packs must be on disk already. */
export async function writeIndex(repository: Repository, packs: readonly PackEntry[]): Promise<string> {
  const text = packs.map((entry) => `${JSON.stringify(entry)}\n`).join('')
  return repository.store.put('index', await sealText(text, [repository.recipient]))
}
