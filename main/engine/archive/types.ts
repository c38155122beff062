import type { ImportWork } from '../intake/index.ts'
import type { PostAccount } from '../posts/index.ts'
import type { Recognised, Source } from './source.ts'
import type { Tree } from './tree.ts'

/** The import of one export. */
export interface ArchiveRun {
  readonly id: string
  readonly userId: string
  /** A folder of its own for as long as it runs. */
  readonly scratch: string
  /** Where copies lie until they are kept. */
  readonly incoming: string
  readonly work: ImportWork
  /** Called after each piece of it that is stored. */
  progressed(): void
}

/** An export that is read, and whose it is. */
export interface OpenExport {
  readonly tree: Tree
  readonly source: Source
  readonly recognised: Recognised
}

export interface ExportOf extends OpenExport {
  readonly account: PostAccount
}
