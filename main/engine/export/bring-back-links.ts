import type { Database, Writer } from '../database/index.ts'
import { mediaWithHashes, noteMade, storeEach, type Run } from './brought.ts'
import type { LinkLine } from './format.ts'

/**
 * Brings back links, live and trashed, between what came back. `onBad` hears of those whose type is not known here, that the
 * database refuses, or with an end that could not be brought back; photos that are not part of the export are no fault.
 */
export async function restoreLinks(
  database: Database,
  run: Run,
  lines: readonly LinkLine[],
  ids: ReadonlyMap<string, string>,
  onBad: () => void,
): Promise<void> {
  const ends = lines.flatMap(({ from, to }) => [from, to])
  const byHash = await database.asService((tx) =>
    mediaWithHashes(
      tx,
      run,
      ends.flatMap(({ id, sha256 }) => (sha256 === null || ids.has(id) ? [] : [{ sha256 }])),
    ),
  )
  const idOf = (end: LinkLine['from']): string | undefined => ids.get(end.id) ?? byHash.get(end.sha256 ?? '')
  const rows = lines.flatMap((line) => {
    const [from, to] = [idOf(line.from), idOf(line.to)]
    if (from === undefined || to === undefined) {
      if ([line.from, line.to].some((end) => end.type !== 'media' && idOf(end) === undefined)) onBad()
      return []
    }
    // Two items of the same bytes became one.
    if (from === to) return []
    return [
      {
        from_id: from,
        from_type: line.from.type,
        to_id: to,
        to_type: line.to.type,
        link_type: line.type,
        strength: line.strength,
        is_bidirectional: line.isBidirectional,
        sort_order: line.sortOrder,
        created_at: line.createdAt,
        deleted_at: line.deletedAt,
        metadata: line.metadata,
        source_type: line.source.type,
        source_id: line.source.id,
        source_platform: line.source.platform,
        source_integration_id: ids.get(line.source.connectionId ?? '') ?? null,
      },
    ]
  })
  if (rows.length === 0) return
  await storeEach(rows, (part) => database.asService((tx) => insertLinks(tx, run, part)), onBad)
}

async function insertLinks(tx: Writer, run: Run, rows: readonly object[]): Promise<void> {
  // Ends may have changed places: a symmetric link has the smaller id first, and ids are others here.
  const made = await tx.query<{ id: string }>(
    `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type, strength,
       is_bidirectional, sort_order, created_at, deleted_at, metadata, source_type, source_id, source_platform,
       source_integration_id)
     select $1, r.from_id, r.from_type, r.to_id, r.to_type, r.link_type, r.strength, r.is_bidirectional, r.sort_order,
       r.created_at, r.deleted_at, r.metadata, r.source_type, r.source_id, r.source_platform, r.source_integration_id
     from jsonb_to_recordset($2::jsonb) as r(from_id uuid, from_type text, to_id uuid, to_type text, link_type text,
       strength double precision, is_bidirectional boolean, sort_order integer, created_at timestamptz,
       deleted_at timestamptz, metadata jsonb, source_type text, source_id text, source_platform text,
       source_integration_id uuid)
     where r.deleted_at is null or not exists (
       select from core.links o where o.user_id = $1 and o.link_type = r.link_type and o.deleted_at = r.deleted_at
         and (o.from_object_id, o.to_object_id) in ((r.from_id, r.to_id), (r.to_id, r.from_id)))
     on conflict do nothing returning id`,
    [run.userId, JSON.stringify(rows)],
  )
  const added = made.map(({ id }) => id)
  await noteMade(tx, run, 'link', added)
}
