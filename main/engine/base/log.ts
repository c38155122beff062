export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Structured log: one event name in kebab-case, then facts. Never a secret, never a full path of a person's file. */
export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

/** A log that keeps nothing; the default where nobody asked for one. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }
