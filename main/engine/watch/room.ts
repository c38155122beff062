import type { Room } from '../jobs/index.ts'
import type { IntakeContext } from '../intake/index.ts'
import { startWatching, type Watching } from './watching.ts'

/** What `watch` does in an open vault; `watching` is null until it has begun, and where nothing is watched. */
export function room(intake: IntakeContext): Room & { watching(): Watching | null } {
  let watching: Watching | null = null
  return {
    watching: () => watching,
    async start() {
      watching = await startWatching(intake)
    },
    close: async () => watching?.close(),
  }
}
