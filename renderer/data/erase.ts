import { useMutation, useQuery } from '@tanstack/react-query'
import { eraseEndpoints, type Erase } from '../../main/contract/index.ts'
import { call } from './client.ts'

/** What erasing would destroy, and the name that confirms it. */
export function useErasable() {
  return useQuery({
    queryKey: ['erasable'],
    queryFn: ({ signal }) => call(eraseEndpoints.look, {}, signal),
    // Asked again whenever the question is put: it must not tell old figures.
    gcTime: 0,
  })
}

/** The vault is closed while it is erased, so who hears of the end is not the screen that asked. */
export function useErase(on: { readonly onErased: () => void; readonly onFailed: (error: unknown) => void }) {
  return useMutation({
    mutationFn: (input: Erase) => call(eraseEndpoints.erase, { body: input }),
    onSuccess: on.onErased,
    onError: on.onFailed,
  })
}
