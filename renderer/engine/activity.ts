import { useInfiniteQuery } from '@tanstack/react-query'
import { activityPageSchema, routes, type ActivityPage } from '../../main/contract/index.ts'
import { get } from './client.ts'

export const activityKey = ['activity'] as const
export type ActivityEntry = ActivityPage['entries'][number]

/** What was done, newest first, page by page. */
export function useActivity() {
  return useInfiniteQuery({
    queryKey: activityKey,
    queryFn: ({ pageParam, signal }) => {
      const before = pageParam === null ? '' : `&before=${pageParam}`
      return get(`${routes.activity}?limit=100${before}`, activityPageSchema, signal)
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  })
}
