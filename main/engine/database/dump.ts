import { createHash } from 'node:crypto'
import type { Connection } from './connection.ts'
import { appliedMigrations, readMigrations } from './migrations.ts'

/** Heap pages fetched at once: about half a megabyte of rows. */
const pagesAtOnce = 64

export interface Dumped {
  readonly schemaVersion: number
  /** Rows of each table, by schema and name. */
  readonly tables: Readonly<Record<string, number>>
  /** Of the rows of each table: the same for the same rows in any order. */
  readonly sums: Readonly<Record<string, string>>
}

interface Table {
  readonly name: string
  readonly pages: number
  readonly columns: readonly string[]
}

/**
 * Writes the whole database as a script for `psql`: the migrations, the rows as `COPY … FROM stdin`, the sequences. Call it
 * inside a repeatable-read transaction, so that it is of one moment. Works on any PostgreSQL from 15 on.
 */
export async function dump(connection: Connection, write: (text: string) => Promise<void>): Promise<Dumped> {
  const applied = await appliedMigrations(connection)
  const migrations = (await readMigrations()).slice(0, applied.length)
  await write(head(applied.length))
  for (const { version, name, up } of migrations) await write(`-- migration ${version}: ${name}\n${up}\n`)
  const tables = await tablesOf(connection)
  await write(`\n-- rows\ntruncate ${tables.map((table) => table.name).join(', ')} cascade;\n`)
  const counts: Record<string, number> = {}
  const sums: Record<string, string> = {}
  for (const table of tables) {
    const { name, columns } = table
    const sum = rowSum()
    await write(`${withoutTriggers}copy ${name} (${columns.join(', ')}) from stdin;\n`)
    for await (const lines of linesOf(connection, table)) {
      for (const line of lines) sum.add(line)
      await write(lines.join(''))
    }
    await write('\\.\n')
    counts[name] = sum.rows()
    sums[name] = sum.text()
  }
  await write(await sequences(connection))
  await write('\ncommit;\n')
  return { schemaVersion: applied.length, tables: counts, sums }
}

function head(version: number): string {
  return `-- Coffer: database dump, schema ${version}. Restore it into an empty database as a superuser:
--   createdb coffer && psql -d coffer -v ON_ERROR_STOP=1 -f database.sql
set client_encoding = 'UTF8';
set standard_conforming_strings = on;
set timezone = 'UTC';
begin;
create schema if not exists meta;
create table if not exists meta.migrations (
  version integer primary key, name text not null, sum text not null, down text not null,
  applied_at timestamptz not null default now());
`
}

/** Triggers must not count rows again, and rows come in no order that foreign keys would accept. */
const withoutTriggers = `set local session_replication_role = replica;\n`

/** Tables of the database and the columns that are stored in them. */
export async function tablesOf(connection: Connection): Promise<Table[]> {
  const { rows } = await connection.query(
    `select format('%I.%I', n.nspname, c.relname) as name,
            (pg_relation_size(c.oid) / current_setting('block_size')::bigint)::integer as pages,
            (select json_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')::text as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1`,
  )
  return (rows as { name: string; pages: number; columns: string }[]).map((row) => ({
    ...row,
    columns: JSON.parse(row.columns) as string[],
  }))
}

/** The rows of a table as lines of COPY, some at a time. While they are used the database prepares the next ones. */
async function* linesOf(connection: Connection, { name, columns, pages }: Table): AsyncGenerator<string[]> {
  const ask = (page: number): ReturnType<Connection['query']> | null =>
    page >= pages
      ? null
      : connection.query(
          `select json_agg(to_json(array[${columns.map((column) => `${column}::text`).join(', ')}]))::text as packed
           from ${name} where ctid >= '(${page},0)'::tid and ctid < '(${page + pagesAtOnce},0)'::tid`,
        )
  let asked = ask(0)
  for (let page = 0; asked !== null; page += pagesAtOnce) {
    const { packed } = (await asked).rows[0] as { packed: string | null }
    asked = ask(page + pagesAtOnce)
    // It is awaited in the next turn, or never when whoever reads gave up.
    asked?.catch(() => {})
    if (packed !== null) yield (JSON.parse(packed) as (string | null)[][]).map(copyLine)
  }
}

/** Rows and checksum of each of these tables as they are now, made as `dump` makes them. */
export async function sumRows(
  connection: Connection,
  names: readonly string[],
): Promise<Pick<Dumped, 'tables' | 'sums'>> {
  const counts: Record<string, number> = {}
  const sums: Record<string, string> = {}
  for (const table of await tablesOf(connection)) {
    if (!names.includes(table.name)) continue
    const sum = rowSum()
    for await (const lines of linesOf(connection, table)) for (const line of lines) sum.add(line)
    counts[table.name] = sum.rows()
    sums[table.name] = sum.text()
  }
  return { tables: counts, sums }
}

const sumWords = 4

/** Adds up the first 128 bits of each line's SHA-256, every 32 of them for themselves, so that the order makes no difference. */
function rowSum(): { add(line: string): void; rows(): number; text(): string } {
  const words = new Uint32Array(sumWords)
  let count = 0
  return {
    add(line) {
      const digest = createHash('sha256').update(line).digest()
      for (let word = 0; word < sumWords; word += 1) {
        words[word] = (words[word] ?? 0) + digest.readUInt32BE(4 * word)
      }
      count += 1
    },
    rows: () => count,
    text: () => [...words].map((word) => word.toString(16).padStart(8, '0')).join(''),
  }
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** One row in the text format of COPY. */
function copyLine(values: readonly (string | null)[]): string {
  const cells = values.map((value) =>
    value === null ? '\\N' : value.replaceAll(/[\\\t\n\r]/g, (letter) => escapes[letter] ?? letter),
  )
  return `${cells.join('\t')}\n`
}

const unescapes: Readonly<Record<string, string>> = { '\\\\': '\\', '\\t': '\t', '\\n': '\n', '\\r': '\r' }

/** The values of one line of COPY as `dump` writes it. */
export function valuesOfLine(line: string): (string | null)[] {
  return line
    .split('\t')
    .map((cell) => (cell === '\\N' ? null : cell.replaceAll(/\\[\\tnr]/g, (pair) => unescapes[pair] ?? pair)))
}

/** Sequences that have been used, and the last number each gave. */
export async function sequencesOf(connection: Connection): Promise<{ name: string; lastValue: string }[]> {
  const { rows } = await connection.query(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as "lastValue"
     from pg_sequences where last_value is not null and schemaname !~ '^pg_' order by 1`,
  )
  return rows as { name: string; lastValue: string }[]
}

async function sequences(connection: Connection): Promise<string> {
  const lines = (await sequencesOf(connection)).map(
    ({ name, lastValue }) => `select pg_catalog.setval('${name.replaceAll("'", "''")}', ${lastValue}, true);`,
  )
  return `\n-- sequences\n${lines.join('\n')}\n`
}
