import type { Import, ImportType } from '../../main/contract/index.ts'
import { dayRange } from './format.ts'
import { platformName } from './platform-name.ts'
import { t } from './translate.ts'

/** Types whose plural has a word of its own here. */
const counted = [
  'post',
  'media',
  'album',
  'message',
  'contact',
  'location',
  'bookmark',
  'profile_attribute',
  'social_account',
] as const

/** "3 posts": so many objects of a type. */
export function countOf(type: ImportType['type'], count: number): string {
  const known = counted.find((each) => each === type)
  return known ? t(`of.${known}`, { count }) : t('of.other', { name: t(`type.${type}`), count })
}

type Archive = NonNullable<Import['archive']>

/** What an export brought, or would bring: "1,240 posts, 300 photos and films"; null where that is nothing. */
export function broughtLine({ types }: Archive): string | null {
  const parts = types.filter(({ added }) => added > 0).map(({ type, added }) => countOf(type, added))
  return parts.length === 0 ? null : parts.join(', ')
}

/** Of all types together. */
export function totalOf({ types }: Archive, figure: Exclude<keyof ImportType, 'type'>): number {
  return types.reduce((sum, each) => sum + each[figure], 0)
}

/** The service of an export, as far as it is known. */
export function serviceOf({ platform, source }: Pick<Archive, 'platform' | 'source'>): string {
  return platformName(platform ?? source ?? '')
}

/** "Mastodon export of @ann". */
export function exportName(of: Pick<Archive, 'platform' | 'source' | 'account'>): string {
  const service = serviceOf(of)
  return of.account === null ? t('sheet.export', { service }) : t('sheet.exportOf', { service, account: of.account })
}

/** The days an export covers; null while they are not known. */
export function spanLine({ earliest, latest }: Archive): string | null {
  return earliest === null || latest === null ? null : dayRange(earliest.slice(0, 10), latest.slice(0, 10))
}
