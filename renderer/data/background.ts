import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DesktopBackground } from '../../preload/api.ts'

const key = ['background'] as const

/** What Coffer does while its window is closed; nothing in a browser. */
export function useBackground() {
  return useQuery({ queryKey: key, queryFn: () => window.coffer?.background() ?? null })
}

export function useSetBackground() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async (change: Partial<DesktopBackground>) => (await window.coffer?.background(change)) ?? null,
    onSuccess: (now) => cache.setQueryData(key, now),
  })
}
