import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { backupFileEndpoints, type ArchiveState, type NewArchive } from '../../main/contract/index.ts'
import { call } from './client.ts'

const backupFileKey = ['backup-file'] as const

/** The one backup file the engine knows of. */
export function useBackupFile() {
  return useQuery({
    queryKey: backupFileKey,
    queryFn: ({ signal }) => call(backupFileEndpoints.state, {}, signal),
    refetchInterval: (query) => (query.state.data?.status === 'running' ? 500 : false),
  })
}

export function useWriteBackupFile() {
  return useBackupFileChange((input: NewArchive) => call(backupFileEndpoints.write, { body: input }))
}

export function useStopBackupFile() {
  return useBackupFileChange(() => call(backupFileEndpoints.cancel, {}))
}

function useBackupFileChange<Input>(change: (input: Input) => Promise<ArchiveState>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: (state) => cache.setQueryData(backupFileKey, state) })
}
