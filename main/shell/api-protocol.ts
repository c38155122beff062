import { readFile } from 'node:fs/promises'
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import { net, protocol } from 'electron'
import type { EngineProcess } from './engine-process.ts'
import { override } from './overrides.ts'

export const appOrigin = 'coffer://app'
const waitForEngineMs = 20_000
const retryPauseMs = 100

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  'img-src coffer://vault blob: data:',
  'media-src coffer://vault',
  'connect-src coffer://vault',
  "font-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** Hop-by-hop headers, which end at this relay, and cookies, which it keeps. */
const ownHeaders = new Set([
  'cookie',
  'set-cookie',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
])

/** Must run before the app is ready: makes coffer:// a proper origin with fetch, streams and media. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'coffer',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
    },
  ])
}

/** `coffer://app` serves the window's files; `coffer://vault` is the engine's API, relayed byte for byte. */
export function handleScheme(engine: EngineProcess, rendererDir: string): void {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const cookies: Cookies = new Map()
  protocol.handle('coffer', (request) => {
    const url = new URL(request.url)
    if (url.host === 'app') return pageFile(rendererDir, url)
    if (url.host === 'vault') return relay(request, url, engine, { agent, cookies })
    return new Response(null, { status: 404 })
  })
}

/**
 * The session of the window, in this process’s memory only: a scheme of our own has no cookies in Chromium, and no script
 * in the page should hold a token. It is gone when the app ends.
 */
type Cookies = Map<string, string>

interface Way {
  readonly agent: Agent
  readonly cookies: Cookies
}

function keep(cookies: Cookies, given: readonly string[]): void {
  for (const line of given) {
    const [pair = '', ...attributes] = line.split(';')
    const at = pair.indexOf('=')
    const isOver = attributes.some((each) => each.trim().toLowerCase() === 'max-age=0')
    if (isOver) cookies.delete(pair.slice(0, at))
    else cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
}

async function pageFile(rendererDir: string, url: URL): Promise<Response> {
  const devServer = override('COFFER_RENDERER_URL')
  if (devServer !== undefined) return net.fetch(new URL(url.pathname + url.search, devServer).href)
  const path = url.pathname === '/' ? '/index.html' : decodeURIComponent(url.pathname)
  const file = normalize(join(rendererDir, path))
  const body = file.startsWith(rendererDir + sep) ? await readFile(file).catch(() => null) : null
  if (body === null) return new Response(null, { status: 404 })
  return new Response(new Uint8Array(body), {
    headers: {
      'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': pagePolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    },
  })
}

async function relay(request: Request, url: URL, engine: EngineProcess, way: Way): Promise<Response> {
  const reads = request.method === 'GET' || request.method === 'HEAD'
  const origin = request.headers.get('origin')
  if (origin !== null && origin !== appOrigin) return new Response(null, { status: 403 })
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: crossOriginHeaders() })
  const body = request.body === null ? null : Buffer.from(await request.arrayBuffer())
  const deadline = Date.now() + waitForEngineMs
  for (;;) {
    try {
      const address = await engine.address(Math.max(deadline - Date.now(), 0))
      return await forward(request, url, body, { ...address, ...way })
    } catch (error) {
      if (request.signal.aborted) return new Response(null, { status: 499 })
      // Nobody listened, so nothing happened and asking again is safe; a broken read is safe to repeat as well.
      const code = (error as NodeJS.ErrnoException).code
      const untouched = code === 'ECONNREFUSED' || code === 'ENOENT' || (reads && code === 'ECONNRESET')
      if (!untouched || Date.now() >= deadline) return unreachable(error)
      await new Promise((resolve) => setTimeout(resolve, retryPauseMs))
    }
  }
}

function forward(
  request: Request,
  url: URL,
  body: Buffer | null,
  to: Way & { readonly socket: string; readonly secret: string },
): Promise<Response> {
  const headers: Record<string, string> = {}
  for (const [name, value] of request.headers) if (!ownHeaders.has(name)) headers[name] = value
  headers['host'] = 'vault'
  headers['x-coffer-secret'] = to.secret
  headers['x-coffer-client'] = 'window'
  if (to.cookies.size > 0) headers['cookie'] = [...to.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  if (body) headers['content-length'] = String(body.byteLength)
  return new Promise((resolve, reject) => {
    const message = httpRequest({
      socketPath: to.socket,
      agent: to.agent,
      method: request.method,
      path: url.pathname + url.search,
      headers,
    })
    request.signal.addEventListener('abort', () => message.destroy(), { once: true })
    message.once('error', reject)
    message.once('response', (answer) => {
      keep(to.cookies, answer.headers['set-cookie'] ?? [])
      resolve(responseOf(answer, request.method))
    })
    message.end(body ?? undefined)
  })
}

function responseOf(answer: IncomingMessage, method: string): Response {
  const headers = crossOriginHeaders()
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && !ownHeaders.has(name)) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const status = answer.statusCode ?? 502
  if (method === 'HEAD' || status === 204 || status === 304) {
    answer.resume()
    return new Response(null, { status, headers })
  }
  // An answer cut short ends the stream; the window sees a failed fetch and asks again.
  answer.on('error', () => {})
  return new Response(Readable.toWeb(answer), {
    status,
    headers,
  })
}

function unreachable(error: unknown): Response {
  const detail = error instanceof Error ? error.message : String(error)
  const problem = {
    type: 'about:blank',
    title: 'Engine unreachable',
    status: 503,
    detail,
    code: 'engine-unreachable',
    retry: 'later',
  }
  const headers = crossOriginHeaders()
  headers.set('content-type', 'application/problem+json')
  return new Response(JSON.stringify(problem), { status: 503, headers })
}

function crossOriginHeaders(): Headers {
  return new Headers({
    'access-control-allow-origin': appOrigin,
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'content-type, range, last-event-id',
    'access-control-expose-headers': '*',
    'access-control-max-age': '600',
    vary: 'origin',
  })
}
