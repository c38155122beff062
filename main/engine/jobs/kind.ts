import type { z } from 'zod'
import type { JobOutcome, RunningJob } from './run.ts'

/** A kind of stored work, and what its payload has to be. */
export interface JobKind<Payload extends object> {
  readonly name: string
  readonly payload: z.ZodType<Payload>
}

/** How jobs of one kind are run. */
export interface JobHandler {
  readonly kind: string
  /** Jobs of this kind do not begin now; they are looked at again whenever another job has ended. */
  isHeld(): boolean
  /** Null when the payload is not one of this kind. */
  prepare(payload: unknown): ((job: Omit<RunningJob, 'payload'>) => Promise<JobOutcome>) | null
}

export function jobKind<Payload extends object>(name: string, payload: z.ZodType<Payload>): JobKind<Payload> {
  return { name, payload }
}

/** Says how jobs of a kind are run; their payload is checked when one is taken, for it may come from another version. */
export function handle<Payload extends object>(
  kind: JobKind<Payload>,
  run: (job: RunningJob<Payload>) => Promise<JobOutcome>,
  { isHeld = () => false }: { readonly isHeld?: () => boolean } = {},
): JobHandler {
  return {
    kind: kind.name,
    isHeld,
    prepare(given) {
      const payload = kind.payload.safeParse(given)
      return payload.success ? (job) => run({ ...job, payload: payload.data }) : null
    },
  }
}
