import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { changedSchema, routes, trashPageSchema } from '../../main/contract/index.ts'
import { get, post, remove } from './client.ts'

export const trashKey = ['trash'] as const

/** What lies in the trash, last trashed first, page by page. */
export function useTrash() {
  return useInfiniteQuery({
    queryKey: trashKey,
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam === null ? '' : `&after=${encodeURIComponent(pageParam)}`
      return get(`${routes.trash}?limit=1000${after}`, trashPageSchema, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

/** Moves photos to the trash; answers how many moved. */
export async function trashMedia(ids: readonly string[]): Promise<number> {
  return (await post(`${routes.media}/trash`, changedSchema, { ids })).changed
}

/** Takes photos out of the trash, back into their albums; answers how many came back. */
export async function restoreMedia(ids: readonly string[]): Promise<number> {
  return (await post(`${routes.media}/restore`, changedSchema, { ids })).changed
}

/** Deletes photos of the trash for good, all of them when none are named. */
export function usePurge() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async (ids: readonly string[] | null) =>
      ids === null ? remove(routes.trash, changedSchema) : post(`${routes.trash}/purge`, changedSchema, { ids }),
    onSettled: () => cache.invalidateQueries({ queryKey: trashKey }),
  })
}
