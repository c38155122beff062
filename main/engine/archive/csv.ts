import { parse } from 'csv-parse'
import { isDamage } from './damage.ts'
import type { TreeFile } from './tree.ts'

const mostRecordBytes = 4 << 20

/** The rows of a table, as they stand: columns may have the same name. Null stands for one that cannot be read. */
export async function* rows(file: TreeFile): AsyncIterable<readonly string[] | null> {
  const parser = parse({
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: mostRecordBytes,
  })
  const source = await file.open()
  source.once('error', (error) => parser.destroy(error))
  source.pipe(parser)
  try {
    for await (const row of parser as AsyncIterable<string[]>) yield row
  } catch (error) {
    // What came before it counts.
    if (!isDamage(error) && !isOfTable(error)) throw error
    yield null
  } finally {
    source.destroy()
  }
}

function isOfTable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')
}
