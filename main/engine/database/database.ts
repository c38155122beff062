import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CofferError, isDiskFull, messageOf } from '../base/errors.ts'
import { createGate } from '../base/gate.ts'
import type { Log } from '../base/log.ts'
import { connect, type Connection } from './connection.ts'
import { gatherFacts, logPosition, readFacts, writeFacts } from './facts.ts'
import { folderBytes } from './folder-bytes.ts'
import { applyMigrations, readMigrations, revertMigrations } from './migrations.ts'
import { dropBallast, layBallast } from './room.ts'
import { assertOutside, inTransaction, type Role } from './session.ts'
import type { Database, Problem, Writer } from './types.ts'
import { runStatement } from './user-sql.ts'

/** PGlite has no checkpointer: the log would grow for ever. */
const checkpointBytes = 64 << 20
const idleMs = 5 * 60_000
const lookMs = 2000
const analyzeRows = 2000
/** WebAssembly memory never shrinks; after this many rows the worker is started anew when it is quiet. */
const renewRows = 50_000
const restartPausesMs = [0, 250, 500, 1000, 2000, 4000, 8000, 10_000]

/** Wraps an open connection as the database of a vault: one transaction at a time, maintenance, and restart. */
export function createHandle(options: {
  readonly vaultDir: string
  readonly connection: Connection
  readonly found: readonly Problem[]
  readonly log: Log
}): Database {
  const { vaultDir, log } = options
  const dataDir = join(vaultDir, 'database')
  const gate = createGate(1)
  const listeners = new Set<(error: CofferError) => void>()
  let connection: Connection | null = options.connection
  let dead: CofferError | null = null
  let isClosing = false
  let lastUse = Date.now()
  let checkpointedAt: string | null = null
  let hasWrites = false
  let rowsSinceAnalyze = 0
  let rowsSinceStart = 0
  watch(options.connection)
  const looking = setInterval(() => void look(), lookMs)
  looking.unref()

  function watch(watched: Connection): void {
    void watched.stopped.then((error) => {
      if (isClosing || connection !== watched) return
      connection = null
      log.error('database-stopped', { code: error.code })
    })
  }

  /** The running connection, started again if it stopped. Called with the gate held. */
  async function ready(): Promise<Connection> {
    if (dead) throw dead
    if (isClosing) throw new CofferError('The vault is closed.', { code: 'no-vault', retry: 'later' })
    if (connection) return connection
    let failure: unknown
    for (const ms of restartPausesMs) {
      await pause(ms)
      try {
        connection = await connect({ dataDir, mayInitialise: false })
        watch(connection)
        rowsSinceStart = 0
        log.info('database-restarted')
        return connection
      } catch (error) {
        failure = error
        // A server that cannot write its own recovery needs the room that was set aside for this.
        if (isDiskFull(error)) await dropBallast(vaultDir)
      }
    }
    const error = new CofferError('The database could not be started again.', {
      code: isDiskFull(failure) ? 'disk-full' : 'database-stopped',
      retry: 'later',
      cause: failure,
    })
    // A full disk is the person's to mend, and then it works again; anything else stays dead.
    if (error.code !== 'disk-full') dead = error
    for (const listener of listeners) listener(error)
    throw error
  }

  function transaction<T>(role: Role, fn: (tx: Writer) => Promise<T>): Promise<T> {
    assertOutside()
    return gate.run(async () => {
      const current = await ready()
      lastUse = Date.now()
      if (role.kind !== 'reader') hasWrites = true
      return inTransaction(current, role, fn)
    })
  }

  async function checkpoint(current: Connection): Promise<void> {
    await current.exec('checkpoint')
    const facts = await gatherFacts(current)
    await writeFacts(vaultDir, facts)
    checkpointedAt = facts.acknowledged
    hasWrites = false
    await layBallast(vaultDir).catch(() => {})
  }

  /** Looks every two seconds whether the log must be cut, statistics are stale, or memory should be given back. */
  async function look(): Promise<void> {
    if (isClosing || !connection || (!hasWrites && rowsSinceAnalyze === 0)) return
    await gate
      .run(async () => {
        const current = connection
        if (!current || isClosing) return
        const isIdle = Date.now() - lastUse > idleMs
        const position = await logPosition(current)
        if (hasWrites) {
          const noted = await readFacts(vaultDir)
          if (noted) await writeFacts(vaultDir, { ...noted, acknowledged: position })
        }
        checkpointedAt ??= position
        if (BigInt(position) - BigInt(checkpointedAt) > checkpointBytes || (isIdle && hasWrites)) await checkpoint(current)
        const isQuiet = Date.now() - lastUse > lookMs
        if (rowsSinceAnalyze > analyzeRows && isQuiet) {
          rowsSinceAnalyze = 0
          await current.exec('vacuum analyze')
        }
        if (rowsSinceStart > renewRows && isQuiet) {
          await checkpoint(current)
          connection = null
          await current.close()
        }
      })
      .catch((error: unknown) => log.warn('maintenance-failed', { message: messageOf(error) }))
  }

  const database: Database = {
    read: (userId, fn) => transaction({ kind: 'reader', userId }, fn),
    write: (userId, fn) => transaction({ kind: 'writer', userId }, fn),
    asService: (fn) => transaction({ kind: 'service' }, fn),
    runUserSql(userId, text) {
      assertOutside()
      return gate.run(async () => {
        const current = await ready()
        return inTransaction(current, { kind: 'reader', userId }, () => runStatement(current, text))
      })
    },
    info: () =>
      gate.run(async () => {
        const current = await ready()
        const { rows } = await current.query(
          `select current_setting('server_version') as version,
                  (select coalesce(max(version), 0) from meta.migrations) as "schemaVersion"`,
        )
        const row = rows[0] as { version: string; schemaVersion: number }
        return { engine: 'pglite' as const, ...row, sizeBytes: await folderBytes(dataDir) }
      }),
    maintain: (kind) =>
      gate.run(async () => {
        const current = await ready()
        if (kind === 'checkpoint') await checkpoint(current)
        else await current.exec(kind)
      }),
    noteBulk(rows) {
      rowsSinceAnalyze += rows
      rowsSinceStart += rows
    },
    async health() {
      const problems = [...options.found]
      if (dead) problems.push({ code: dead.code, message: dead.message })
      const ballast = await stat(join(vaultDir, 'database.ballast')).catch(() => null)
      if (!ballast) problems.push({ code: 'disk-full', message: 'The disk with the vault is almost full.' })
      return problems
    },
    migrate: () =>
      gate.run(async () => {
        const current = await ready()
        const from = (await gatherFacts(current)).schemaVersion
        const migrations = await readMigrations()
        await applyMigrations(current, migrations)
        await checkpoint(current)
        return { from, to: migrations.length }
      }),
    rollback: (toVersion) =>
      gate.run(async () => {
        const current = await ready()
        await revertMigrations(current, toVersion)
        await checkpoint(current)
      }),
    onStopped: (listener) => void listeners.add(listener),
    async close() {
      if (isClosing) return
      clearInterval(looking)
      await gate.run(async () => {
        isClosing = true
        if (!connection) return
        await checkpoint(connection).catch((error: unknown) =>
          log.warn('last-checkpoint-failed', { message: messageOf(error) }),
        )
        await connection.close()
      })
    },
    [Symbol.asyncDispose]: () => database.close(),
  }
  return database
}
