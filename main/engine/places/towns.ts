import type { Town } from '../../contract/index.ts'

/** The list as it is kept: one line a town, and numbers beside it, because a million small objects cost too much. */
export interface Towns {
  readonly lines: readonly string[]
  readonly latitudes: Float32Array
  readonly longitudes: Float32Array
}

/** Columns of GeoNames: http://download.geonames.org/export/dump/readme.txt */
const column = { name: 1, ascii: 2, others: 3, latitude: 4, longitude: 5, country: 8, region: 10, population: 14 }

/** Reads the table of GeoNames. */
export function parseTowns(text: string): Towns {
  const lines = text.split('\n').filter((line) => line !== '')
  const latitudes = new Float32Array(lines.length)
  const longitudes = new Float32Array(lines.length)
  for (const [index, line] of lines.entries()) {
    const fields = line.split('\t', column.longitude + 1)
    latitudes[index] = Number(fields[column.latitude])
    longitudes[index] = Number(fields[column.longitude])
  }
  return { lines, latitudes, longitudes }
}

export interface TownNames {
  readonly town: Town
  /** Every name it has, the usual one first. */
  readonly names: readonly string[]
}

/** One town of the list. */
export function townOf(line: string): TownNames {
  const fields = line.split('\t')
  const field = (at: number): string => fields[at] ?? ''
  // Their letters are those people know; figures are keys of an authority.
  const region = field(column.region)
  return {
    names: [field(column.name), field(column.ascii), ...field(column.others).split(',')].filter((name) => name !== ''),
    town: {
      name: field(column.name),
      country: field(column.country),
      region: /^[A-Z]+$/.test(region) ? region : null,
      latitude: Number(field(column.latitude)),
      longitude: Number(field(column.longitude)),
      population: Number(field(column.population)),
    },
  }
}

/** How many people live in the town of a line. */
export function populationOf(line: string): number {
  return Number(line.split('\t', column.population + 1)[column.population])
}
