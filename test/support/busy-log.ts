import { appendFile, writeFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** Writes to a log all the time, as a server does, until it is stopped. */
export async function busyLog(path: string, everyMs: number): Promise<{ stop(): Promise<void> }> {
  const line = `${'something happened '.repeat(40)}\n`
  await writeFile(path, line)
  const stop = new AbortController()
  const writing = (async () => {
    while (!stop.signal.aborted) {
      await appendFile(path, line)
      await pause(everyMs)
    }
  })()
  return {
    stop() {
      stop.abort()
      return writing
    },
  }
}
