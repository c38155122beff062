import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { mediaEditEndpoints, type MediaType } from '../../main/contract/index.ts'
import { call } from './client.ts'
import { useDebounced } from './use-debounced.ts'
import { mediaKey } from './media.ts'

export interface SearchQuery {
  readonly text: string
  readonly type: MediaType | null
  readonly onlyFavourites: boolean
}

const calmMs = 150

/** What fits the words and filters, once nobody types any more; what was found before stays meanwhile. */
export function useSearch({ text, type, onlyFavourites }: SearchQuery) {
  const q = useDebounced(text.trim(), calmMs)
  const found = useQuery({
    queryKey: [...mediaKey, 'search', q, type, onlyFavourites],
    queryFn: ({ signal }) =>
      call(mediaEditEndpoints.search, { query: { q, favourites: onlyFavourites, ...(type && { type }) } }, signal),
    enabled: q !== '' || type !== null || onlyFavourites,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  })
  /** What is shown is not yet what is asked for. */
  return { ...found, isBehind: q !== text.trim() || found.isPlaceholderData }
}
