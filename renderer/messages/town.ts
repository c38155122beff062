import type { Town } from '../../main/contract/index.ts'
import { locale } from './locale.ts'

const countries = new Intl.DisplayNames(locale, { type: 'region' })

/** "Springfield, IL, United States" */
export function townName({ name, region, country }: Town): string {
  return [name, region, countries.of(country) ?? country].filter((part) => part !== null).join(', ')
}
