import { systemCode } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { Connection } from './connection/connection.ts'
import { createTurns } from './turns.ts'

/** Sessions of a server beside the one that writes, so that a slow list holds up neither another nor a change. */
export interface Readers {
  /** Runs with a session of its own; with null where the server gives none just now. */
  run<T>(work: (session: Connection | null) => Promise<T>): Promise<T>
  /** Ends those that nobody uses. */
  close(): Promise<void>
}

const most = 3
/** One stays free of background work. */
const mostBackground = most - 1
/** A server that gave no session is not asked again for so long. */
const pauseMs = 10_000

/** `main` is the session that writes, started again if it stopped. Sessions are opened when they are first needed. */
export function createReaders(main: () => Promise<Connection>, log: Log): Readers {
  const turns = createTurns(most, mostBackground)
  const idle = new Set<Connection>()
  let notBefore = 0

  async function open(): Promise<Connection | null> {
    if (Date.now() < notBefore) return null
    const { beside } = await main()
    if (beside === null) return null
    try {
      const session = await beside()
      void session.stopped.then(() => idle.delete(session))
      return session
    } catch (error) {
      notBefore = Date.now() + pauseMs
      // What the driver says may hold the address, and with it a password.
      log.warn('no-reading-session', { code: systemCode(error) })
      return null
    }
  }

  return {
    run: (work) =>
      turns.run(async () => {
        const [free] = idle
        if (free) idle.delete(free)
        const session = free ?? (await open())
        try {
          return await work(session)
        } finally {
          if (session?.isOpen() === true) idle.add(session)
        }
      }),
    async close() {
      const sessions = [...idle]
      idle.clear()
      await Promise.all(sessions.map((each) => each.close().catch(() => {})))
    },
  }
}
