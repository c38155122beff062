import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { CofferError } from '../base/errors.ts'
import { newSecret, sameSecret } from '../keys/index.ts'
import { problemResponse } from './errors.ts'
import type { Engine } from './port.ts'

export interface Served {
  /** The address to open, with its token. The token works once; a cookie follows it. */
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
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/**
 * Serves the window's own files and the API to a browser on this computer: loopback only, Host and Origin checked, a
 * token in the address once and a strict same-site cookie afterwards.
 */
export async function serve(
  engine: Engine,
  options: { readonly port: number; readonly rendererDir: string },
): Promise<Served> {
  const session = newSecret()
  let token: string | null = newSecret()
  let hosts: ReadonlySet<string> = new Set()
  const app = new Hono()
  app.onError((error) => problemResponse(error))
  app.use('*', async (c, next) => {
    const host = c.req.header('host') ?? ''
    const origin = c.req.header('origin')
    // A page elsewhere can reach loopback by a name of its own (DNS rebinding) or by a form: both are turned away.
    if (!hosts.has(host) || (origin !== undefined && origin !== `http://${host}`)) {
      throw new CofferError('This address is not the one Coffer was started on.', { code: 'forbidden' })
    }
    c.header('content-security-policy', pagePolicy)
    c.header('x-content-type-options', 'nosniff')
    c.header('referrer-policy', 'no-referrer')
    c.header('cross-origin-resource-policy', 'same-origin')
    await next()
  })
  app.get('/', (c) => {
    const offered = c.req.query('token')
    if (offered !== undefined && token !== null && sameSecret(offered, token)) {
      token = null
      setCookie(c, cookieName, session, { httpOnly: true, sameSite: 'Strict', path: '/' })
      return c.redirect('/')
    }
    return isSignedIn(c) ? page(c, options.rendererDir, 'index.html') : turnedAway(c)
  })
  app.all('/api/*', async (c) => {
    if (!isSignedIn(c)) throw new CofferError('Open the address that coffer serve printed.', { code: 'unauthorized' })
    const headers = new Headers(c.req.raw.headers)
    headers.set('x-coffer-secret', engine.secret)
    headers.set('x-coffer-client', 'browser')
    // Ours ends here; those of the session in the vault go on.
    headers.set('cookie', withoutCookie(c.req.header('cookie') ?? '', cookieName))
    headers.delete('x-coffer-user')
    return engine.fetch(new Request(c.req.raw, { headers }))
  })
  app.get('*', (c) => page(c, options.rendererDir, new URL(c.req.url).pathname))

  function isSignedIn(c: Context): boolean {
    return sameSecret(getCookie(c, cookieName) ?? '', session)
  }
  function turnedAway(c: Context): Response | Promise<Response> {
    deleteCookie(c, cookieName)
    return c.text(
      'Open the address that “coffer serve” printed; its token works once. Start it again for a new one.',
      401,
    )
  }

  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  return {
    url: `http://127.0.0.1:${port}/?token=${token}`,
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function withoutCookie(header: string, name: string): string {
  return header
    .split('; ')
    .filter((each) => !each.startsWith(`${name}=`))
    .join('; ')
}

async function page(c: Context, folder: string, path: string): Promise<Response> {
  const file = normalize(join(folder, decodeURIComponent(path)))
  const body = file.startsWith(normalize(folder)) ? await readFile(file).catch(() => null) : null
  if (body === null) throw new CofferError('There is nothing at this address.', { code: 'not-found' })
  const type = contentTypes[extname(file)] ?? 'application/octet-stream'
  return c.body(new Uint8Array(body), 200, { 'content-type': type })
}
