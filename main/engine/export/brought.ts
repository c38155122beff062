import type { ObjectTypeName } from '../../contract/index.ts'
import { storeInHalves } from '../base/in-halves.ts'
import type { Log } from '../base/log.ts'
import { SqlError, type Database, type Reader, type Writer } from '../database/index.ts'
import { restoreObjects } from '../objects/index.ts'

/** What bringing back an export works with. */
export interface BringBackContext {
  readonly database: Database
  readonly log: Log
}

/** The import it belongs to. */
export interface Run {
  readonly id: string
  readonly userId: string
}

/** Live items, or those in the trash, with the bytes of these lines: for what is in another export, or came before. */
export async function mediaWithHashes(
  tx: Reader,
  run: Run,
  lines: readonly { readonly sha256: string }[],
): Promise<Map<string, string>> {
  if (lines.length === 0) return new Map()
  const rows = await tx.query<{ id: string; hash: string }>(
    `select distinct on (hash) hash, id from vault.media where user_id = $1 and hash = any($2::text[])
     order by hash, deleted_at desc nulls first`,
    [run.userId, [...new Set(lines.map((line) => line.sha256))]],
  )
  return new Map(rows.map((row) => [row.hash, row.id]))
}

/** Remembers what an import made besides photos: undoing it takes that away again. */
export async function noteMade(tx: Writer, run: Run, type: ObjectTypeName, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.execute(
    `insert into meta.import_records (import_id, user_id, object_type, object_id)
     select $1, $2, $3, id from unnest($4::uuid[]) id on conflict do nothing`,
    [run.id, run.userId, type, ids],
  )
}

/** What imports made that were undone: importing it again is what a person does who wants it after all. */
export async function undoneRecords(database: Database, run: Run): Promise<ReadonlySet<string>> {
  const row = await database.asService((tx) =>
    tx.one<{ ids: string | null }>(
      `select json_agg(r.object_id)::text as ids from meta.import_records r join meta.imports i on i.id = r.import_id
       where r.user_id = $1 and i.status = 'undone'`,
      [run.userId],
    ),
  )
  return new Set(JSON.parse(row?.ids ?? '[]') as string[])
}

/** Takes those objects out of the trash that lie there since an import was undone. What a person put there stays. */
export async function takeBackUndone(
  database: Database,
  run: Run,
  undone: ReadonlySet<string>,
  objects: { readonly type: ObjectTypeName; readonly ids: readonly string[] },
): Promise<void> {
  const { type } = objects
  const ids = objects.ids.filter((id) => undone.has(id))
  if (ids.length === 0) return
  await restoreObjects(
    database,
    run.userId,
    ids.map((id) => ({ type, id })),
  )
  await database.asService((tx) => noteMade(tx, run, type, ids))
}

/** Lines by the hundreds; fewer where they are long. */
export async function* batches<T>(lines: AsyncIterable<T>, sizeOf?: (line: T) => number): AsyncGenerator<T[]> {
  let batch: T[] = []
  let weight = 0
  for await (const line of lines) {
    batch.push(line)
    weight += sizeOf?.(line) ?? 0
    if (batch.length < 500 && weight < 8_000_000) continue
    yield batch
    batch = []
    weight = 0
  }
  if (batch.length > 0) yield batch
}

/**
 * Stores lines together; those whose values the database refuses are left out, and `onBad` is called for each. `store` must
 * be one transaction.
 */
export async function storeEach<T>(
  lines: readonly T[],
  store: (lines: readonly T[]) => Promise<void>,
  onBad: () => void,
): Promise<void> {
  await storeInHalves(lines, { store, isOfItems: isRefused, onAlone: onBad })
}

/** Values out of range (22), rules broken (23, P0001), or a value too long for an index (54000). */
function isRefused(error: unknown): boolean {
  return error instanceof SqlError && error.code !== null && /^(22|23|54000|P0001)/.test(error.code)
}

/** The connection something came through, in this vault. */
export function connectionOf(
  { source }: { readonly source: { readonly connectionId: string | null } },
  ids: ReadonlyMap<string, string>,
): string | null {
  return (source.connectionId !== null && ids.get(source.connectionId)) || null
}
