import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Connection } from './connection.ts'
import type { Problem } from './types.ts'
import { replaceFile } from './vault-file.ts'

const factsSchema = z.object({
  systemIdentifier: z.string(),
  schemaVersion: z.int(),
  /** Rows of each table when the database was last checkpointed. */
  rows: z.record(z.string(), z.number()),
  /** How far the write-ahead log had got, as a byte position, when a commit was last acknowledged. */
  acknowledged: z.string(),
})
export type Facts = z.infer<typeof factsSchema>

/** Tables whose rows are never removed while the vault is in use; losing one must be noticed. */
const counted = ['core.users', 'core.audit_log', 'vault.media', 'vault.media_sources', 'vault.albums']

function factsPath(vaultDir: string): string {
  return join(vaultDir, 'database.facts.json')
}

export async function readFacts(vaultDir: string): Promise<Facts | undefined> {
  try {
    return factsSchema.parse(JSON.parse(await readFile(factsPath(vaultDir), 'utf8')))
  } catch {
    // Absent before the first checkpoint, or cut short by a crash: then there is nothing to compare with.
    return undefined
  }
}

export async function writeFacts(vaultDir: string, facts: Facts): Promise<void> {
  await replaceFile(factsPath(vaultDir), JSON.stringify(facts))
}

/** What the database says of itself now. Counting takes about 0.1 s per million rows. */
export async function gatherFacts(connection: Connection): Promise<Facts> {
  const { rows } = await connection.query(
    `select (select system_identifier::text from pg_control_system()) as "systemIdentifier",
            (select coalesce(max(version), 0) from meta.migrations) as "schemaVersion",
            (pg_current_wal_lsn() - '0/0')::text as acknowledged`,
  )
  const base = rows[0] as Omit<Facts, 'rows'>
  const counts: Record<string, number> = {}
  for (const table of counted) {
    const present = await connection.query(`select to_regclass($1) is not null as present`, [table])
    if (!(present.rows[0] as { present: boolean }).present) continue
    const { rows: answer } = await connection.query(`select count(*) as n from ${table}`)
    counts[table] = (answer[0] as { n: number }).n
  }
  return { ...base, rows: counts }
}

/** The position of the write-ahead log; everything acknowledged so far lies before it. */
export async function logPosition(connection: Connection): Promise<string> {
  const { rows } = await connection.query(`select (pg_current_wal_lsn() - '0/0')::text as position`)
  return (rows[0] as { position: string }).position
}

/** Holds an opened database against what was noted of it. An empty list means nothing is missing. */
export function lostSince(noted: Facts, now: Facts): Problem[] {
  if (noted.systemIdentifier !== now.systemIdentifier) {
    return [{ code: 'database-damaged', message: 'The database folder belongs to another vault.' }]
  }
  const problems: Problem[] = []
  for (const [table, rows] of Object.entries(noted.rows)) {
    const left = now.rows[table] ?? 0
    if (left >= rows) continue
    problems.push({ code: 'database-damaged', message: `${table} has ${left} rows; ${rows} were saved.` })
  }
  return problems
}

/** True when the log ends before a place that was acknowledged: saved rows after it are gone. */
export function logWasCut(noted: Facts, now: Facts): boolean {
  return noted.systemIdentifier === now.systemIdentifier && BigInt(now.acknowledged) < BigInt(noted.acknowledged)
}
