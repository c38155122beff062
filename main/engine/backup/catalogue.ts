import { openText, sealText } from '../keys/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Repository } from './repository.ts'

/** One pack and what lies in it. */
export interface PackEntry {
  readonly pack: string
  readonly size: number
  readonly entries: readonly (readonly [hash: string, size: number])[]
}

/** All that is known of the packs of a repository. */
export interface Catalogue {
  readonly packs: ReadonlyMap<string, PackEntry>
  /** In which pack an original lies. */
  readonly packOf: ReadonlyMap<string, string>
  /** Index files that could not be read; what only they name is written again. */
  readonly damaged: readonly string[]
}

/** Reads every index file. Damaged ones are named, not thrown. */
export async function readCatalogue(repository: Repository): Promise<Catalogue> {
  const packs = new Map<string, PackEntry>()
  const packOf = new Map<string, string>()
  const damaged: string[] = []
  for (const name of (await repository.store.list('index')).keys()) {
    try {
      const text = await openText(await repository.store.read('index', name), { identities: [repository.identity] })
      for (const line of text.split('\n')) {
        if (line === '') continue
        const entry = JSON.parse(line) as PackEntry
        if (!isEntry(entry)) throw new SyntaxError('it names what is no pack')
        packs.set(entry.pack, entry)
        for (const [hash] of entry.entries) packOf.set(hash, entry.pack)
      }
    } catch (error) {
      // The repository key opened the repository, so a file it does not open is damaged in its head.
      if (!(error instanceof CofferError || error instanceof SyntaxError)) throw error
      damaged.push(name)
    }
  }
  return { packs, packOf, damaged }
}

const sha256 = /^[0-9a-f]{64}$/

/** An index is data of the backup, and what it names becomes paths. */
function isEntry({ pack, size, entries }: PackEntry): boolean {
  return (
    sha256.test(pack) &&
    typeof size === 'number' &&
    Array.isArray(entries) &&
    entries.every((entry) => Array.isArray(entry) && sha256.test(entry[0]))
  )
}

/** Stores which originals lie in which packs; the packs must be on disk already. */
export async function writeIndex(repository: Repository, packs: readonly PackEntry[]): Promise<string> {
  const text = packs.map((entry) => `${JSON.stringify(entry)}\n`).join('')
  return repository.store.put('index', await sealText(text, [repository.recipient]))
}
