import { messageOf } from '../base/errors.ts'
import type { Gate } from '../base/gate.ts'
import type { Log } from '../base/log.ts'
import type { Connection } from './connection.ts'
import { flushedTo, gatherFacts, readFacts, writeFacts } from './facts.ts'
import type { Place } from './place.ts'
import { layBallast } from './room.ts'
import type { Supervisor } from './supervisor.ts'

/** PGlite has no checkpointer: the log would grow for ever, and with it the time to recover from a crash. */
const checkpointBytes = 64n << 20n
const idleMs = 5 * 60_000
const lookMs = 2000
const analyzeRows = 2000
/** WebAssembly memory never shrinks; after this many rows the worker is started anew when it is quiet. */
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
  readonly place: Place
  readonly gate: Gate
  readonly supervisor: Supervisor
  readonly log: Log
}): Upkeep {
  const { place, gate, supervisor, log } = options
  // A server checkpoints by itself and gives memory back; one elsewhere has others to serve.
  const isPglite = place.engine === 'pglite'
  let lastUse = Date.now()
  let uses = 0
  let hasWrites = false
  let isLooking = false
  let isStopped = false
  let holds = 0
  let notedAt: string | null = null
  let checkpointedAt: string | null = null
  let rowsSinceAnalyze = 0
  let rowsSinceStart = 0
  const timer = setInterval(() => void look(), lookMs)
  timer.unref()

  async function checkpoint(current: Connection): Promise<void> {
    if (place.engine !== 'external' && holds === 0) await current.exec('checkpoint')
    const facts = await gatherFacts(current)
    await writeFacts(place, facts)
    supervisor.acknowledge(facts.acknowledged)
    checkpointedAt = notedAt = facts.acknowledged
    hasWrites = false
    await layBallast(place.vaultDir).catch(() => {})
  }

  /** Notes how far the log is safe, so that a log cut short by a damaged disk is noticed at the next open. */
  async function note(current: Connection): Promise<string> {
    const position = await flushedTo(current)
    if (position !== notedAt) {
      const facts = await readFacts(place)
      if (facts) await writeFacts(place, { ...facts, acknowledged: position })
      supervisor.acknowledge(position)
      notedAt = position
    }
    return position
  }

  async function look(): Promise<void> {
    const wantsRenewal = isPglite && rowsSinceStart > renewRows
    if (isLooking || isStopped || (!hasWrites && rowsSinceAnalyze === 0 && !wantsRenewal)) return
    isLooking = true
    try {
      await gate.run(async () => {
        if (isStopped) return
        const current = await supervisor.ready()
        const position = await note(current)
        checkpointedAt ??= position
        const isIdle = Date.now() - lastUse > idleMs
        const isLong = isPglite && BigInt(position) - BigInt(checkpointedAt) > checkpointBytes
        if (holds === 0 && (isLong || (isIdle && hasWrites))) {
          await checkpoint(current)
        }
      })
      const isQuiet = Date.now() - lastUse > lookMs
      if (isQuiet && rowsSinceAnalyze > analyzeRows) await tidy()
      if (isQuiet && wantsRenewal && holds === 0) await gate.run(renew)
    } catch (error) {
      if (!isStopped) log.warn('maintenance-failed', { message: messageOf(error) })
    } finally {
      isLooking = false
    }
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
    },
    noteBulk(rows) {
      rowsSinceAnalyze += rows
      rowsSinceStart += rows
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
      clearInterval(timer)
    },
  }
}
