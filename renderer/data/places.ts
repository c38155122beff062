import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { placeEndpoints } from '../../main/contract/index.ts'
import { call } from './client.ts'

const placesKey = ['places'] as const

/** Towns whose name begins so. */
export function useTowns(text: string) {
  const q = text.trim()
  return useQuery({
    queryKey: [...placesKey, q],
    queryFn: async ({ signal }) => (await call(placeEndpoints.find, { query: { q } }, signal)).items,
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
      const { latitude = 0, longitude = 0 } = place ?? {}
      return (await call(placeEndpoints.near, { query: { latitude, longitude } }, signal)).town
    },
    enabled: place !== null,
    staleTime: Infinity,
  })
}
