import type { Clone, Cloner } from '../copy/clone.ts'
import { limits } from './run.ts'
import type { SessionSource } from './sandbox.ts'

/**
 * Statements of people run on a clone of the database, in a thread that can be ended: nobody waits for one, and nothing it
 * does stays.
 */
export function pgliteSessions(cloner: Cloner): SessionSource {
  let clone: Clone | null = null

  async function drop(): Promise<void> {
    const old = clone
    clone = null
    await old?.drop()
  }

  return {
    // What was written since the clone was made must be seen.
    isCurrent: async () => (await clone?.isCurrent()) === true,
    async connect() {
      if (clone && (await clone.isCurrent())) return clone.open(limits)
      await drop()
      clone = await cloner.take('sql')
      return clone.open(limits)
    },
    drop,
  }
}
