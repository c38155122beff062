import { mkdirSync } from 'node:fs'
import { pino } from 'pino'
import { createStream } from 'rotating-file-stream'
import type { Log, LogFields } from './log.ts'

export interface FileLog extends Log {
  /** Writes what is waiting and closes the file. */
  close(): Promise<void>
}

/**
 * A structured log: one JSON object a line in `engine.log` below `folder`, rotated at 5 MB, five old files kept.
 * Only event names and plain facts are written; objects cannot be passed, so no request or row slips in whole.
 */
export function openFileLog(folder: string, level: 'debug' | 'info' = 'info'): FileLog {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stream = createStream('engine.log', { path: folder, size: '5M', maxFiles: 5, mode: 0o600 })
  // A log that cannot be written (disk full, folder gone) must never take the engine down with it.
  stream.on('error', () => {})
  const logger = pino({ level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, stream)
  const at = (name: 'debug' | 'info' | 'warn' | 'error') => (event: string, fields?: LogFields) => {
    logger[name](fields ?? {}, event)
  }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  }
}
