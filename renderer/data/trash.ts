import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { objectPaths, trashEndpoints, type ObjectRefs } from '../../main/contract/index.ts'
import { call } from './client.ts'
import { queryKey } from './keys.ts'

export const trashKey = queryKey('trash', objectPaths)

export type ObjectRef = ObjectRefs['items'][number]

/** The photos in the trash, last trashed first, page by page. */
export function useTrash() {
  return useInfiniteQuery({
    queryKey: [...trashKey, 'media'],
    queryFn: ({ pageParam, signal }) =>
      call(trashEndpoints.list, { query: { limit: 1000, ...(pageParam !== null && { cursor: pageParam }) } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

/** Everything else in the trash, last trashed first, page by page. */
export function useTrashedObjects() {
  return useInfiniteQuery({
    queryKey: [...trashKey, 'objects'],
    queryFn: ({ pageParam, signal }) =>
      call(trashEndpoints.objects, { query: { limit: 200, ...(pageParam !== null && { cursor: pageParam }) } }, signal),
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

/** Moves objects that are no photos to the trash; answers how many moved. */
export async function trashObjects(items: readonly ObjectRef[]): Promise<number> {
  return (await call(trashEndpoints.trashObjects, { body: { items: [...items] } })).changed
}

/** Takes objects that are no photos out of the trash; answers how many came back. */
export async function restoreObjects(items: readonly ObjectRef[]): Promise<number> {
  return (await call(trashEndpoints.restoreObjects, { body: { items: [...items] } })).changed
}

/** What is to be deleted permanently: photos, other objects, or all that lies in the trash. */
export type Doomed =
  | { readonly media: readonly string[] }
  | { readonly objects: readonly ObjectRef[] }
  | { readonly all: true }

/** Deletes from the trash permanently. */
export function usePurge() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async (doomed: Doomed) => {
      if ('all' in doomed) return call(trashEndpoints.empty, {})
      return 'media' in doomed
        ? call(trashEndpoints.purge, { body: { ids: [...doomed.media] } })
        : call(trashEndpoints.purgeObjects, { body: { items: [...doomed.objects] } })
    },
    onSettled: () => cache.invalidateQueries({ queryKey: trashKey }),
  })
}
