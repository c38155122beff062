import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { exportSchema, routes, type StartExport } from '../../main/contract/index.ts'
import { get, post } from './client.ts'

export const exportsKey = ['exports'] as const
const listSchema = z.object({ exports: z.array(exportSchema) })

/** Newest first. */
export function useExports() {
  return useQuery({
    queryKey: exportsKey,
    queryFn: async ({ signal }) => (await get(routes.exports, listSchema, signal)).exports,
    refetchInterval: (query) => (query.state.data?.some((each) => each.status === 'running') ? 500 : false),
  })
}

export function useStartExport() {
  return useExportChange((wish: StartExport) => post(routes.exports, exportSchema, wish))
}

export function useStopExport() {
  return useExportChange((id: string) => post(`${routes.exports}/${id}/cancel`, exportSchema))
}

function useExportChange<Wish, Answer>(change: (wish: Wish) => Promise<Answer>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSettled: () => cache.invalidateQueries({ queryKey: exportsKey }) })
}
