import type { Town } from '../../contract/index.ts'
import { townOf, type Towns } from './towns.ts'

/** Names of countries are understood in the languages Coffer speaks. */
const languages = ['en', 'de']
/** Made by the first search that needs them: they cost more than a search, and no start should wait for them. */
let namers: readonly Intl.DisplayNames[] | undefined

/** Towns by the beginning of any of their names; see `findTowns`. */
export function find(towns: Towns, text: string, limit: number): Town[] {
  const [name = '', area = ''] = text.split(',').map((part) => part.trim().replace(/\s+/g, ' '))
  if (name === '') return []
  const begins = new RegExp(`(?:^\\d+\\t|[\\t,])${RegExp.escape(name)}`, 'iu')
  const wanted = name.toLocaleLowerCase()
  const found: { town: Town; isExact: boolean }[] = []
  for (const line of towns.lines) {
    if (!begins.test(line)) continue
    const { town, names } = townOf(line)
    const exact = names.find((each) => each.toLocaleLowerCase() === wanted)
    const matched = exact ?? names.find((each) => each.toLocaleLowerCase().startsWith(wanted))
    if (matched === undefined || !isIn(town, area)) continue
    found.push({ town: { ...town, name: matched }, isExact: exact !== undefined })
  }
  return found
    .toSorted(
      (one, other) => Number(other.isExact) - Number(one.isExact) || other.town.population - one.town.population,
    )
    .slice(0, limit)
    .map((each) => each.town)
}

function isIn({ country, region }: Town, area: string): boolean {
  if (area === '') return true
  const wanted = area.toLocaleLowerCase()
  return [country, region ?? '', ...countryNames(country)].some((name) => name.toLocaleLowerCase().startsWith(wanted))
}

/** What a country, by its two letters, is called in the languages Coffer speaks. */
export function countryNames(country: string): string[] {
  namers ??= languages.map((language) => new Intl.DisplayNames(language, { type: 'region' }))
  return namers.map((each) => each.of(country) ?? '')
}
