import type { FileKind, Inspection, InspectJob, Limits } from './types.ts'

/**
 * How much of a file a worker looks at. Each step leaves out what ended a worker before: first the pictures, then the
 * facts.
 */
export type Depth = 'all' | 'facts' | 'kind'

/** First bytes that are only to be recognised. */
export interface KindJob {
  readonly head: Uint8Array
  readonly filename: string
}

/** What the parent sends to a worker. */
export interface ToChild {
  readonly id: number
  readonly job: InspectJob | KindJob
  readonly depth: Depth
  readonly limits: Limits
}

/** Null: the file is of no kind that Coffer keeps. */
export type Found = { readonly kind: FileKind; readonly inspection: Inspection | null } | null

/** What a worker sends back. */
export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly found: Found; readonly rssMb: number }
  /** Something that is not the file's fault, such as a full disk. `code` is the system's. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly code: string | undefined }

/** What the watch of a worker writes before it ends the process, and for which reason. */
export const endedFor = { time: 'coffer-ended-for-time', memory: 'coffer-ended-for-memory' } as const
export type EndReason = keyof typeof endedFor

/** Numbers that a worker shares with its watch: what they are, and where they stand. */
export const shared = { maxCpuSeconds: 0, startedCpuSeconds: 1, maxMemoryMb: 2, length: 3 } as const
