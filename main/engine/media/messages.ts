import type { Inspection, InspectJob, Limits } from './types.ts'

/** What parent and worker say to each other. */
export type ToChild = { readonly id: number; readonly job: InspectJob; readonly limits: Limits }
export type FromChild =
  | { readonly id: number; readonly inspection: Inspection }
  | { readonly id: number; readonly error: string }

/** The exit code of a worker that ended itself because it used too much memory. */
export const memoryExitCode = 71
