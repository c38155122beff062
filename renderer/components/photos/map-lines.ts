import { geoAzimuthalEqualArea, geoPath, type GeoPermissibleObjects } from 'd3-geo'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import world from 'world-atlas/countries-50m.json' with { type: 'json' }

type World = Topology<{ countries: GeometryCollection; land: GeometryCollection }>
// The package describes its file as plain JSON; its shape is that of the TopoJSON specification.
const topology = world as unknown as World
export const land = feature(topology, topology.objects.land) as GeoPermissibleObjects
export const borders = mesh(topology, topology.objects.countries, (one, other) => one !== other)

export interface MapLines {
  /** SVG paths. */
  readonly land: string
  readonly borders: string
}

/** Pixels per radian: a country, a region, the world. */
const scales = [1400, 420, 75]

/** Coasts and borders around a place, which lies in the middle. */
export function linesAround(
  place: { readonly latitude: number; readonly longitude: number },
  zoom: number,
  size: { readonly width: number; readonly height: number },
): MapLines {
  const projection = geoAzimuthalEqualArea()
    .rotate([-place.longitude, -place.latitude])
    .translate([size.width / 2, size.height / 2])
    .scale(scales[zoom] ?? 420)
    .clipExtent([
      [0, 0],
      [size.width, size.height],
    ])
  const path = geoPath(projection).digits(1)
  return { land: path(land) ?? '', borders: path(borders) ?? '' }
}
