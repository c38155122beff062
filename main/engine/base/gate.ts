/** Runs at most `width` tasks at once, in the order they came. */
export interface Gate {
  run<T>(task: () => Promise<T>): Promise<T>
}

export function createGate(width: number): Gate {
  let running = 0
  const waiting: (() => void)[] = []
  return {
    async run(task) {
      if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve))
      else running += 1
      try {
        return await task()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running -= 1
      }
    },
  }
}
