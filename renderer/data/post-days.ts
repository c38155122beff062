import { useQueries, type UseQueryResult } from '@tanstack/react-query'
import { timelineEntryEndpoints } from '../../main/contract/index.ts'
import { call } from './client.ts'
import { postsKey, usePostCounts } from './posts.ts'
import { useDebounced } from './use-debounced.ts'

/** Someone who scrolls through years asks for none of them. */
const calmMs = 300
const mostOfMonth = 2000

/** How many posts there are on each day of these months (`2024-06`); nothing is asked where there are no posts at all. */
export function usePostDays(months: readonly string[]): ReadonlyMap<string, number> {
  const wanted = useDebounced(months.join(), calmMs)
  const hasPosts = (usePostCounts().data?.total ?? 0) > 0
  return useQueries({
    queries: (hasPosts && wanted !== '' ? wanted.split(',') : []).map((month) => ({
      queryKey: [...postsKey, 'days', month],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        const query = { types: ['post' as const], from: `${month}-01`, to: lastDayOf(month), limit: mostOfMonth }
        const { items } = await call(timelineEntryEndpoints.list, { query }, signal)
        return countsByDay(items)
      },
      staleTime: Infinity,
    })),
    combine: joined,
  })
}

/** How many there are of each day of the wall clock. */
export function countsByDay(all: readonly { readonly localAt: string }[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { localAt } of all) {
    const day = localAt.slice(0, 10)
    counts.set(day, (counts.get(day) ?? 0) + 1)
  }
  return [...counts]
}

/** `2024-02` ends on `2024-02-29`. */
export function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const end = new Date(0)
  // Of the years before 100 `Date.UTC` would make others.
  end.setUTCFullYear(year, number, 0)
  return `${month}-${String(end.getUTCDate()).padStart(2, '0')}`
}

function joined(months: readonly UseQueryResult<ReturnType<typeof countsByDay>>[]): ReadonlyMap<string, number> {
  return new Map(months.flatMap(({ data }) => data ?? []))
}
