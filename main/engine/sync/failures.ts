import { CofferError, messageOf } from '../base/errors.ts'
import type { LogEnd } from './log.ts'
import { backoffMs, type SyncKind } from './plan.ts'
import { ServiceError } from './service-error.ts'

/** Failures that pass by themselves before they are reported. */
const quietTries = 5

/** What went wrong, as it is planned for and shown. `locked`: the tokens are; `ours`: it is Coffer that failed. */
export interface Failure {
  readonly trouble: ServiceError['trouble'] | 'locked' | 'ours'
  readonly message: string
  /** For how long the service is to be left alone; null where it does not say. */
  readonly waitMs: number | null
}

/** When the next sync is; an interval from now where it is not said. */
export interface Plan {
  readonly kind: SyncKind
  readonly delayMs?: number
  readonly tries?: number
}

export function failureOf(error: unknown): Failure {
  if (error instanceof ServiceError) return { trouble: error.trouble, message: error.message, waitMs: error.waitMs }
  if (error instanceof CofferError && error.code === 'vault-key-locked') {
    return { trouble: 'locked', message: messageOf(error), waitMs: null }
  }
  return { trouble: 'ours', message: 'Coffer could not store what the service gave.', waitMs: null }
}

/** How a failed sync is written down, and when it is tried again; null is not by itself. */
export function settlement(
  { trouble, message, waitMs }: Failure,
  tries: number,
  intervalMs: number,
): { readonly log: LogEnd; readonly plan: Plan | null } {
  const again = (delayMs: number, next = tries + 1): Plan => ({ kind: 'scheduled', delayMs, tries: next })
  const error = (code: NonNullable<LogEnd['code']>): LogEnd => ({ status: 'failed', code, message, state: 'error' })
  switch (trouble) {
    case 'offline':
      // Nothing is wrong with the account: nobody is told, and it is tried again.
      return {
        log: { status: 'cancelled', code: 'connection-offline', message },
        plan: again(backoffMs(tries, intervalMs)),
      }
    case 'limited':
      return { log: { status: 'partial', code: 'connection-limited', message }, plan: again(waitMs ?? intervalMs, 0) }
    case 'failed':
      return tries >= quietTries
        ? { log: error('connection-offline'), plan: again(intervalMs) }
        : {
            log: { status: 'cancelled', code: 'connection-offline', message },
            plan: again(Math.max(waitMs ?? 0, backoffMs(tries, intervalMs))),
          }
    case 'expired':
      return { log: { status: 'failed', code: 'connection-expired', message, state: 'token_expired' }, plan: null }
    case 'locked':
      return { log: error('vault-key-locked'), plan: again(intervalMs) }
    case 'refused':
    case 'gone':
      return { log: error('connection-refused'), plan: again(intervalMs) }
    case 'nonsense':
    case 'ours':
      return { log: error('internal'), plan: again(intervalMs) }
  }
}
