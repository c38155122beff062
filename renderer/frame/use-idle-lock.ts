import { useEffect } from 'react'
import { lock } from '../data/people.ts'
import { usePreferences } from '../data/preferences.ts'

const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const
const lookMs = 5000

/** Locks the vault when nobody has touched mouse or keyboard for as long as was set; a film that plays counts as somebody. */
export function useIdleLock(canLock: boolean): void {
  const { lockAfterMinutes } = usePreferences()
  useEffect(() => {
    if (!canLock || lockAfterMinutes === 0) return
    // By the clock on the wall: a computer that slept has been idle all the while.
    let lastSign = Date.now()
    const isHere = (): void => void (lastSign = Date.now())
    const look = (): void => {
      if (isPlaying()) isHere()
      else if (Date.now() - lastSign >= lockAfterMinutes * 60_000) void lock()
    }
    const timer = setInterval(look, lookMs)
    for (const sign of signs) addEventListener(sign, isHere, { passive: true, capture: true })
    return () => {
      clearInterval(timer)
      for (const sign of signs) removeEventListener(sign, isHere, { capture: true })
    }
  }, [canLock, lockAfterMinutes])
}

function isPlaying(): boolean {
  return [...document.querySelectorAll('video, audio')].some((each) => each instanceof HTMLMediaElement && !each.paused)
}
