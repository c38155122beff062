import { CofferError } from '../../base/errors.ts'
import type { Connection } from '../connection/connection.ts'
import { filling, needsFilling, tablesOf } from './dump.ts'
import { SqlError } from '../connection/sql-error.ts'

/** The line after the last row of a table. */
const endOfRows = '\\.'
/** Stored by one statement. */
const charsAtOnce = 1 << 20
/** Where the rows begin. What stands before is the schema, which this program makes from its own migrations. */
const startOfRows = '-- rows'
const withoutTriggers = 'set local session_replication_role = replica;'

/**
 * Puts the rows of a dump into a database that has its schema already. `lines` come many at a time, cut anywhere. No line is
 * ever run: the few kinds that `dump` writes are read, and what they name is looked up among the tables, columns and
 * sequences that are there. All or nothing; returns the tables it filled. Throws `backup-damaged` for any other line, and
 * for a text that does not end as a dump ends.
 */
export async function loadRows(
  connection: Connection,
  lines: AsyncIterable<readonly string[]>,
): Promise<readonly string[]> {
  const known = await knownObjects(connection)
  await connection.exec(`begin; ${withoutTriggers}`)
  try {
    let table: Loading | null = null
    let state: 'schema' | 'rows' | 'end' = 'schema'
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
        if (state === 'schema') {
          if (line === startOfRows) state = 'rows'
          continue
        }
        const statement = statementIn(line)
        if (state === 'end' && statement.kind !== 'nothing') throw damaged()
        if (statement.kind === 'end') state = 'end'
        if (statement.kind === 'empty') await empty(connection, statement.tables, known)
        if (statement.kind === 'filling') await fill(connection)
        if (statement.kind === 'sequence') await setSequence(connection, statement, known)
        if (statement.kind !== 'rows') continue
        table = loading(connection, statement, known)
        tables.push(statement.table)
      }
    }
    if (state !== 'end') throw new CofferError('The database in this backup is cut off.', { code: 'backup-damaged' })
    await connection.exec('commit')
    return tables
  } catch (error) {
    await connection.exec('rollback').catch(() => {})
    throw error
  }
}

type Statement =
  | { readonly kind: 'nothing' | 'filling' | 'end' }
  | { readonly kind: 'empty'; readonly tables: readonly string[] }
  | { readonly kind: 'rows'; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: 'sequence'; readonly name: string; readonly value: string }

/** A name as `format('%I')` and `quote_ident` write it, at one place of a line. */
const oneName = /[a-z_][a-z0-9_$]*|"(?:[^"]|"")+"/y
const counting = /^select pg_catalog\.setval\('((?:[^']|'')+)', (\d{1,19}), true\);$/

/** One of the kinds of lines that `dump` writes between the schema and its end. Throws `backup-damaged`. */
function statementIn(line: string): Statement {
  if (line === '' || line.startsWith('--') || line === withoutTriggers) return { kind: 'nothing' }
  if (line === filling) return { kind: 'filling' }
  if (line === 'commit;') return { kind: 'end' }
  if (line.startsWith('truncate ')) {
    const { names, end } = namesAt(line, 'truncate '.length, { withSchema: true })
    if (line.slice(end) === ' cascade;') return { kind: 'empty', tables: names }
  }
  if (line.startsWith('copy ')) {
    const { names, end } = namesAt(line, 'copy '.length, { withSchema: true })
    const [table, other] = names
    if (table === undefined || other !== undefined || !line.startsWith(' (', end)) throw damaged()
    const columns = namesAt(line, end + ' ('.length, { withSchema: false })
    if (line.slice(columns.end) === ') from stdin;') return { kind: 'rows', table, columns: columns.names }
  }
  const [, name, value] = counting.exec(line) ?? []
  if (name !== undefined && value !== undefined) return { kind: 'sequence', name: name.replaceAll("''", "'"), value }
  throw damaged()
}

/** Names with commas between them, each read once from the left: an expression for all of them would try many ways. */
function namesAt(
  line: string,
  start: number,
  { withSchema }: { readonly withSchema: boolean },
): { readonly names: readonly string[]; readonly end: number } {
  const names: string[] = []
  for (let from = start; ;) {
    let end = nameEnd(line, from)
    if (withSchema) {
      if (line[end] !== '.') throw damaged()
      end = nameEnd(line, end + 1)
    }
    names.push(line.slice(from, end))
    if (!line.startsWith(', ', end)) return { names, end }
    from = end + ', '.length
  }
}

function nameEnd(line: string, at: number): number {
  oneName.lastIndex = at
  if (!oneName.test(line)) throw damaged()
  return oneName.lastIndex
}

interface KnownObjects {
  /** Columns that are stored in each table. */
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>
  readonly sequences: ReadonlySet<string>
}

/** What this program's own schema has; nothing else can be filled. */
async function knownObjects(connection: Connection): Promise<KnownObjects> {
  const tables = await tablesOf(connection)
  const { rows } = await connection.query(
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences where schemaname !~ '^pg_'`,
  )
  return {
    tables: new Map(tables.map(({ name, columns }) => [name, new Set(columns.map((column) => column.name))])),
    sequences: new Set((rows as { name: string }[]).map((row) => row.name)),
  }
}

/** Truncating would make new files for every table and index; a fresh schema has rows in a few small tables only. */
async function empty(connection: Connection, tables: readonly string[], known: KnownObjects): Promise<void> {
  if (!tables.every((table) => known.tables.has(table))) throw damaged()
  const { rows } = await connection.query(
    `select ${tables.map((table, index) => `exists (select from ${table}) as "${index}"`).join(', ')}`,
  )
  const filled = rows[0] as Readonly<Record<string, boolean>>
  for (const [index, table] of tables.entries()) {
    if (filled[index] === true) await connection.exec(`delete from ${table}`)
  }
}

async function fill(connection: Connection): Promise<void> {
  if (!(await needsFilling(connection))) throw damaged()
  await connection.exec(filling)
}

async function setSequence(
  connection: Connection,
  { name, value }: { readonly name: string; readonly value: string },
  known: KnownObjects,
): Promise<void> {
  if (!known.sequences.has(name)) throw damaged()
  await connection.query('select pg_catalog.setval($1::text::regclass, $2::text::bigint, true)', [name, value])
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

function loading(
  connection: Connection,
  { table, columns }: { readonly table: string; readonly columns: readonly string[] },
  known: KnownObjects,
): Loading {
  const stored = known.tables.get(table)
  if (!stored || !columns.every((column) => stored.has(column))) throw damaged()
  let batch = ''
  async function flush(): Promise<void> {
    const lines = batch
    batch = ''
    if (lines === '') return
    await connection.copyIn(`${table} (${columns.join(', ')})`, Buffer.from(lines)).catch((cause: unknown) => {
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

function damaged(): CofferError {
  return new CofferError('The database in this backup is damaged.', { code: 'backup-damaged' })
}
