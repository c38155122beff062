import { hash } from 'node:crypto'
import { release } from '../../base/bytes.ts'
import type { Connection } from '../connection/connection.ts'
import { appliedMigrations, newestOf, readMigrations } from '../migrate/migrations.ts'

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
  readonly columns: readonly {
    readonly name: string
    /** A cast to text says something else than COPY does, as for booleans; the sums of earlier backups are of the cast. */
    readonly isCast: boolean
  }[]
}

/**
 * Writes the whole database as a script for `psql`: the migrations, the rows as `COPY … FROM stdin`, the sequences. Call it
 * inside a repeatable-read transaction, so that it is of one moment. Bytes given to `write` are gone once it has resolved.
 * Works on any PostgreSQL from 15 on.
 */
export async function dump(connection: Connection, write: (text: string | Buffer) => Promise<void>): Promise<Dumped> {
  const applied = await appliedMigrations(connection)
  const version = newestOf(applied)
  const has = new Set(applied.map((each) => each.version))
  const migrations = (await readMigrations()).filter((each) => has.has(each.version))
  await write(head(version))
  for (const { version, name, up } of migrations) await write(`-- migration ${version}: ${name}\n${up}\n`)
  const tables = await tablesOf(connection)
  await write(`\n-- rows\ntruncate ${tables.map((table) => table.name).join(', ')} cascade;\n`)
  const counts: Record<string, number> = {}
  const sums: Record<string, string> = {}
  for (const table of tables) {
    const { name, columns } = table
    await write(`${withoutTriggers}copy ${name} (${columns.map((column) => column.name).join(', ')}) from stdin;\n`)
    const sum = await sumOf(connection, table, write)
    await write('\\.\n')
    counts[name] = sum.rows()
    sums[name] = sum.text()
  }
  await write(await sequences(connection))
  if (await needsFilling(connection)) await write(`\n${filling}\n`)
  await write('\ncommit;\n')
  return { schemaVersion: version, tables: counts, sums }
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

/** Tells the database to work out what no dump has: the words and times of objects, which would double the dump of mail. */
export const filling = 'select read.fill_entries();'

/** Whether the schema of a database has such rows; older ones have not. */
export async function needsFilling(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query(`select to_regprocedure('read.fill_entries()') is not null as "needsFilling"`)
  return (rows[0] as { needsFilling: boolean }).needsFilling
}

/** Tables of the database and the columns that are stored in them, without those that are worked out from the others. */
export async function tablesOf(connection: Connection): Promise<Table[]> {
  const { rows } = await connection.query(
    `select format('%I.%I', n.nspname, c.relname) as name,
            (pg_relation_size(c.oid) / current_setting('block_size')::bigint)::integer as pages,
            (select json_agg(json_build_object('name', quote_ident(a.attname), 'isCast', exists (
                      select from pg_cast c where c.castsource = a.atttypid and c.casttarget = 'text'::regtype
                        and c.castmethod = 'f')) order by a.attnum)
             from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')::text as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       and (n.nspname, c.relname) <> ('read', 'entries') order by 1`,
  )
  return (rows as { name: string; pages: number; columns: string }[]).map((row) => ({
    ...row,
    columns: JSON.parse(row.columns) as Table['columns'],
  }))
}

/** The rows of a table as lines of COPY, many at a time. While they are used the database prepares the next ones. */
async function* linesOf(connection: Connection, { name, columns, pages }: Table): AsyncGenerator<Buffer<ArrayBuffer>> {
  const list = columns.map((column) => (column.isCast ? `${column.name}::text` : column.name)).join(', ')
  const ask = (page: number): Promise<Buffer<ArrayBuffer>> | null =>
    page >= pages
      ? null
      : connection.copyOut(
          `(select ${list} from ${name} where ctid >= '(${page},0)'::tid and ctid < '(${page + pagesAtOnce},0)'::tid)`,
        )
  let asked = ask(0)
  for (let page = 0; asked !== null; page += pagesAtOnce) {
    const lines = await asked
    asked = ask(page + pagesAtOnce)
    // It is awaited in the next turn, or never when the reader gave up.
    asked?.catch(() => {})
    if (lines.length > 0) yield withFewEscapes(lines)
  }
}

const plainLetters: Readonly<Record<string, string>> = { b: '\b', f: '\f', v: '\v' }

/** COPY also escapes letters that need it not; the sums of earlier backups are of lines that have them as they are. */
function withFewEscapes(lines: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  if (!['\\b', '\\f', '\\v'].some((escaped) => lines.includes(escaped))) return lines
  return Buffer.from(lines.toString().replaceAll(/\\(.)/g, (pair, letter: string) => plainLetters[letter] ?? pair))
}

/** Adds up the rows of a table; `take` gets their lines, which are gone once it has resolved. */
async function sumOf(
  connection: Connection,
  table: Table,
  take: (lines: Buffer) => Promise<void>,
): Promise<ReturnType<typeof rowSum>> {
  const sum = rowSum()
  for await (const lines of linesOf(connection, table)) {
    sum.add(lines)
    await take(lines)
    release(lines)
  }
  return sum
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
    const sum = await sumOf(connection, table, async () => {})
    counts[table.name] = sum.rows()
    sums[table.name] = sum.text()
  }
  return { tables: counts, sums }
}

const sumWords = 4
const newline = 10

/** Adds up the first 128 bits of each line's SHA-256, every 32 of them for themselves, so that the order makes no difference. */
function rowSum(): { add(lines: Buffer): void; rows(): number; text(): string } {
  const words = new Uint32Array(sumWords)
  let count = 0
  return {
    add(lines) {
      for (let from = 0; from < lines.length; count += 1) {
        const to = lines.indexOf(newline, from) + 1
        const digest = hash('sha256', lines.subarray(from, to), 'buffer')
        for (let word = 0; word < sumWords; word += 1) {
          words[word] = (words[word] ?? 0) + digest.readUInt32BE(4 * word)
        }
        from = to
      }
    },
    rows: () => count,
    text: () => [...words].map((word) => word.toString(16).padStart(8, '0')).join(''),
  }
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
