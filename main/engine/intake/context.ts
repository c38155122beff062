import type { Log } from '../base/log.ts'
import type { Bell } from '../changes/index.ts'
import type { Database } from '../database/index.ts'
import type { WorkOf } from '../jobs/index.ts'
import type { MediaWorkers } from '../media/index.ts'
import type { FolderReader } from './folders.ts'
import type { ImportDetail } from './import-work.ts'
import type { Space } from './space.ts'

/** What every part of the intake works with; made once by the engine. */
export interface IntakeContext {
  readonly vaultDir: string
  readonly database: Database
  readonly workers: MediaWorkers
  readonly bell: Bell
  /** Imports that run. */
  readonly running: WorkOf<ImportDetail>
  readonly space: Space
  readonly log: Log
  /** Kinds of folders whose own description of their files is used. */
  readonly folders: readonly FolderReader[]
}
