import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie, deleteCookie } from 'hono/cookie'
import { clientKindSchema, type ClientKind, type Person } from '../../contract/index.ts'
import { isSignInNeeded, personNamed, personOf, type SignedIn } from '../accounts/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Engine, OpenVault } from './port.ts'

/** Who a request comes from. */
export interface Admitted {
  readonly vault: OpenVault
  readonly person: Person
  /** Null in a vault that asks nobody to sign in. */
  readonly sessionId: string | null
}

const accessCookie = 'coffer-access'
const refreshCookie = 'coffer-refresh'
const admitted = new WeakMap<Request, Admitted>()

/** What may be asked by somebody who has not signed in yet. */
const open = new Set([
  'GET /api/v1/vault',
  'POST /api/v1/sessions',
  'POST /api/v1/sessions/refresh',
  'GET /api/v1/openapi.json',
])
/** What concerns the whole vault: only for whoever looks after it. A list or a look is for everybody. */
const forAdmins =
  /^(POST|PUT|PATCH|DELETE) \/api\/v1\/(vault|backups|restore|database)(\/|$)|^GET \/api\/v1\/(database|health)$/

/**
 * Lets a request through when nobody has to sign in, or when it carries a session: an access token in `Authorization`, or
 * the cookies of the window. Cookies are renewed on the way, so that a picture never fails for an old token.
 */
export function gate(engine: Engine): MiddlewareHandler {
  return async (c, next) => {
    const place = `${c.req.method} ${c.req.path}`
    const vault = engine.state().state === 'ready' ? engine.vault() : null
    if (!vault) return next()
    const { found, renewed } = await admit(vault, c)
    if (found) {
      admitted.set(c.req.raw, found)
      if (forAdmins.test(place) && !found.person.isAdmin) {
        throw new CofferError('Only whoever looks after this vault can do that.', { code: 'forbidden' })
      }
    } else if (!open.has(place)) {
      throw new CofferError('Sign in first.', { code: 'sign-in-needed' })
    }
    await next()
    if (renewed) giveCookies(c, renewed)
  }
}

/** Who asked, as the gate found out; undefined for somebody who has not signed in. */
export function admittedOf(request: Request): Admitted | undefined {
  return admitted.get(request)
}

async function admit(vault: OpenVault, c: Context): Promise<{ found?: Admitted; renewed?: SignedIn }> {
  const { database, sessions } = vault
  if (!(await isSignInNeeded(database))) {
    const name = c.req.header('x-coffer-user')
    const person = await personNamed(database, name === undefined ? undefined : decodeURIComponent(name))
    return { found: { vault, person, sessionId: null } }
  }
  const bearer = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  const access = bearer ?? getCookie(c, accessCookie)
  const claims = access === undefined ? null : await sessions.check(access)
  if (claims) {
    const person = await personOf(database, claims.userId)
    return person ? { found: { vault, person, sessionId: claims.sessionId } } : {}
  }
  const refresh = bearer === undefined ? getCookie(c, refreshCookie) : undefined
  const renewed = refresh === undefined ? null : await sessions.renewShared(refresh)
  // The renewal may be some seconds old and the session ended since.
  if (!renewed || !(await sessions.check(renewed.tokens.accessToken))) return {}
  return { found: { vault, person: renewed.person, sessionId: renewed.sessionId }, renewed }
}

/** Where a request says it comes from: the shell and `coffer serve` add this, and a window keeps cookies. */
export function clientOf(c: Context): ClientKind {
  return clientKindSchema.catch('api').parse(c.req.header('x-coffer-client'))
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
