import { isIP } from 'node:net'
import type { Context } from 'hono'
import { getCookie, setCookie, deleteCookie } from 'hono/cookie'
import { clientKindSchema, type ClientKind, type Endpoint, type Person, type TokenScope } from '../../contract/index.ts'
import { apiTokenIn, isSignInNeeded, personNamed, personOf, type SignedIn } from '../accounts/index.ts'
import type { AskingClient } from '../base/client.ts'
import { CofferError } from '../base/errors.ts'
import type { Engine, OpenVault } from './port.ts'

/** Who asks: a person of the open vault. */
export interface Caller {
  readonly vault: OpenVault
  readonly userId: string
  readonly person: Person
  /** Null in a vault that asks nobody to sign in, and for a program with a token. */
  readonly sessionId: string | null
  /** How far a program may go that acts as this person with a token; null for the person themselves. */
  readonly scope: TokenScope | null
}

/** Longest name of a program that is kept. */
const mostAgent = 300
const accessCookie = 'coffer-access'
const refreshCookie = 'coffer-refresh'

interface Admitted {
  readonly found: Caller | null
  /** New tokens for the cookies of the answer. */
  readonly renewed?: SignedIn
}

/**
 * Lets a request through to an endpoint, or throws `no-vault`, `sign-in-needed` or `forbidden`. A caller who need not sign in
 * is the person the command line names, or the only one; else the request carries a session (an access token in
 * `Authorization`, or the cookies of the window) or a token of another program. Cookies are renewed on the way, so that a picture never fails for an
 * old token.
 */
export async function admit(engine: Engine, c: Context, endpoint: Endpoint): Promise<Admitted> {
  const { access, withoutVault } = endpoint
  const { state } = engine.state()
  if (state !== 'ready') {
    if (access === 'open' || (withoutVault && (access === 'person' || state === 'none'))) return { found: null }
    if (withoutVault) throw new CofferError('A vault is still being opened.', { code: 'conflict', retry: 'later' })
    engine.vault()
  }
  const admitted = await identify(engine.vault(), c)
  if (access === 'open') return admitted
  if (!admitted.found) throw new CofferError('Sign in first.', { code: 'sign-in-needed' })
  if (access === 'admin' && !admitted.found.person.isAdmin) {
    throw new CofferError('Only an administrator of this vault can do that.', { code: 'forbidden' })
  }
  if (admitted.found.scope !== null) assertWithin(admitted.found.scope, endpoint)
  return admitted
}

/** Throws `forbidden` for what a token of this scope does not reach. */
function assertWithin(scope: TokenScope, { access, isPersonal, isReading }: Endpoint): void {
  const isAllowed = !isPersonal && (isReading || scope !== 'read') && (access !== 'admin' || scope === 'admin')
  if (!isAllowed) throw new CofferError('This token does not allow that.', { code: 'forbidden' })
}

async function identify(vault: OpenVault, c: Context): Promise<Admitted> {
  const nobody = { found: null }
  const { database, sessions } = vault
  const as = (person: Person, sessionId: string | null, scope: TokenScope | null = null): Caller => ({
    vault,
    userId: person.id,
    person,
    sessionId,
    scope,
  })
  const token = apiTokenIn(c.req.header('authorization'))
  if (token !== null) {
    const grant = await vault.tokens.check(token)
    const person = grant && (await personOf(database, grant.userId))
    return grant && person ? { found: as(person, null, grant.scope) } : nobody
  }
  if (!(await isSignInNeeded(database))) {
    const name = c.req.header('x-coffer-user')
    const person = await personNamed(database, name === undefined ? undefined : decoded(name))
    return { found: as(person, null) }
  }
  const bearer = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  const access = bearer ?? getCookie(c, accessCookie)
  const claims = access === undefined ? null : await sessions.check(access)
  if (claims) {
    const person = await personOf(database, claims.userId)
    return person ? { found: as(person, claims.sessionId) } : nobody
  }
  const refresh = bearer === undefined ? getCookie(c, refreshCookie) : undefined
  const renewed = refresh === undefined ? null : await sessions.renewShared(refresh)
  // The renewal may be some seconds old and the session ended since.
  if (!renewed || !(await sessions.check(renewed.tokens.accessToken))) return nobody
  return { found: as(renewed.person, renewed.sessionId), renewed }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch (cause) {
    throw new CofferError('The name in the x-coffer-user header is invalid.', { code: 'bad-request', cause })
  }
}

/** Where a request says it comes from: the shell and `coffer serve` add this, and a window keeps cookies. */
export function clientOf(c: Context): ClientKind {
  return clientKindSchema.catch('api').parse(c.req.header('x-coffer-client'))
}

/** From where a request comes, for the log: only `coffer serve` has an address to tell, and only it says it. */
export function askingClientOf(c: Context): AskingClient {
  const address = c.req.header('x-coffer-address') ?? null
  const agent = c.req.header('user-agent')?.slice(0, mostAgent)
  return { address: address !== null && isIP(address) > 0 ? address : null, agent: agent ?? clientOf(c) }
}

/** Whether the tokens go into cookies: what runs in a page should not be able to read them. */
export function keepsCookies(client: ClientKind): boolean {
  return client === 'window' || client === 'browser'
}

export function giveCookies(c: Context, { tokens }: SignedIn): void {
  for (const [name, value] of [
    [accessCookie, tokens.accessToken],
    [refreshCookie, tokens.refreshToken],
  ] as const) {
    // No Max-Age: they go when the window or the browser does.
    setCookie(c, name, value, { httpOnly: true, sameSite: 'Strict', path: '/api/v1' })
  }
}

/** Takes the cookies back, and with them the pictures a browser has kept. */
export function takeCookies(c: Context): void {
  for (const name of [accessCookie, refreshCookie]) deleteCookie(c, name, { path: '/api/v1' })
  c.header('clear-site-data', '"cache"')
}
