import { CofferError } from '../../base/errors.ts'
import type { Connection } from '../connection/connection.ts'
import { inTransaction } from '../session.ts'
import { assertAllowed, forPerson } from './check.ts'

/** What one statement of a person's own may use. */
export const limits = {
  ms: 5000,
  /** Beside what an idle session has. */
  memoryMb: 256,
  temporaryMb: 64,
  rows: 100_000,
  answerBytes: 32 << 20,
} as const

const rowsAtOnce = 200

export interface SqlAnswer {
  readonly columns: string[]
  readonly rows: unknown[][]
}

/**
 * Runs one statement of a person's own in a session that nothing else uses, in a read-only transaction under the restricted role. Throws
 * `sql-refused` and `sql-failed`.
 */
export async function runStatement(
  connection: Connection,
  userId: string,
  text: string,
  allowed: ReadonlySet<number>,
): Promise<SqlAnswer> {
  await connection.exec('deallocate all')
  return inTransaction(connection, { kind: 'reader', userId }, async () => {
    await assertAllowed(connection, text, allowed)
    // A cursor runs no more than is fetched, and takes nothing but a statement that reads.
    await connection.query(`declare coffer_rows no scroll cursor for ${text}`).catch(forPerson)
    let columns: string[] = []
    const rows: unknown[][] = []
    for (let bytes = 0; ;) {
      const page = await connection
        .query(`fetch forward ${rowsAtOnce} from coffer_rows`, [], { asArrays: true, maxBytes: limits.answerBytes })
        .catch(forPerson)
      columns = page.columns
      for (const row of page.rows as unknown[][]) rows.push(row)
      bytes += JSON.stringify(page.rows).length
      if (page.rows.length < rowsAtOnce) return { columns, rows }
      if (rows.length >= limits.rows || bytes > limits.answerBytes) throw tooMuch()
    }
  })
}

export function tooMuch(): CofferError {
  return new CofferError(
    `The answer is larger than ${limits.answerBytes >> 20} MB or ${limits.rows} rows. Ask for less, with LIMIT or fewer columns.`,
    { code: 'sql-failed' },
  )
}

export function tookTooLong(): CofferError {
  return new CofferError(`The statement was stopped after ${limits.ms / 1000} seconds. Ask for less.`, {
    code: 'sql-failed',
  })
}

/** A statement that asked for more memory or temporary files than there are for it. */
export function usedTooMuch(): CofferError {
  return new CofferError(
    `The statement needed more than ${limits.memoryMb} MB of memory or ${limits.temporaryMb} MB on the disk and was stopped. Ask for less.`,
    { code: 'sql-failed' },
  )
}
