import { geoAzimuthalEqualArea, geoBounds, geoDistance, geoPath } from 'd3-geo'
import { borders, land, type MapLines } from './map-lines.ts'

/** Degrees: latitude, then longitude. */
export type RoutePoint = readonly [latitude: number, longitude: number]

export interface RouteLines extends MapLines {
  readonly route: string
  readonly start: readonly [x: number, y: number]
  readonly end: readonly [x: number, y: number]
}

const margin = 20
/** Pixels per radian: a route that stays within a few steps fills no map. */
const nearest = 2_000_000

/** A route as large as it fits, with what coast and border lie near it. */
export function routeLines(
  points: readonly RoutePoint[],
  { width, height }: { readonly width: number; readonly height: number },
): RouteLines {
  const line = {
    type: 'LineString' as const,
    coordinates: points.map(([latitude, longitude]) => [longitude, latitude]),
  }
  const [[west, south], [east, north]] = geoBounds(line)
  const middle: [number, number] = [(west + (east < west ? east + 360 : east)) / 2, (south + north) / 2]
  const inner: [[number, number], [number, number]] = [
    [margin, margin],
    [width - margin, height - margin],
  ]
  const projection = geoAzimuthalEqualArea().rotate([-middle[0], -middle[1]]).precision(0).fitExtent(inner, line)
  if (!(projection.scale() < nearest)) projection.scale(nearest).translate([width / 2, height / 2])
  // Only what is near: the rest of the world would be worked out at the scale of a street.
  const reach = Math.max(geoDistance([west, south], [east, north]) * 2, Math.hypot(width, height) / projection.scale())
  projection.clipAngle(Math.min((reach * 180) / Math.PI, 90)).clipExtent([
    [0, 0],
    [width, height],
  ])
  const path = geoPath(projection).digits(1)
  const placeOf = (point: number[] | undefined): [number, number] =>
    (point && projection([point[0] ?? 0, point[1] ?? 0])) ?? [width / 2, height / 2]
  return {
    land: path(land) ?? '',
    borders: path(borders) ?? '',
    route: path(line) ?? '',
    start: placeOf(line.coordinates[0]),
    end: placeOf(line.coordinates.at(-1)),
  }
}
