/** Those who have listed the originals of a vault and still have to read them, by its folder. */
const holders = new Map<string, Set<Promise<void>>>()

/** While `work` runs, the bytes of originals stay where they are, also of those that are deleted for good meanwhile. */
export async function holdOriginals<T>(vaultDir: string, work: () => Promise<T>): Promise<T> {
  const over = Promise.withResolvers<void>()
  const present = holders.get(vaultDir) ?? new Set()
  holders.set(vaultDir, present.add(over.promise))
  try {
    return await work()
  } finally {
    present.delete(over.promise)
    over.resolve()
  }
}

/** Resolves with true once nobody holds the originals, or with false at the signal. */
export async function originalsLetGo(vaultDir: string, signal: AbortSignal): Promise<boolean> {
  let stopped: Promise<void> | null = null
  while (!signal.aborted) {
    const present = holders.get(vaultDir)
    if (!present || present.size === 0) return true
    stopped ??= new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    await Promise.race([stopped, Promise.all(present)])
  }
  return false
}
