import { populationOf, townOf, type Towns } from './towns.ts'

/** What a place can be called. */
export interface Surroundings {
  /** As it is written there, the towns next to it and the large ones it belongs to. */
  readonly names: readonly string[]
  /** The same in other languages. */
  readonly others: readonly string[]
  /** Two letters. */
  readonly country: string
}

const kmOfDegree = 111.2
const farthestKm = 100
/** A town of a million reaches as far as 12 km from its middle, one of ten million farther than this. */
const widestKm = 30
const kmOfRoot = 1 / 80
const smallestLarge = 20_000
const degreesOfSquare = 0.5
const squaresAround = 360 / degreesOfSquare

interface Grid {
  readonly squares: ReadonlyMap<number, readonly number[]>
  readonly populations: Float64Array
  /** By the towns: the same towns, the same object, so that a caller can keep what it made of it. */
  readonly known: Map<string, Surroundings>
  /** By the place, to about a kilometre. */
  readonly asked: Map<string, readonly number[]>
}
const grids = new WeakMap<Towns, Grid>()

/** What each of many places is called; null where no town is within 100 km. Places of the same towns share an answer. */
export function around(
  towns: Towns,
  places: readonly { readonly latitude: number; readonly longitude: number }[],
): (Surroundings | null)[] {
  const grid = gridOf(towns)
  return places.map((place) => {
    const indexes = townsAt(towns, grid, place.latitude, place.longitude)
    if (indexes.length === 0) return null
    const key = indexes.join()
    const present = grid.known.get(key)
    if (present) return present
    const parsed = indexes.map((index) => townOf(towns.lines[index] ?? ''))
    const made = {
      names: parsed.flatMap(({ names }) => names.slice(0, 2)),
      others: parsed.flatMap(({ names }) => names.slice(2)),
      country: parsed[0]?.town.country ?? '',
    }
    grid.known.set(key, made)
    return made
  })
}

/** The nearest town first, then the large ones whose reach the place is in. */
function townsAt(towns: Towns, grid: Grid, latitude: number, longitude: number): readonly number[] {
  const key = `${latitude.toFixed(2)} ${longitude.toFixed(2)}`
  const present = grid.asked.get(key)
  if (present) return present
  // Nothing outside of the squares looked at is nearer than half a degree, or a whole one.
  let found = scan(towns, grid, latitude, longitude, 1)
  if (found.km > degreesOfSquare * kmOfDegree) found = scan(towns, grid, latitude, longitude, 2)
  const indexes = found.nearest < 0 ? [] : [found.nearest, ...found.large.filter((index) => index !== found.nearest)]
  grid.asked.set(key, indexes)
  return indexes
}

function scan(
  towns: Towns,
  { squares, populations }: Grid,
  latitude: number,
  longitude: number,
  rings: number,
): { nearest: number; km: number; large: number[] } {
  const width = Math.max(0.05, Math.cos((latitude * Math.PI) / 180))
  const reach = Math.min(squaresAround / 2, Math.ceil(rings / width))
  const large: number[] = []
  let nearest = -1
  let least = (farthestKm / kmOfDegree) ** 2
  for (let north = -rings; north <= rings; north += 1) {
    for (let east = -reach; east <= reach; east += 1) {
      const here = squares.get(square(latitude + north * degreesOfSquare, longitude + east * degreesOfSquare))
      for (const index of here ?? []) {
        let across = Math.abs((towns.longitudes[index] ?? 0) - longitude)
        if (across > 180) across = 360 - across
        const up = (towns.latitudes[index] ?? 0) - latitude
        const distance = up * up + across * across * width * width
        if (distance < least) {
          least = distance
          nearest = index
        }
        const population = populations[index] ?? 0
        if (population >= smallestLarge && distance < reachOf(population)) large.push(index)
      }
    }
  }
  return { nearest, km: Math.sqrt(least) * kmOfDegree, large }
}

/** How far a town reaches, in degrees, squared. */
function reachOf(population: number): number {
  return (Math.min(widestKm, Math.sqrt(population) * kmOfRoot) / kmOfDegree) ** 2
}

function square(latitude: number, longitude: number): number {
  const east = (Math.floor(longitude / degreesOfSquare) + 1.5 * squaresAround) % squaresAround
  return (Math.floor(latitude / degreesOfSquare) + squaresAround) * squaresAround + east
}

function gridOf(towns: Towns): Grid {
  const present = grids.get(towns)
  if (present) return present
  const squares = new Map<number, number[]>()
  const populations = new Float64Array(towns.lines.length)
  for (const [index, line] of towns.lines.entries()) {
    populations[index] = populationOf(line)
    const key = square(towns.latitudes[index] ?? 0, towns.longitudes[index] ?? 0)
    const list = squares.get(key)
    if (list) list.push(index)
    else squares.set(key, [index])
  }
  const grid = {
    squares,
    populations,
    known: new Map<string, Surroundings>(),
    asked: new Map<string, readonly number[]>(),
  }
  grids.set(towns, grid)
  return grid
}
