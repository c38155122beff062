import type { Connection } from '../connection/connection.ts'
import { sequencesOf, tablesOf } from './dump.ts'

/** Rows of a table, and a sum over all their values that does not depend on their order. */
export interface TableSum {
  readonly rows: number
  readonly sum: string
}

/** What a database holds, so that two can be compared whatever engine they are on. Sequences are among the tables. */
export type Sums = Readonly<Record<string, TableSum>>

/**
 * Counts and sums every table and sequence. Each row's text is hashed (SHA-256) and the hashes are added up, as two numbers
 * of 60 bits; the same statement answers the same on every PostgreSQL. Generated columns follow from the others. On purpose
 * not the sums that a dump makes of its own lines: those would not notice a row that the dump itself passed over.
 */
export async function sumTables(connection: Connection): Promise<Sums> {
  const sums: Record<string, TableSum> = {}
  for (const { name, columns } of await tablesOf(connection)) {
    const { rows } = await connection.query(
      `select count(*) as rows, concat_ws(':', sum(('x' || substr(h, 1, 15))::bit(60)::bigint),
                sum(('x' || substr(h, 16, 15))::bit(60)::bigint)) as sum
       from (select encode(sha256(convert_to(
               to_json(array[${columns.map(({ name: column }) => `${column}::text`).join(', ')}])::text, 'UTF8')), 'hex') as h
             from ${name}) hashed`,
    )
    sums[name] = rows[0] as TableSum
  }
  for (const { name, lastValue } of await sequencesOf(connection)) sums[name] = { rows: 1, sum: lastValue }
  return sums
}

/** Names the tables in which two databases differ. Empty is good. */
export function differences(one: Sums, other: Sums): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names]
    .filter((name) => one[name]?.rows !== other[name]?.rows || one[name]?.sum !== other[name]?.sum)
    .sort()
}
