import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { exportEndpoints, type StartExport } from '../../main/contract/index.ts'
import { call } from './client.ts'
import { exportsKey } from './keys.ts'

/** Newest first. */
export function useExports() {
  return useQuery({
    queryKey: exportsKey,
    queryFn: async ({ signal }) => (await call(exportEndpoints.list, {}, signal)).items,
    refetchInterval: (query) => (query.state.data?.some((each) => each.status === 'running') ? 500 : false),
  })
}

export function useStartExport() {
  return useExportChange((wish: StartExport) => call(exportEndpoints.start, { body: wish }))
}

export function useStopExport() {
  return useExportChange((id: string) => call(exportEndpoints.cancel, { params: { id } }))
}

function useExportChange<Wish, Answer>(change: (wish: Wish) => Promise<Answer>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSettled: () => cache.invalidateQueries({ queryKey: exportsKey }) })
}
