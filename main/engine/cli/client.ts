import { readFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { problemSchema } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { readLockNote, startEngine, type Engine } from '../engine.ts'

/** Asks the API of one vault, wherever its engine runs. */
export interface Client {
  /** The engine of this process, or null when the app holds the vault. */
  readonly engine: Engine | null
  get<T>(path: string): Promise<T>
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T>
  close(): Promise<void>
}

/** Connects to the app that has the vault open, or opens the vault here. */
export async function connect(vaultDir: string, user: string | undefined): Promise<Client> {
  const headers = headersOf(user)
  const note = await readLockNote(vaultDir)
  if (note?.socket !== undefined && note.runtimeDir !== undefined) {
    const { socket, runtimeDir } = note
    const secret = await readFile(join(runtimeDir, 'secret'), 'utf8').catch(() => null)
    if (secret !== null && (await answers(socket, secret))) {
      headers.set('x-coffer-secret', secret)
      return client(null, (request) => overSocket(socket, request), headers)
    }
  }
  const engine = startEngine({ stateDir: null })
  await engine.open(vaultDir)
  return clientOf(engine, user)
}

/** Asks an engine of this process. */
export function clientOf(engine: Engine, user: string | undefined): Client {
  const headers = headersOf(user)
  headers.set('x-coffer-secret', engine.secret)
  return client(engine, (request) => engine.fetch(request), headers)
}

function headersOf(user: string | undefined): Headers {
  return new Headers(user === undefined ? {} : { 'x-coffer-user': encodeURIComponent(user) })
}

function client(engine: Engine | null, fetch: (request: Request) => Promise<Response>, headers: Headers): Client {
  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const all = new Headers(headers)
    if (body !== undefined) all.set('content-type', 'application/json')
    const response = await fetch(
      new Request(`http://coffer${path}`, {
        method,
        headers: all,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    const text = await response.text()
    const answer: unknown = text === '' ? null : JSON.parse(text)
    if (response.ok) return answer as T
    const problem = problemSchema.parse(answer)
    throw new CofferError(problem.title, { code: problem.code, retry: problem.retry })
  }
  return {
    engine,
    get: (path) => ask('GET', path),
    send: (method, path, body) => ask(method, path, body),
    close: async () => engine?.close(),
  }
}

async function answers(socket: string, secret: string): Promise<boolean> {
  try {
    const headers = { 'x-coffer-secret': secret }
    const response = await overSocket(socket, new Request('http://coffer/api/v1/vault', { headers }))
    const state: unknown = await response.json()
    return response.ok && typeof state === 'object' && state !== null && 'state' in state && state.state === 'ready'
  } catch {
    // A note left behind by a process that died; the lock itself decides then.
    return false
  }
}

function overSocket(socketPath: string, request: Request): Promise<Response> {
  const url = new URL(request.url)
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        socketPath,
        method: request.method,
        path: url.pathname + url.search,
        headers: Object.fromEntries(request.headers),
      },
      (incoming) => {
        const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>
        const status = incoming.statusCode ?? 500
        resolve(new Response([204, 304].includes(status) ? null : body, { status }))
      },
    )
    outgoing.on('error', (cause) =>
      reject(new CofferError('The running app did not answer.', { code: 'engine-unreachable', retry: 'later', cause })),
    )
    request.text().then((text) => outgoing.end(text), reject)
  })
}
