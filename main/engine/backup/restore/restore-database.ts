import type { Database, Dumped } from '../../database/index.ts'
import { readSmallParts, type Contents } from './contents.ts'
import type { Repository } from '../repository/repository.ts'
import { beginRestore, databaseFrom, type RestoreFrom } from './restored.ts'
import { partsOf } from '../create/snapshot.ts'

/**
 * Restores a database; `beside` runs meanwhile, `onLoaded` is told what its tables hold before the schema goes on, `after` when
 * all that is done and before the vault counts as whole.
 */
export async function restoreDatabase<T>(
  repository: Repository,
  name: string,
  dir: string,
  source: RestoreFrom,
  work: {
    /** Looks at what is to be restored before anything is made; throws what is wrong with it. */
    check?(contents: Contents): void
    beside(contents: Contents): Promise<T>
    readonly onLoaded?: (found: Pick<Dumped, 'tables' | 'sums'>) => void
    after(database: Database, contents: Contents, result: T): Promise<void>
  },
): Promise<{ database: Database; contents: Contents; beside: T }> {
  const parts = partsOf(repository, name)
  const contents = await readSmallParts(parts)
  work.check?.(contents)
  await beginRestore(dir, contents.vault, source)
  const beside = work.beside(contents)
  // A failure is thrown where it is awaited; until then it must not count as unhandled.
  beside.catch(() => {})
  try {
    const database = await databaseFrom(contents, dir, source, {
      ...(work.onLoaded && { onLoaded: work.onLoaded }),
      fill: async (fresh) => work.after(fresh, contents, await beside),
    })
    return { database, contents, beside: await beside }
  } catch (error) {
    // Nothing may go on writing into a folder that was given up.
    await beside.catch(() => {})
    throw error
  } finally {
    await parts.return(undefined)
  }
}
