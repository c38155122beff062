import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  changedSchema,
  mediaSchema,
  mediaTotalsSchema,
  originalPath,
  routes,
  thumbnailPath,
  type MediaEdit,
  type MediaTotals,
} from '../../main/contract/index.ts'
import { apiOrigin, get, patch, post } from './client.ts'
import { useCalm } from './use-calm.ts'

export const mediaKey = ['media'] as const

export function useMedia(id: string) {
  return useQuery({
    queryKey: [...mediaKey, id],
    queryFn: ({ signal }) => get(`${routes.media}/${id}`, mediaSchema, signal),
  })
}

export function useEditMedia() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id, edit }: { readonly id: string; readonly edit: MediaEdit }) =>
      patch(`${routes.media}/${id}`, mediaSchema, edit),
    onSuccess: (media) => cache.setQueryData([...mediaKey, media.id], media),
  })
}

/** Marks photos as favourites, or no longer; answers how many were not so already. */
export async function markFavourites(ids: readonly string[], isFavorite: boolean): Promise<number> {
  return (await post(`${routes.media}/favourites`, changedSchema, { ids, isFavorite })).changed
}

const calmMs = 250
/** Beyond that, asking takes longer than anyone looks. */
const mostWeighed = 20_000

/** What the originals of these photos weigh and when they were taken; undefined until it is known. */
export function useTotals(chosen: readonly string[]): MediaTotals | undefined {
  // A rectangle that is being drawn changes its photos many times a second.
  const ids = useCalm(chosen, calmMs)
  const sums = useQuery({
    queryKey: [...mediaKey, 'totals', ids],
    queryFn: ({ signal }) => post(`${routes.media}/totals`, mediaTotalsSchema, { ids }, signal),
    enabled: ids.length > 0 && ids.length <= mostWeighed,
    gcTime: 10_000,
  })
  return ids.length === chosen.length ? sums.data : undefined
}

export function pictureUrl(id: string, size: 'grid' | 'viewer'): string {
  return apiOrigin + thumbnailPath(id, size)
}

export function originalUrl(id: string): string {
  return apiOrigin + originalPath(id)
}
