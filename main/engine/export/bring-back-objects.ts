import { objectTypes, type ObjectPath, type ObjectTypeName } from '../../contract/index.ts'
import { newId } from '../base/ids.ts'
import type { Database, Reader } from '../database/index.ts'
import { fieldsOf, record, tables } from '../objects/index.ts'
import { batches, mediaWithHashes, noteMade, storeEach, takeBackUndone, type Run } from './brought.ts'
import { readLines } from './lines.ts'
import { insertObjects } from './object-rows.ts'
import { linesOf, objectLineSchema, referencesOf, type ObjectLine } from './object-lines.ts'
import { generations, parentsFirst } from './parents-first.ts'

/** Set by Coffer for a connection it holds itself: another vault has to ask for it again. */
const notBroughtBack = new Set(['webhook_subscribed', 'webhook_subscription_id'])

/**
 * Brings back the objects of these types, of those that the export holds as lines of the common form. `ids` has the ids of this vault by
 * those of the export, and gets those of the objects. What is here already, brought back before, the same still or the only one
 * there may be of its kind, keeps what it has. `onBad` hears of each line that could not be kept.
 */
export async function bringBackObjects(
  database: Database,
  folder: string,
  run: Run,
  ids: Map<string, string>,
  given: {
    /** Each after all those that its fields refer to. */
    readonly types: readonly ObjectTypeName[]
    /** What undone imports made. */
    readonly undone: ReadonlySet<string>
    readonly signal: AbortSignal
    readonly onBad: () => void
  },
): Promise<void> {
  const { types, undone, signal, onBad } = given
  for (const type of types) {
    const before = await broughtBefore(database, run, type)
    let added = 0
    const parent = parentOf(type)
    const lines = parentsFirst(readLines(folder, linesOf(type), objectLineSchema(type), onBad), parent)
    for await (const batch of batches(lines, (line) => JSON.stringify(line).length)) {
      const fresh = new Map(batch.filter((line) => !ids.has(line.id)).map((line) => [line.id, line]))
      // An id that came before, of whatever type: no vault gives one twice.
      for (let twice = fresh.size; twice < batch.length; twice += 1) onBad()
      const store = async (part: readonly ObjectLine[]): Promise<void> => {
        const made = await database.asService(async (tx) => {
          const here = await stillHere(tx, run, type, part)
          const unknown = part.filter((line) => !before.has(line.id) && !here.has(line.id))
          const rows = await rowsOf(tx, run, type, unknown, ids)
          const stored = await insertObjects(tx, run.userId, type, rows)
          await noteMade(tx, run, type, stored.added)
          return { here, ...stored }
        })
        added += made.added.length
        for (const [was, is] of [...made.here, ...made.ids]) ids.set(was, is)
        for (const { id } of part) {
          const known = before.get(id)
          if (known !== undefined) ids.set(id, known)
        }
        const live = part.filter((line) => line.deleted_at === null)
        await takeBackUndone(database, run, undone, { type, ids: live.flatMap(({ id }) => before.get(id) ?? []) })
      }
      for (const part of generations([...fresh.values()], parent)) {
        signal.throwIfAborted()
        await storeEach(part, store, onBad)
      }
    }
    if (added > 0) await noteAdded(database, run, type, added)
  }
}

/** The field by which objects of a type are below others of it. */
function parentOf(type: ObjectTypeName): string | null {
  return referencesOf(type).find(({ to }) => to === type)?.field ?? null
}

/** Ids of what an earlier import brought back, by those of the export. */
async function broughtBefore(database: Database, run: Run, type: ObjectTypeName): Promise<Map<string, string>> {
  const row = await database.asService((tx) =>
    tx.one<{ packed: string | null }>(
      `select json_agg(json_build_array(metadata->'importedFrom'->>'id', id) order by deleted_at desc nulls first)::text as packed
       from ${tables[type]} where user_id = $1 and metadata->'importedFrom'->>'id' is not null`,
      [run.userId],
    ),
  )
  // Of several that came from one, the live one is last and stays.
  return new Map((JSON.parse(row?.packed ?? '[]') as [string, string][]).toReversed())
}

async function stillHere(
  tx: Reader,
  run: Run,
  type: ObjectTypeName,
  lines: readonly ObjectLine[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string }>(
    `select id from ${tables[type]} where user_id = $1 and id = any($2::uuid[])`,
    [run.userId, lines.map((line) => line.id)],
  )
  const found = new Set(rows.map((row) => row.id))
  return new Map(lines.flatMap(({ id }) => (found.has(id.toLowerCase()) ? [[id, id.toLowerCase()] as const] : [])))
}

/** Lines as rows of this vault: with new ids, and referring to what is here. */
async function rowsOf(
  tx: Reader,
  run: Run,
  type: ObjectTypeName,
  lines: readonly ObjectLine[],
  ids: ReadonlyMap<string, string>,
): Promise<{ readonly was: string; readonly values: Readonly<Record<string, unknown>> }[]> {
  const references = referencesOf(type)
  const hashes = lines.flatMap((line) => Object.values(line.sha256 ?? {}).map((sha256) => ({ sha256 })))
  const byHash = await mediaWithHashes(tx, run, hashes)
  return lines.map((line) => {
    const values: Record<string, unknown> = {}
    for (const name of Object.keys(fieldsOf(type))) {
      if (line[name] !== undefined && !notBroughtBack.has(name)) values[name] = line[name]
    }
    // Exports of before these had dates of their own.
    if ('happened_at' in fieldsOf(type)) {
      if (line['happened_at'] === undefined) values['happened_at'] = line['created_at']
      if (line['edited_at'] === undefined) values['edited_at'] = line['updated_at']
    }
    for (const { field, to } of references) {
      const was = line[field]
      if (typeof was !== 'string') continue
      values[field] = ids.get(was) ?? (to === 'media' ? byHash.get(line.sha256?.[field] ?? '') : undefined) ?? null
    }
    // Without its tokens it cannot go on by itself.
    if (line.has_tokens === true) values['status'] = 'token_expired'
    values['metadata'] = { ...line.metadata, importedFrom: { id: line.id } }
    return { was: line.id, values: { ...values, id: newId(), user_id: run.userId } }
  })
}

async function noteAdded(database: Database, run: Run, type: ObjectTypeName, count: number): Promise<void> {
  const noun = objectTypes[type].path as ObjectPath
  await database.asService((tx) =>
    record(tx, { userId: run.userId, action: `${noun}.imported`, change: 'added', details: { count } }),
  )
}
