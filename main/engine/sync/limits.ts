/**
 * How long a service wants to be left alone, in milliseconds: 0 where more may be asked at once. `Retry-After` in seconds or
 * as a date (RFC 9110); `ratelimit-*` and `x-ratelimit-*` with a reset as seconds since 1970, seconds from now, or a date; Strava's pairs
 * of a quarter of an hour and a day.
 */
export function pauseIn(headers: Headers, isLimited: boolean, ourMs: number): number {
  // Times the service names are by its own clock.
  const theirs = Date.parse(headers.get('date') ?? '')
  const nowMs = Number.isNaN(theirs) ? ourMs : theirs
  const after = headers.get('retry-after')
  if (isLimited && after !== null) {
    const ms = timeIn(after, nowMs)
    if (ms !== null) return bounded(ms)
  }
  const remaining = headers.get('ratelimit-remaining') ?? headers.get('x-ratelimit-remaining')
  const reset = headers.get('ratelimit-reset') ?? headers.get('x-ratelimit-reset')
  if (reset !== null && (isLimited || (remaining !== null && Number(remaining) <= 0))) {
    const ms = timeIn(reset, nowMs)
    if (ms !== null) return bounded(ms)
  }
  for (const name of ['x-readratelimit', 'x-ratelimit']) {
    const [limits, used] = [`${name}-limit`, `${name}-usage`].map((each) => headers.get(each)?.split(',').map(Number))
    if (limits?.length !== 2 || used?.length !== 2) continue
    if ((used[1] ?? 0) >= (limits[1] ?? Infinity)) return bounded(dayMs - (nowMs % dayMs))
    if ((used[0] ?? 0) >= (limits[0] ?? Infinity)) return bounded(quarterMs - (nowMs % quarterMs))
  }
  return isLimited ? quarterMs : 0
}

const dayMs = 86_400_000
const quarterMs = 900_000

/** A clock that is wrong, theirs or ours, must not stop a connection for ever. */
function bounded(ms: number): number {
  return Math.min(Math.max(ms, 1000), dayMs)
}

function timeIn(text: string, nowMs: number): number | null {
  const number = Number(text)
  // Seconds since 1970, or from now.
  if (Number.isFinite(number)) return number > 1e9 ? number * 1000 - nowMs : number * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : date - nowMs
}
