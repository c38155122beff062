import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { healthEndpoints, vaultEndpoints, type InputOf, type VaultState } from '../../main/contract/index.ts'
import { call, EngineProblem } from './client.ts'
import { watched } from './connection.ts'
import { queryKey } from './keys.ts'

/** Counts and problems of every room. */
export const statusKey = queryKey('status', 'everything')
/** Which vault is open, and who is signed in. The vault itself says when that changes. */
export const vaultKey = ['vault'] as const

export function useVault() {
  return useQuery({
    queryKey: vaultKey,
    queryFn: ({ signal }) => watched(call(vaultEndpoints.state, {}, signal), ({ state }) => state !== 'opening'),
    refetchInterval: (query) => {
      const state = query.state.data?.state
      // Before signing in there is no event stream that would tell.
      return state === 'opening' ? 500 : state === 'locked' ? 3000 : false
    },
  })
}

export function useStatus() {
  return useQuery({ queryKey: statusKey, queryFn: ({ signal }) => call(healthEndpoints.status, {}, signal) })
}

export function useCreateVault() {
  return useVaultChange((wanted: { path: string; name?: string }) => call(vaultEndpoints.create, { body: wanted }))
}

export function useOpenVault() {
  return useVaultChange((wanted: InputOf<typeof vaultEndpoints.open>['body']) =>
    call(vaultEndpoints.open, { body: wanted }),
  )
}

/** Vouches for the open vault, which another computer made; it is opened again, with all it has stored. */
export function useTrustVault() {
  return useVaultChange(() => call(vaultEndpoints.trust, {}))
}

/** What has to be allowed before a vault opens that was refused; null when nothing would help. */
export function leaveFor(error: unknown): 'trust' | 'migrate' | null {
  const code = error instanceof EngineProblem ? error.problem?.code : undefined
  return code === 'vault-untrusted' ? 'trust' : code === 'database-held' ? 'migrate' : null
}

function useVaultChange<Wanted = void>(change: (wanted: Wanted) => Promise<VaultState>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: (state) => cache.setQueryData(vaultKey, state) })
}
