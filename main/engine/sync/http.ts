import { ServiceError } from './service-error.ts'
import { pauseIn } from './limits.ts'

/** The network, as the engine was given it. */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>

export interface Asking {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | URLSearchParams
  readonly signal: AbortSignal
  /** The longest answer that is read. */
  readonly maxBytes?: number
}

/** An answer that says yes. */
export interface Answered {
  readonly bytes: Uint8Array
  readonly headers: Headers
  /** How long the service wants to be left alone before the next call. */
  readonly pauseMs: number
}

/** What the service says in its answers about errors. */
export type ReadError = (
  status: number,
  body: unknown,
  headers: Headers,
) => {
  readonly trouble?: ServiceError['trouble']
  readonly code?: string | null
  readonly waitMs?: number
} | null

const timeoutMs = 60_000
const jsonBytes = 32 << 20
const mostHops = 3

/**
 * Asks a service. Throws `ServiceError`; what it says is plain English and names no address. Addresses are https, but for this
 * very computer; redirects to another host are not followed.
 */
export async function ask(
  network: Fetch,
  url: string,
  asking: Asking,
  readError: ReadError = () => null,
  hops = 0,
): Promise<Answered> {
  assertAllowed(url)
  const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(timeoutMs)])
  let answer: Response
  try {
    answer = await network(url, {
      method: asking.method ?? 'GET',
      headers: { 'user-agent': 'Coffer', accept: 'application/json', ...asking.headers },
      ...(asking.body !== undefined && { body: asking.body }),
      redirect: 'manual',
      signal,
    })
  } catch {
    asking.signal.throwIfAborted()
    throw new ServiceError('offline', 'The service cannot be reached.')
  }
  const pauseMs = pauseIn(answer.headers, answer.status === 429, Date.now())
  if (answer.status >= 300 && answer.status < 400) {
    await answer.body?.cancel()
    const to = answer.headers.get('location')
    const next = to !== null && URL.canParse(to, url) ? new URL(to, url) : null
    const isElsewhere = next?.host !== new URL(url).host || asking.method === 'POST' || hops >= mostHops
    if (next === null || isElsewhere) throw new ServiceError('nonsense', 'The service sent Coffer elsewhere.')
    return ask(network, next.href, asking, readError, hops + 1)
  }
  const bytes = await readAll(answer, asking.maxBytes ?? jsonBytes, asking.signal)
  if (answer.ok) return { bytes, headers: answer.headers, pauseMs }
  throw errorOf(answer, bytes, pauseMs, readError)
}

/** Asks for JSON. */
export async function askJson(
  network: Fetch,
  url: string,
  asking: Asking,
  readError?: ReadError,
): Promise<Answered & { readonly json: unknown }> {
  const answered = await ask(network, url, asking, readError)
  try {
    return { ...answered, json: JSON.parse(Buffer.from(answered.bytes).toString('utf8')) as unknown }
  } catch {
    throw new ServiceError('nonsense', 'The service gave an answer that makes no sense.')
  }
}

/** Throws for an address that nobody may be sent to. */
export function assertAllowed(url: string): void {
  const { protocol, hostname, username } = new URL(url)
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
  if (username !== '' || !(protocol === 'https:' || (protocol === 'http:' && isHere))) {
    throw new ServiceError('refused', 'This is not the address of a service.')
  }
}

async function readAll(answer: Response, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of answer.body ?? []) {
      size += (chunk as Uint8Array).length
      if (size > maxBytes) throw new ServiceError('nonsense', 'The service gave more than it should.')
      chunks.push(chunk as Uint8Array)
    }
  } catch (error) {
    if (error instanceof ServiceError) throw error
    signal.throwIfAborted()
    throw new ServiceError('offline', 'The connection to the service broke off.')
  }
  const said = answer.headers.get('content-length')
  if (said !== null && answer.headers.get('content-encoding') === null && Number(said) !== size) {
    throw new ServiceError('offline', 'The connection to the service broke off.')
  }
  return Buffer.concat(chunks)
}

function errorOf(
  { status, headers }: Response,
  bytes: Uint8Array,
  pauseMs: number,
  readError: ReadError,
): ServiceError {
  let body: unknown = null
  try {
    body = JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown
  } catch {
    // Not every error of a service is JSON.
  }
  const own = readError(status, body, headers)
  const code = own?.code ?? null
  const trouble = own?.trouble ?? troubleOf(status)
  return new ServiceError(trouble, sentences[trouble], { code, waitMs: own?.waitMs ?? (pauseMs > 0 ? pauseMs : null) })
}

function troubleOf(status: number): ServiceError['trouble'] {
  if (status === 429) return 'limited'
  if (status === 401) return 'expired'
  if (status === 403) return 'refused'
  if (status === 404 || status === 410) return 'gone'
  return status >= 500 ? 'failed' : 'refused'
}

export const sentences: Readonly<Record<ServiceError['trouble'], string>> = {
  offline: 'The service cannot be reached. Coffer tries again by itself.',
  limited: 'The service asks for a pause. Coffer goes on by itself.',
  expired: 'The sign-in has expired. Sign in again.',
  refused: 'The service refused. Check the account, or sign in again.',
  gone: 'The service does not have this.',
  failed: 'The service has a problem of its own. Coffer tries again by itself.',
  nonsense: 'The service gave an answer that Coffer does not understand.',
}
