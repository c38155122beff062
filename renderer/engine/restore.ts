import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  restoreStateSchema,
  routes,
  snapshotAlbumsSchema,
  snapshotListSchema,
  type BackupKey,
  type ListSnapshotAlbums,
  type StartRestore,
} from '../../main/contract/index.ts'
import { get, post } from './client.ts'

const restoreKey = ['restore'] as const

/** The one restore the engine knows of. */
export function useRestore() {
  return useQuery({
    queryKey: restoreKey,
    queryFn: ({ signal }) => get(routes.restore, restoreStateSchema, signal),
    refetchInterval: (query) => (query.state.data?.status === 'running' ? 500 : false),
  })
}

/** What a backup holds, newest first. */
export function useLookIntoBackup() {
  return useMutation({
    mutationFn: (wish: BackupKey & { readonly path: string }) =>
      post(`${routes.restore}/snapshots`, snapshotListSchema, wish),
  })
}

/** The albums of one moment, asked for once they are to be chosen from. */
export function useSnapshotAlbums(wish: ListSnapshotAlbums) {
  return useQuery({
    queryKey: [...restoreKey, 'albums', wish.path, wish.snapshot],
    queryFn: ({ signal }) => post(`${routes.restore}/albums`, snapshotAlbumsSchema, wish, signal),
    retry: false,
  })
}

export function useStartRestore() {
  return useRestoreChange((wish: StartRestore) => post(routes.restore, restoreStateSchema, wish))
}

export function useCancelRestore() {
  return useRestoreChange(() => post(`${routes.restore}/cancel`, restoreStateSchema))
}

function useRestoreChange<Wish>(change: (wish: Wish) => Promise<ReturnType<typeof restoreStateSchema.parse>>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: (state) => cache.setQueryData(restoreKey, state) })
}
