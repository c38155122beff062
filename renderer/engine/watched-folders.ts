import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import {
  routes,
  watchedFolderSchema,
  type NewWatchedFolder,
  type WatchedFolderEdit,
} from '../../main/contract/index.ts'
import { get, patch, post, removeQuietly } from './client.ts'

export const watchedFoldersKey = ['watched-folders'] as const
const listSchema = z.object({ folders: z.array(watchedFolderSchema) })

/** By path. */
export function useWatchedFolders() {
  return useQuery({
    queryKey: watchedFoldersKey,
    queryFn: async ({ signal }) => (await get(routes.watchedFolders, listSchema, signal)).folders,
    // A look at a folder that finds nothing new is no change, and still moves "looked a minute ago".
    refetchInterval: 30_000,
  })
}

/** What is in the folder is imported now, what comes later by itself. */
export function useWatchFolder() {
  return useWatchedFolderChange((wish: NewWatchedFolder) => post(routes.watchedFolders, watchedFolderSchema, wish))
}

export function useEditWatchedFolder() {
  return useWatchedFolderChange(({ id, edit }: { readonly id: string; readonly edit: WatchedFolderEdit }) =>
    patch(`${routes.watchedFolders}/${id}`, watchedFolderSchema, edit),
  )
}

/** What was imported from it stays. */
export function useUnwatchFolder() {
  return useWatchedFolderChange((id: string) => removeQuietly(`${routes.watchedFolders}/${id}`))
}

function useWatchedFolderChange<Wish, Answer>(change: (wish: Wish) => Promise<Answer>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => cache.invalidateQueries({ queryKey: watchedFoldersKey }),
  })
}
