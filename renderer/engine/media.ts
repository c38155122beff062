import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { mediaSchema, originalPath, routes, thumbnailPath, type MediaEdit } from '../../main/contract/index.ts'
import { apiOrigin, get, patch } from './client.ts'

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

export function pictureUrl(id: string, size: 'grid' | 'viewer'): string {
  return apiOrigin + thumbnailPath(id, size)
}

export function originalUrl(id: string): string {
  return apiOrigin + originalPath(id)
}
