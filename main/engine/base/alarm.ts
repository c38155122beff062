/** The longest stretch for which a timer is believed: the clock may be set, and the computer may sleep. */
const longestMs = 60_000
/** A timer never fires this much early, so a clock that shows less has been set back. */
const slackMs = 5000

/** Rings once at a moment of the wall clock. */
export interface Alarm {
  /** Sets the moment, in place of the one before; null for none. A moment of the past rings soon. */
  set(atMs: number | null): void
  close(): void
}

/**
 * Makes an alarm that rings at most about a minute late when the computer slept or its clock was set forward. When the clock was
 * set back, it rings too, and says by how much, so that its owner finds out what is due now. It keeps no process alive.
 */
export function createAlarm(ring: (setBackMs: number) => void): Alarm {
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  function arm(dueMs: number): void {
    const armedMs = Date.now()
    const waitMs = Math.min(Math.max(dueMs - armedMs, 0), longestMs)
    timer = setTimeout(() => {
      timer = undefined
      const nowMs = Date.now()
      const setBackMs = armedMs + waitMs - nowMs
      if (setBackMs > slackMs) ring(setBackMs)
      else if (nowMs >= dueMs) ring(0)
      else arm(dueMs)
    }, waitMs)
    timer.unref()
  }

  function stop(): void {
    clearTimeout(timer)
    timer = undefined
  }

  return {
    set(atMs) {
      stop()
      if (atMs !== null && !isClosed) arm(atMs)
    },
    close() {
      isClosed = true
      stop()
    },
  }
}
