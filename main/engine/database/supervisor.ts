import { setTimeout as pause } from 'node:timers/promises'
import { CofferError, isDiskFull } from '../base/errors.ts'
import type { Gate } from '../base/gate.ts'
import type { Log } from '../base/log.ts'
import type { Connection } from './connection/connection.ts'
import { logCutProblem, logWasCut, recoveredTo } from './safety/durability-marker.ts'
import { openLocation, type DatabaseLocation } from './location.ts'
import { dropBallast } from './safety/room.ts'
import type { Problem } from './types.ts'

const restartPausesMs = [0, 250, 500, 1000, 2000, 4000, 8000, 10_000]

/** Keeps a database worker running: starts it again when it stops, and says so when it cannot. */
export interface Supervisor {
  /** The running connection, started again if it stopped. Called with the gate held. */
  ready(): Promise<Connection>
  /** The connection if it runs; null while it is being started again. */
  running(): Connection | null
  /** Ends the running connection and goes on with the one `work` returns, or with a new one. Gate held. */
  replace(work: (current: Connection) => Promise<Connection | null>): Promise<void>
  /** How far the log was flushed, as last seen; a restart that finds less has lost commits. */
  acknowledge(position: string): void
  /** How often `ready` was called. */
  uses(): number
  problems(): Problem[]
  onStopped(listener: (error: CofferError) => void): void
  /** Ends the connection after `last` has used it. Gate held. */
  close(last: (current: Connection) => Promise<void>): Promise<void>
}

export function createSupervisor(options: {
  readonly location: DatabaseLocation
  readonly connection: Connection
  readonly gate: Gate
  readonly log: Log
}): Supervisor {
  const { location, gate, log } = options
  const listeners = new Set<(error: CofferError) => void>()
  const found: Problem[] = []
  let connection: Connection | null = null
  let dead: CofferError | null = null
  let isFull = false
  let isClosing = false
  let acknowledged = '0'
  let uses = 0
  adopt(options.connection)

  function adopt(fresh: Connection): void {
    connection = fresh
    void fresh.stopped.then((error) => {
      if (isClosing || connection !== fresh) return
      connection = null
      log.error('database-stopped', { code: error.code })
      // Started again at once rather than at the next question, which may be a person waiting.
      gate.run(ready).catch(() => {})
    })
  }

  async function start(): Promise<Connection> {
    const fresh = await openLocation(location)
    if (logWasCut(acknowledged, await recoveredTo(fresh)) && found.length === 0) found.push(logCutProblem)
    adopt(fresh)
    log.info('database-restarted')
    return fresh
  }

  async function ready(): Promise<Connection> {
    uses += 1
    if (isClosing) throw new CofferError('The vault is closed.', { code: 'no-vault', retry: 'later' })
    if (dead) throw dead
    if (connection) return connection
    let failure: unknown
    // Once the disk was found full, callers learn it at once instead of waiting through all the pauses again.
    for (const ms of isFull ? [0] : restartPausesMs) {
      await pause(ms)
      try {
        const fresh = await start()
        isFull = false
        return fresh
      } catch (error) {
        failure = error
        // A server that cannot write its own recovery needs the room that was set aside for this.
        if (isDiskFull(error)) await dropBallast(location.vaultDir)
      }
    }
    isFull = isDiskFull(failure)
    const error = isFull
      ? new CofferError('The disk with the vault is full. Make some room; nothing that was saved is lost.', {
          code: 'disk-full',
          retry: 'later',
          cause: failure,
        })
      : failure instanceof CofferError && location.engine === 'external'
        ? failure
        : new CofferError('The database could not be started again.', {
            code: 'database-stopped',
            cause: failure,
          })
    // A full disk is the person's to mend, a server elsewhere somebody's, and then it works again; anything else stays dead.
    if (!isFull && location.engine !== 'external') dead = error
    for (const listener of listeners) listener(error)
    throw error
  }

  return {
    ready,
    running: () => (isClosing ? null : connection),
    async replace(work) {
      const current = await ready()
      connection = null
      const next = await work(current)
      if (next) adopt(next)
      else await ready()
    },
    acknowledge(position) {
      acknowledged = position
    },
    uses: () => uses,
    problems: () => (dead ? [...found, { code: dead.code, message: dead.message }] : [...found]),
    onStopped: (listener) => void listeners.add(listener),
    async close(last) {
      isClosing = true
      const current = connection
      if (!current) return
      await last(current)
      await current.close().catch(() => {})
    },
  }
}
