import { AsyncLocalStorage } from 'node:async_hooks'
import type { Gate } from '../base/gate.ts'

/**
 * [Note: who waits] What runs on behalf of a person carries this, and is served before everything else. Work that outlives the
 * request (a job it woke, a vault it opened) inherits it too, hence `isOver`: from then on it is background as all other.
 */
const waitedFor = new AsyncLocalStorage<{ isOver: boolean }>()

/** Does something a person waits for: until it has resolved its transactions go before those of background work. */
export async function interactively<T>(work: () => Promise<T>): Promise<T> {
  const scope = { isOver: false }
  try {
    return await waitedFor.run(scope, work)
  } finally {
    scope.isOver = true
  }
}

/** After so many turns of people in a row, whatever else waits gets one: an import must end even while somebody scrolls. */
const mostInARow = 32

/**
 * Gives turns to at most `width` tasks at once, of which at most `backgroundWidth` in the background. What a person waits for
 * goes first; within each of the two they go in the order they came. Nothing under way is interrupted, so a task that
 * has a turn must not wait for another one.
 */
export function createTurns(width: number, backgroundWidth = width): Gate {
  const people: (() => void)[] = []
  const others: (() => void)[] = []
  let running = 0
  let background = 0
  let inARow = 0

  function giveTurns(): void {
    while (running < width) {
      const isOtherPossible = others.length > 0 && background < backgroundWidth
      const isOther = isOtherPossible && (people.length === 0 || inARow >= mostInARow)
      const next = (isOther ? others : people).shift()
      if (!next) return
      inARow = isOther || !isOtherPossible ? 0 : inARow + 1
      running += 1
      if (isOther) background += 1
      next()
    }
  }

  return {
    async run(task) {
      const isBackground = waitedFor.getStore()?.isOver !== false
      if (running < width && (!isBackground || background < backgroundWidth)) {
        running += 1
        if (isBackground) background += 1
      } else await new Promise<void>((resolve) => (isBackground ? others : people).push(resolve))
      try {
        return await task()
      } finally {
        running -= 1
        if (isBackground) background -= 1
        giveTurns()
      }
    },
  }
}
