// By name, so that a clock put in the place of the global one does not hurry what another thread or process does.
import { clearTimeout, setTimeout } from 'node:timers'

/** No statement of ours takes this long, so a server that is silent for so long has hung. */
export const watchdogMs = 10 * 60_000

/** Calls `end` when `maxMs` have passed before what it returns was called. Keeps no process alive. */
export function watchdog(end: () => void, maxMs = watchdogMs): () => void {
  const timer = setTimeout(end, maxMs)
  timer.unref()
  return () => clearTimeout(timer)
}
