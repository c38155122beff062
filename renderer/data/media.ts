import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  addressOf,
  mediaEditEndpoints,
  mediaEndpoints,
  type MediaEdit,
  type MediaTotals,
} from '../../main/contract/index.ts'
import { withTicket } from './browser-page.ts'
import { apiOrigin, call } from './client.ts'
import { useDebounced } from './use-debounced.ts'
import { queryKey } from './keys.ts'

export const mediaKey = queryKey('media', ['media', 'albums', 'tags', 'links'])

export function useMedia(id: string) {
  return useQuery({
    queryKey: [...mediaKey, id],
    queryFn: ({ signal }) => call(mediaEndpoints.read, { params: { id } }, signal),
  })
}

export function useEditMedia() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id, edit }: { readonly id: string; readonly edit: MediaEdit }) =>
      call(mediaEndpoints.edit, { params: { id }, body: edit }),
    onSuccess: (media) => cache.setQueryData([...mediaKey, media.id], media),
  })
}

/** Marks photos as favourites, or no longer; answers how many were not so already. */
export async function markFavourites(ids: readonly string[], isFavorite: boolean): Promise<number> {
  return (await call(mediaEditEndpoints.favourites, { body: { ids: [...ids], isFavorite } })).changed
}

const calmMs = 250
/** Beyond that, asking takes longer than anyone looks. */
const mostWeighed = 20_000

/** The size of the originals of these photos, and when they were taken; undefined until it is known. */
export function useTotals(chosen: readonly string[]): MediaTotals | undefined {
  // A rectangle that is being drawn changes its photos many times a second.
  const ids = useDebounced(chosen, calmMs)
  const sums = useQuery({
    queryKey: [...mediaKey, 'totals', ids],
    queryFn: ({ signal }) => call(mediaEditEndpoints.totals, { body: { ids: [...ids] } }, signal),
    enabled: ids.length > 0 && ids.length <= mostWeighed,
    gcTime: 10_000,
  })
  return ids.length === chosen.length ? sums.data : undefined
}

export function pictureUrl(id: string, size: 'grid' | 'viewer'): string {
  return withTicket(apiOrigin + addressOf(mediaEndpoints.thumbnail, { params: { id, size } }))
}

export function originalUrl(id: string): string {
  return withTicket(apiOrigin + addressOf(mediaEndpoints.original, { params: { id } }))
}
