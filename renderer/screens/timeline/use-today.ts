import { useEffect, useState } from 'react'

/** Today by the clock on the wall, as `2024-06-15`; follows midnight. */
export function useToday(): string {
  const [today, setToday] = useState(localDay)
  useEffect(() => {
    const timer = setInterval(() => setToday(localDay()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return today
}

function localDay(): string {
  const now = new Date()
  const pad = (value: number): string => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`
}
