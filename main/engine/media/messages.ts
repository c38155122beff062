import type { Inspection, InspectJob, Limits } from './types.ts'

/** What parent and worker say to each other. */
export interface ToChild {
  readonly id: number
  readonly job: InspectJob
  readonly limits: Limits
  /** Leave the pictures alone: they have ended a worker before. */
  readonly isFactsOnly: boolean
}

export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly inspection: Inspection; readonly rssMb: number }
  /** Something that is not the file's fault, such as a full disk. `code` is the system's. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly code: string | undefined }

/** The exit code of a worker that ended itself because it used too much memory. */
export const memoryExitCode = 71
