import type { Town } from '../../contract/index.ts'
import { townOf, type Towns } from './towns.ts'

const earthKm = 6371
const farthestKm = 100
const radians = Math.PI / 180

/** The town next to a place on the sphere; see `townNear`. */
export function nearest(towns: Towns, latitude: number, longitude: number): (Town & { distanceKm: number }) | null {
  let best = -1
  let least = (farthestKm / earthKm) ** 2
  const width = Math.cos(latitude * radians)
  for (let index = 0; index < towns.latitudes.length; index += 1) {
    const north = ((towns.latitudes[index] ?? 0) - latitude) * radians
    let east = Math.abs((towns.longitudes[index] ?? 0) - longitude)
    if (east > 180) east = 360 - east
    // Flat within a hundred kilometres, but for the poles, where nobody lives.
    const square = north * north + (east * radians * width) ** 2
    if (square < least) {
      least = square
      best = index
    }
  }
  const line = towns.lines[best]
  return line === undefined ? null : { ...townOf(line).town, distanceKm: Math.sqrt(least) * earthKm }
}
