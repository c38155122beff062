import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { ClientConfig, QueryConfig } from 'pg'
import { messageOf, type CofferError } from '../../base/errors.ts'
import type { Connection, Login } from './connection.ts'
import type { QueryAnswer } from './messages.ts'
import { diskFull, diskFullState, SqlError, stoppedError, tooLargeState } from './sql-error.ts'
import { watchdog, watchdogMs } from './watchdog.ts'
import { parserOf } from './values.ts'

/** The server behind a session, where it is ours: it goes with the session, and its last words say why. */
export interface Owned {
  words(): string
  stop(): Promise<void>
  kill(): Promise<void>
}

/** What every session begins with, whatever the server or the person's role says otherwise. */
const session = [
  `set timezone = 'UTC'`,
  `set datestyle = 'ISO'`,
  `set intervalstyle = 'postgres'`,
  `set bytea_output = 'hex'`,
  `set extra_float_digits = 1`,
  `set standard_conforming_strings = on`,
  `set row_security = on`,
  `set default_transaction_isolation = 'read committed'`,
  `set search_path = "$user", public`,
  // Compiling costs more than it gains in statements of milliseconds.
  `set jit = off`,
  // Photos lie on disks without a head to move; at the default of 4 whole tables are read for a page of an album.
  `set random_page_cost = 1.1`,
].join('; ')

/** PostgreSQL names the rows a statement changed; reading ones change none. */
const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'COPY', 'MERGE'])

/**
 * Opens a session with a server. Throws what the driver throws when there is none. Statements are sent one at a time by
 * the extended protocol, which refuses a second one in the same text.
 */
export async function connectNative(
  engine: 'embedded' | 'external',
  reach: ClientConfig,
  owned: Owned | null = null,
  /** Where another role of the same server logs in; null where nobody needs another session. */
  reachAs: ((as: Login) => ClientConfig) | null = null,
): Promise<Connection> {
  // Most vaults never need the driver, and it costs an engine that only rests some megabytes.
  const { Client, DatabaseError } = await import('pg')
  const { from: copyFrom, to: copyTo } = await import('pg-copy-streams')
  const config: ClientConfig = {
    application_name: 'coffer',
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
    ...reach,
    types: { getTypeParser: (type: number) => parserOf(type) },
  }
  const client = new Client(config)
  const stopped = Promise.withResolvers<CofferError>()
  let ended: CofferError | null = null
  let lastOutput = ''
  let isClosing = false
  client.on('error', (error) => {
    lastOutput ||= messageOf(error)
  })
  let details: string[] | null = null
  client.on('notice', ({ detail }) => void (detail !== undefined && details?.push(detail)))
  client.on('end', () => over(owned?.words() ?? lastOutput))

  /** The session is gone; anyone who asks from now on learns it at once. */
  function over(words: string): CofferError {
    if (ended) return ended
    ended = stoppedError(words)
    const error = ended
    client.connection.stream.destroy()
    // A server of ours without its only session is of no use, and the next one must find the folder free.
    const gone = isClosing ? undefined : owned?.kill()
    void (gone ?? Promise.resolve()).then(() => stopped.resolve(error))
    return error
  }

  await client.connect()
  await client.query(session)
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const pid = rows[0]?.pid ?? 0

  /** Asks the server, by another session, to give up what this one does; a network that is gone is cut here. */
  async function interrupt(): Promise<void> {
    const other = new Client(config)
    other.on('error', () => {})
    try {
      await other.connect()
      await other.query('select pg_cancel_backend($1)', [pid])
    } catch {
      client.connection.stream.destroy()
    } finally {
      await other.end().catch(() => {})
    }
  }

  async function ask<T>(work: () => Promise<T>, maxMs = watchdogMs): Promise<T> {
    if (ended) throw ended
    const overs = [
      watchdog(() => void interrupt(), maxMs),
      watchdog(() => client.connection.stream.destroy(), maxMs + 10_000),
    ]
    try {
      return await work()
    } catch (error) {
      throw ended ?? toError(error)
    } finally {
      for (const over of overs) over()
    }
  }

  /** Cuts the session when more bytes come than these; returns what stops counting and tells whether it was cut. */
  function cutAfter(maxBytes: number): () => boolean {
    const { stream } = client.connection
    let bytes = 0
    const count = (chunk: Buffer): void => {
      bytes += chunk.length
      if (bytes > maxBytes) stream.destroy()
    }
    stream.on('data', count)
    return () => {
      stream.off('data', count)
      return bytes > maxBytes
    }
  }

  /** Errors of the driver carry values in their details: only the message and state go on. */
  function toError(error: unknown): Error {
    // What a parser of values throws; the session goes on.
    if (!(error instanceof DatabaseError)) {
      return isLost(error) ? over(owned?.words() ?? lastOutput) : new SqlError(messageOf(error), null)
    }
    if (error.code === diskFullState) return diskFull()
    // The server ends this session: an administrator, a crash of another session, a shutdown. 57014 only ends a statement.
    if (error.code?.startsWith('57P') === true) return over(owned?.words() ?? error.message)
    return new SqlError(error.message, error.code ?? null)
  }

  return {
    engine,
    async query(sql, params = [], given = {}): Promise<QueryAnswer> {
      const isTooLarge = given.maxBytes === undefined ? null : cutAfter(given.maxBytes)
      const answer = await ask(
        () =>
          client.query<Record<string, unknown>>({
            text: sql,
            values: [...params],
            queryMode: 'extended',
            ...(given.asArrays === true && { rowMode: 'array' }),
          } as QueryConfig),
        given.maxMs,
      ).catch((error: unknown) => {
        throw isTooLarge?.() === true ? new SqlError('the answer is too large', tooLargeState) : error
      })
      isTooLarge?.()
      return {
        rows: answer.rows,
        columns: answer.fields.map((field) => field.name),
        affectedRows: changing.has(answer.command) ? (answer.rowCount ?? 0) : 0,
      }
    },
    async remarks(sql) {
      details = []
      try {
        await ask(() => client.query({ text: sql, values: [], queryMode: 'extended' } as QueryConfig))
        return details
      } finally {
        details = null
      }
    },
    async exec(sql) {
      await ask(() => client.query(sql))
    },
    copyOut: (source) => ask(() => buffer(client.query(copyTo(`copy ${source} to stdout`)))),
    async copyIn(target, lines) {
      await ask(() => pipeline(Readable.from([lines]), client.query(copyFrom(`copy ${target} from stdin`))))
    },
    async close() {
      isClosing = true
      if (!ended) await client.end()
      await owned?.stop()
    },
    async kill() {
      client.connection.stream.destroy()
      await owned?.kill()
    },
    beside:
      reachAs === null
        ? null
        : (as) => (as === undefined ? oneMore(engine, reach) : connectNative(engine, reachAs(as))),
    isOpen: () => ended === null && !isClosing,
    stopped: stopped.promise,
  }
}

async function oneMore(engine: 'embedded' | 'external', reach: ClientConfig): Promise<Connection> {
  const session = await connectNative(engine, reach)
  // As the first session has: what it knows must not depend on who searched before.
  await session.exec(`load 'pg_trgm'`)
  return session
}

function isLost(error: unknown): boolean {
  return /terminated|ECONNRESET|EPIPE|not queryable|was closed/i.test(messageOf(error))
}
