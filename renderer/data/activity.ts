import { useInfiniteQuery } from '@tanstack/react-query'
import { activityEndpoints } from '../../main/contract/index.ts'
import { call } from './client.ts'
import { queryKey } from './keys.ts'

export const activityKey = queryKey('activity', 'everything')

/** Kinds of what was done, with the nouns that belong to each. */
const nounsOf = {
  all: [],
  imports: ['imports', 'watched-folders'],
  photos: ['media', 'albums', 'tags', 'links'],
  connections: ['integrations', 'posts'],
  people: ['sessions', 'users', 'tokens', 'secrets'],
  backups: ['backups', 'exports', 'connections'],
} as const
export type ActivityKind = keyof typeof nounsOf
export const activityKinds = Object.keys(nounsOf) as readonly ActivityKind[]

/** What was done, newest first, page by page. */
export function useActivity(kind: ActivityKind) {
  const nouns = nounsOf[kind].length === 0 ? {} : { nouns: [...nounsOf[kind]] }
  return useInfiniteQuery({
    queryKey: [...activityKey, kind],
    queryFn: ({ pageParam, signal }) =>
      call(
        activityEndpoints.list,
        { query: { limit: 100, ...nouns, ...(pageParam !== null && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}
