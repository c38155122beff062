import { systemCode } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { Connection } from '../connection/connection.ts'
import { lend } from '../session.ts'
import type { Snapshot } from '../types.ts'
import type { Cloner } from './clone.ts'
import { dump } from './dump.ts'

/** A session that nothing else uses, which shows one moment. */
interface Aside {
  readonly connection: Connection
  close(): Promise<void>
}

/** Where it comes from: a clone of PGlite's folder, or one session more with a server. Throws where there is none to be had. */
export type AsideSource = () => Promise<Aside>

/** On PGlite: a clone, in a second worker. */
export function asideOnClone(cloner: Cloner): AsideSource {
  return async () => {
    const clone = await cloner.take('dump')
    // What cannot be removed now is swept when the vault is opened again.
    const drop = (): Promise<void> => clone.drop().catch(() => {})
    const connection = await clone.open().catch(async (error: unknown) => {
      await drop()
      throw error
    })
    return {
      connection,
      async close() {
        await connection.kill()
        await drop()
      },
    }
  }
}

/** Bytes of rows that are written in less time than a clone takes: about 12,000 photos, a tenth of a second. */
const fewBytes = 6 << 20

/** Whether the database holds so little that writing it in turn keeps everybody waiting for less than a clone would cost. */
export async function holdsFew(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query(
    `select coalesce(sum(pg_table_size(c.oid)), 0)::float8 as bytes
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'pg_toast', 'information_schema')`,
  )
  return (rows[0] as { bytes: number }).bytes <= fewBytes
}

/** On a server: a session of its own. */
export function asideOnServer(main: () => Promise<Connection>): AsideSource {
  return async () => {
    const { beside } = await main()
    if (beside === null) throw new Error('this server has one session only')
    const connection = await beside()
    return { connection, close: () => connection.close().catch(() => {}) }
  }
}

/**
 * Runs with a session that nothing else uses, while others go on using the database; with null where there is none to be had, for
 * want of room on the disk above all, which the log then tells.
 */
export async function withAside<T>(
  source: AsideSource,
  log: Log,
  work: (session: Connection | null) => Promise<T>,
): Promise<T> {
  const session = await source().catch((error: unknown) => {
    log.warn('dump-holds-database', { code: systemCode(error) })
    return null
  })
  if (session === null) return work(null)
  try {
    return await work(session.connection)
  } finally {
    await session.close()
  }
}

/** Lends one moment of the whole database. */
export async function ofOneMoment<T>(connection: Connection, fn: (tx: Snapshot) => Promise<T>): Promise<T> {
  const query = async <R extends object>(sql: string, params?: readonly unknown[]) =>
    (await connection.query(sql, params)).rows as R[]
  await connection.exec('begin isolation level repeatable read read only')
  try {
    // The moment is that of the first statement.
    await connection.query('select 1')
    return await lend(() =>
      fn({
        query,
        one: async <R extends object>(sql: string, params?: readonly unknown[]) => (await query<R>(sql, params))[0],
        dump: (write) => dump(connection, write),
      }),
    )
  } finally {
    // A session that has ended has nothing to roll back, and the failure that ended it is what is told.
    await connection.exec('rollback').catch(() => {})
  }
}
