import { postTypeSchema, type InputOf, type postEndpoints, type PostType } from '../../main/contract/index.ts'

/** What narrows the posts that are shown. */
export interface PostFilters {
  readonly words: string
  /** A connection. */
  readonly account: string | null
  readonly type: PostType | null
  /** Days on the wall clock, both included; empty is open. */
  readonly from: string
  readonly to: string
  /** Only those that are gone at their service. */
  readonly onlyGone: boolean
  readonly onlyMedia: boolean
}

export const allPosts: PostFilters = {
  words: '',
  account: null,
  type: null,
  from: '',
  to: '',
  onlyGone: false,
  onlyMedia: false,
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text)

/** The filters as they stand in the address; what cannot be read there filters nothing. */
export function filtersIn(text: string | null): PostFilters {
  const given = new URLSearchParams(text ?? '')
  const dayOf = (name: string): string => {
    const value = given.get(name) ?? ''
    return isDay(value) ? value : ''
  }
  return {
    words: given.get('q') ?? '',
    account: given.get('account'),
    type: postTypeSchema.safeParse(given.get('type')).data ?? null,
    from: dayOf('from'),
    to: dayOf('to'),
    onlyGone: given.get('gone') === '1',
    onlyMedia: given.get('media') === '1',
  }
}

/** What of the address says these filters; empty where there are none. */
export function textOfFilters({ words, account, type, from, to, onlyGone, onlyMedia }: PostFilters): string {
  const said = new URLSearchParams()
  if (words !== '') said.set('q', words)
  if (account !== null) said.set('account', account)
  if (type !== null) said.set('type', type)
  if (from !== '') said.set('from', from)
  if (to !== '') said.set('to', to)
  if (onlyGone) said.set('gone', '1')
  if (onlyMedia) said.set('media', '1')
  return said.toString()
}

export function isFiltered(filters: PostFilters): boolean {
  return textOfFilters({ ...filters, words: filters.words.trim() }) !== ''
}

/** The same as the feed is asked. */
export function feedQuery(filters: PostFilters): NonNullable<InputOf<typeof postEndpoints.feed>['query']> {
  const q = filters.words.trim()
  return {
    ...(q !== '' && { q }),
    ...(filters.account !== null && { account: [filters.account] }),
    ...(filters.type !== null && { type: [filters.type] }),
    ...(isDay(filters.from) && { from: filters.from }),
    ...(isDay(filters.to) && { to: filters.to }),
    ...(filters.onlyGone && { gone: true }),
    ...(filters.onlyMedia && { media: true }),
  }
}
