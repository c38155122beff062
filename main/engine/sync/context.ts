import type { Log } from '../base/log.ts'
import type { Bell } from '../changes/index.ts'
import type { Database } from '../database/index.ts'
import type { IntakeContext } from '../intake/index.ts'
import type { WorkOf } from '../jobs/index.ts'
import type { Connector } from './connector.ts'
import type { Fetch } from './http.ts'
import type { SignIns } from './sign-in.ts'
import type { Socket } from './streams.ts'

/** How far a sync is. */
export interface SyncDetail {
  readonly phase: 'posts' | 'media'
}

/** What every part of the room works with; made once for an open vault. */
export interface SyncContext {
  readonly vaultDir: string
  readonly database: Database
  readonly bell: Bell
  readonly log: Log
  readonly intake: IntakeContext
  readonly running: WorkOf<SyncDetail>
  readonly network: Fetch
  /** Opens a WebSocket. */
  openSocket(address: string): Socket
  readonly connectors: readonly Connector[]
  readonly signIns: SignIns
  /** Whether the computer runs on battery. */
  isOnBattery(): Promise<boolean>
  /** Key that tokens are sealed with; null while it is locked, or nothing can keep it. */
  vaultKey(): string | null
}
