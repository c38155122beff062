import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'vitest'

export interface Asked {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  /** Fields of a form. */
  readonly form: URLSearchParams
  readonly path: string
}

export interface Answer {
  readonly status?: number
  readonly json?: unknown
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** Ends the connection after so many bytes of the body; 0 before there is an answer at all. */
  readonly breakAt?: number
}

/** A service on this computer for as long as a test runs. */
export interface FakeService {
  readonly url: string
  /** Every call, such as `GET /api/v1/athlete`. */
  readonly calls: string[]
  /** Asked first; what it answers is sent instead of what is right. For what goes wrong. */
  meanwhile: ((asked: Asked, right: (asked: Asked) => Answer) => Answer | null | Promise<Answer | null>) | null
  count(call: string | RegExp): number
}

export async function fakeService(t: TestContext, answerTo: (asked: Asked) => Answer): Promise<FakeService> {
  const server = createServer((request, response) => void respond(request, response))
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const method = request.method ?? 'GET'
    const form = new URLSearchParams(Buffer.concat(chunks).toString())
    const asked: Asked = { method, url, headers: request.headers, form, path: url.pathname }
    service.calls.push(`${method} ${url.pathname}${url.search}`)
    const {
      status = 200,
      json,
      bytes,
      headers = {},
      breakAt,
    } = (await service.meanwhile?.(asked, answerTo)) ?? answerTo(asked)
    if (breakAt === 0) {
      request.socket.destroy()
      return
    }
    const body = bytes ?? Buffer.from(json === undefined ? '' : JSON.stringify(json))
    response.writeHead(status, {
      ...(json !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
      'content-length': body.length,
      ...headers,
    })
    if (breakAt === undefined) {
      response.end(body)
      return
    }
    response.write(body.subarray(0, breakAt), () => request.socket.destroy())
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const calls: string[] = []
  const service: FakeService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    meanwhile: null,
    count: (call) =>
      calls.filter((each) => (typeof call === 'string' ? each.startsWith(call) : call.test(each))).length,
  }
  return service
}

/** A network in which hosts of the web are answered by this computer, and nothing else is there. */
export function networkOf(
  hosts: Readonly<Record<string, string>>,
): (url: string, init: RequestInit) => Promise<Response> {
  return (url, init) => {
    const { host, pathname, search } = new URL(url)
    const there = hosts[host] ?? (host.startsWith('127.0.0.1') ? `http://${host}` : null)
    if (there === null) throw new TypeError('fetch failed')
    return fetch(`${there}${pathname}${search}`, init)
  }
}

/** What the browser does: opens the address and goes where it is sent, to this computer at the end. */
export async function browse(
  url: string,
  network: (url: string, init: RequestInit) => Promise<Response>,
): Promise<{
  readonly address: string
  readonly status: number
  readonly text: string
}> {
  for (let at = url, hop = 0; hop < 5; hop += 1) {
    const answer = await (hop === 0 ? network(at, { redirect: 'manual' }) : fetch(at, { redirect: 'manual' }))
    const to = answer.headers.get('location')
    if (answer.status < 300 || answer.status >= 400 || to === null) {
      return { address: at, status: answer.status, text: await answer.text() }
    }
    at = to
  }
  throw new Error('sent around for ever')
}
