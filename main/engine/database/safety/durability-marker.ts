import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Connection } from '../connection/connection.ts'
import type { DatabaseLocation } from '../location.ts'
import { replaceFile } from './replace-file.ts'

const markerSchema = z.object({
  systemIdentifier: z.string(),
  schemaVersion: z.int(),
  /** The ledger when the database was last checkpointed: rows ever added to and removed from each table. */
  ledger: z.record(z.string(), z.object({ added: z.number(), removed: z.number() })),
  /** How far the write-ahead log was flushed when a commit was last acknowledged, as a byte position. */
  acknowledged: z.string().regex(/^\d+$/),
})
/** What a database was last known to hold. Every number only grows, so older facts are weaker, never wrong. */
export type DurabilityMarker = z.infer<typeof markerSchema>

function markerPath(location: DatabaseLocation): string {
  return join(location.vaultDir, `${location.base}.facts.json`)
}

export async function readMarker(location: DatabaseLocation): Promise<DurabilityMarker | undefined> {
  try {
    return markerSchema.parse(JSON.parse(await readFile(markerPath(location), 'utf8')))
  } catch {
    // Absent before the first checkpoint, or cut short by a crash: then there is nothing to compare with.
    return undefined
  }
}

export async function writeMarker(location: DatabaseLocation, marker: DurabilityMarker): Promise<void> {
  await replaceFile(markerPath(location), JSON.stringify(marker))
}

/** For a database that takes the place of another. */
export async function removeMarker(location: DatabaseLocation): Promise<void> {
  await rm(markerPath(location), { force: true })
}

/** What the database says of itself now. Cheap: nothing is counted. */
export async function currentMarker(connection: Connection): Promise<DurabilityMarker> {
  const { rows } = await connection.query(
    `select (select system_identifier::text from pg_control_system()) as "systemIdentifier",
            coalesce(max(version), 0) as "schemaVersion",
            (pg_current_wal_flush_lsn() - '0/0')::text as acknowledged,
            to_regclass('meta.row_ledger') is not null as "hasLedger"
     from meta.migrations`,
  )
  const { hasLedger, ...base } = rows[0] as Omit<DurabilityMarker, 'ledger'> & { hasLedger: boolean }
  const ledger: DurabilityMarker['ledger'] = {}
  if (hasLedger) {
    const sums = await connection.query(
      `select table_name as name, sum(added) as added, sum(removed) as removed from meta.row_ledger group by 1`,
    )
    for (const row of sums.rows as { name: string; added: number; removed: number }[]) {
      ledger[row.name] = { added: row.added, removed: row.removed }
    }
  }
  return { ...base, ledger }
}

/** Everything acknowledged so far lies before this place of the write-ahead log, and is on disk. */
export async function flushedTo(connection: Connection): Promise<string> {
  const { rows } = await connection.query(`select (pg_current_wal_flush_lsn() - '0/0')::text as position`)
  return (rows[0] as { position: string }).position
}

/**
 * Where the log ended when this connection opened the database: recovery and a clean stop both end in a checkpoint. A
 * server elsewhere was not opened by us and has gone on writing.
 */
export async function recoveredTo(connection: Connection): Promise<string> {
  if (connection.engine === 'external') return flushedTo(connection)
  const { rows } = await connection.query(
    `select (checkpoint_lsn - '0/0')::text as position from pg_control_checkpoint()`,
  )
  return (rows[0] as { position: string }).position
}

/** Names the tables that hold fewer rows than the ledger says, or whose ledger went backwards. Empty is good. */
export async function lostSince(noted: DurabilityMarker | undefined, connection: Connection): Promise<string[]> {
  const now = await currentMarker(connection)
  const lost: string[] = []
  if (noted && noted.systemIdentifier !== now.systemIdentifier)
    lost.push('The database folder belongs to another vault.')
  for (const [table, before] of Object.entries(noted?.ledger ?? {})) {
    const { added, removed } = now.ledger[table] ?? { added: 0, removed: 0 }
    if (added < before.added || removed < before.removed) {
      lost.push(`${table} has had ${added} rows; ${before.added} were saved.`)
    }
  }
  for (const [table, { added, removed }] of Object.entries(now.ledger)) {
    // About 0.1 s per million rows once the table was vacuumed; the name comes from our own migrations.
    const { rows } = await connection.query(`select count(*) as n from ${table}`)
    const { n } = rows[0] as { n: number }
    if (n < added - removed) lost.push(`${table} has ${n} rows; ${added - removed} were saved.`)
  }
  return lost
}

export const logCutProblem = {
  code: 'database-damaged',
  message:
    'The last changes before the computer stopped could not be read back. Run a check, or restore from a backup.',
} as const

/** True when the log ends before a place that was acknowledged: commits after it are gone. */
export function logWasCut(acknowledged: string, recovered: string): boolean {
  return BigInt(recovered) < BigInt(acknowledged)
}
