import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { archiveStateSchema, routes, type ArchiveState, type NewArchive } from '../../main/contract/index.ts'
import { get, post } from './client.ts'

const backupFileKey = ['backup-file'] as const

/** The one backup file the engine knows of. */
export function useBackupFile() {
  return useQuery({
    queryKey: backupFileKey,
    queryFn: ({ signal }) => get(routes.backupFile, archiveStateSchema, signal),
    refetchInterval: (query) => (query.state.data?.status === 'running' ? 500 : false),
  })
}

export function useWriteBackupFile() {
  return useBackupFileChange((wish: NewArchive) => post(routes.backupFile, archiveStateSchema, wish))
}

export function useStopBackupFile() {
  return useBackupFileChange(() => post(`${routes.backupFile}/cancel`, archiveStateSchema))
}

function useBackupFileChange<Wish>(change: (wish: Wish) => Promise<ArchiveState>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: (state) => cache.setQueryData(backupFileKey, state) })
}
