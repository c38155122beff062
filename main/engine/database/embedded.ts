import type { Connection } from './connection.ts'
import { connectNative } from './native.ts'
import { startServer } from './server.ts'
import { damaged } from './sql-error.ts'
import { messageOf } from '../base/errors.ts'

/** The database of a vault on a server of our own; a cluster holds this one beside those it comes with. */
const databaseName = 'postgres'

/** Settings for other servers in the environment (PGSSLMODE, PGOPTIONS) are not for ours. */
const apart = { ssl: false, options: '' } as const

/** Starts the server over a folder and opens a session with it; both end together. */
export async function connectEmbedded(options: {
  readonly dataDir: string
  readonly mayInitialise: boolean
}): Promise<Connection> {
  const server = await startServer(options)
  try {
    const connection = await connectNative('embedded', { ...server.reach, database: databaseName, ...apart }, server)
    // The process of a session may outlive its server for a moment.
    void server.stopped.then(() => connection.kill())
    await connection.exec(`load 'pg_trgm'`)
    return connection
  } catch (error) {
    await server.kill()
    throw damaged(`${messageOf(error)}\n${server.words()}`)
  }
}
