import type { ErrorCode } from '../../contract/index.ts'

/** A failure that says what happened, carries a stable code, and whether trying again can help. */
export class CofferError extends Error {
  readonly code: ErrorCode
  readonly retry: 'never' | 'later'
  /** Facts for the person or program that reads the error. Never secrets, never SQL parameters. */
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(
    message: string,
    options: {
      code: ErrorCode
      retry?: 'never' | 'later'
      cause?: unknown
      details?: Readonly<Record<string, unknown>>
    },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'CofferError'
    this.code = options.code
    this.retry = options.retry ?? 'never'
    this.details = options.details
  }
}

/** The `code` of a Node system error (`ENOENT`, `ENOSPC` …), or undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** True when the disk (or a quota on it) has no room left. */
export function isDiskFull(error: unknown): boolean {
  const code = systemCode(error)
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'disk-full'
}

/** A short text of any thrown value, for logs and reports. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A list is continued with a cursor that this program did not make. */
export function badCursor(): CofferError {
  return new CofferError('This list cannot be continued from there. Load it again.', { code: 'bad-request' })
}
