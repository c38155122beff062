import { useEffect, useRef } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { healthEndpoints } from '../../main/contract/index.ts'
import { call } from './client.ts'
import { statusKey } from './vault.ts'

/** Looks for what is wrong, and repairs what can be. */
export function useDoctor() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => call(healthEndpoints.doctor, { body: {} }),
    onSettled: () => cache.invalidateQueries({ queryKey: statusKey }),
  })
}

/** Reads every original and holds it against its hash, as long as that takes; `stopped` when the person had enough. */
export function useVerify() {
  const ending = useRef<AbortController | null>(null)
  const run = useMutation({
    mutationFn: async () => {
      const { signal } = (ending.current = new AbortController())
      try {
        return await call(healthEndpoints.verify, {}, signal)
      } catch (error) {
        if (signal.aborted) return 'stopped'
        throw error
      }
    },
  })
  useEffect(() => () => ending.current?.abort(), [])
  return { run, stop: () => ending.current?.abort() }
}
