import { spellings, typedSpellings } from '../../contract/index.ts'
import type { Reader } from '../database/index.ts'
import { countryNames, namesAround, type Surroundings } from '../places/index.ts'

const shortest = 3

/** A place a person has photos of, and its square of the map. */
interface Cell {
  readonly cell: number
  readonly latitude: number
  readonly longitude: number
}

/** The places of a person with what they are called; empty, and free of charge, when no photo says where it was taken. */
export async function placesOf(tx: Reader): Promise<PlaceNames> {
  const cells = await tx.query<Cell>(
    `select x * 16384 + y as cell, latitude_sum / 1e6 / media_count as latitude, longitude_sum / 1e6 / media_count as longitude
     from read.geo_cells where zoom = 14 and media_count > 0`,
  )
  const names = cells.length === 0 ? [] : await namesAround(cells)
  const groups = new Map<Surroundings, number[]>()
  for (const [index, { cell }] of cells.entries()) {
    const called = names[index]
    if (!called) continue
    const group = groups.get(called)
    if (group) group.push(cell)
    else groups.set(called, [cell])
  }
  return new PlaceNames([...groups].map(([called, group]) => ({ place: wordsOfPlace(called), cells: group })))
}

interface NamedCells {
  readonly place: PlaceWords
  readonly cells: readonly number[]
}

interface PlaceWords {
  readonly shown: readonly string[]
  /** Every spelling of these. */
  readonly spelt: ReadonlySet<string>
  /** Every spelling of its names in other languages. */
  readonly others: ReadonlySet<string>
}

export class PlaceNames {
  readonly #named: readonly NamedCells[]

  constructor(named: readonly NamedCells[]) {
    this.#named = named
  }

  /** The squares in which a word names the place; the beginning of a name as it is written there is enough. */
  cellsOf(word: string): number[] {
    const whole = spellings(word)
    const begun = word.length < shortest && /^\p{ASCII}*$/u.test(word) ? [] : typedSpellings(word)
    return this.#named.flatMap(({ place: { spelt, others }, cells }) =>
      whole.some((each) => spelt.has(each) || others.has(each)) ||
      [...spelt].some((name) => begun.some((each) => name.startsWith(each)))
        ? cells
        : [],
    )
  }

  /** Every word that names one of the places, as it is written there. */
  words(): string[] {
    return [...new Set(this.#named.flatMap(({ place }) => place.shown))]
  }
}

const known = new WeakMap<Surroundings, PlaceWords>()

function wordsOfPlace(called: Surroundings): PlaceWords {
  const present = known.get(called)
  if (present) return present
  const shown = [...called.names, ...countryNames(called.country)].flatMap(split)
  const made = {
    shown,
    spelt: new Set(shown.flatMap(spellings)),
    others: new Set(called.others.flatMap(split).flatMap(spellings)),
  }
  known.set(called, made)
  return made
}

function split(name: string): string[] {
  return name.split(/[\s,()/]+/).filter((word) => word !== '')
}
