/** A place as a file gives it. */
export interface Position {
  readonly latitude: number
  readonly longitude: number
  readonly altitudeM: number | null
}

/** What the container of a film or recording tells. */
export interface FilmFacts {
  readonly width: number | null
  readonly height: number | null
  readonly durationSeconds: number | null
  /** A date by the wall clock, with its offset where it has one. */
  readonly createdLocal: string | undefined
  /** A date that is UTC by the container's standard. */
  readonly createdUtc: string | undefined
  readonly place: Position | undefined
  readonly make: string | undefined
  readonly model: string | undefined
}

export const noFilmFacts: FilmFacts = {
  width: null,
  height: null,
  durationSeconds: null,
  createdLocal: undefined,
  createdUtc: undefined,
  place: undefined,
  make: undefined,
  model: undefined,
}

/** Nobody films for a month on end: a longer duration is a broken header. */
const maxDurationSeconds = 31 * 86_400

/** A duration that can be true; null for any other. */
export function filmDuration(seconds: number): number | null {
  return seconds > 0 && seconds <= maxDurationSeconds ? seconds : null
}

/** Degrees that are a place; only the pair (0, 0) and impossible numbers are refused, a real 0.0 is a place. */
export function isPosition(latitude: number, longitude: number): boolean {
  const isZero = latitude === 0 && longitude === 0
  return !isZero && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
}
