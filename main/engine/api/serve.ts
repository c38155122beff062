import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, sep } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { browserKeyHeader, browserPaths, ownHostMeta } from '../../contract/index.ts'
import { apiTokenIn } from '../accounts/index.ts'
import { CofferError } from '../base/errors.ts'
import { newSecret } from '../keys/index.ts'
import { cookieHeader, createBrowserSessions, keepCookies, type BrowserSession } from './browser-sessions.ts'
import { problemResponse } from './errors.ts'
import type { Engine } from './port.ts'

export interface Served {
  /** The address to open, with its token, which works once. */
  readonly url: string
  close(): Promise<void>
}

const cookieName = 'coffer-session'
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

function pagePolicy(alsoConnects = ''): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self'",
    `connect-src 'self'${alsoConnects}`,
    "font-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/**
 * Serves the window's own files and the API to a browser on this computer: loopback only, Host and Origin checked.
 *
 * [Note: a host name of its own] A cookie of `127.0.0.1` goes to every port there, so also to a server that somebody else
 * at this computer has started. The page therefore moves to a name below `localhost` that nobody can guess, and only
 * there it gets a cookie. Where the browser does not find that name, the page keeps a key for itself and sends it in a
 * header; pictures and films, which cannot send one, carry a ticket that is good for some minutes. Programs send a
 * token in `Authorization` instead.
 */
export async function serve(
  engine: Engine,
  options: { readonly port: number; readonly rendererDir: string },
): Promise<Served> {
  const token = newSecret()
  const sessions = createBrowserSessions(token)
  const ownName = `coffer-${randomBytes(16).toString('hex')}.localhost`
  let ownHost = ''
  let loopbackHosts: readonly string[] = []
  const app = new Hono()
  app.onError((error) => problemResponse(error))
  app.use('*', async (c, next) => {
    const host = c.req.header('host') ?? ''
    const origin = c.req.header('origin')
    // A page elsewhere can reach loopback by a name of its own (DNS rebinding) or by a form: both are turned away.
    const isKnown = host === ownHost || loopbackHosts.includes(host)
    if (!isKnown || (origin !== undefined && origin !== `http://${host}` && c.req.path !== browserPaths.probe)) {
      throw new CofferError('This is not the address Coffer was started on.', { code: 'forbidden' })
    }
    await next()
    c.res.headers.set('x-content-type-options', 'nosniff')
    c.res.headers.set('referrer-policy', 'no-referrer')
    const isProbe = c.req.path === browserPaths.probe
    c.res.headers.set('cross-origin-resource-policy', isProbe ? 'cross-origin' : 'same-origin')
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
    if (!c.res.headers.has('content-security-policy')) c.res.headers.set('content-security-policy', pagePolicy())
  })
  app.get('/', async (c) => {
    const offered = c.req.query('token')
    if (c.req.header('host') !== ownHost) {
      if (offered === undefined || !sessions.isToken(offered)) return page(options.rendererDir, 'index.html')
      // Only a caller that has the token may learn the name.
      const meta = `<meta name="${ownHostMeta}" content="${ownHost}" />`
      const answer = await page(options.rendererDir, 'index.html', (html) => html.replace('<head>', `<head>${meta}`))
      answer.headers.set('content-security-policy', pagePolicy(` http://${ownHost}`))
      return answer
    }
    const begun = offered === undefined ? null : sessions.begin(offered)
    if (begun) {
      // No redirect: a strict cookie is not sent along one that began at another host. The page drops the token itself.
      setCookie(c, cookieName, begun.key, { httpOnly: true, sameSite: 'Strict', path: '/' })
      return withCookies(c, await page(options.rendererDir, 'index.html'))
    }
    if (sessionOf(c)) return page(options.rendererDir, 'index.html')
    deleteCookie(c, cookieName)
    return c.text(
      'Open the address that “coffer serve” printed; its token works once. Start it again to get a new one.',
      401,
    )
  })
  app.get(browserPaths.probe, (c) => c.body(null, 204))
  app.post(browserPaths.session, (c) => {
    const begun = sessions.begin(c.req.header(browserKeyHeader) ?? '')
    if (!begun) throw notSignedIn()
    return c.json({ key: begun.key })
  })
  app.post(browserPaths.ticket, (c) => {
    const session = sessionOf(c)
    if (!session) throw notSignedIn()
    return c.json({ ticket: session.newTicket() })
  })
  app.all('/api/*', async (c) => {
    const url = new URL(c.req.url)
    const session = sessionOf(c) ?? ticketOf(c)
    url.searchParams.delete('ticket')
    const headers = new Headers(c.req.raw.headers)
    headers.delete('x-coffer-user')
    headers.delete('cookie')
    headers.delete(browserKeyHeader)
    headers.set('x-coffer-secret', engine.secret)
    headers.set('x-coffer-address', getConnInfo(c).remote.address ?? '')
    if (!session) {
      if (!apiTokenIn(headers.get('authorization'))) throw notSignedIn()
      headers.set('x-coffer-client', 'api')
      return engine.fetch(new Request(url, new Request(c.req.raw, { headers })))
    }
    headers.set('x-coffer-client', 'browser')
    if (session.cookies.size > 0) headers.set('cookie', cookieHeader(session.cookies))
    const answer = await engine.fetch(new Request(url, new Request(c.req.raw, { headers })))
    keepCookies(session.cookies, answer.headers.getSetCookie())
    answer.headers.delete('set-cookie')
    return answer
  })
  app.get('*', (c) => page(options.rendererDir, new URL(c.req.url).pathname))

  function sessionOf(c: Context): BrowserSession | null {
    const isOwn = c.req.header('host') === ownHost
    return sessions.ofKey((isOwn ? getCookie(c, cookieName) : c.req.header(browserKeyHeader)) ?? '')
  }
  function ticketOf(c: Context): BrowserSession | null {
    const ticket = c.req.query('ticket')
    const isPicture = c.req.method === 'GET' && /^\/api\/v1\/media\/[\w-]+\/(original|thumbnails)/.test(c.req.path)
    return ticket !== undefined && isPicture ? sessions.ofTicket(ticket) : null
  }

  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  ownHost = `${ownName}:${port}`
  loopbackHosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  return {
    url: `http://127.0.0.1:${port}/?token=${token}`,
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** A response of our own carries what was set as cookies only when it is told to. */
function withCookies(c: Context, answer: Response): Response {
  return c.newResponse(answer.body, answer)
}

function notSignedIn(): CofferError {
  return new CofferError('Open the address that coffer serve printed.', { code: 'unauthorized' })
}

async function page(folder: string, path: string, change = (html: string): string => html): Promise<Response> {
  const file = normalize(join(folder, decoded(path)))
  const body = file.startsWith(normalize(folder) + sep) ? await readFile(file).catch(() => null) : null
  if (body === null) throw new CofferError('There is nothing at this address.', { code: 'not-found' })
  const type = contentTypes[extname(file)] ?? 'application/octet-stream'
  const isPage = type.startsWith('text/html')
  return new Response(isPage ? change(body.toString('utf8')) : new Uint8Array(body), {
    headers: { 'content-type': type, ...(!isPage && { 'cache-control': 'no-cache' }) },
  })
}

/** A path that is not written as it should be names nothing. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw new CofferError('There is nothing at this address.', { code: 'not-found' })
  }
}
