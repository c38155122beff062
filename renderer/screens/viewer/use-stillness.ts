import { useEffect, useState } from 'react'

const stillAfterMs = 2000

/** The pointer has rested for a while. */
export function useStillness(): boolean {
  const [isStill, setStill] = useState(false)
  useEffect(() => {
    let timer = setTimeout(() => setStill(true), stillAfterMs)
    const wake = (): void => {
      clearTimeout(timer)
      setStill(false)
      timer = setTimeout(() => setStill(true), stillAfterMs)
    }
    const events = ['pointermove', 'pointerdown', 'keydown'] as const
    for (const name of events) addEventListener(name, wake)
    return () => {
      clearTimeout(timer)
      for (const name of events) removeEventListener(name, wake)
    }
  }, [])
  return isStill
}
