import { join } from 'node:path'
import type { Database, Reader } from '../database/index.ts'
import { writeWhole } from './lines.ts'

/** Tables of a person that tell nothing of their own: they repeat what others hold, or are notes of the program to itself. */
const leftOut = new Set(['core.objects', 'meta.changes', 'meta.jobs', 'meta.row_ledger', 'meta.refresh_tokens'])
/** No table and no column of these names leaves, whatever rights there are. */
const secret = /(^|_)(passwords?|passphrase|secrets?|sealed|tokens?|sessions?|private|enc|pin|otp|totp)(_|$)/
const pagesAtOnce = 200

export interface ExportedTable {
  readonly name: string
  readonly rows: number
}

interface Table {
  readonly name: string
  readonly file: string
  /** Heap pages; null where the person may read some columns only, which does not include where a row lies. */
  readonly pages: number | null
  readonly columns: readonly { readonly name: string; readonly quoted: string }[]
}

/**
 * Writes the rows of every table that is a person's own as `tables/<schema>.<table>.csv` and `.jsonl`. Found by looking, so
 * that tables of later versions are there too; columns the person may not read, and secrets, are not.
 */
export async function writeTables(
  database: Database,
  userId: string,
  dir: string,
  signal: AbortSignal,
): Promise<ExportedTable[]> {
  const tables = await database.read(userId, ownTables)
  const written: ExportedTable[] = []
  for (const table of tables) {
    signal.throwIfAborted()
    const path = join(dir, 'tables', table.file)
    let rows = 0
    // One transaction for each table, so that the vault is never held for long.
    await database.read(userId, (tx) =>
      writeWhole(`${path}.csv`, (csv) =>
        writeWhole(`${path}.jsonl`, async (jsonl) => {
          await csv(`${table.columns.map((column) => cell(column.name)).join(',')}\r\n`)
          for await (const page of pagesOf(tx, table)) {
            rows += page.length
            await jsonl(page.map(([json]) => `${json}\n`).join(''))
            await csv(page.map(([, values]) => `${values.map(cell).join(',')}\r\n`).join(''))
          }
        }),
      ),
    )
    written.push({ name: table.name, rows })
  }
  return written
}

async function ownTables(tx: Reader): Promise<Table[]> {
  const rows = await tx.query<{ schema: string; table: string; quoted: string; pages: number | null; columns: string }>(
    `select n.nspname as schema, c.relname as table, format('%I.%I', n.nspname, c.relname) as quoted,
            case when has_table_privilege(c.oid, 'select')
              then (pg_relation_size(c.oid) / current_setting('block_size')::bigint)::integer end as pages,
            (select json_agg(json_build_object('name', a.attname, 'quoted', quote_ident(a.attname)) order by a.attnum)
             from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
               and has_column_privilege(c.oid, a.attnum, 'select'))::text as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('core', 'vault', 'ingest', 'circles', 'meta') and c.relrowsecurity
       and has_schema_privilege(n.oid, 'usage') and has_any_column_privilege(c.oid, 'select')
     order by 1, 2`,
  )
  return rows.flatMap((row) => {
    const name = `${row.schema}.${row.table}`
    if (leftOut.has(name) || secret.test(row.table)) return []
    const all = JSON.parse(row.columns) as Table['columns']
    const columns = all.filter((column) => !secret.test(column.name))
    return [{ name: row.quoted, file: name.replaceAll(/[^\w.-]/g, '_'), pages: row.pages, columns }]
  })
}

/** Rows as their JSON text, which keeps numbers that JavaScript cannot hold, and as the texts of their values. */
async function* pagesOf(tx: Reader, table: Table): AsyncGenerator<[string, (string | null)[]][]> {
  const { columns } = table
  const names = columns.map((column) => column.quoted).join(', ')
  const texts = columns.map((column) => `${column.quoted}::text`).join(', ')
  const fields = columns.map((column) => `t.${column.quoted}`).join(', ')
  const page = async (where: string): Promise<[string, (string | null)[]][]> => {
    const row = await tx.one<{ packed: string | null }>(
      `select json_agg(json_build_array((select row_to_json(one)::text from (select ${fields}) one), array[${texts}]))::text
         as packed from (select ${names} from ${table.name} ${where}) t`,
    )
    return JSON.parse(row?.packed ?? '[]') as [string, (string | null)[]][]
  }
  if (table.pages === null) yield await page('')
  for (let from = 0; from < (table.pages ?? 0); from += pagesAtOnce) {
    yield await page(`where ctid >= '(${from},0)'::tid and ctid < '(${from + pagesAtOnce},0)'::tid`)
  }
}

/** A value of RFC 4180; null is an empty cell, an empty text a quoted one. */
function cell(value: string | null): string {
  if (value === null) return ''
  return value === '' || /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
