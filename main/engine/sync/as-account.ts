import type { Session, Tokens } from './connector.ts'
import { ServiceError, type Trouble } from './service-error.ts'
import { sentences } from './http.ts'

/**
 * Does something as the account. A token that has ended, by the service's clock and not by ours, is renewed once, and what the
 * service says then counts.
 */
export async function asAccount<T>(
  session: Session,
  refresh: (session: Session) => Promise<Tokens>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const isExpired = error instanceof ServiceError && error.trouble === 'expired' && session.tokens().refresh !== null
    if (!isExpired) throw error
    await session.renew(await refresh(session))
    return work()
  }
}

/** What a token server says when it gives no new token: then the sign-in is over, unless it is only away. */
export async function renewal<T>(work: () => Promise<T>): Promise<T> {
  const over: readonly Trouble[] = ['expired', 'refused', 'gone']
  try {
    return await work()
  } catch (error) {
    if (error instanceof ServiceError && over.includes(error.trouble)) {
      throw new ServiceError('expired', sentences.expired)
    }
    throw error
  }
}

/** When a token ends that is good for so many seconds: by this computer's clock, whatever the service's says. */
export function endsIn(seconds: number | null | undefined): string | null {
  return seconds === null || seconds === undefined ? null : new Date(Date.now() + seconds * 1000).toISOString()
}
