import { useMutation, useQuery } from '@tanstack/react-query'
import { erasableSchema, erasedSchema, routes, type Erase } from '../../main/contract/index.ts'
import { get, post } from './client.ts'

/** What erasing would destroy, and the name that confirms it. */
export function useErasable() {
  return useQuery({
    queryKey: ['erasable'],
    queryFn: ({ signal }) => get(routes.erasures, erasableSchema, signal),
    // Asked anew whenever the question is put: it must not tell old figures.
    gcTime: 0,
  })
}

/** The vault is closed while it is erased, so who hears of the end is not the screen that asked. */
export function useErase(on: { readonly onErased: () => void; readonly onFailed: (error: unknown) => void }) {
  return useMutation({
    mutationFn: (wish: Erase) => post(routes.erasures, erasedSchema, wish),
    onSuccess: on.onErased,
    onError: on.onFailed,
  })
}
