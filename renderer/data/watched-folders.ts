import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { watchEndpoints, type NewWatchedFolder, type WatchedFolderEdit } from '../../main/contract/index.ts'
import { call } from './client.ts'
import { queryKey } from './keys.ts'

export const watchedFoldersKey = queryKey('watched-folders', ['watched-folders', 'imports'])

/** By path. */
export function useWatchedFolders() {
  return useQuery({
    queryKey: watchedFoldersKey,
    queryFn: async ({ signal }) => (await call(watchEndpoints.list, {}, signal)).items,
    // A look at a folder that finds nothing new is no change, and still moves "looked a minute ago". There is one every ten minutes.
    refetchInterval: 600_000,
  })
}

/** What is in the folder is imported now, what comes later by itself. */
export function useWatchFolder() {
  return useWatchedFolderChange((input: NewWatchedFolder) => call(watchEndpoints.add, { body: input }))
}

export function useEditWatchedFolder() {
  return useWatchedFolderChange(({ id, edit }: { readonly id: string; readonly edit: WatchedFolderEdit }) =>
    call(watchEndpoints.edit, { params: { id }, body: edit }),
  )
}

/** What was imported from it stays. */
export function useUnwatchFolder() {
  return useWatchedFolderChange((id: string) => call(watchEndpoints.remove, { params: { id } }))
}

function useWatchedFolderChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => cache.invalidateQueries({ queryKey: watchedFoldersKey }),
  })
}
