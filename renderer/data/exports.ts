import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { exportEndpoints, type StartExport } from '../../main/contract/index.ts'
import { call } from './client.ts'
import { queryKey } from './keys.ts'

export const exportsKey = queryKey('exports', ['exports'])

/** Newest first. */
export function useExports() {
  return useQuery({
    queryKey: exportsKey,
    queryFn: async ({ signal }) => (await call(exportEndpoints.list, {}, signal)).items,
    refetchInterval: (query) => (query.state.data?.some((each) => each.status === 'running') ? 500 : false),
  })
}

export function useStartExport() {
  return useExportChange((input: StartExport) => call(exportEndpoints.start, { body: input }))
}

export function useStopExport() {
  return useExportChange((id: string) => call(exportEndpoints.cancel, { params: { id } }))
}

function useExportChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSettled: () => cache.invalidateQueries({ queryKey: exportsKey }) })
}
