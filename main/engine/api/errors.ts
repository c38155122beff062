import type { ErrorCode, Problem } from '../../contract/index.ts'
import { CofferError, messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { plainError } from '../base/plain-error.ts'
import { withoutEnd } from '../base/trim.ts'

const statusOf: Readonly<Partial<Record<ErrorCode, number>>> = {
  'bad-request': 400,
  'wrong-usage': 400,
  'weak-password': 400,
  'sql-refused': 400,
  'sql-failed': 400,
  'path-inside-vault': 400,
  'path-around-vault': 400,
  unauthorized: 401,
  'sign-in-needed': 401,
  'sign-in-failed': 401,
  'session-ended': 401,
  'too-many-attempts': 429,
  'user-disabled': 403,
  forbidden: 403,
  'vault-untrusted': 403,
  'database-held': 409,
  'path-outside': 400,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-large': 413,
  'unsupported-type': 415,
  'user-unknown': 404,
  'vault-not-found': 404,
  'file-missing': 404,
  conflict: 409,
  'changed-meanwhile': 412,
  'no-vault': 409,
  'vault-exists': 409,
  'vault-not-empty': 409,
  'import-running': 409,
  'import-finished': 409,
  'backup-not-found': 404,
  'snapshot-not-found': 404,
  'backup-exists': 409,
  'backup-last-key': 409,
  'export-not-empty': 409,
  'erase-unconfirmed': 400,
  'backup-wrong-key': 403,
  'vault-key-wrong': 403,
  'vault-key-locked': 409,
  'backup-locked': 423,
  'backup-unreachable': 503,
  'user-exists': 409,
  'already-watched': 409,
  'vault-locked': 423,
  'database-stopped': 503,
  'database-unreachable': 503,
  'engine-unreachable': 503,
  'disk-full': 507,
  'disk-failing': 503,
  'drive-away': 503,
  'not-permitted': 403,
  'read-only': 409,
  busy: 503,
}

/** Any thrown value as the one shape errors have outside (RFC 9457). What nobody foresaw shows no inner text. */
export function problemOf(error: unknown, log?: Log): Problem {
  if (!(error instanceof CofferError)) log?.error('request-failed', { message: messageOf(error), at: placeOf(error) })
  const { code, message, retry, details } = plainError(error)
  // What a server said is for the log.
  const { server: _, ...facts } = details ?? {}
  return {
    type: `urn:coffer:error:${code}`,
    title: message,
    status: statusOf[code] ?? 500,
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
