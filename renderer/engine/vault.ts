import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  doctorSchema,
  healthSchema,
  routes,
  statusSchema,
  vaultStateSchema,
  type VaultState,
} from '../../main/contract/index.ts'
import { get, post } from './client.ts'

export const vaultKey = ['vault'] as const
export const statusKey = ['status'] as const
const healthKey = ['health'] as const

export function useVault() {
  return useQuery({
    queryKey: vaultKey,
    queryFn: ({ signal }) => get(routes.vault, vaultStateSchema, signal),
    refetchInterval: (query) => (query.state.data?.state === 'opening' ? 500 : false),
  })
}

export function useStatus() {
  return useQuery({ queryKey: statusKey, queryFn: ({ signal }) => get(routes.status, statusSchema, signal) })
}

/** How the database is; asked when somebody looks. */
export function useHealth() {
  return useQuery({
    queryKey: healthKey,
    queryFn: ({ signal }) => get(routes.health, healthSchema, signal),
    staleTime: 0,
  })
}

/** Looks through everything and repairs what can be repaired. */
export function useDoctor() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => post(routes.doctor, doctorSchema),
    onSettled: () => cache.invalidateQueries(),
  })
}

export function useCreateVault() {
  return useVaultChange((wanted: { path: string; name?: string }) => post(routes.createVault, vaultStateSchema, wanted))
}

export function useOpenVault() {
  return useVaultChange((wanted: { path: string }) => post(routes.openVault, vaultStateSchema, wanted))
}

function useVaultChange<Wanted>(change: (wanted: Wanted) => Promise<VaultState>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: (state) => cache.setQueryData(vaultKey, state) })
}
