import { messageOf } from '../base/errors.ts'
import type { Gate } from '../base/gate.ts'
import type { Log } from '../base/log.ts'
import type { Connection } from './connection/connection.ts'
import { flushedTo, currentMarker, readMarker, writeMarker } from './safety/durability-marker.ts'
import type { DatabaseLocation } from './location.ts'
import { layBallast } from './safety/room.ts'
import type { Supervisor } from './supervisor.ts'

/** PGlite has no checkpointer: the log would grow for ever, and with it the time to recover from a crash. */
const checkpointBytes = 64n << 20n
const idleMs = 5 * 60_000
/** What is to be noted or tidied after a change waits this long for more changes. */
const soonMs = 2000
const analyzeRows = 2000
/** WebAssembly memory never shrinks; after this many rows the worker is started again when it is quiet. */
const renewRows = 50_000

/** What a server's background processes would do: checkpoints, statistics, and giving memory back. */
export interface Upkeep {
  /** Somebody is about to use the database. */
  used(mayWrite: boolean): void
  noteBulk(rows: number): void
  /** Cuts the log and notes in the side file what is safe now. Called with the gate held. */
  checkpoint(current: Connection): Promise<void>
  /** No checkpoint is made by itself until what it returns is called. */
  holdCheckpoints(): () => void
  /** Vacuums and analyses table by table, letting others in between; stops when somebody came. */
  tidy(): Promise<void>
  stop(): void
}

export function createUpkeep(options: {
  readonly location: DatabaseLocation
  readonly gate: Gate
  readonly supervisor: Supervisor
  readonly log: Log
}): Upkeep {
  const { location, gate, supervisor, log } = options
  // A server checkpoints by itself and gives memory back; one elsewhere has others to serve.
  const isPglite = location.engine === 'pglite'
  let lastUse = Date.now()
  let uses = 0
  /** Written since the last checkpoint. */
  let hasWrites = false
  /** Written since the log's position was noted. */
  let isUnnoted = false
  let isLooking = false
  let isStopped = false
  let holds = 0
  let notedAt: string | null = null
  /** Where the log began when this was opened, or was cut last. */
  let loggedFrom: string | null = null
  /** Where the log ended right after the last checkpoint. */
  let cleanAt: string | null = null
  let rowsSinceAnalyze = 0
  let rowsSinceStart = 0
  let timer: NodeJS.Timeout | undefined

  /** Sets the timer to what has to be done next, unless it is set; a database that nobody wrote to is left alone. */
  function plan(): void {
    if (timer !== undefined || isLooking || isStopped) return
    const waitMs = isUnnoted || wantsTidying() || wantsRenewal() ? soonMs : hasWrites ? untilIdleMs() : null
    if (waitMs === null) return
    timer = setTimeout(() => {
      timer = undefined
      void look()
    }, waitMs)
    timer.unref()
  }

  function wantsTidying(): boolean {
    return rowsSinceAnalyze > analyzeRows
  }

  function wantsRenewal(): boolean {
    return isPglite && rowsSinceStart > renewRows
  }

  function quietMs(): number {
    // The clock may have been set back since.
    lastUse = Math.min(lastUse, Date.now())
    return Date.now() - lastUse
  }

  /** At least a moment, whatever the clock says. */
  function untilIdleMs(): number {
    return Math.min(Math.max(idleMs - quietMs(), soonMs), idleMs)
  }

  async function checkpoint(current: Connection): Promise<void> {
    if (location.engine !== 'external' && holds === 0) await current.exec('checkpoint')
    const marker = await currentMarker(current)
    await writeMarker(location, marker)
    supervisor.acknowledge(marker.acknowledged)
    loggedFrom = cleanAt = notedAt = marker.acknowledged
    hasWrites = isUnnoted = false
    await setRoomAside()
  }

  /** There may be room for it again. */
  async function setRoomAside(): Promise<void> {
    await layBallast(location.vaultDir).catch(() => {})
  }

  /** Notes how far the log is safe, so that a log cut short by a damaged disk is noticed at the next open. */
  async function note(current: Connection): Promise<string> {
    const position = await flushedTo(current)
    if (position !== notedAt) {
      const marker = await readMarker(location)
      if (marker) await writeMarker(location, { ...marker, acknowledged: position })
      supervisor.acknowledge(position)
      notedAt = position
    }
    return position
  }

  async function look(): Promise<void> {
    if (isLooking || isStopped) return
    isLooking = true
    try {
      if (isUnnoted || (hasWrites && quietMs() >= idleMs)) await gate.run(noteAndCheckpoint)
      const isQuiet = quietMs() > soonMs
      if (isQuiet && wantsTidying()) await tidy()
      if (isQuiet && wantsRenewal() && holds === 0) await gate.run(renew)
    } catch (error) {
      if (!isStopped) log.warn('maintenance-failed', { message: messageOf(error) })
    } finally {
      isLooking = false
      plan()
    }
  }

  async function noteAndCheckpoint(): Promise<void> {
    if (isStopped) return
    const current = await supervisor.ready()
    const position = await note(current)
    isUnnoted = false
    loggedFrom ??= position
    const isLong = isPglite && BigInt(position) - BigInt(loggedFrom) > checkpointBytes
    const isIdle = quietMs() >= idleMs
    if (holds > 0 || (!isLong && !(isIdle && hasWrites))) return
    if (position !== cleanAt) return checkpoint(current)
    // Anyone who could have written did not.
    hasWrites = false
    await setRoomAside()
  }

  async function renew(): Promise<void> {
    if (isStopped) return
    rowsSinceStart = 0
    await checkpoint(await supervisor.ready())
    await supervisor.replace(async (current) => {
      await current.close()
      return null
    })
  }

  async function tidy(): Promise<void> {
    const usesBefore = uses
    const tables = await gate.run(async () => {
      const { rows } = await (
        await supervisor.ready()
      ).query(
        `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r' and n.nspname in ('core', 'vault', 'read', 'meta', 'ingest', 'circles') order by pg_relation_size(c.oid)`,
      )
      return rows as { name: string }[]
    })
    for (const { name } of tables) {
      if (isStopped || uses !== usesBefore) return
      await gate.run(async () => (await supervisor.ready()).exec(`vacuum (analyze) ${name}`))
    }
    rowsSinceAnalyze = 0
  }

  return {
    used(mayWrite) {
      lastUse = Date.now()
      uses += 1
      hasWrites ||= mayWrite
      isUnnoted ||= mayWrite
      plan()
    },
    noteBulk(rows) {
      rowsSinceAnalyze += rows
      rowsSinceStart += rows
      plan()
    },
    checkpoint,
    holdCheckpoints() {
      holds += 1
      return () => {
        holds -= 1
      }
    },
    tidy,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
