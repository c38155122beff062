import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { trashEndpoints } from '../../main/contract/index.ts'
import { call } from './client.ts'

export const trashKey = ['trash'] as const

/** What lies in the trash, last trashed first, page by page. */
export function useTrash() {
  return useInfiniteQuery({
    queryKey: trashKey,
    queryFn: ({ pageParam, signal }) =>
      call(trashEndpoints.list, { query: { limit: 1000, ...(pageParam !== null && { cursor: pageParam }) } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

/** Moves photos to the trash; answers how many moved. */
export async function trashMedia(ids: readonly string[]): Promise<number> {
  return (await call(trashEndpoints.trash, { body: { ids: [...ids] } })).changed
}

/** Takes photos out of the trash, back into their albums; answers how many came back. */
export async function restoreMedia(ids: readonly string[]): Promise<number> {
  return (await call(trashEndpoints.restore, { body: { ids: [...ids] } })).changed
}

/** Deletes photos of the trash for good, all of them when none are named; what the screen does not show stays. */
export function usePurge() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async (ids: readonly string[] | null) =>
      ids === null
        ? call(trashEndpoints.empty, { query: { only: 'media' } })
        : call(trashEndpoints.purge, { body: { ids: [...ids] } }),
    onSettled: () => cache.invalidateQueries({ queryKey: trashKey }),
  })
}
