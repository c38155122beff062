import type { TrackPoint } from './point.ts'

export type Place = readonly [latitude: number, longitude: number]

/** What is kept of a recording beside its file. */
export interface TrackSummary {
  readonly points: number
  /** South, west, north, east. */
  readonly bounds: readonly [number, number, number, number] | null
  readonly startedAt: string | null
  readonly endedAt: string | null
  /** The way, simplified. */
  readonly line: readonly Place[]
}

const metresOfDegree = 111_320
const mostCompared = 20_000
const mostKept = 2000

/** What a recording comes to: where and when it was, and its way within about ten metres. */
export function summaryOf(points: readonly TrackPoint[]): TrackSummary {
  const places = points.flatMap(({ lat, lon }): Place[] => (lat === null || lon === null ? [] : [[lat, lon]]))
  let [south, west, north, east] = [90, 180, -90, -180]
  for (const [lat, lon] of places) {
    south = Math.min(south, lat)
    north = Math.max(north, lat)
    west = Math.min(west, lon)
    east = Math.max(east, lon)
  }
  const time = (point: TrackPoint | undefined): string | null =>
    point?.time === null || point === undefined ? null : new Date(point.time).toISOString()
  return {
    points: points.length,
    bounds: places.length === 0 ? null : [south, west, north, east],
    startedAt: time(points.find((point) => point.time !== null)),
    endedAt: time(points.findLast((point) => point.time !== null)),
    line: simplified(places).map(([lat, lon]): Place => [rounded(lat), rounded(lon)]),
  }
}

/** About a metre. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5
}

/** A way with no more points than a screen needs: none that is within ten metres of the line without it. */
export function simplified(places: readonly Place[], metres = 10): readonly Place[] {
  const step = Math.ceil(places.length / mostCompared)
  const compared = step <= 1 ? places : places.filter((_, at) => at % step === 0 || at === places.length - 1)
  for (let tolerance = metres; ; tolerance *= 2) {
    const kept = inStretches(compared, tolerance)
    if (kept.length <= mostKept) return within(kept, tolerance)
  }
}

const stretch = 500

/** Stretch by stretch: a way that goes to and fro would take the square of its length. */
function inStretches(places: readonly Place[], metres: number): readonly Place[] {
  const kept = places.slice(0, 1)
  for (let at = 0; at < places.length - 1; at += stretch)
    kept.push(...within(places.slice(at, at + stretch + 1), metres).slice(1))
  return kept
}

/** The method of Douglas and Peucker, without calling itself. */
function within(places: readonly Place[], metres: number): readonly Place[] {
  if (places.length <= 2) return places
  const kept = new Set([0, places.length - 1])
  const ahead: [number, number][] = [[0, places.length - 1]]
  for (let span = ahead.pop(); span; span = ahead.pop()) {
    const [from, to] = span
    let farthest = -1
    let most = metres
    for (let at = from + 1; at < to; at += 1) {
      const distance = distanceTo(places[at], places[from], places[to])
      if (distance <= most) continue
      most = distance
      farthest = at
    }
    if (farthest < 0) continue
    kept.add(farthest)
    ahead.push([from, farthest], [farthest, to])
  }
  return places.filter((_, at) => kept.has(at))
}

/** Metres from a place to the line between two; near enough for places that are near each other. */
function distanceTo(place: Place = [0, 0], from: Place = [0, 0], to: Place = [0, 0]): number {
  const scale = Math.cos((from[0] * Math.PI) / 180)
  const [x, y] = [(place[1] - from[1]) * scale, place[0] - from[0]]
  const [dx, dy] = [(to[1] - from[1]) * scale, to[0] - from[0]]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, (x * dx + y * dy) / length))
  return Math.hypot(x - share * dx, y - share * dy) * metresOfDegree
}
