import type { Reader, Reads } from '../database/index.ts'
import { writeWhole } from './lines.ts'

/** Tables of a person that tell nothing of their own: they repeat what others hold, or are notes of the program to itself. */
const leftOut = new Set(['core.objects', 'meta.changes', 'meta.jobs', 'meta.row_ledger', 'meta.refresh_tokens'])
/** No table and no column of these names leaves, whatever rights there are. */
const secret = /(^|_)(passwords?|passphrase|secrets?|sealed|tokens?|sessions?|private|enc|pin|otp|totp)(_|$)/
const rowsAtOnce = 2000

export interface ExportedTable {
  readonly name: string
  readonly rows: number
}

interface Table {
  readonly name: string
  readonly file: string
  /** The primary key, by which the rows are read page by page; empty where the person may not read it: all at once then. */
  readonly key: readonly { readonly quoted: string; readonly type: string }[]
  readonly columns: readonly { readonly name: string; readonly quoted: string }[]
}

/**
 * Writes the rows of every table that is a person's own as `tables/<schema>.<table>.csv` and `.jsonl`. Found by looking, so
 * that tables of later versions are there too; columns the person may not read, and secrets, are not.
 */
export async function writeTables(
  database: Reads,
  userId: string,
  dir: string,
  signal: AbortSignal,
): Promise<ExportedTable[]> {
  const tables = await database.read(userId, ownTables)
  const written: ExportedTable[] = []
  for (const table of tables) {
    signal.throwIfAborted()
    const path = `tables/${table.file}`
    let rows = 0
    // One transaction for each table, so that the vault is never held for long.
    await database.read(userId, (tx) =>
      writeWhole(dir, `${path}.csv`, (csv) =>
        writeWhole(dir, `${path}.jsonl`, async (jsonl) => {
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
  const rows = await tx.query<{ schema: string; table: string; quoted: string; key: string | null; columns: string }>(
    `select n.nspname as schema, c.relname as table, format('%I.%I', n.nspname, c.relname) as quoted,
            (select case when bool_and(has_column_privilege(c.oid, a.attnum, 'select'))
               then json_agg(json_build_object('quoted', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod))
                             order by array_position(i.indkey::int2[], a.attnum)) end
             from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
             where i.indrelid = c.oid and i.indisprimary)::text as key,
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
    return [
      {
        name: row.quoted,
        file: name.replaceAll(/[^\w.-]/g, '_'),
        key: JSON.parse(row.key ?? '[]') as Table['key'],
        columns,
      },
    ]
  })
}

type Row = readonly [json: string, values: readonly (string | null)[], key: readonly string[]]

/** Rows as their JSON text, which keeps numbers that JavaScript cannot hold, as the texts of their values, and by their key. */
async function* pagesOf(tx: Reader, { name, key, columns }: Table): AsyncGenerator<readonly Row[]> {
  const names = columns.map((column) => column.quoted).join(', ')
  const texts = columns.map((column) => `t.${column.quoted}::text`).join(', ')
  const fields = columns.map((column) => `t.${column.quoted}`).join(', ')
  const keys = key.map((column) => column.quoted).join(', ')
  const named = key.map((column, index) => `, ${column.quoted} as key_${index}`).join('')
  const keyTexts = key.map((_, index) => `t.key_${index}::text`).join(', ')
  const given = key.map((column, index) => `$${index + 1}::text::${column.type}`).join(', ')
  const order = key.length > 0 ? `order by ${keys} limit ${rowsAtOnce}` : ''
  for (let last: Row | undefined; ;) {
    const row = await tx.one<{ packed: string | null }>(
      `select json_agg(json_build_array((select row_to_json(one)::text from (select ${fields}) one), array[${texts}],
                                        array[${keyTexts}]::text[]))::text as packed
       from (select ${names}${named} from ${name} ${last ? `where (${keys}) > (${given})` : ''} ${order}) t`,
      last ? [...last[2]] : [],
    )
    const page = JSON.parse(row?.packed ?? '[]') as Row[]
    yield page
    last = page.at(-1)
    if (!last || key.length === 0 || page.length < rowsAtOnce) return
  }
}

/** A value of RFC 4180; null is an empty cell, an empty text a quoted one. */
function cell(value: string | null): string {
  if (value === null) return ''
  return value === '' || /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
