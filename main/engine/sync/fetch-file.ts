import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { assertAllowed, sentences, type Fetch } from './http.ts'
import { pauseIn } from './limits.ts'
import { ServiceError } from './service-error.ts'

const tries = 3
const idleMs = 60_000
const redirects = 5

export interface FetchedFile {
  readonly sizeBytes: number
  readonly sha256: string
  readonly mimeType: string | null
}

/**
 * Fetches a file to a path. A connection that breaks off goes on where it was, where the service can do that. Throws `ServiceError`;
 * `refused` for more than `maxBytes`.
 */
export async function fetchFile(
  network: Fetch,
  from: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  to: string,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal: AbortSignal },
): Promise<FetchedFile> {
  await using file = await open(to, 'w+', 0o600)
  let size = 0
  let total: number | null = null
  let mimeType: string | null = null
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await follow(network, from, size, signal)
      if (answer.status === 200 && size > 0) {
        await file.truncate(0)
        size = 0
      }
      mimeType = answer.headers.get('content-type')?.split(';')[0]?.trim() ?? null
      const length = Number(answer.headers.get('content-length') ?? Number.NaN)
      total = Number.isFinite(length) && answer.headers.get('content-encoding') === null ? size + length : null
      for await (const chunk of answer.body ?? []) {
        const bytes = chunk as Uint8Array
        if (size + bytes.length > maxBytes)
          throw new ServiceError('refused', 'This file is larger than Coffer fetches.')
        await file.write(bytes, 0, bytes.length, size)
        size += bytes.length
      }
      if (total !== null && size < total) throw new ServiceError('offline', sentences.offline)
      break
    } catch (error) {
      signal.throwIfAborted()
      const isBroken = !(error instanceof ServiceError) || error.trouble === 'offline'
      if (!isBroken || attempt >= tries)
        throw error instanceof ServiceError ? error : new ServiceError('offline', sentences.offline)
    }
  }
  const hash = createHash('sha256')
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) hash.update(chunk as Buffer)
  return { sizeBytes: size, sha256: hash.digest('hex'), mimeType }
}

/** Media may lie elsewhere; what opens the account does not go along to another host. */
async function follow(
  network: Fetch,
  from: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  at: number,
  signal: AbortSignal,
): Promise<Response> {
  let { url } = from
  for (let hop = 0; hop <= redirects; hop += 1) {
    assertAllowed(url)
    const isHome = new URL(url).host === new URL(from.url).host
    const answer = await network(url, {
      headers: {
        'user-agent': 'Coffer',
        'accept-encoding': 'identity',
        ...(isHome ? from.headers : {}),
        ...(at > 0 && { range: `bytes=${at}-` }),
      },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(idleMs * 10)]),
    })
    if (answer.status === 200 || answer.status === 206) return answer
    await answer.body?.cancel()
    const to = answer.headers.get('location')
    if (answer.status >= 300 && answer.status < 400 && to !== null) {
      url = new URL(to, url).href
      continue
    }
    if (answer.status === 416 && at > 0) return new Response(null, { status: 206, headers: { 'content-length': '0' } })
    const trouble =
      answer.status === 429
        ? 'limited'
        : answer.status === 404 || answer.status === 410 || answer.status === 400
          ? 'gone'
          : answer.status === 401 || answer.status === 403
            ? 'refused'
            : 'failed'
    throw new ServiceError(trouble, sentences[trouble], {
      waitMs: trouble === 'limited' ? pauseIn(answer.headers, true, Date.now()) : null,
    })
  }
  throw new ServiceError('nonsense', sentences.nonsense)
}
