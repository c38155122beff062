import { AsyncLocalStorage } from 'node:async_hooks'
import { createGate } from '../base/gate.ts'

/** Many may share what it guards, or one has it alone. */
export interface Latch {
  /** Anyone who shares it already goes on at once, also while somebody waits to have it alone. */
  share<T>(work: () => Promise<T>): Promise<T>
  /**
   * Waits until those who share it have ended; anyone who comes meanwhile waits until it is over. Throws for one who shares it: that
   * would wait for itself.
   */
  alone<T>(work: () => Promise<T>): Promise<T>
}

export function createLatch(): Latch {
  const gate = createGate(1)
  const inside = new AsyncLocalStorage<{ isOver: boolean }>()
  const state: { sharing: number; shut: Promise<void> | null } = { sharing: 0, shut: null }
  let emptied: () => void = () => {}

  const isInside = (): boolean => inside.getStore()?.isOver === false

  return {
    async share(work) {
      if (isInside()) return work()
      while (state.shut) await state.shut
      const scope = { isOver: false }
      state.sharing += 1
      try {
        return await inside.run(scope, work)
      } finally {
        scope.isOver = true
        state.sharing -= 1
        if (state.sharing === 0) emptied()
      }
    },
    async alone(work) {
      if (isInside()) throw new Error('the database cannot be exchanged by what still uses it')
      return gate.run(async () => {
        const over = Promise.withResolvers<void>()
        state.shut = over.promise
        try {
          if (state.sharing > 0) await new Promise<void>((resolve) => (emptied = resolve))
          return await work()
        } finally {
          state.shut = null
          over.resolve()
        }
      })
    },
  }
}
