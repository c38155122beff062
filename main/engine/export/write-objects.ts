import { objectTypes, type ObjectTypeName } from '../../contract/index.ts'
import type { Reader, Reads } from '../database/index.ts'
import { fieldsOf, tables } from '../objects/index.ts'
import { writeWhole } from './lines.ts'
import { describedTypes, linesOf, referencesOf } from './object-lines.ts'

const rowsAtOnce = 200
/** A note may be ten million characters long: so much text is asked for at a time, but at least one object. */
const bytesAtOnce = 8_000_000

/** Writes the objects of every type without lines of a form of its own. Returns how many there are, by the type's path. */
export async function writeObjects(
  database: Reads,
  userId: string,
  dir: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for (const type of describedTypes) {
    signal.throwIfAborted()
    let count = 0
    await database.read(userId, (tx) =>
      writeWhole(dir, linesOf(type), async (write) => {
        for await (const lines of pagesOf(tx, userId, type)) {
          signal.throwIfAborted()
          count += lines.length
          await write(lines.map((line) => `${line}\n`).join(''))
        }
      }),
    )
    if (count > 0) counts[objectTypes[type].path] = count
  }
  return counts
}

/** Lines as the database spells them: instants to the microsecond, numbers with all their digits. */
async function* pagesOf(tx: Reader, userId: string, type: ObjectTypeName): AsyncGenerator<string[]> {
  const columns = ['id', ...Object.keys(fieldsOf(type))].map((name) => `o.${name}`)
  const hashes = referencesOf(type)
    .filter(({ to }) => to === 'media')
    .map(({ field }) => `'${field}', (select m.hash from vault.media m where m.id = o.${field})`)
  if (hashes.length > 0) columns.push(`json_strip_nulls(json_build_object(${hashes.join(', ')})) as sha256`)
  if (type === 'integration') {
    columns.push(`exists (select 1 from core.integration_secrets s
      where s.account_id = o.id and s.key_id is not null) as has_tokens`)
  }
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await tx.query<{ id: string; line: string }>(
      `select id, line from (
         select id, line, sum(octet_length(line)) over (order by id) - octet_length(line) as before from (
           select x.id, row_to_json(x)::text as line from (
             select ${columns.join(', ')} from ${tables[type]} o
             where o.user_id = $1 and o.id > $2 order by o.id limit ${rowsAtOnce}) x) l) sized
       where before < ${bytesAtOnce} order by id`,
      [userId, after],
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map((row) => row.line)
    after = last.id
  }
}
