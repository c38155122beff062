import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { storedKeyEndpoints, type StoredKeys } from '../../main/contract/index.ts'
import { call } from './client.ts'

const storedKeysKey = ['stored-keys'] as const

/** Whether the vault can keep tokens and keys, and what opens them. */
export function useStoredKeys() {
  return useQuery({
    queryKey: storedKeysKey,
    queryFn: ({ signal }) => call(storedKeyEndpoints.state, {}, signal),
  })
}

export function useUnlockStoredKeys() {
  return useStoredKeysChange((passphrase) => call(storedKeyEndpoints.unlock, { body: { passphrase } }))
}

/** Where the person starts over, what an earlier passphrase keeps locked is lost. */
export function useSetStoredKeysPassphrase(startsOver: boolean) {
  return useStoredKeysChange((passphrase) =>
    call(storedKeyEndpoints.setPassphrase, { body: { passphrase, startsOver } }),
  )
}

function useStoredKeysChange(change: (passphrase: string) => Promise<StoredKeys>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: (state) => cache.setQueryData(storedKeysKey, state) })
}
