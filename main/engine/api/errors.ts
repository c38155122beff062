import { errorStatuses, type Problem } from '../../contract/index.ts'
import { CofferError, messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { plainError } from '../base/plain-error.ts'
import { withoutEnd } from '../base/trim.ts'

/** Any thrown value as the one shape errors have outside (RFC 9457). What nobody foresaw shows no inner text. */
export function problemOf(error: unknown, log?: Log): Problem {
  if (!(error instanceof CofferError)) log?.error('request-failed', { message: messageOf(error), at: placeOf(error) })
  const { code, message, retry, details } = plainError(error)
  // What a server said is for the log.
  const { server: _, ...facts } = details ?? {}
  return {
    type: `urn:coffer:error:${code}`,
    title: message,
    status: errorStatuses[code],
    detail: message,
    code,
    retry,
    ...(Object.keys(facts).length > 0 && { details: facts }),
  }
}

/** The innermost frame of a stack without its folder: enough to find the place, nothing of the person's computer. */
function placeOf(error: unknown): string {
  const frame = error instanceof Error ? (error.stack?.split('\n')[1] ?? '') : ''
  const place =
    withoutEnd(frame, ')')
      .split(/[/\\(]/)
      .at(-1) ?? ''
  return /^[\w.-]+:\d+:\d+$/.test(place) ? place : ''
}

export function problemResponse(error: unknown, log?: Log): Response {
  const problem = problemOf(error, log)
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json' },
  })
}
