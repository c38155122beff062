import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CofferError } from '../../base/errors.ts'
import { connectEmbedded } from './embedded.ts'
import type { QueryAnswer, WorkerOptions } from './messages.ts'
import { connectPglite } from './pglite.ts'
import { takeOver } from './server-config.ts'

/** Engines that keep their data in the vault: PGlite inside this process, or a server that Coffer starts and owns. */
export type LocalEngine = 'pglite' | 'embedded'
/** `external` is a server that somebody else runs. */
export type EngineName = LocalEngine | 'external'

/** Another role of a server. */
export interface Login {
  readonly role: string
  readonly password: string
}

/** One session with a running database. When it stops, everything under way is rejected and `stopped` resolves. */
export interface Connection {
  readonly engine: EngineName
  query(
    sql: string,
    params?: readonly unknown[],
    options?: {
      asArrays?: boolean
      maxMs?: number
      /** An answer that is larger is thrown away, as SQLSTATE 54000. */
      maxBytes?: number
    },
  ): Promise<QueryAnswer>
  /** Runs a statement for what the server remarks on it: the details of its notices. */
  remarks(sql: string): Promise<string[]>
  exec(sql: string): Promise<void>
  /** What `COPY source TO STDOUT` gives, in its text format; `source` is a table with columns, or a query in parentheses. */
  copyOut(source: string): Promise<Buffer<ArrayBuffer>>
  /** Stores lines in that format; `target` is a table with columns. */
  copyIn(target: string, lines: Uint8Array<ArrayBuffer>): Promise<void>
  /** Ends the session; a database of ours writes its last checkpoint and stops. */
  close(): Promise<void>
  /** Ends it at once; a database of ours stops as in a crash. */
  kill(): Promise<void>
  /** Another session with the same server, as this or another role; null for PGlite, which has one only. */
  readonly beside: ((as?: Login) => Promise<Connection>) | null
  /** False once it has stopped. */
  isOpen(): boolean
  readonly stopped: Promise<CofferError>
}

/**
 * Starts the database in a folder, with this program's own configuration, and waits until it is open. Throws
 * `database-damaged` with the server's own words, and what `takeOver` throws.
 */
export async function connect(options: WorkerOptions & { readonly engine?: LocalEngine }): Promise<Connection> {
  const { engine = 'pglite', ...given } = options
  if (engine === 'embedded') return connectEmbedded(given)
  if (existsSync(join(given.dataDir, 'PG_VERSION'))) await takeOver('pglite', given.dataDir)
  return connectPglite(given)
}
