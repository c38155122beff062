import { CofferError } from '../base/errors.ts'
import type { Connection } from './connection.ts'
import { valuesOfLine } from './dump.ts'

/** Rows stored by one statement. */
const rowsAtOnce = 500

/**
 * Puts the rows of a dump into a database that has its schema already. Reads only what `dump` writes; the schema part is
 * passed over. All or nothing; returns the tables it filled. Throws `backup-damaged` for a text that does not end as a dump ends.
 */
export async function loadRows(connection: Connection, lines: AsyncIterable<string>): Promise<readonly string[]> {
  await connection.exec('begin; set local session_replication_role = replica')
  try {
    let table: Loading | null = null
    let isWhole = false
    const tables: string[] = []
    for await (const line of lines) {
      if (table) {
        if (line === '\\.') {
          await table.flush()
          table = null
        } else await table.add(valuesOfLine(line))
      } else if (line.startsWith('truncate ')) await empty(connection, line)
      else if (line.startsWith('select pg_catalog.setval(')) await connection.exec(line)
      else if (line === 'commit;') isWhole = true
      else {
        const [, name, columns] = /^copy ([\w".]+) \((.*)\) from stdin;$/.exec(line) ?? []
        if (name === undefined || columns === undefined) continue
        table = await loading(connection, name, columns)
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
  add(values: readonly (string | null)[]): Promise<void>
  flush(): Promise<void>
}

async function loading(connection: Connection, name: string, columns: string): Promise<Loading> {
  const { rows } = await connection.query(
    `select quote_ident(attname) as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [name],
  )
  const types = new Map((rows as { name: string; type: string }[]).map((row) => [row.name, row.type]))
  const values = columns.split(', ').map((column, index) => {
    const type = types.get(column)
    if (type === undefined) {
      throw new CofferError('The database in this backup does not fit its schema.', { code: 'backup-damaged' })
    }
    return `(r->>${index})::${type}`
  })
  const sql = `insert into ${name} (${columns}) overriding system value
    select ${values.join(', ')} from jsonb_array_elements($1::jsonb) r`
  let batch: (readonly (string | null)[])[] = []
  async function flush(): Promise<void> {
    if (batch.length > 0) await connection.query(sql, [JSON.stringify(batch)])
    batch = []
  }
  return {
    flush,
    async add(row) {
      batch.push(row)
      if (batch.length >= rowsAtOnce) await flush()
    },
  }
}
