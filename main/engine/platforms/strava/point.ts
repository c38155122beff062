/** A moment of an activity: what a device noted, where it was and how the body was. Figures it did not note are null. */
export interface TrackPoint {
  readonly lat: number | null
  readonly lon: number | null
  /** Metres above the sea. */
  readonly ele: number | null
  /** Milliseconds since 1970. */
  readonly time: number | null
  /** Beats a minute. */
  readonly hr: number | null
  /** Turns or steps a minute. */
  readonly cad: number | null
  readonly watts: number | null
  /** Degrees Celsius. */
  readonly temp: number | null
}

/** Points of an activity that lasts a week, second by second. */
export const mostPoints = 600_000
/** A number within bounds; null for anything else. */
function within(value: unknown, least: number, most: number): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && number >= least && number <= most ? number : null
}

/** A point whose figures can be: devices write impossible ones where they do not know. */
export function pointOf(found: Readonly<Record<keyof TrackPoint, unknown>>): TrackPoint {
  const lat = within(found.lat, -90, 90)
  const lon = within(found.lon, -180, 180)
  const isPlace = lat !== null && lon !== null && (lat !== 0 || lon !== 0)
  return {
    lat: isPlace ? lat : null,
    lon: isPlace ? lon : null,
    ele: within(found.ele, -12_000, 100_000),
    time: within(found.time, 0, 253_402_300_799_999),
    hr: within(found.hr, 1, 300),
    cad: within(found.cad, 0, 500),
    watts: within(found.watts, 0, 10_000),
    temp: within(found.temp, -100, 100),
  }
}
