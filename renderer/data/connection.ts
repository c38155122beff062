import { useEffect, useState, useSyncExternalStore } from 'react'

/** A stream that is opened again at once was not away; one second more and a person wonders. */
const noticedAfterMs = 800
const longAfterMs = 15_000

let isAway = false
const listeners = new Set<() => void>()

/** The engine answers, or it has stopped to. */
export function noteEngine(state: 'here' | 'away'): void {
  if (isAway === (state === 'away')) return
  isAway = !isAway
  for (const listener of listeners) listener()
}

/** Calls when the engine answers again after it was away; returns the way to stop that. */
export function onEngineBack(listener: () => void): () => void {
  return subscribe(() => {
    if (!isAway) listener()
  })
}

/** Whether the engine is away, and for longer than starting it again takes. */
export function useEngineAway(): 'no' | 'away' | 'long' {
  const away = useSyncExternalStore(subscribe, () => isAway)
  const [state, setState] = useState<'no' | 'away' | 'long'>('no')
  useEffect(() => {
    if (!away) return
    const timers = [setTimeout(() => setState('away'), noticedAfterMs), setTimeout(() => setState('long'), longAfterMs)]
    return () => {
      for (const timer of timers) clearTimeout(timer)
      setState('no')
    }
  }, [away])
  return away ? state : 'no'
}

const slowMs = 1500

/**
 * Asks for something the engine answers at once while it is there; when it does not, it is away. One that was away is here
 * again when its answer says that it can be used.
 */
export async function watched<Answer>(answer: Promise<Answer>, isOfUse: (answer: Answer) => boolean): Promise<Answer> {
  const timer = setTimeout(() => noteEngine('away'), slowMs)
  try {
    const given = await answer
    if (isOfUse(given)) noteEngine('here')
    return given
  } finally {
    clearTimeout(timer)
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
