import { z } from 'zod'
import type { Fetch, ReadError } from '../http.ts'
import { askJson } from '../http.ts'
import { codes, missingObject, mostUsage, usagePauseMs } from './unverified.ts'

const graph = 'https://graph.instagram.com'

const errorSchema = z.looseObject({
  error: z.looseObject({ code: z.number().optional(), error_subcode: z.number().optional() }),
})

/** The code in the body says what is wrong; the status is 400 for nearly everything. */
const readError: ReadError = (status, body, headers) => {
  const error = errorSchema.safeParse(body).data?.error
  if (error?.code === undefined) return null
  const isMissing = error.code === 100 && error.error_subcode === missingObject
  const trouble = isMissing ? 'gone' : codes[error.code]
  const isOwn = trouble !== undefined && status < 500
  const waitMs = usageOf(headers).pauseMs
  return { code: String(error.code), ...(isOwn && { trouble }), ...(trouble === 'limited' && waitMs > 0 && { waitMs }) }
}

/** Asks Instagram with a token. Throws `ServiceError`. */
export async function call(
  { network, signal }: { readonly network: Fetch; readonly signal: AbortSignal },
  path: string,
  token: string,
  query: Readonly<Record<string, string>>,
): Promise<{ readonly json: unknown; readonly pauseMs: number }> {
  const search = new URLSearchParams({ ...query, access_token: token })
  const { json, headers, pauseMs } = await askJson(
    network,
    `${graph}${path}?${search.toString()}`,
    { signal },
    readError,
  )
  return { json, pauseMs: Math.max(pauseMs, usageOf(headers).pauseMs) }
}

const percent = z.number().catch(0)
const usage = z.looseObject({
  call_count: percent,
  total_cputime: percent,
  total_time: percent,
  /** Minutes. */
  estimated_time_to_regain_access: percent,
})

/** How long to leave the service alone, by how full it says its limits are. */
function usageOf(headers: Headers): { readonly pauseMs: number } {
  const all = [
    jsonIn(headers.get('x-app-usage')),
    ...Object.values(jsonIn(headers.get('x-business-use-case-usage')) ?? {}).flat(),
  ]
  const pauses = all.map((each) => {
    const found = usage.safeParse(each).data
    if (!found) return 0
    const minutes = found.estimated_time_to_regain_access
    const fullest = Math.max(found.call_count, found.total_cputime, found.total_time)
    return minutes > 0 ? minutes * 60_000 : fullest > mostUsage ? usagePauseMs : 0
  })
  return { pauseMs: Math.min(Math.max(0, ...pauses), 86_400_000) }
}

function jsonIn(text: string | null): object | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
