import { useCallback } from 'react'

/** Of a list that comes page by page: fetches the next one, where there is one and it is not on its way already. */
export function useNextPage(list: {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => Promise<unknown>
}): () => void {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  return useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
}
