import { useQuery } from '@tanstack/react-query'
import { mediaSchema, originalPath, routes, thumbnailPath } from '../../main/contract/index.ts'
import { apiOrigin, get } from './client.ts'

export const mediaKey = ['media'] as const

export function useMedia(id: string) {
  return useQuery({
    queryKey: [...mediaKey, id],
    queryFn: ({ signal }) => get(`${routes.media}/${id}`, mediaSchema, signal),
  })
}

export function pictureUrl(id: string, size: 'grid' | 'viewer'): string {
  return apiOrigin + thumbnailPath(id, size)
}

export function originalUrl(id: string): string {
  return apiOrigin + originalPath(id)
}
