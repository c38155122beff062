import { useInfiniteQuery } from '@tanstack/react-query'
import { activityPageSchema, routes, type ActivityPage } from '../../main/contract/index.ts'
import { get } from './client.ts'

export const activityKey = ['activity'] as const
export type ActivityEntry = ActivityPage['entries'][number]

/** Kinds of what was done, with the nouns that belong to each. */
const nounsOf = {
  all: [],
  imports: ['imports', 'watched-folders'],
  photos: ['media', 'albums', 'tags', 'links'],
  people: ['sessions', 'users', 'secrets'],
  backups: ['backups', 'exports', 'connections'],
} as const
export type ActivityKind = keyof typeof nounsOf
export const activityKinds = Object.keys(nounsOf) as readonly ActivityKind[]

/** What was done, newest first, page by page. */
export function useActivity(kind: ActivityKind) {
  const nouns = nounsOf[kind].length === 0 ? '' : `&nouns=${nounsOf[kind].join(',')}`
  return useInfiniteQuery({
    queryKey: [...activityKey, kind],
    queryFn: ({ pageParam, signal }) => {
      const before = pageParam === null ? '' : `&before=${pageParam}`
      return get(`${routes.activity}?limit=100${nouns}${before}`, activityPageSchema, signal)
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  })
}
