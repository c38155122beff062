import { z } from 'zod'
import { asAccount, renewal } from '../as-account.ts'
import type { Session, Tokens } from '../connector.ts'
import { askJson, ask, sentences, type Answered, type Asking, type Fetch, type ReadError } from '../http.ts'
import { ServiceError } from '../service-error.ts'

interface By {
  readonly network: Fetch
  readonly signal: AbortSignal
}

/** XRPC says in the body what is wrong; a damaged or ended token is 400 there, not 401. */
const readError: ReadError = (status, body) => {
  const { error } = z.looseObject({ error: z.string().max(200) }).safeParse(body).data ?? {}
  if (error === undefined) return null
  const troubles: Readonly<Record<string, ServiceError['trouble']>> = {
    InvalidToken: 'expired',
    ExpiredToken: 'expired',
    AuthMissing: 'expired',
    AuthenticationRequired: 'refused',
    AuthFactorTokenRequired: 'refused',
    AccountTakedown: 'refused',
    RepoTakendown: 'refused',
    RepoSuspended: 'refused',
    RepoDeactivated: 'refused',
    RepoNotFound: 'gone',
    RecordNotFound: 'gone',
    RateLimitExceeded: 'limited',
  }
  const trouble = troubles[error]
  return { code: error, ...(trouble && status < 500 && { trouble }) }
}

/** Calls a method of a server, as nobody. Throws `ServiceError`. */
export function call(
  by: By,
  server: string,
  method: string,
  asking: Omit<Asking, 'signal'>,
): Promise<Answered & { readonly json: unknown }> {
  return askJson(by.network, `${server}/xrpc/${method}`, { ...asking, signal: by.signal }, readError)
}

/**
 * Calls a method as the account, where it is signed in. A token that has ended is renewed once, and what the server says then counts. `maxBytes`
 * asks for bytes instead of JSON.
 */
export async function callAs(
  session: Session,
  method: string,
  query: Readonly<Record<string, string>>,
  maxBytes?: number,
): Promise<Answered & { readonly json: unknown }> {
  const url = `${session.server}/xrpc/${method}?${new URLSearchParams(query).toString()}`
  const once = async (): Promise<Answered & { readonly json: unknown }> => {
    const { access } = session.tokens()
    const asking: Asking = {
      signal: session.signal,
      ...(access !== null && { headers: { authorization: `Bearer ${access}` } }),
      ...(maxBytes !== undefined && { maxBytes }),
    }
    return maxBytes === undefined
      ? askJson(session.network, url, asking, readError)
      : { ...(await ask(session.network, url, asking, readError)), json: null }
  }
  return asAccount(session, refreshed, once)
}

/** New tokens for the ones a session has. Throws `ServiceError` expired where the sign-in no longer counts. */
export async function refreshed(session: Session): Promise<Tokens> {
  const { refresh } = session.tokens()
  if (refresh === null) throw new ServiceError('expired', sentences.expired)
  const answer = await renewal(() =>
    call(session, session.server ?? '', 'com.atproto.server.refreshSession', {
      method: 'POST',
      headers: { authorization: `Bearer ${refresh}` },
    }),
  )
  return tokensIn(answer.json)
}

const tokensSchema = z.object({ accessJwt: z.string().max(10_000), refreshJwt: z.string().max(10_000) })

/** The tokens in an answer; when the access token ends is in the token itself. */
export function tokensIn(json: unknown): Tokens {
  const found = tokensSchema.safeParse(json).data
  if (!found) throw new ServiceError('nonsense', sentences.nonsense)
  return { access: found.accessJwt, refresh: found.refreshJwt, expiresAt: endOf(found.accessJwt), scope: null }
}

function endOf(token: string): string | null {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { exp?: unknown }
    return typeof claims.exp === 'number' ? new Date(claims.exp * 1000).toISOString() : null
  } catch {
    return null
  }
}
