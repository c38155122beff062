import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { routes, townNearSchema, townsSchema } from '../../main/contract/index.ts'
import { get } from './client.ts'

const placesKey = ['places'] as const

/** Towns whose name begins so. */
export function useTowns(text: string) {
  const q = text.trim()
  return useQuery({
    queryKey: [...placesKey, q],
    queryFn: async ({ signal }) =>
      (await get(`${routes.places}?${new URLSearchParams({ q })}`, townsSchema, signal)).towns,
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
}

/** The town next to a place. */
export function useTownNear(place: { readonly latitude: number; readonly longitude: number } | null) {
  return useQuery({
    queryKey: [...placesKey, 'near', place?.latitude, place?.longitude],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ latitude: String(place?.latitude), longitude: String(place?.longitude) })
      return (await get(`${routes.places}/near?${query}`, townNearSchema, signal)).town
    },
    enabled: place !== null,
    staleTime: Infinity,
  })
}
