import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  restoreEndpoints,
  type BackupKey,
  type ListSnapshotAlbums,
  type RestoreState,
  type StartRestore,
} from '../../main/contract/index.ts'
import { call } from './client.ts'

const restoreKey = ['restore'] as const

/** The one restore the engine knows of. */
export function useRestore() {
  return useQuery({
    queryKey: restoreKey,
    queryFn: ({ signal }) => call(restoreEndpoints.state, {}, signal),
    refetchInterval: (query) => (query.state.data?.status === 'running' ? 500 : false),
  })
}

/** What a backup holds, newest first. */
export function useLookIntoBackup() {
  return useMutation({
    mutationFn: (input: BackupKey & { readonly path: string }) => call(restoreEndpoints.snapshots, { body: input }),
  })
}

/** The albums of one moment, asked for once they are to be chosen from. */
export function useSnapshotAlbums(input: ListSnapshotAlbums) {
  return useQuery({
    queryKey: [...restoreKey, 'albums', input.path, input.snapshot],
    queryFn: ({ signal }) => call(restoreEndpoints.albums, { body: input }, signal),
    retry: false,
  })
}

export function useStartRestore() {
  return useRestoreChange((input: StartRestore) => call(restoreEndpoints.start, { body: input }))
}

export function useCancelRestore() {
  return useRestoreChange(() => call(restoreEndpoints.cancel, {}))
}

function useRestoreChange<Input>(change: (input: Input) => Promise<RestoreState>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: (state) => cache.setQueryData(restoreKey, state) })
}
