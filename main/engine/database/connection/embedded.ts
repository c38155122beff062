import type { Connection } from './connection.ts'
import { connectNative } from './native.ts'
import { startServer } from './server.ts'
import { damaged } from './sql-error.ts'
import { messageOf } from '../../base/errors.ts'

/** The database of a vault on a server of our own; a cluster holds this one beside those it comes with. */
const databaseName = 'postgres'

/**
 * Settings for other servers in the environment (PGSSLMODE, PGOPTIONS) are not for ours; and what the database itself has
 * stored as settings of its roles may not load libraries or run code at the start of a session.
 */
const apart = {
  ssl: false,
  options: '-c session_preload_libraries= -c local_preload_libraries= -c event_triggers=off',
} as const

/** Starts the server over a folder and opens a session with it; both end together. */
export async function connectEmbedded(options: {
  readonly dataDir: string
  readonly mayInitialise: boolean
}): Promise<Connection> {
  const server = await startServer(options)
  try {
    const reach = { ...server.reach, database: databaseName, ...apart }
    const connection = await connectNative('embedded', reach, server, ({ role: user, password }) => {
      // Those options only a superuser may ask for.
      return { ...reach, user, password, options: '' }
    })
    // The process of a session may outlive its server for a moment.
    void server.stopped.then(() => connection.kill())
    await connection.exec(`load 'pg_trgm'`)
    return connection
  } catch (error) {
    await server.kill()
    throw damaged(`${messageOf(error)}\n${server.words()}`)
  }
}
