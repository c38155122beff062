import { BadPayload } from './draft.ts'

/** Clocks differ, and some run ahead; nothing was written later than this from now on. */
const aheadMs = 24 * 60 * 60 * 1000
const shape = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?) ?(Z|[+-]\d\d:?\d\d)?$/

/** An instant and the offset of the clock it was read from, where that is told. */
export interface Moment {
  readonly instant: string
  readonly utcOffsetMinutes: number | null
}

/** A moment of a text such as `2024-05-01T10:00:00.123Z`; without a zone it is UTC. Null for anything else. */
export function momentOf(value: unknown): Moment | null {
  const [, day = '', time = '', zone = 'Z'] = (typeof value === 'string' && shape.exec(value.trim())) || []
  const milliseconds = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time.slice(0, 12)}${withColon(zone)}`)
  const instant = instantOf(milliseconds)
  return instant === null ? null : { instant, utcOffsetMinutes: offsetOf(zone) }
}

/** The instant of so many milliseconds since 1970; null for none, and for one before the year 1 or in the future. */
export function instantOf(milliseconds: number): string | null {
  if (!Number.isFinite(milliseconds) || milliseconds < -62_135_596_800_000) return null
  return milliseconds > Date.now() + aheadMs ? null : new Date(milliseconds).toISOString()
}

/** The same for seconds, as a number or in digits; zero is none. */
export function instantOfSeconds(seconds: unknown): string | null {
  const number = typeof seconds === 'string' && /^-?\d{1,12}$/.test(seconds) ? Number(seconds) : seconds
  return typeof number === 'number' && number !== 0 ? instantOf(number * 1000) : null
}

/** The first instant there is. Throws `BadPayload` for none: without one a post has no place. */
export function firstInstant(...candidates: readonly (string | null | undefined)[]): string {
  const found = candidates.find((each) => typeof each === 'string')
  if (typeof found !== 'string') throw new BadPayload('no time')
  return found
}

function withColon(zone: string): string {
  return zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
}

/** UTC itself is what machines write: it says nothing about where somebody was. */
function offsetOf(zone: string): number | null {
  if (zone === 'Z') return null
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return minutes === 0 || minutes > 14 * 60 ? null : zone.startsWith('-') ? -minutes : minutes
}
