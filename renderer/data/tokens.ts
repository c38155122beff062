import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { tokenEndpoints, type ApiTokenInput } from '../../main/contract/index.ts'
import { call } from './client.ts'

const tokensKey = ['tokens'] as const

/** Tokens of other programs that can act as this person, newest first. */
export function useTokens() {
  return useQuery({
    queryKey: tokensKey,
    queryFn: async ({ signal }) => (await call(tokenEndpoints.list, {}, signal)).items,
  })
}

/** Makes a token, which is answered this once. */
export function useCreateToken() {
  return useTokenChange((body: ApiTokenInput) => call(tokenEndpoints.create, { body }))
}

export function useRevokeToken() {
  return useTokenChange((id: string) => call(tokenEndpoints.revoke, { params: { id } }))
}

function useTokenChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSettled: () => cache.invalidateQueries({ queryKey: tokensKey }) })
}
