import type { ErasedProof, VaultState } from '../../contract/index.ts'
import type { ApiTokens, Sessions, VaultKey } from '../accounts/index.ts'
import type { Archiver, BackupContext, Restorer } from '../backup/index.ts'
import type { FileLog } from '../base/file-log.ts'
import type { Bell } from '../changes/index.ts'
import type { ExportContext } from '../export/index.ts'
import type { Database, DatabaseInfo, VaultFile, VaultLock } from '../database/index.ts'
import type { Jobs, WorkRegistry } from '../jobs/index.ts'
import type { IntakeContext } from '../intake/index.ts'
import type { MediaWorkers } from '../media/index.ts'
import type { SyncContext } from '../sync/index.ts'
import type { Watching } from '../watch/index.ts'

/** A vault in use: its lock is held, its database open, its jobs running. Close it to let go. */
export interface OpenVault {
  readonly dir: string
  readonly file: VaultFile
  readonly lock: VaultLock
  readonly database: Database
  readonly sessions: Sessions
  readonly tokens: ApiTokens
  readonly vaultKey: VaultKey
  readonly workers: MediaWorkers
  readonly jobs: Jobs
  readonly bell: Bell
  /** What runs, of every kind. */
  readonly work: WorkRegistry
  readonly intake: IntakeContext
  /** Null where nothing is watched: a command that opens the vault for a moment. */
  readonly watching: Watching | null
  readonly backup: BackupContext
  readonly archiver: Archiver
  readonly exports: ExportContext
  readonly sync: SyncContext
  readonly log: FileLog
  close(): Promise<void>
}

/** Which vault an engine holds, for any caller. */
export type EngineState =
  | Extract<VaultState, { state: 'none' | 'opening' }>
  | Omit<Extract<VaultState, { state: 'ready' }>, 'me'>

/** The engine: at most one open vault, and the API over it. */
export interface Engine {
  readonly secret: string
  /** Restores backups; needs no open vault. */
  readonly restorer: Restorer
  /** Answers an API request; used by the socket, the browser server and the command line alike. */
  fetch(request: Request): Promise<Response>
  state(): EngineState
  vault(): OpenVault
  create(path: string, options?: { name?: string; username?: string; password?: string }): Promise<OpenVault>
  /** Opens a vault; `trust` says that the person vouches for one made elsewhere, which is remembered. */
  open(path: string, options?: { trust?: boolean; migrate?: boolean }): Promise<OpenVault>
  /** Trusts the vault that is open: it is opened again, with all it has stored. */
  trust(): Promise<OpenVault>
  /** Opens the vault that was open last, if there is one; a failure becomes the state's `problem`. */
  reopen(path?: string): Promise<void>
  /** Closes the vault and steps its schema back; it stays so until it is opened to be migrated. */
  stepBack(toVersion: number): Promise<DatabaseInfo>
  /** Destroys everything a person has; the vault is closed for it and opened again. */
  erase(userId: string): Promise<ErasedProof>
  onVault(listener: () => void): () => void
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
