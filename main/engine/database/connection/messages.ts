/** What the database worker is asked and answers. One request is under way at a time. */
export type WorkerRequest =
  | {
      readonly id: number
      readonly op: 'query'
      readonly sql: string
      readonly params: readonly unknown[]
      readonly asArrays?: boolean
      readonly maxBytes?: number
    }
  | { readonly id: number; readonly op: 'remarks'; readonly sql: string }
  | { readonly id: number; readonly op: 'exec'; readonly sql: string }
  | { readonly id: number; readonly op: 'copyOut'; readonly source: string }
  | { readonly id: number; readonly op: 'copyIn'; readonly target: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly op: 'close' }

export interface QueryAnswer {
  readonly rows: unknown[]
  readonly columns: string[]
  readonly affectedRows: number
}

/** What was asked for: rows, what `COPY` wrote, or nothing. */
export type WorkerResult = QueryAnswer | Uint8Array<ArrayBuffer> | string[] | null

export type WorkerAnswer =
  | { readonly id: number; readonly ok: true; readonly answer: WorkerResult }
  | { readonly id: number; readonly ok: false; readonly message: string; readonly sqlState: string | null }
  /** Sent once: the database is open, or could not be opened. */
  | { readonly id: 0; readonly ok: true; readonly answer: null }
  | { readonly id: 0; readonly ok: false; readonly message: string; readonly sqlState: null }
  /** The last words of a server that gave up; the worker exits right after. */
  | { readonly id: -1; readonly panic: string }

export interface WorkerOptions {
  readonly dataDir: string
  /** False opens what is there; true lets initdb make a new database. */
  readonly mayInitialise: boolean
  /** The folder is worthless: nothing waits for the disk. */
  readonly isScratch?: boolean
  /** For statements of people: little memory, few temporary files, and nothing is said of them. */
  readonly sandbox?: { readonly memoryMb: number; readonly temporaryMb: number }
  /** A module run before PGlite opens any file; tests watch the disk through it. */
  readonly preload?: string
}
