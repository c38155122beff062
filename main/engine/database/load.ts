import { CofferError } from '../base/errors.ts'
import type { Connection } from './connection.ts'
import { SqlError } from './sql-error.ts'

/** The line after the last row of a table. */
const endOfRows = '\\.'
/** Stored by one statement. */
const charsAtOnce = 1 << 20

/**
 * Puts the rows of a dump into a database that has its schema already. `lines` come many at a time, cut anywhere. Reads only
 * what `dump` writes; the schema part is passed over. All or nothing; returns the tables it filled. Throws `backup-damaged`
 * for a text that does not end as a dump ends.
 */
export async function loadRows(
  connection: Connection,
  lines: AsyncIterable<readonly string[]>,
): Promise<readonly string[]> {
  await connection.exec('begin; set local session_replication_role = replica')
  try {
    let table: Loading | null = null
    let isWhole = false
    const tables: string[] = []
    for await (const some of lines) {
      for (let at = 0; at < some.length; at += 1) {
        if (table) {
          const end: number = some.indexOf(endOfRows, at)
          await table.add(some.slice(at, end === -1 ? some.length : end))
          if (end === -1) break
          await table.flush()
          table = null
          at = end
          continue
        }
        const line = some[at] ?? ''
        if (line.startsWith('truncate ')) await empty(connection, line)
        else if (line.startsWith('select pg_catalog.setval(')) await connection.exec(line)
        else if (line === 'commit;') isWhole = true
        const [, name, columns] = /^copy ([\w".]+) \((.*)\) from stdin;$/.exec(line) ?? []
        if (name === undefined || columns === undefined) continue
        table = loading(connection, name, columns)
        tables.push(name)
      }
    }
    if (!isWhole) throw new CofferError('The database in this backup is cut off.', { code: 'backup-damaged' })
    await connection.exec('commit')
    return tables
  } catch (error) {
    await connection.exec('rollback').catch(() => {})
    throw error
  }
}

/** Truncating would make new files for every table and index; a fresh schema has rows in a few small tables only. */
async function empty(connection: Connection, line: string): Promise<void> {
  const [, names] = /^truncate ([\w".]+(?:, [\w".]+)*) cascade;$/.exec(line) ?? []
  if (names === undefined) throw new CofferError('The database in this backup is damaged.', { code: 'backup-damaged' })
  const tables = names.split(', ')
  const { rows } = await connection.query(
    `select ${tables.map((table, index) => `exists (select from ${table}) as "${index}"`).join(', ')}`,
  )
  const filled = rows[0] as Readonly<Record<string, boolean>>
  for (const [index, table] of tables.entries()) {
    if (filled[index] === true) await connection.exec(`delete from ${table}`)
  }
}

/** Rows of each of these tables, as the database counts them. */
export async function countRows(
  connection: Connection,
  tables: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const { rows } = await connection.query(`select count(*) as n from ${table}`)
    counts[table] = (rows[0] as { n: number }).n
  }
  return counts
}

interface Loading {
  add(lines: readonly string[]): Promise<void>
  flush(): Promise<void>
}

function loading(connection: Connection, name: string, columns: string): Loading {
  let batch = ''
  async function flush(): Promise<void> {
    const lines = batch
    batch = ''
    if (lines === '') return
    await connection.copyIn(`${name} (${columns})`, Buffer.from(lines)).catch((cause: unknown) => {
      if (!(cause instanceof SqlError && isOfRows(cause))) throw cause
      throw new CofferError('The rows of this database do not fit its schema.', { code: 'backup-damaged', cause })
    })
  }
  return {
    flush,
    async add(lines) {
      if (lines.length > 0) batch += `${lines.join('\n')}\n`
      if (batch.length >= charsAtOnce) await flush()
    },
  }
}

/** The server refused what the rows hold (SQLSTATE classes 22 and 23) or name (42), and did not merely fail. */
function isOfRows({ code }: SqlError): boolean {
  return code !== null && /^(?:22|23|42)/.test(code)
}
