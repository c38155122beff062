import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Asks again for what changed. A question under way is never cut off: where changes come faster than answers, nothing would be
 * answered. It is asked once more when it has been, since its answer may be of before the change. `pauseMs` is how long the same
 * thing is left alone after it was asked for.
 */
export function createRefresher(cache: QueryClient, pauseMs = 500): { refresh(key: QueryKey): void; stop(): void } {
  const asking = new Map<string, { isDue: boolean }>()
  const stopped = new AbortController()

  async function ask(key: QueryKey, state: { isDue: boolean }): Promise<void> {
    do {
      state.isDue = cache.isFetching({ queryKey: key }) > 0
      await cache.invalidateQueries({ queryKey: key }, { cancelRefetch: false })
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    } while (state.isDue && !stopped.signal.aborted)
  }

  return {
    refresh(key) {
      const name = JSON.stringify(key)
      const before = asking.get(name)
      if (before) {
        before.isDue = true
        return
      }
      const state = { isDue: false }
      asking.set(name, state)
      // What cannot be had is said by the screen that shows it.
      void ask(key, state)
        .catch(() => {})
        .finally(() => asking.delete(name))
    },
    stop: () => stopped.abort(),
  }
}
