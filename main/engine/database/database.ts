import { EventEmitter } from 'node:events'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { Connection } from './connection/connection.ts'
import { databaseFigures } from './figures.ts'
import { folderBytes } from './safety/folder-bytes.ts'
import {
  appliedMigrations,
  compare,
  newestOf,
  readMigrations,
  revertMigrations,
  upgrade,
} from './migrate/migrations.ts'
import { dataDirOf, isLocal, type DatabaseLocation } from './location.ts'
import { createCloner } from './copy/clone.ts'
import { rebuild } from './copy/rebuild.ts'
import { asideOnClone, asideOnServer, holdsFew, ofOneMoment, withAside } from './copy/snapshots.ts'
import { assertOutside, inTransaction, type Role } from './session.ts'
import { withSnapshot } from './migrate/snapshot.ts'
import { createLatch } from './latch.ts'
import { createReaders } from './readers.ts'
import { createSupervisor } from './supervisor.ts'
import { createTurns } from './turns.ts'
import type { Database, DatabaseInfo, Problem, Reader, Writer } from './types.ts'
import { createUpkeep } from './upkeep.ts'
import { pgliteSessions } from './sql/pglite-session.ts'
import { createSandbox } from './sql/sandbox.ts'
import { serverSessions } from './sql/server-session.ts'

/** Wraps an open connection as the database of a vault: one transaction at a time, those somebody waits for first. */
export function createHandle(options: {
  readonly location: DatabaseLocation
  readonly connection: Connection
  readonly found: readonly Problem[]
  readonly isOwn: boolean
  readonly log: Log
}): Database {
  const { location, log } = options
  const gate = createTurns(1)
  const supervisor = createSupervisor({ location, connection: options.connection, gate, log })
  const upkeep = createUpkeep({ location, gate, supervisor, log })
  /** Of a checkpoint made for a copy, which must not be followed by another one until the copy is whole. */
  const alone = <T>(work: (current: Connection) => Promise<T>) => gate.run(async () => work(await supervisor.ready()))
  const main = async () => supervisor.running() ?? (await alone(async (current) => current))
  const cloner =
    location.engine !== 'pglite'
      ? null
      : createCloner({
          vaultDir: location.vaultDir,
          dataDir: dataDirOf(location),
          alone,
          holdCheckpoints: () => upkeep.holdCheckpoints(),
        })
  const sandbox = createSandbox(cloner ? pgliteSessions(cloner) : serverSessions(alone))
  const readers = cloner ? null : createReaders(main, log)
  const aside = cloner ? asideOnClone(cloner) : asideOnServer(main)
  /** Shared by what uses the database beside the one session; anyone who exchanges or ends the database has it alone. */
  const latch = createLatch()
  const commits = new EventEmitter().setMaxListeners(0)
  let isClosed = false

  function withConnection<T>(mayWrite: boolean, work: (current: Connection) => Promise<T>): Promise<T> {
    assertOutside()
    return gate.run(async () => {
      const current = await supervisor.ready()
      upkeep.used(mayWrite)
      return work(current)
    })
  }

  async function transaction<T>(role: Role, fn: (tx: Writer) => Promise<T>): Promise<T> {
    const announced = new Map<string, Set<string>>()
    const result = await withConnection(role.kind !== 'reader', (current) =>
      inTransaction(current, role, fn, announced),
    )
    for (const [topic, subjects] of announced) commits.emit(topic, subjects)
    return result
  }

  /** With a session of its own where there is a server; PGlite has one only. */
  function read<T>(userId: string, fn: (tx: Reader) => Promise<T>): Promise<T> {
    const role: Role = { kind: 'reader', userId }
    if (!readers) return transaction(role, fn)
    assertOutside()
    upkeep.used(false)
    return latch.share(() =>
      readers.run((session) => (session ? inTransaction(session, role, fn) : transaction(role, fn))),
    )
  }

  /** Of a session that is not the database's, one at a time. */
  function readsOf(session: Connection): Database['read'] {
    const turns = createTurns(1)
    return (userId, fn) => {
      assertOutside()
      return turns.run(() => inTransaction(session, { kind: 'reader', userId }, fn))
    }
  }

  /** For what ends or exchanges the database: nobody uses it beside the one session meanwhile. */
  const whole = <T>(work: (current: Connection) => Promise<T>) =>
    latch.alone(async () => {
      await readers?.close()
      return withConnection(true, work)
    })

  /** Alters the schema with a copy of the database set aside. */
  const alter = (target: number, change: (current: Connection) => Promise<void>) =>
    supervisor.replace((current) => withSnapshot(location, current, target, change))

  const database: Database = {
    isOwn: options.isOwn,
    read,
    write: (userId, fn) => transaction({ kind: 'writer', userId }, fn),
    asService: (fn) => transaction({ kind: 'service' }, fn),
    asOwner: (fn) => transaction({ kind: 'owner' }, fn),
    async rebuild() {
      assertOutside()
      await whole(async () => {
        await supervisor.replace((current) => rebuild(location, current))
        await upkeep.checkpoint(await supervisor.ready())
      })
    },
    async snapshot(fn) {
      assertOutside()
      const work = (session: Connection) => ofOneMoment(session, fn)
      const inTurn = () => withConnection(false, work)
      return latch.share(async () =>
        cloner && (await withConnection(false, holdsFew))
          ? inTurn()
          : withAside(aside, log, (session) => (session ? work(session) : inTurn())),
      )
    },
    async aside(fn) {
      assertOutside()
      return latch.share(() => withAside(aside, log, (session) => fn({ read: session ? readsOf(session) : read })))
    },
    async runUserSql(userId, text) {
      assertOutside()
      return sandbox.run(userId, text)
    },
    info: () =>
      withConnection(false, async (current) => {
        const { rows } = await current.query(
          `select current_setting('server_version') as version, coalesce(max(version), 0) as "schemaVersion",
                  pg_database_size(current_database()) as "sizeBytes"
           from meta.migrations`,
        )
        const row = rows[0] as Omit<DatabaseInfo, 'engine'>
        const { engine } = location
        return { engine, ...row, ...(isLocal(location) && { sizeBytes: await folderBytes(dataDirOf(location)) }) }
      }),
    async maintain(kind) {
      assertOutside()
      if (kind === 'idle') await upkeep.tidy()
      else if (kind === 'checkpoint') await withConnection(false, (current) => upkeep.checkpoint(current))
      else await withConnection(true, (current) => current.exec(kind))
    },
    noteBulk: (rows) => upkeep.noteBulk(rows),
    async health() {
      const problems = [...options.found, ...supervisor.problems()]
      const ballast = await stat(join(location.vaultDir, 'database.ballast')).catch(() => null)
      if (!ballast) problems.push({ code: 'disk-full', message: 'The disk with the vault is almost full.' })
      return problems
    },
    figures: () =>
      withConnection(false, async (current) => ({ ...(await databaseFigures(current)), uses: supervisor.uses() })),
    async migrate() {
      assertOutside()
      return whole(async (current) => {
        const migrations = await readMigrations()
        const applied = await appliedMigrations(current)
        compare(applied, migrations)
        const [from, to] = [newestOf(applied), newestOf(migrations)]
        if (applied.length < migrations.length) await alter(to, (fresh) => upgrade(fresh, migrations))
        return { from, to }
      })
    },
    async rollback(toVersion) {
      assertOutside()
      await whole(async (current) => {
        if (newestOf(await appliedMigrations(current)) <= toVersion) return
        await alter(toVersion, (fresh) => revertMigrations(fresh, toVersion))
      })
    },
    onCommit(topic, listener) {
      commits.on(topic, listener)
      return () => void commits.off(topic, listener)
    },
    onStopped: (listener) => supervisor.onStopped(listener),
    async close() {
      if (isClosed) return
      isClosed = true
      upkeep.stop()
      await sandbox.close()
      await latch.alone(async () => {
        await readers?.close()
        await gate.run(() =>
          supervisor.close((current) =>
            upkeep
              .checkpoint(current)
              .catch((error: unknown) => log.warn('last-checkpoint-failed', { message: messageOf(error) })),
          ),
        )
      })
    },
    [Symbol.asyncDispose]: () => database.close(),
  }
  return database
}
