import type { CofferError } from '../base/errors.ts'
import type { EngineName } from './connection/connection.ts'
import type { Dumped } from './copy/dump.ts'

/** Lent for one transaction; asks questions. */
export interface Reader {
  query<T extends object>(sql: string, params?: readonly unknown[]): Promise<T[]>
  one<T extends object>(sql: string, params?: readonly unknown[]): Promise<T | undefined>
}

/** Lent for one transaction; a Writer is a Reader, never the reverse. */
export interface Writer extends Reader {
  /** Runs a statement and returns how many rows it touched. */
  execute(sql: string, params?: readonly unknown[]): Promise<number>
  /**
   * Calls those who listen to `topic` with `onCommit` once this transaction has committed; nobody when it does not. `subject` is
   * what it is about: they get all that were named, each once.
   */
  announce(topic: string, subject?: string): void
  readonly kind: 'writer'
}

/** Lent for one moment of the whole database. */
export interface Snapshot extends Reader {
  /** Writes everything as a script for `psql`; returns what it holds. Bytes given to `write` are gone once it has resolved. */
  dump(write: (part: string | Buffer) => Promise<void>): Promise<Dumped>
}

export interface DatabaseInfo {
  readonly engine: EngineName
  readonly version: string
  readonly schemaVersion: number
  readonly sizeBytes: number
}

/** What a watcher of servers would ask the database: how large, how used, how tidy. */
export interface DatabaseFigures {
  readonly tables: readonly {
    readonly name: string
    readonly bytes: number
    /** As of the last statistics; exact counting would read the whole table. */
    readonly rows: number
    readonly deadRows: number
  }[]
  /** Indexes that cost writes and were never read since the database was started. */
  readonly unusedIndexes: readonly { readonly name: string; readonly bytes: number }[]
  readonly connections: number
  readonly cacheHitRatio: number | null
  /** How often it was asked for anything since it was opened, by whomever. One that nobody needs is not asked. */
  readonly uses: number
}

export interface Problem {
  readonly code: string
  readonly message: string
}

/** What lends read-only transactions. */
export type Reads = Pick<Database, 'read'>

export interface Database {
  /**
   * This computer made the vault, or somebody here trusts it. Rows of any other vault are data of strangers: paths out of the vault
   * that stand in them are not followed, and work that is stored in them is not done unasked.
   */
  readonly isOwn: boolean
  /** A read-only transaction as one person: only their rows exist in it. On a server some run at once, also while others write. */
  read<T>(userId: string, fn: (tx: Reader) => Promise<T>): Promise<T>
  /** A transaction as one person. Commits when `fn` resolves, rolls back when it throws. */
  write<T>(userId: string, fn: (tx: Writer) => Promise<T>): Promise<T>
  /** A transaction of background work, over everybody's rows. */
  asService<T>(fn: (tx: Writer) => Promise<T>): Promise<T>
  /** A transaction with the rights of the schema's owner, for what no role may do. Rare, and visible in review. */
  asOwner<T>(fn: (tx: Writer) => Promise<T>): Promise<T>
  /** Writes the database again, so that nothing of removed rows is left on the disk. */
  rebuild(): Promise<void>
  /**
   * A read-only transaction over everything, of one moment, from which the database can be written out whole. Others go on using the
   * database meanwhile, unless there is no room for that on the disk. What `fn` starts must not be a transaction.
   */
  snapshot<T>(fn: (tx: Snapshot) => Promise<T>): Promise<T>
  /**
   * Lends what reads beside the database, for work that goes through everything and would hold others up. On PGlite all of it is of
   * one moment. Not for what must see what it has just written.
   */
  aside<T>(fn: (copy: Reads) => Promise<T>): Promise<T>
  /** One read-only statement of a person's own. Throws `sql-refused` and `sql-failed`. */
  runUserSql(userId: string, text: string): Promise<{ columns: string[]; rows: unknown[][] }>
  info(): Promise<DatabaseInfo>
  /** `idle` vacuums and analyses one table at a time, and stops as soon as somebody wants the database. */
  maintain(kind: 'checkpoint' | 'vacuum' | 'analyze' | 'idle'): Promise<void>
  /** Bulk loads announce themselves, so that statistics and memory are looked after when they end. */
  noteBulk(rows: number): void
  health(): Promise<Problem[]>
  figures(): Promise<DatabaseFigures>
  migrate(): Promise<{ from: number; to: number }>
  rollback(toVersion: number): Promise<void>
  /** Calls `listener` after each commit of a transaction that announced `topic`; returns how to end that. */
  onCommit(topic: string, listener: (subjects: ReadonlySet<string>) => void): () => void
  /** Called when the database stopped and could not be started again. */
  onStopped(listener: (error: CofferError) => void): void
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
