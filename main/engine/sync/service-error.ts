/**
 * What went wrong with a service. `offline`: it cannot be reached. `limited`: it asks for a pause. `expired`: the sign-in no longer
 * counts. `refused`: the account or what was asked for is not given. `gone`: what was asked for is not there. `failed`: its own fault.
 * `nonsense`: an answer that is not what was asked for.
 */
export type Trouble = 'offline' | 'limited' | 'expired' | 'refused' | 'gone' | 'failed' | 'nonsense'

export class ServiceError extends Error {
  readonly trouble: Trouble
  /** For how long the service is to be left alone; null where it does not say. */
  readonly waitMs: number | null
  /** The code the service gave, for branching on. */
  readonly code: string | null

  constructor(trouble: Trouble, message: string, more: { waitMs?: number | null; code?: string | null } = {}) {
    super(message)
    this.name = 'ServiceError'
    this.trouble = trouble
    this.waitMs = more.waitMs ?? null
    this.code = more.code ?? null
  }
}
